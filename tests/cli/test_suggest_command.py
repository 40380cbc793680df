"""whodid suggest and whodid train as a user runs them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whodid.articles.model import Article
from whodid.cli.app import app
from whodid.coder.code import code
from whodid.events.files import write_events


@pytest.mark.model
def test_suggest_writes_a_line_for_each_sentence(tmp_path: Path) -> None:
    text = "Chile urged Peru to sign the treaty."
    line = {"id": "s1", "text": text, "source": [[0, 5]], "target": [[12, 16]]}
    (tmp_path / "in.jsonl").write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["suggest", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "o.jsonl"), "--top", "2"]
    )
    assert result.exit_code == 0, result.output
    (found,) = [json.loads(one) for one in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert found["id"] == "s1"
    assert found["suggestions"][0]["plover"] in {"REQUEST", None}
    assert found["suggestions"][0]["action"][:2] in {"02", "10"}
    assert len(found["suggestions"]) == 2


@pytest.mark.model
def test_train_writes_a_model_that_code_and_suggest_take(tmp_path: Path) -> None:
    texts = [
        f"{a} {verb} {b}."
        for verb in ("condemned", "bombed", "thanked")
        for a, b in (("France", "Syria"), ("Iran", "Iraq"), ("China", "Cuba"))
    ]
    articles = [Article(article_id=f"n{i}", text=text, published=date(2020, 1, 8)) for i, text in enumerate(texts)]
    raw = tmp_path / "raw.jsonl"
    raw.write_text(
        "".join(
            json.dumps({"id": a.article_id, "text": a.text, "published": a.published.isoformat()}) + "\n"
            for a in articles
        ),
        encoding="utf-8",
    )
    write_events(code(articles), tmp_path / "gold.parquet")
    model = tmp_path / "lab.npz"
    arguments = ["train", str(tmp_path / "gold.parquet"), "-o", str(model), "--articles", str(raw), "--no-examples"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "learnt from 9 rows and 0 examples" in result.output
    assert "rows held out:" in result.output
    coded = CliRunner().invoke(app, ["code", str(raw), "-o", str(tmp_path / "out.csv"), "--coder", str(model), "-q"])
    assert coded.exit_code == 0, coded.output
    assert "linear@" in (tmp_path / "out.csv").read_text(encoding="utf-8")
