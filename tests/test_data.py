"""data/coded is what the code writes today, and the same input always gives the same bytes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from whodid.articles.model import ArticleSet
from whodid.articles.read import read_articles
from whodid.codebook.model import Codebook
from whodid.coder.code import code
from whodid.events.files import read_events, write_events

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "scripts" / "data_coded.py"
ARTICLE = "---\nid: a1\npublished: 2024-06-21\n---\nFrance condemned Russia on Friday.\n"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """scripts/data_coded.py as a module that works in a project of its own, without articles yet."""
    spec = importlib.util.spec_from_file_location("data_coded", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return module


@pytest.fixture(scope="module")
def articles() -> ArticleSet:
    return read_articles(ROOT / "data" / "raw")


@pytest.fixture(scope="module")
def events(articles: ArticleSet, codebook: Codebook) -> pd.DataFrame:
    return code(articles, codebook=codebook)


def written(events: pd.DataFrame, path: Path) -> bytes:
    write_events(events, path, codebook="c", codebook_hash="h", coder="k")
    return path.read_bytes()


def test_every_sample_article_can_be_read(articles: ArticleSet) -> None:
    assert [str(item.fault) for item in articles.refused] == []
    assert len(articles) >= 12


def test_data_coded_is_what_the_code_writes_today() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "data/coded is what the code writes today\n"), (
        done.stdout + done.stderr
    )


def test_the_two_coded_files_hold_the_same_events() -> None:
    parquet = read_events(ROOT / "data" / "coded" / "events.parquet")
    pd.testing.assert_frame_equal(parquet, read_events(ROOT / "data" / "coded" / "events.csv"))
    assert len(parquet) >= 12


def test_coding_again_with_the_articles_in_another_order_gives_the_same_bytes(
    articles: ArticleSet, events: pd.DataFrame, codebook: Codebook, tmp_path: Path
) -> None:
    again = code(reversed(articles.articles), codebook=codebook)
    assert written(again, tmp_path / "a.parquet") == written(events, tmp_path / "b.parquet")


def test_files_in_another_order_give_the_same_articles(articles: ArticleSet) -> None:
    files = sorted(path for path in (ROOT / "data" / "raw").iterdir() if path.name != "README.md")
    assert [a.article_id for a in read_articles(files[::-1])] == [a.article_id for a in articles]


@pytest.mark.slow
def test_two_workers_give_the_same_bytes_as_one(
    articles: ArticleSet, events: pd.DataFrame, codebook: Codebook, tmp_path: Path
) -> None:
    assert len(articles) > 16, "fewer articles are coded by one process, whatever the number of workers"
    parallel = code(articles, codebook=codebook, workers=2)
    assert written(parallel, tmp_path / "a.parquet") == written(events, tmp_path / "b.parquet")


def test_the_check_names_the_stale_file_and_the_script_writes_it(
    script: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    coded = script.ROOT / "data" / "coded"
    (script.ROOT / "data" / "raw" / "a1.md").write_text(ARTICLE, encoding="utf-8")
    assert script.main(["--check"]) == 1
    assert capsys.readouterr().out == "".join(
        f"{coded / name}: The file is missing. Run `make data`.\n" for name in ("events.parquet", "events.csv")
    )
    assert script.main([]) == 0
    assert capsys.readouterr().out == "1 events in data/coded\n"
    assert script.main(["--check"]) == 0
    (coded / "events.csv").write_text("actor\n", encoding="utf-8")
    capsys.readouterr()
    assert script.main(["--check"]) == 1
    assert capsys.readouterr().out == (
        f"{coded / 'events.csv'}: The file is not what the code writes today. Run `make data` and review the diff.\n"
    )
    assert (coded / "events.csv").read_text(encoding="utf-8") == "actor\n"


def test_an_article_that_cannot_be_read_stops_the_script(script: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = script.ROOT / "data" / "raw" / "bare.txt"
    path.write_text("France condemned Russia.\n", encoding="utf-8")
    assert script.main([]) == 1
    assert capsys.readouterr().err.startswith(f"{path}: ")
    assert not (script.ROOT / "data" / "coded").exists()


def test_an_unknown_option_of_the_script_shows_its_usage(script: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--chek"]) == 2
    assert capsys.readouterr().err == "usage: data_coded.py [--check]\n"
