"""Every kind of damage in the catalogue that a Parquet file can have is found by duckdb as it is in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from checks.damage.good import TODAY, Good, make_good
from checks.damage.kinds import KINDS, Damage, undamaged
from checks.sql.test_both_engines import FAULTS
from whodid.checks.engine import validate
from whodid.checks.report import ValidationReport
from whodid.checks.rules import Level
from whodid.codebook.model import Codebook
from whodid.events.files import write_events


@pytest.fixture(scope="module")
def good(codebook: Codebook) -> Good:
    return make_good(codebook)


def by_both(
    good: Good, folder: Path, damage: Damage | None = None, levels: Iterable[str] = tuple(Level)
) -> list[ValidationReport]:
    articles = good.articles if damage is None else damage.articles(good.articles)
    against = good.frame if damage is not None and damage.against else None
    return [
        validate(
            folder,
            codebook=good.codebook,
            articles=articles,
            today=TODAY,
            against=against,
            levels=levels,
            engine=engine,
        )
        for engine in ("pandas", "duckdb")
    ]


# Of each rule that test_both_engines.py has not, the first kind of damage; the catalogue's own tests have all of them.
SEEN = {rule for _, _, rule, _ in FAULTS}
FIRST = {damage.rule: damage for damage in reversed(KINDS) if damage.rule not in SEEN}


@pytest.mark.parametrize("damage", FIRST.values(), ids=list(FIRST))
def test_duckdb_finds_the_damage_and_says_what_is_said_in_memory(damage: Damage, good: Good, tmp_path: Path) -> None:
    damage.write(good, tmp_path)
    if any(path.suffix != ".parquet" for path in tmp_path.iterdir()):
        return  # Text files are small enough for memory; test_both_engines.py sees them refused.
    small, large = by_both(good, tmp_path, damage)
    assert damage.rule in large.counts
    assert large.counts == small.counts
    # Of a column of another type one knows the first wrong value, the other how many there are.
    said = [[f for f in report.findings if f.rule != "wrong-type"] for report in (small, large)]
    assert said[0] == said[1]
    assert replace(large, findings=()) == replace(small, findings=())


@pytest.mark.parametrize("level", list(Level))
def test_a_level_is_looked_at_alone(level: Level, good: Good, tmp_path: Path) -> None:
    bad = good.frame.assign(confidence=[2.0] * len(good.frame), target="QQQ", actor_text="x").sort_values("event_id")
    for name in ("a.parquet", "b.parquet"):
        bad.to_parquet(tmp_path / name)
    small, large = by_both(good, tmp_path, levels=[level])
    assert large.findings
    assert large == small


def test_a_good_file_has_no_finding(good: Good, tmp_path: Path) -> None:
    undamaged(good, tmp_path)
    small, large = by_both(good, tmp_path)
    assert large.findings == ()
    assert large == small


def test_a_text_form_beside_the_file_is_not_compared_and_that_is_said(good: Good, tmp_path: Path) -> None:
    undamaged(good, tmp_path)
    write_events(good.frame.iloc[:9], tmp_path / "events.csv")
    small, large = by_both(good, tmp_path, levels=["set"])
    assert small.counts == {"two-forms": 1}
    assert large.counts == {}
    [skipped] = [check for check in large.checks_not_run if check.check == "forms"]
    assert skipped.reason == f"the engine duckdb does not read {tmp_path / 'events.csv'}; --engine pandas does"
    assert "forms" in small.checks_run
    assert "forms" not in large.checks_run


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_an_earlier_dataset_may_have_any_form(ending: str, good: Good, tmp_path: Path) -> None:
    (tmp_path / "now").mkdir()
    undamaged(good, tmp_path / "now")
    write_events(good.frame.iloc[:0], tmp_path / f"none.{ending}")
    write_events(good.frame.assign(action="112"), tmp_path / f"before.{ending}")
    for name in ("none", "before"):
        small, large = (
            validate(
                tmp_path / "now",
                codebook=good.codebook,
                today=TODAY,
                against=tmp_path / f"{name}.{ending}",
                engine=engine,
            )
            for engine in ("pandas", "duckdb")
        )
        assert large == small
    assert "drift" in large.counts
