"""Every kind of damage in the catalogue is found under the name of its rule, and a good dataset has no finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checks.damage.good import TODAY, Good, make_good
from checks.damage.kinds import KINDS, Damage, undamaged
from whodid.checks.report import ValidationReport
from whodid.checks.rules import RULES
from whodid.checks.validate import validate
from whodid.codebook.model import Codebook
from whodid.events.files import write_events


@pytest.fixture(scope="module")
def good(codebook: Codebook) -> Good:
    return make_good(codebook)


def checked(good: Good, folder: Path, damage: Damage | None = None) -> ValidationReport:
    articles = good.articles if damage is None else damage.articles(good.articles)
    against = good.frame if damage is not None and damage.against else None
    return validate(folder, codebook=good.codebook, articles=articles, today=TODAY, against=against)


@pytest.mark.parametrize("damage", KINDS, ids=[damage.name for damage in KINDS])
def test_damage_is_found_by_the_rule_for_it(damage: Damage, good: Good, tmp_path: Path) -> None:
    damage.write(good, tmp_path)
    report = checked(good, tmp_path, damage)
    assert damage.rule in report.counts
    found = next(finding for finding in report.findings if finding.rule == damage.rule)
    assert found.message.endswith(".")
    assert found.fix
    assert report.is_valid is (not report.errors)
    assert not replace(report, is_strict=True).is_valid


def test_the_good_dataset_has_no_finding_in_any_format(good: Good, tmp_path: Path) -> None:
    for name in ("events.parquet", "events.csv", "events.jsonl"):
        folder = tmp_path / name.rpartition(".")[2]
        folder.mkdir()
        write_events(good.frame, folder / name, codebook=good.codebook.label, codebook_hash=good.codebook.hash)
        report = validate(
            folder, codebook=good.codebook, articles=good.articles, today=TODAY, against=good.frame, is_strict=True
        )
        assert report.findings == ()
        assert report.checks_not_run == ()


def test_writing_as_the_catalogue_does_is_no_damage_by_itself(good: Good, tmp_path: Path) -> None:
    undamaged(good, tmp_path)
    assert checked(good, tmp_path).findings == ()


def test_the_catalogue_is_large_has_each_name_once_and_misses_no_rule() -> None:
    assert len(KINDS) >= 40
    assert len({damage.name for damage in KINDS}) == len(KINDS)
    # A file that may not be read, or has no known ending, is not damage; the other rules of columns are alike.
    # Two forms that differ are damage of a folder: tests/checks/test_validate.py.
    untested = set(RULES) - {damage.rule for damage in KINDS} - {"unreadable", "ending", "two-forms"}
    assert {name for name in untested if not name.startswith("bad-")} == set()
