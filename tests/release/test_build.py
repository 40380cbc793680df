"""Building a release: what is in it, when nothing is built, and that the same input gives the same bytes."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import whodid as wd
from event_samples import MakeEvents
from release.conftest import RECENT, VERSION, make_project
from whodid.articles.model import Article, ArticleSet
from whodid.atomic import replacing_folder
from whodid.checks.engine import Engine, validate
from whodid.codebook.load import default_codebook_path
from whodid.codebook.model import Codebook
from whodid.errors import OutputError, ReleaseError
from whodid.events.files import read_events, write_events
from whodid.release.agreement import read_agreement
from whodid.release.build import NotValid, build, read_contents
from whodid.release.checksums import files_below
from whodid.release.dataset import Dataset
from whodid.release.plan import plan_release

PLAIN = Dataset(title="A few events", licence="CC0-1.0")


def everything_in(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def sentence(error: pytest.ExceptionInfo[ReleaseError]) -> str:
    return str(error.value)


def test_a_release_holds_the_table_the_codebook_and_every_description(dist: Path) -> None:
    found = set(files_below(dist))
    assert {
        *("README.md", "CHANGELOG.md", "CITATION.cff", ".zenodo.json", "SHA256SUMS", "dataset.yaml"),
        *("datapackage.json", "croissant.json", "data/events.parquet", "codebook.html", "codebook.csv"),
        *("codebook/codebook.yaml", "codebook/actions/01.yaml", "codebook/SOURCES.md", "data_docs/index.html"),
        *("summary/report.html", "summary/tables/roots.csv", "summary/figures/events_over_time.png"),
    } <= found
    assert not [name for name in found if name.endswith(".part")]
    assert [path.name for path in dist.parent.iterdir() if path.name.startswith(".")] == []


def test_the_rows_are_those_of_the_input_with_derived_columns_sorted_by_day(dist: Path, codebook: Codebook) -> None:
    released = read_events(dist / "data" / "events.parquet")
    given = read_events(dist.parent / "data" / "coded" / "events.parquet")
    assert released["date"].is_monotonic_increasing
    wanted = wd.enrich(given, codebook).set_index("event_id").loc[released["event_id"]].reset_index()[released.columns]
    pd.testing.assert_frame_equal(released, wanted)
    parquet = pq.ParquetFile(dist / "data" / "events.parquet")
    assert parquet.metadata.row_group(0).column(0).compression == "ZSTD"
    metadata = {key.decode(): value.decode() for key, value in parquet.schema_arrow.metadata.items()}
    assert metadata == {
        "whodid.schema_version": "1.0.0",
        "whodid.codebook": codebook.label,
        "whodid.codebook_hash": codebook.hash,
        "whodid.coder": "pattern@0.1.0",
        "whodid.dataset": "sample-events",
        "whodid.release": VERSION,
    }


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_its_order_by_day_is_right_and_another_is_not(engine: Engine, dist: Path, tmp_path: Path) -> None:
    report = validate(dist / "data", engine=engine)
    assert "row-order" not in report.counts
    table = pq.read_table(dist / "data" / "events.parquet")
    pq.write_table(table.take(list(range(len(table)))[::-1]), tmp_path / "events.parquet")
    assert validate(tmp_path, engine=engine).counts["row-order"] == 1


def test_the_same_input_gives_the_same_bytes_whenever_and_wherever_it_is_built(
    dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another folder, another form and order of the rows, another time zone, other times of files.
    project = make_project(tmp_path / "elsewhere")
    coded = project / "data" / "coded"
    rows = read_events(coded / "events.parquet").sample(frac=1, random_state=7).reset_index(drop=True)
    shutil.rmtree(coded)
    coded.mkdir()
    half = len(rows) // 2
    rows.iloc[half:].to_csv(coded / "a.csv", index=False)
    write_events(rows.iloc[:half], coded / "b.jsonl")
    os.utime(coded / "b.jsonl", (0, 0))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.chdir(project)
    wd.release(coded, "out/dist", VERSION)
    assert everything_in(Path("out/dist")) == everything_in(dist)


@pytest.mark.usefixtures("quick")
def test_a_release_is_rebuilt_from_itself_byte_for_byte(project: Path) -> None:
    first = project / "dist"
    wd.release(project / "data" / "coded", first, "0.1.0", day=date(2025, 4, 1), partition="year")
    wd.release(first / "data", project / "again", "0.1.0", day=date(2025, 4, 1), partition="year")
    assert everything_in(project / "again") == everything_in(first)


@pytest.mark.usefixtures("quick")
def test_rows_can_go_into_one_file_for_each_year(project: Path) -> None:
    wd.release(project / "data" / "coded", project / "dist", "0.1.0", partition="year")
    files = sorted(path.name for path in (project / "dist" / "data").iterdir())
    years = read_events(project / "data" / "coded" / "events.parquet")["date"].dt.year
    assert files == [f"events-{year}.parquet" for year in sorted(years.unique())]
    assert len(pd.read_parquet(project / "dist" / "data")) == len(years)
    assert wd.verify(project / "dist").findings == ()


def test_the_plan_lists_every_file_before_anything_is_written(project: Path) -> None:
    plan = plan_release(read_contents(project / "data" / "coded", "0.1.0"))
    assert [file.path for file in plan.files] == [
        *(
            "data/events.parquet",
            "codebook/",
            "codebook.csv",
            "codebook.html",
            "summary/",
            "data_docs/",
            "dataset.yaml",
        ),
        *("CHANGELOG.md", "CITATION.cff", ".zenodo.json", "datapackage.json", "croissant.json", "README.md"),
        "SHA256SUMS",
    ]
    assert (plan.dataset, plan.version, plan.day, plan.rows) == (
        "sample-events",
        "0.1.0",
        date(2025, 3, 14),
        len(RECENT),
    )
    assert str(plan).startswith(
        f"sample-events 0.1.0 (2025-03-14), {len(RECENT)} rows\n  data/events.parquet  The events: {len(RECENT)} rows"
    )
    assert sorted(path.name for path in project.iterdir()) == ["data", "dataset.yaml"]


@pytest.mark.usefixtures("quick")
def test_without_authors_there_is_no_citation_and_the_plan_says_why(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "events.csv")
    plan = wd.release(tmp_path / "events.csv", tmp_path / "dist", "0.1.0", dataset=PLAIN)
    why = "no author is named; add authors: to dataset.yaml, or give --author"
    assert plan.left_out == (("CITATION.cff", why), (".zenodo.json", why))
    assert f"CITATION.cff         left out: {why}" in str(plan)
    assert not (tmp_path / "dist" / "CITATION.cff").exists()
    assert "No author is named yet" in (tmp_path / "dist" / "README.md").read_text(encoding="utf-8")
    assert wd.verify(tmp_path / "dist").is_sound


@pytest.mark.usefixtures("quick")
def test_a_table_without_events_can_be_released_with_a_date(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events().iloc[:0], tmp_path / "events.parquet")
    with pytest.raises(ReleaseError) as caught:
        wd.release(tmp_path, tmp_path / "dist", "0.1.0", dataset=PLAIN)
    assert sentence(caught) == (
        f"{tmp_path}: Without events a release has no date. Give --date, such as --date 2024-06-21."
    )
    wd.release(tmp_path / "events.parquet", tmp_path / "dist", "0.1.0", dataset=PLAIN, day=date(2024, 1, 1))
    assert wd.verify(tmp_path / "dist").findings == ()


def test_events_that_are_not_valid_are_not_released(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(action=["112", "999"], actor="KORXXX"), tmp_path / "events.csv")
    with pytest.raises(NotValid) as caught:
        wd.release(tmp_path / "events.csv", tmp_path / "dist", "0.1.0", dataset=PLAIN)
    assert {fault.rule for fault in caught.value.faults} == {"unknown-action", "unknown-actor"}
    assert caught.value.summary == (
        "Nothing was built: the events have 3 findings. Correct them, and check with `whodid validate`."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_a_large_table_is_checked_by_sql_and_judged_alike(
    make_events: MakeEvents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, action in (("good", "112"), ("bad", "999")):
        write_events(make_events(action=action), tmp_path / f"{name}.parquet")
    in_memory = read_contents(tmp_path / "good.parquet", "0.1.0", dataset=PLAIN)
    monkeypatch.setattr("whodid.checks.engine.MOST_ROWS_IN_MEMORY", 0)
    monkeypatch.setattr("whodid.checks.engine.validate_frames", None)
    by_sql = read_contents(tmp_path / "good.parquet", "0.1.0", dataset=PLAIN)
    pd.testing.assert_frame_equal(by_sql.events, in_memory.events)
    with pytest.raises(NotValid) as caught:
        read_contents(tmp_path / "bad.parquet", "0.1.0", dataset=PLAIN)
    assert [fault.rule for fault in caught.value.faults] == ["unknown-action"]


def test_words_that_are_not_in_the_article_stop_a_release(
    make_events: MakeEvents, article: Article, tmp_path: Path
) -> None:
    write_events(make_events(action_text="acclaim"), tmp_path / "events.parquet")
    read_contents(tmp_path, "0.1.0", dataset=PLAIN)
    with pytest.raises(NotValid, match="acclaim"):
        read_contents(tmp_path, "0.1.0", dataset=PLAIN, articles=ArticleSet((article,)))


def test_two_forms_of_the_same_rows_are_one_input(project: Path) -> None:
    assert sorted(path.name for path in (project / "data" / "coded").iterdir()) == ["events.csv", "events.parquet"]
    assert len(read_contents(project / "data" / "coded", "0.1.0").events) == len(RECENT)


def test_two_forms_that_differ_stop_a_release(project: Path) -> None:
    csv = project / "data" / "coded" / "events.csv"
    lines = csv.read_text(encoding="utf-8").splitlines(keepends=True)
    csv.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(ReleaseError) as caught:
        read_contents(project / "data" / "coded", "0.1.0")
    fix = "Make it anew from the one that is right, or remove it: events.parquet is the one that is read."
    assert sentence(caught) == (
        f"{csv}: It does not hold the same events as events.parquet: 1 rows stand in one of them only. {fix}"
    )
    rows = pd.read_csv(csv, dtype=str).assign(note="checked")
    whole = read_events(csv.with_suffix(".parquet")).assign(note="checked")
    assert len(rows) == len(RECENT) - 1
    write_events(whole, csv)
    with pytest.raises(ReleaseError, match="their rows differ in other columns"):
        read_contents(project / "data" / "coded", "0.1.0")
    csv.write_text("actor\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"another form of events\.parquet, but cannot be read"):
        read_contents(project / "data" / "coded", "0.1.0")


def test_without_a_description_nothing_is_built(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "events.parquet")
    with pytest.raises(ReleaseError) as caught:
        wd.release(tmp_path, tmp_path / "dist", "1.0.0")
    assert sentence(caught) == (
        f"{tmp_path}: There is no dataset.yaml for these events, so nobody knows their title and licence. "
        "Write dataset.yaml with the lines title: and licence:, or give --title and --licence."
    )


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "01.0.0", "1.0.0\n", ""])
def test_what_is_no_version_is_refused(version: str, project: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        read_contents(project / "data" / "coded", version)
    assert sentence(caught) == (
        f"{version!r} is no version. Write three numbers, such as 1.0.0; a first draft is 0.1.0."
    )


@pytest.mark.usefixtures("quick")
def test_a_folder_with_something_else_in_it_is_left_as_it_is(project: Path) -> None:
    out, contents = project / "dist", read_contents(project / "data" / "coded", "0.1.0")
    first, second = plan_release(contents), plan_release(replace(contents, version="0.2.0"))
    build(first, out)
    before = everything_in(out)
    with pytest.raises(ReleaseError) as caught:
        build(second, out)
    assert sentence(caught) == (
        f"{out}: The folder holds the release sample-events 0.1.0, not sample-events 0.2.0. Choose another folder, such "
        "as dist/VERSION: a release that exists is never overwritten by another."
    )
    with pytest.raises(ReleaseError, match="The folder is not empty, and no release"):
        build(second, project / "data")
    with pytest.raises(ReleaseError, match="It is a file"):
        build(second, project / "dataset.yaml")
    assert everything_in(out) == before
    (out / "SHA256SUMS").write_text("damaged")
    build(first, out)
    assert everything_in(out) == before


def test_a_build_that_breaks_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "dist"

    def broken(content: str, error: Exception | None) -> None:
        with replacing_folder(place) as folder:
            (folder / "a").write_text(content)
            if error is not None:
                raise error

    with pytest.raises(RuntimeError):
        broken("1", RuntimeError())
    assert list(tmp_path.iterdir()) == []
    broken("2", None)
    with pytest.raises(KeyError):
        broken("3", KeyError())
    with pytest.raises(OutputError) as caught:
        broken("4", OSError(28, "No space left on device"))
    assert str(caught.value).startswith(f"{place}: The folder cannot be written: No space left on device.")
    assert (place / "a").read_text() == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


@pytest.mark.usefixtures("quick")
def test_the_changelog_says_what_changed_and_keeps_the_entries_before(project: Path) -> None:
    coded, n = project / "data" / "coded", len(RECENT)
    wd.release(coded, project / "one", "0.1.0")
    (coded / "events.csv").unlink()
    rows = read_events(coded / "events.parquet")
    write_events(rows.iloc[3:], coded / "events.parquet")
    wd.release(coded, project / "two", "0.2.0", previous=project / "one")
    text = (project / "two" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (
        f"## 0.2.0 (2025-03-14)\n\n- {n - 3} rows ({n} before): 0 added, 3 removed, 0 recoded, 0 revised, {n - 3} unchanged"
        in text
    )
    assert "since 0.1.0.\n" in text
    assert text.endswith(f"## 0.1.0 (2025-03-14)\n\n- {n} rows. It was not compared with an earlier release.\n")
    package = json.loads((project / "two" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["whodid"]["previous_version"] == "0.1.0"
    with pytest.raises(ReleaseError) as caught:
        wd.release(coded, project / "three", "0.1.1", previous=project / "two")
    assert sentence(caught) == (
        f"{project / 'two'}: The previous release is 0.2.0, which does not come before 0.1.1. "
        "Give a higher version, or the release before this one."
    )
    with pytest.raises(ReleaseError) as caught:
        wd.release(coded, project / "three", "0.3.0", previous=coded)
    assert sentence(caught) == (f"{coded}: The previous release is none. Give the folder that `whodid release` wrote.")


def test_an_agreement_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for text in ("[]", "{", '{"coders": []}'):
        (tmp_path / "agreement.json").write_text(text)
        with pytest.raises(ReleaseError, match="Write it with `whodid agree PATHS"):
            read_agreement(tmp_path / "agreement.json")


def test_the_codebook_that_is_given_is_the_one_that_is_released(project: Path, tmp_path: Path, quick: None) -> None:
    own = tmp_path / "codebook"
    shutil.copytree(default_codebook_path(), own)
    head = own / "codebook.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("version: 0.1.0", "version: 9.0.0"), encoding="utf-8")
    (own / "notes.txt").write_text("not part of the codebook")
    wd.release(project / "data" / "coded", project / "dist", "0.1.0", codebook=own)
    assert "version: 9.0.0" in (project / "dist" / "codebook" / "codebook.yaml").read_text(encoding="utf-8")
    assert not (project / "dist" / "codebook" / "notes.txt").exists()
    assert wd.verify(project / "dist").findings == ()
