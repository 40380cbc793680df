"""The card, the citation and the other descriptions of a release say what the rows say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
import yaml

from event_samples import MakeEvents
from release.conftest import SAMPLE
from whodid.checks.report import ValidationReport
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.schema import COLUMNS, DERIVED
from whodid.release.card import card_text, escaped, front_matter
from whodid.release.citation import citation_cff, citation_sentence, zenodo_json
from whodid.release.contents import Contents
from whodid.release.dataset import Author, Dataset
from whodid.release.licences import licence_of
from whodid.release.limits import known_limits
from whodid.release.table_schema import table_schema
from whodid.release.tables import release_order, table_files

DATASET = Dataset(
    title="Events of one week",
    licence="CC-BY-4.0",
    description="A week of diplomacy.",
    authors=(Author(family="Carberry", given="Josiah", orcid="0000-0002-1825-0097"), Author(name="Example Lab")),
    doi="10.5281/zenodo.1234567",
)


@pytest.fixture
def contents(make_events: MakeEvents, codebook: Codebook) -> Contents:
    frame = make_events(action=["112", "114", "051"], coder=["anna", "ben", "pattern@0.1.0"])
    return with_rows(frame, codebook)


def with_rows(frame: pd.DataFrame, codebook: Codebook, **fields: Any) -> Contents:
    report = ValidationReport((), (), len(frame), ("shape", "codebook", "derived"))
    made = Contents(
        DATASET, "1.2.0", date(2024, 6, 22), "none", release_order(enrich(frame, codebook)), codebook, {}, report, ""
    )
    return replace(made, **fields)


def card(contents: Contents) -> str:
    return card_text(contents, table_files(contents.events, contents.partition, {}), [("README.md", "This card")], [])


def test_the_front_matter_has_what_the_hub_reads(contents: Contents) -> None:
    head = front_matter(card(contents))
    assert (head["pretty_name"], head["license"], head["language"]) == ("Events of one week", "cc-by-4.0", ["en"])
    assert head["task_categories"] == ["time-series-forecasting", "other"]
    assert head["size_categories"] == ["n<1K"]
    assert head["annotations_creators"] == ["machine-generated", "expert-generated"]
    [config] = head["configs"]
    assert config["data_files"] == [{"split": "train", "path": "data/events.parquet"}]
    info = head["dataset_info"]
    assert [feature["name"] for feature in info["features"]] == [c.name for c in (*COLUMNS, *DERIVED)]
    assert info["splits"][0]["num_examples"] == 3


def test_a_licence_that_the_hub_does_not_know_is_named_and_linked(contents: Contents) -> None:
    other = replace(contents, dataset=DATASET.model_copy(update={"licence": "EUPL-1.2"}))
    head = front_matter(card(other))
    assert (head["license"], head["license_name"]) == ("other", "EUPL-1.2")
    assert head["license_link"] == licence_of("EUPL-1.2").url == "https://spdx.org/licenses/EUPL-1.2.html"


def test_the_card_counts_what_is_in_the_rows(contents: Contents) -> None:
    text = card(contents)
    assert "3 events from 1 articles, 2024-06-21 to 2024-06-21." in text
    assert "| 3 verbal conflict | 2 | 66.7% |" in text
    assert "| 11 | Disapprove | 2 | 66.7% |" in text
    assert "| KORGOV | RUSGOV | 3 |" in text
    assert "| Coders | `anna`, `ben`, `pattern@0.1.0` |" in text
    for column in (*COLUMNS, *DERIVED):
        assert f"| `{column.name}` | " in text
    assert (
        "Before the release was built, the events passed the checks shape, codebook. Their articles were not given"
        in text
    )


def test_one_coder_only_is_said(make_events: MakeEvents, codebook: Codebook) -> None:
    text = card(with_rows(make_events(coder="pattern@0.1.0"), codebook))
    assert "One coder only: there is no agreement to measure." in text
    assert "- Every row was coded by machine; no coding by a person is among them." in text
    assert "- There is one coder only, so agreement between coders cannot be measured." in text


def test_agreement_that_was_measured_is_shown(contents: Contents) -> None:
    def score(statistic: str, value: float | None, **more: Any) -> dict[str, Any]:
        base = {"coder": None, "other": None, "units": "all", "part": "action", "level": "root", "n_units": 40}
        return {**base, "statistic": statistic, "value": value, "low": None, "high": None, **more}

    agreement = {
        "coders": ["anna", "ben"],
        "n_articles": 12,
        "n_units": 40,
        "notes": ["Two rows were left out."],
        "scores": [
            score("percent_agreement", 0.75),
            score("krippendorff_alpha", 0.6123, low=0.4, high=0.7),
            score("gwet_ac1", None),
            score("krippendorff_alpha", 0.1, coder="anna", other="ben"),
            score("krippendorff_alpha", 0.2, units="matched"),
        ],
    }
    text = card(replace(contents, agreement=agreement))
    assert "Agreement of anna, ben on 12 articles that two or more of them judged, 40 events." in text
    assert "| action | root | 40 | 75.0% | 0.61 \\[0.40, 0.70\\] | – |" in text
    assert "Two rows were left out." in text
    assert "was not measured" not in text


def test_known_limits_follow_from_the_rows(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events(
        date=[date(2020, 1, 1), date(2024, 6, 22)], date_basis=["text", "published"], actor=["GOV", "KORGOV"],
        coder=["anna", "pattern@0.1.0"],
    )  # fmt: skip
    said = known_limits(with_rows(frame, codebook, dataset=DATASET.model_copy(update={"limits": ("Our own.",)})))
    assert said[0] == "Our own."
    assert said[2:] == [
        "1 of 2 rows (50.0%) were coded by machine.",
        "Agreement between the coders was not measured for this release.",
        "The date of 1 of 2 rows (50.0%) is the day of publication, because the article gives no other.",
        "1 of 2 rows (50.0%) have no country on one side or both.",
        "3 of the years between the first and the last event have no events at all.",
    ]


def test_two_coders_who_share_no_article_cannot_be_compared(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events(coder=["anna", "ben"], article_id=["a", "b"])
    assert "No article was coded by two coders, so agreement between coders cannot be measured." in known_limits(
        with_rows(frame, codebook)
    )


def test_nothing_in_data_or_description_becomes_markup(make_events: MakeEvents, codebook: Codebook) -> None:
    hostile = "a | b\n# <script>x</script> [l](u) `c` *d*"
    frame = make_events(publisher=hostile, coder=hostile.replace("\n", " "))
    made = with_rows(frame, codebook, dataset=DATASET.model_copy(update={"title": hostile, "limits": (hostile,)}))
    text = card(made)
    assert "<script>" not in text.split("\n---\n", 1)[1]
    assert escaped(hostile) == "a \\| b \\# \\<script\\>x\\</script\\> \\[l\\](u) \\`c\\` \\*d\\*"
    assert front_matter(text)["pretty_name"] == hostile


def test_the_citation_is_that_of_the_format(contents: Contents) -> None:
    found = yaml.safe_load(citation_cff(contents))
    assert found == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it, with its version.",
        "type": "dataset",
        "title": "Events of one week",
        "abstract": "A week of diplomacy.",
        "authors": [
            {"family-names": "Carberry", "given-names": "Josiah", "orcid": "https://orcid.org/0000-0002-1825-0097"},
            {"name": "Example Lab"},
        ],
        "version": "1.2.0",
        "date-released": date(2024, 6, 22),
        "license": "CC-BY-4.0",
        "doi": "10.5281/zenodo.1234567",
        "keywords": ["event data", "political science"],
    }
    assert citation_sentence(contents) == (
        "Carberry, Josiah; Example Lab (2024). Events of one week, version 1.2.0 [Data set]. "
        "https://doi.org/10.5281/zenodo.1234567"
    )


def test_zenodo_gets_what_it_asks_for(contents: Contents) -> None:
    found = json.loads(zenodo_json(contents))
    assert found["creators"] == [{"name": "Carberry, Josiah", "orcid": "0000-0002-1825-0097"}, {"name": "Example Lab"}]
    assert (found["upload_type"], found["publication_date"], found["license"]) == ("dataset", "2024-06-22", "cc-by-4.0")
    assert found["language"] == "eng"


def test_the_table_schema_is_made_of_the_columns(contents: Contents) -> None:
    schema = table_schema()
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(fields) == [column.name for column in (*COLUMNS, *DERIVED)]
    assert fields["event_id"]["constraints"] == {"required": True, "unique": True, "pattern": "^(?:[0-9a-f]{16})$"}
    assert fields["quad_class"]["constraints"] == {"minimum": 1, "maximum": 4}
    assert fields["date_basis"]["constraints"]["enum"] == ["text", "dateline", "published"]
    assert (fields["date"]["type"], fields["confidence"]["type"], fields["note"]["type"]) == (
        "date",
        "number",
        "string",
    )
    assert [f["name"] for f in schema["fields"] if not f["description"]] == []


def test_the_package_follows_the_rules_of_its_format(dist: Path) -> None:
    # The parts of the Data Package profile (version 1) that a release uses.
    rules = {
        "type": "object",
        "required": ["name", "resources"],
        "properties": {
            "name": {"type": "string", "pattern": "^([-a-z0-9._/])+$"},
            "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
            "licenses": {"type": "array", "minItems": 1, "items": {"required": ["name", "path", "title"]}},
            "contributors": {"type": "array", "items": {"required": ["title", "role"]}},
            "resources": {
                "type": "array",
                "minItems": 2,
                "items": {
                    "required": ["name", "path", "hash", "schema"],
                    "properties": {"hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}},
                },
            },
        },
    }
    jsonschema.validate(json.loads((dist / "datapackage.json").read_text(encoding="utf-8")), rules)


def test_every_file_that_the_card_names_is_there(dist: Path) -> None:
    text = (dist / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    listed = re.findall(r"^\| `([^`]+)` \| [^|]+ \|$", text, re.MULTILINE)
    assert len(links) >= 6
    assert len(listed) >= 13
    assert [name for name in (*links, *listed) if not (dist / name).exists()] == []
    assert "The articles were written for the sample." in text
    assert "Josiah" in (dist / "CITATION.cff").read_text(encoding="utf-8")


def test_the_ways_to_load_it_that_the_card_shows_work(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (dist / "README.md").read_text(encoding="utf-8")
    monkeypatch.chdir(dist)
    blocks = [b for b in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "load_dataset" not in b]
    assert len(blocks) == 2
    for block in blocks:
        names: dict[str, Any] = {}
        exec(block, names)
        assert len(names["events"]) == len(SAMPLE)
    import duckdb

    [query] = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    assert duckdb.sql(query).fetchall()
