"""The catalogue of damage: what goes wrong with datasets, each as a change to a good one and the rule that finds it."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from checks.damage.good import Good
from whodid.articles.model import ArticleSet
from whodid.events.files import write_events
from whodid.events.record import event_id

Change = Callable[[pd.DataFrame], pd.DataFrame]
Write = Callable[[Good, Path], None]
ROW = 5


@dataclass(frozen=True)
class Damage:
    """One kind: its name, the rule that finds it, how it is done, and what else validation is given."""

    name: str
    rule: str
    write: Write
    articles: Callable[[ArticleSet], ArticleSet | None] = lambda articles: articles
    against: bool = False


def frame(change: Change) -> Write:
    """Damage to the table, written as Parquet by a program that checks nothing."""

    def write(good: Good, folder: Path) -> None:
        _parquet(change(good.frame.copy()), good, folder / "events.parquet")

    return write


def cell(column: str, value: Any) -> Write:
    """One value of one row replaced, and its id made anew, so that the value alone is wrong."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        changed = table.assign(**{column: table[column].astype(object)})
        changed.at[ROW, column] = value
        return _with_ids(changed, [ROW])

    return frame(change)


def rows(**values: Any) -> Write:
    """Columns replaced as a whole."""
    return frame(lambda table: table.assign(**values))


def swapped(one: str, other: str) -> Write:
    return frame(lambda table: table.assign(**{one: table[other], other: table[one]}))


def csv(change: Callable[[str], str]) -> Write:
    """Damage to the text of a CSV file."""
    return csv_bytes(lambda data: change(data.decode("utf-8")).encode("utf-8"))


def csv_bytes(change: Callable[[bytes], bytes]) -> Write:
    def write(good: Good, folder: Path) -> None:
        write_events(good.frame, folder / "events.csv")
        path = folder / "events.csv"
        damaged = change(path.read_bytes())
        assert damaged != path.read_bytes()
        path.write_bytes(damaged)

    return write


def jsonl(change: Callable[[list[str]], list[str]]) -> Write:
    def write(good: Good, folder: Path) -> None:
        path = folder / "events.jsonl"
        write_events(good.frame, path)
        path.write_text("\n".join(change(path.read_text(encoding="utf-8").splitlines())), encoding="utf-8")

    return write


def parquet_bytes(change: Callable[[bytes], bytes]) -> Write:
    def write(good: Good, folder: Path) -> None:
        _parquet(good.frame, good, folder / "events.parquet")
        path = folder / "events.parquet"
        path.write_bytes(change(path.read_bytes()))

    return write


def metadata(**changed: str) -> Write:
    def write(good: Good, folder: Path) -> None:
        _parquet(good.frame, good, folder / "events.parquet", **changed)

    return write


def undamaged(good: Good, folder: Path) -> None:
    _parquet(good.frame, good, folder / "events.parquet")


def two_files(good: Good, folder: Path) -> None:
    undamaged(good, folder)
    write_events(good.frame.iloc[:20], folder / "part.csv")


def _parquet(table: pd.DataFrame, good: Good, path: Path, **changed: str) -> None:
    values = {
        "schema_version": "1.0.0",
        "codebook": good.codebook.label,
        "codebook_hash": good.codebook.hash,
        **changed,
    }
    dates = {
        name: table[name].dt.date
        for name in ("date", "published")
        if name in table.columns and table[name].dtype.kind == "M" and (table[name].dt.normalize() == table[name]).all()
    }
    arrow = pa.Table.from_pandas(table.assign(**dates), preserve_index=False)
    pq.write_table(arrow.replace_schema_metadata({f"whodid.{key}": value for key, value in values.items()}), path)


def _with_ids(table: pd.DataFrame, changed: list[int]) -> pd.DataFrame:
    ids = table["event_id"].tolist()
    for row in changed:
        made = table.iloc[row]
        spans = [(made[f"{side}_start"], made[f"{side}_end"]) for side in ("actor", "action", "target")]
        if made[["actor", "action", "target", "date", "article_id", "sentence", "coder"]].isna().any():
            continue
        day = pd.Timestamp(made["date"]).date()
        codes = [str(made[name]) for name in ("actor", "action", "target")]
        ids[row] = event_id(*codes, day, made["article_id"], made["sentence"], *spans, made["coder"])
    return table.assign(event_id=ids)


def _shift(table: pd.DataFrame) -> pd.DataFrame:
    offsets = {name: table[name] + 1 for name in table.columns if name.endswith(("_start", "_end"))}
    return _with_ids(table.assign(**offsets), list(range(len(table))))


def _of_bytes(table: pd.DataFrame) -> pd.DataFrame:
    """Offsets counted in bytes: the u with dots in the first sentence has two."""
    return _shift(table)


def _block_twice(table: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table, table.iloc[10:20]], ignore_index=True)


def _block_twice_under_new_ids(table: pd.DataFrame) -> pd.DataFrame:
    block = table.iloc[10:20]
    return pd.concat([table, block.assign(event_id=[f"{n:016x}" for n in range(10)])], ignore_index=True)


def _recoded_again(table: pd.DataFrame) -> pd.DataFrame:
    again = table.iloc[[ROW]].assign(action="130")
    joined = pd.concat([table, again], ignore_index=True)
    return _with_ids(joined, [len(table)])


def _without_a_month(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["date"].dt.strftime("%Y-%m") != "2023-07"]


def _flooded_month(table: pd.DataFrame) -> pd.DataFrame:
    flooded = table[table["date"].dt.strftime("%Y-%m") == "2023-07"]
    copies = [flooded.assign(event_id=[f"{n:08x}{i:08x}" for i in range(len(flooded))]) for n in range(9)]
    return pd.concat([table, *copies], ignore_index=True)


def _one_action(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(action=table["action"].replace("112", "190"))


def _half_coder(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["coder"] == "anna") | (table["article_id"] < "wire-020")]


def _shuffled(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[::-1]


def _second_name(table: pd.DataFrame) -> pd.DataFrame:
    coders = table["coder"].where(table["article_id"] < "wire-070", table["coder"].str.title())
    return _with_ids(table.assign(coder=coders), list(range(len(table))))


def _letters_and_accents(table: pd.DataFrame) -> pd.DataFrame:
    """The dots of the u as a character of their own, as macOS writes file names."""
    is_later = table["article_id"] > "wire-050"
    apart = unicodedata.normalize("NFD", "Zürcher Draht")
    return table.assign(publisher=table["publisher"].astype("object").mask(is_later, apart))


def _in_conflict(lines: list[str]) -> list[str]:
    return [*lines[:5], "<<<<<<< HEAD", lines[5], "=======", lines[6], ">>>>>>> branch", *lines[7:]]


def _sentences_mixed_up(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(sentence=(3 - table["sentence"]).astype("int32"))


def _edited_later(articles: ArticleSet) -> ArticleSet:
    return ArticleSet(tuple(replace(a, text=a.text.replace("it rained", "it was raining")) for a in articles.articles))


def _one_lost(articles: ArticleSet) -> ArticleSet:
    return ArticleSet(articles.articles[1:])


def _many_more(articles: ArticleSet) -> ArticleSet:
    new = [replace(a, article_id=f"{a.article_id}-{n}") for n in range(2) for a in articles.articles]
    return ArticleSet((*articles.articles, *new))


def _other_ids(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(event_id=table["event_id"].iloc[::-1].to_numpy())


def _without(articles: ArticleSet) -> None:
    return None


def _json_line(number: int, **values: Any) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        row = {**json.loads(lines[number]), **values}
        return [*lines[:number], json.dumps(row), *lines[number + 1 :]]

    return change


def _lines(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(text.splitlines())) + "\n"


KINDS: tuple[Damage, ...] = (
    # Types
    Damage("action as numbers", "wrong-type", frame(lambda t: t.assign(action=t["action"].astype(int)))),
    Damage("confidence as text", "wrong-type", frame(lambda t: t.assign(confidence=t["confidence"].astype(str)))),
    Damage("dates as text in Parquet", "wrong-type", frame(lambda t: t.assign(date=t["date"].dt.strftime("%d.%m.%Y")))),
    Damage("dates written by a spreadsheet", "wrong-type", csv(lambda s: s.replace("2023-07-", "7/2023/"))),
    Damage("dates with a time of day", "wrong-type", rows(date=pd.Timestamp("2024-01-03 17:30:00"))),
    Damage("sentence with decimals", "wrong-type", frame(lambda t: t.assign(sentence=t["sentence"] + 0.5))),
    Damage("number between quotes in JSON", "wrong-type", jsonl(_json_line(3, sentence="1"))),
    Damage("true instead of a number", "wrong-type", jsonl(_json_line(3, confidence=True))),
    # Missing values
    Damage("null target", "null", cell("target", None)),
    Damage("empty cell in CSV", "null", csv(lambda s: s.replace(",FRAGOV,", ",,", 1).replace("FRAGOV,", ",", 1))),
    Damage("NaN as text", "null-as-text", cell("publisher", "NaN")),
    Damage("None as the coder", "null-as-text", cell("coder", "None")),
    Damage("null as an actor code", "null-as-text", cell("actor", "nan")),
    Damage("formula that failed", "null-as-text", cell("publisher", "#REF!")),
    Damage("NaN as a number in CSV", "wrong-type", csv(lambda s: s.replace(",0.875,", ",NaN,", 1))),
    Damage("no words", "bad-target-text", cell("target_text", "")),
    # Codes
    Damage("unknown action", "unknown-action", cell("action", "999")),
    Damage("action code without its leading zero", "unknown-action", cell("action", "51")),
    Damage("action label instead of its code", "bad-action", cell("action", "Accuse")),
    Damage("blank after an action code", "bad-action", cell("action", "112 ")),
    Damage("obsolete action code", "obsolete-action", cell("action", "223")),
    Damage("unknown group in an actor code", "unknown-actor", cell("actor", "FRAQQQ")),
    Damage("lower case actor code", "unknown-actor", cell("actor", "fragov")),
    Damage("groups in the wrong order", "unknown-actor", cell("target", "GOVFRA")),
    Damage("blank after an actor code", "bad-actor", cell("actor", "FRAGOV ")),
    Damage("line end in an actor code", "bad-target", cell("target", "FRAGOV\n")),
    Damage("country code cut to two letters", "bad-actor", cell("actor", "FR")),
    Damage("ISO code instead of the codebook's", "variant-actor", cell("actor", "ROUGOV")),
    Damage("code of a state that is gone", "obsolete-actor", cell("target", "ZARGOV")),
    # Words and offsets
    Damage("offsets shifted by one", "offset-mismatch", frame(_shift)),
    Damage("offsets counted in bytes", "offset-mismatch", frame(_of_bytes)),
    Damage("words of another article", "offset-mismatch", cell("actor_text", "Atlantis")),
    Damage("actor and target words swapped", "offset-mismatch", swapped("actor_text", "target_text")),
    Damage("more words than the offsets span", "span-length", cell("actor_text", "The French Republic"), _without),
    Damage("start and end swapped", "empty-span", swapped("action_start", "action_end")),
    Damage("negative offset", "bad-actor-start", cell("actor_start", -1)),
    Damage("offset beyond the article", "offset-mismatch", cell("target_end", 9999)),
    Damage(
        "target marked within the actor",
        "shared-words",
        frame(lambda t: t.assign(target_start=t["actor_start"] + 1, target_end=t["actor_end"])),
    ),
    # Sentences and articles
    Damage("sentence number out of range", "sentence-range", cell("sentence", 999)),
    Damage("sentence number below zero", "bad-sentence", cell("sentence", -1)),
    Damage("sentence numbers mixed up", "sentence-order", frame(_sentences_mixed_up)),
    Damage("article edited later", "offset-mismatch", undamaged, _edited_later),
    Damage("article lost", "unknown-article", undamaged, _one_lost),
    Damage("article id in capitals", "unknown-article", cell("article_id", "WIRE-001")),
    Damage("blank before an article id", "stray-space", cell("article_id", " wire-001")),
    Damage("publisher of another article", "wrong-publisher", cell("publisher", "Harbour Wire")),
    Damage("most articles without events", "uncovered-articles", undamaged, _many_more),
    # Dates
    Damage("event a year after its article", "future-date", cell("date", pd.Timestamp("2025-06-01"))),
    Damage("year with two digits", "early-date", cell("date", pd.Timestamp("0024-01-03"))),
    Damage("article from the future", "future-published", cell("published", pd.Timestamp("2030-01-01"))),
    Damage("published before the event", "wrong-published", cell("published", pd.Timestamp("2022-01-01"))),
    Damage("date and published swapped", "wrong-published", swapped("date", "published")),
    Damage("unknown basis of a date", "bad-date-basis", cell("date_basis", "guess")),
    Damage("basis that the date contradicts", "date-basis", rows(date_basis="published")),
    Damage("zero-width blank in an article id", "invisible-character", cell("article_id", "wire-001\u200b")),
    Damage("null character in a remark", "invisible-character", cell("note", "see\0page 4")),
    # Identity
    Damage("id of another row", "wrong-id", frame(_other_ids)),
    Damage("id in capitals", "bad-event-id", frame(lambda t: t.assign(event_id=t["event_id"].str.upper()))),
    Damage("actor and target swapped", "wrong-id", swapped("actor", "target")),
    Damage("block of rows duplicated", "duplicate-id", frame(_block_twice)),
    Damage("block of rows duplicated under new ids", "same-coding", frame(_block_twice_under_new_ids)),
    Damage("rows in two files", "duplicate-id", two_files),
    Damage("same words coded twice", "double-coding", frame(_recoded_again)),
    # Numbers
    Damage("confidence above one", "bad-confidence", rows(confidence=1.5)),
    Damage("confidence in percent", "bad-confidence", frame(lambda t: t.assign(confidence=t["confidence"] * 100))),
    Damage("confidence with seven decimals", "confidence-decimals", rows(confidence=0.8751234)),
    # Derived columns and versions
    Damage("Goldstein score of another scale", "stale-derived", rows(goldstein=9.9)),
    Damage("root of another action", "stale-derived", rows(root="20")),
    Damage("countries of actor and target swapped", "stale-derived", swapped("actor_country", "target_country")),
    Damage("another codebook", "other-codebook", metadata(codebook_hash="0" * 64)),
    Damage("another schema version", "other-schema", metadata(schema_version="0.9.0")),
    # Coders
    Damage("blank after a coder's name", "bad-coder", cell("coder", "anna ")),
    Damage("coder under two names", "coder-variants", frame(_second_name)),
    Damage("publisher under two names", "publisher-variants", cell("publisher", "ZÜRCHER DRAHT")),
    Damage("publisher in two forms of Unicode", "publisher-variants", frame(_letters_and_accents)),
    Damage("coder who has not finished", "thin-coverage", frame(_half_coder)),
    # The set
    Damage("month lost", "empty-month", frame(_without_a_month)),
    Damage("month many times over", "sudden-jump", frame(_flooded_month)),
    Damage("shares of actions changed", "drift", frame(_one_action), against=True),
    # Columns and rows
    Damage("column missing", "missing-column", frame(lambda t: t.drop(columns="coder"))),
    Damage("column too many", "unknown-column", rows(comment="x")),
    Damage("index written as a column", "unknown-column", frame(lambda t: t.reset_index(names="__index_level_0__"))),
    Damage("column renamed", "unknown-column", frame(lambda t: t.rename(columns={"actor": "source"}))),
    Damage("columns in another order", "column-order", frame(lambda t: t[list(t.columns[::-1])])),
    Damage("rows in another order", "row-order", frame(_shuffled)),
    Damage("column twice", "duplicate-column", csv(lambda s: s.replace("actor,action", "actor,actor", 1))),
    Damage("header among the rows", "header-again", csv(_lines(lambda ls: [*ls[:9], ls[0], *ls[9:]]))),
    Damage("header lost", "no-header", csv(_lines(lambda ls: ls[1:]))),
    Damage("cells shifted by a comma", "not-csv", csv(lambda s: s.replace("Kenya", "Kenya,", 1))),
    Damage("quote that never ends", "not-csv", csv(lambda s: s.replace("Kenya", '"Kenya', 1))),
    Damage("semicolons instead of commas", "no-header", csv(lambda s: s.replace(",", ";"))),
    # Files and encodings
    Damage("Parquet cut off", "not-parquet", parquet_bytes(lambda data: data[: len(data) // 2])),
    Damage("Parquet with a hole", "not-parquet", parquet_bytes(lambda d: d[:2000] + bytes(2000) + d[4000:])),
    Damage("empty file", "not-parquet", parquet_bytes(lambda data: b"")),
    Damage("CSV under the name of Parquet", "not-parquet", parquet_bytes(lambda data: b"actor,action\n")),
    Damage("CSV cut off within a row", "not-csv", csv_bytes(lambda data: data[: len(data) - 60])),
    Damage("CSV in Windows-1252", "not-utf8", csv_bytes(lambda d: d.decode().encode("cp1252"))),
    Damage("two encodings in one file", "not-utf8", csv_bytes(lambda d: d.replace("ü".encode(), b"\xfc", 3))),
    Damage("text in UTF-16", "not-utf8", csv_bytes(lambda d: d.decode().encode("utf-16"))),
    Damage("compressed under the name of CSV", "not-csv", csv_bytes(lambda d: gzip.compress(d, mtime=0))),
    Damage(
        "pointer of Git LFS", "not-parquet", parquet_bytes(lambda d: b"version https://git-lfs.github.com/spec/v1\n")
    ),
    Damage("marks of a conflict in git", "not-csv", csv(_lines(_in_conflict))),
    Damage("letters as HTML writes them", "html-entity", csv(lambda s: s.replace("Zürcher", "Z&uuml;rcher"))),
    Damage("UTF-8 read as Windows-1252", "mojibake", csv(lambda s: s.replace("Zürcher", "ZÃ¼rcher"))),
    Damage("letters lost in decoding", "mojibake", csv(lambda s: s.replace("Zürcher", "Z\ufffdrcher"))),
    Damage("byte-order mark", "byte-order-mark", csv_bytes(lambda data: b"\xef\xbb\xbf" + data)),
    Damage("Windows line ends", "line-ends", csv_bytes(lambda data: data.replace(b"\n", b"\r\n"))),
    Damage("line ends of old Macintoshes", "line-ends", csv_bytes(lambda data: data.replace(b"\n", b"\r"))),
    Damage("NaN in JSON", "not-json", jsonl(lambda ls: [ls[0].replace("0.875", "NaN"), *ls[1:]])),
    Damage("key twice in JSON", "duplicate-column", jsonl(lambda ls: ['{"actor": "USAGOV", ' + ls[0][1:], *ls[1:]])),
    Damage("line of JSON cut off", "not-json", jsonl(lambda ls: [*ls[:-1], ls[-1][:-9]])),
)
