"""`whodid agree` as a user sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from event_samples import make_events
from known_coders import Rates, coded_by
from whodid.cli.app import app
from whodid.errors import UsageError
from whodid.events.files import read_events, write_events


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["agree", *map(str, arguments)])


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three coders of two articles: anna and ben differ in one action, carla has one event of two."""
    paths = []
    for name, actions in (("anna", ["112", "114"]), ("ben", ["111", "114"]), ("carla", ["112"])):
        paths.append(tmp_path / f"{name}.parquet")
        ids = ["seoul-2024", "b"][: len(actions)]
        write_events(
            make_events(coder=[name] * len(ids), article_id=ids, action=actions, sentence=[0] * len(ids)), paths[-1]
        )
    return paths


def test_values_pairs_and_confused_codes_are_printed(files: list[Path]) -> None:
    result = run(*files)
    assert result.exit_code == 0, result.stderr
    text = result.stdout
    assert text.startswith("anna, ben, carla: 2 events in 2 articles shared\nIt is not known who judged which article")
    assert 'All units: a coder without a row for an event judged "no event"' in text
    assert re.search(r"^action +root +2 +100\.0% ", text, re.MULTILINE)
    assert re.search(r"^anna, ben +2 +2, 2 +2 +1\.00 ", text, re.MULTILINE)
    assert "In brackets: 95% intervals from 1,000 resamples of 2 articles (seed 0)." in " ".join(text.split())
    assert "\n111 and 112: 2 times, 67% of the judgements with both\n\n111  Criticize or denounce" in text
    assert re.search(r"^111  Criticize or denounce +\| 112  Accuse$", text, re.MULTILINE)
    assert all(len(line) <= 100 for line in text.splitlines())


def test_who_judged_which_article_may_be_given(files: list[Path], tmp_path: Path) -> None:
    judged = tmp_path / "judged.csv"
    judged.write_text("coder,article_id\ncarla,b\ncarla,c\nanna,c\n", encoding="utf-8")
    text = run(*files, "--judged", judged).stdout
    assert text.startswith(
        "anna, ben, carla: 2 events in 3 articles shared\nIt is not known which articles ben judged: a coder counts as"
    )
    assert re.search(r"^no event +2 +·$", text, re.MULTILINE)


def test_who_judged_what_is_taken_from_the_tables_beside_the_files(files: list[Path], tmp_path: Path) -> None:
    """carla's sheet had no event in article b, which nobody needs to say again."""
    (tmp_path / "carla.judged.csv").write_text(
        "article_id,sentence,coder,judgement,n_events\nseoul-2024,0,carla,events,1\nb,0,carla,no event,0\n", "utf-8"
    )
    write_events(read_events(files[2]), files[2].with_suffix(".csv"))
    pd.DataFrame({"coder": ["anna"] * 2, "article_id": ["b", "seoul-2024"]}).to_parquet(
        tmp_path / "anna.judged.parquet"
    )
    chosen = ("--coder", "anna", "--coder", "carla")
    text = run(files[0], files[2].with_suffix(".csv"), *chosen).stdout
    assert text.startswith("anna, carla: 2 events in 2 articles shared\n\nAll units")
    assert re.search(r"^no event +· +1 +·$|^no event +1 +·$", text, re.MULTILINE), text


def test_coders_can_be_chosen_and_a_pair_stands_alone(files: list[Path]) -> None:
    text = run(*files, "--coder", "anna", "--coder", "ben").stdout
    assert text.startswith("anna, ben: 2 events in 2 articles shared\n")
    assert "all pairs" not in text


def test_json_is_printed_and_nothing_else(files: list[Path], tmp_path: Path) -> None:
    result = run(*files, "--format", "json", "--resamples", 0, "-o", tmp_path / "out")
    told = json.loads(result.stdout)
    assert told["coders"] == ["anna", "ben", "carla"]
    assert told["intervals"]["unit"] is None
    assert result.stderr == f"Open the page: {tmp_path / 'out' / 'agreement.html'}\n"
    assert (tmp_path / "out" / "confusion.png").is_file()


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["anna"], "There is only one coder, anna: agreement needs two or more."),
        (["anna", "eva"], "No article was judged by two coders, so there is nothing to compare."),
    ],
)
def test_too_little_to_compare_is_a_sentence_and_no_error(names: list[str], sentence: str, tmp_path: Path) -> None:
    for name in names:
        write_events(make_events(coder=name, article_id=f"of-{name}"), tmp_path / f"{name}.csv")
    result = run(*(tmp_path / f"{name}.csv" for name in names), "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert sentence in result.stdout.splitlines()
    assert "alpha" not in result.stdout
    assert (tmp_path / "out" / "agreement.html").is_file()


def test_one_category_is_said_below_the_table(tmp_path: Path) -> None:
    for name in ("anna", "ben"):
        write_events(make_events(coder=name), tmp_path / f"{name}.csv")
    text = run(tmp_path / "anna.csv", tmp_path / "ben.csv").stdout
    assert re.search(r"^action +code +1 +100\.0%( +-){5}$", text, re.MULTILINE)
    assert "- All judgements are the same: with one category there is no chance agreement to correct for." in text


def test_a_coder_with_a_control_character_in_the_name_reaches_no_terminal(tmp_path: Path) -> None:
    write_events(make_events(coder="an\x1bna"), tmp_path / "one.parquet")
    write_events(make_events(coder="ben"), tmp_path / "two.parquet")
    assert "\x1b" not in run(tmp_path / "one.parquet", tmp_path / "two.parquet").stdout


def test_many_coders_with_long_names_are_still_told_apart(tmp_path: Path) -> None:
    names = ["pattern@0.1.0", "encoder-2024@0.1.0", "anna"]
    for name, table in coded_by({name: Rates(action=0.2) for name in names}, 10, seed=1).items():
        write_events(table, tmp_path / f"{name}.csv")
    text = run(tmp_path, "--resamples", 20).stdout
    pairs = text[text.index("Events found") : text.index("In brackets:")]
    assert all(pairs.count(name) == 2 for name in names)
    assert "…" not in pairs


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "xml"), "'xml' is no format of the output. Give text or json."),
        (("--seed", "-1"), "-1 cannot seed the random numbers. Give --seed 0 or more."),
        (("--coder", "eva"), "'eva' has coded nothing here. The coders are anna, ben, carla."),
    ],
)
def test_options_that_make_no_sense_are_sentences(arguments: tuple[str, ...], sentence: str, files: list[Path]) -> None:
    result = run(*files, *arguments)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == sentence
