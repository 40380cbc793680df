"""Is a release what it says it is? Checksums, schema, codebook, derived columns, and every description, offline."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.checks.validate import validate
from whodid.codebook.load import codebook_files, hash_files
from whodid.codebook.model import Codebook
from whodid.codebook.project import DATASET_FILE
from whodid.errors import CodebookError, Fault, ReleaseError
from whodid.events.schema import SCHEMA_VERSION
from whodid.release.card import CARD_FILE, front_matter
from whodid.release.checksums import LINE_ENDS, SUMS_FILE, files_below, parse_sums, sha256_of
from whodid.release.citation import CITATION_FILE, ZENODO_FILE
from whodid.release.croissant import CROISSANT_FILE
from whodid.release.datapackage import PACKAGE_FILE
from whodid.release.dataset import read_dataset
from whodid.release.inputs import released_codebook
from whodid.release.table_schema import codebook_schema, croissant_type, hub_features, table_schema
from whodid.release.tables import COLUMNS_RELEASED, release_order

_AGAIN = "Get the release again from where it was published; if it is the same there, tell its makers."
# With these the files are not those that were released; an extra file is a finding, but changes no other.
_DAMAGE = ("checksum", "missing-file", "bad-sums", "not-a-file")
# Git and Hugging Face put these into every copy of a repository.
_OF_HOSTS = (".git/", ".gitattributes", ".cache/huggingface/")
# A few findings of one kind tell what is wrong with a table.
_SHOWN_OF_ROWS = 20


class NoRelease(ReleaseError):
    """There is nothing to verify."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Table:
    """A Parquet file: its columns by name, its metadata, and the rows as far as they can be read."""

    path: Path
    names: list[str]
    metadata: dict[str, str]
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found wrong, the files and rows that were looked at, and the release's name and version.

    is_whole is False where files are not those that were released: nothing but the files was looked at then, because
    whatever else would be found follows from that.
    """

    path: Path
    name: str
    version: str
    findings: tuple[Fault, ...]
    files: int
    rows: int
    is_whole: bool

    @property
    def is_sound(self) -> bool:
        """True if nothing was found."""
        return not self.findings


def verify(path: Path | str) -> Verification:
    """Everything that is wrong with a release, in the order of its files. Nothing is fetched, and nothing written.

    Each file must have the checksum that SHA256SUMS lists, and none may be missing or more; the table must follow its
    schema, its codebook and that codebook's hash, with derived columns as enrich makes them; datapackage.json,
    croissant.json, the card and the citation must say of the table what it is. Raises NoRelease if the folder is none.
    """
    folder = Path(path)
    if not folder.is_dir() or not ((folder / SUMS_FILE).is_file() or (folder / PACKAGE_FILE).is_file()):
        fix = "Give the folder that `whodid release` wrote."
        raise NoRelease(f"There is no release: no {SUMS_FILE}.", fix=fix, path=folder, rule="no-release")
    findings = _sums_findings(folder)
    package, faults = _json(folder / PACKAGE_FILE)
    is_whole = not any(finding.rule in _DAMAGE for finding in findings)
    rows: dict[str, int] = {}
    if is_whole:
        findings += faults
        facts = package.get("whodid")
        facts = facts if isinstance(facts, dict) else {}
        tables = [_table(file) for file in sorted((folder / "data").glob("*.parquet"))]
        rows = {f"data/{table.path.name}": len(table.frame) for table in tables}
        findings += _package_findings(folder, package, facts, rows)
        findings += _codebook_and_rows(folder, tables, facts)
        findings += _croissant_findings(folder, package, rows)
        findings += _card_findings(folder, package, rows)
        findings += _citation_findings(folder, package)
    return Verification(
        folder,
        str(package.get("name", "unknown")),
        str(package.get("version", "unknown")),
        tuple(dict.fromkeys(findings)),
        len(_files_of(folder)),
        sum(rows.values()),
        is_whole,
    )


def verification_text(found: Verification, limit: int = 50) -> str:
    """The result for people: a line for each finding up to limit, then the verdict."""
    lines = [" ".join(str(finding).splitlines()) for finding in found.findings[:limit]]
    hidden = len(found.findings) - len(lines)
    if hidden:
        lines.append(f"... and {hidden:,} more: see them with --limit or --format json")
    if not found.is_whole:
        lines.append("not checked: schema, codebook, rows and descriptions, because files are not those of the release")
    rows = f", {found.rows:,} rows" if found.is_whole else ""
    what = f"{found.name} {found.version}: {found.files:,} files{rows}"
    if found.is_sound:
        return f"sound: {what}\n"
    count = len(found.findings)
    return "\n".join([*lines, f"not sound: {count:,} finding{'' if count == 1 else 's'} in {what}"]) + "\n"


def verification_json(found: Verification) -> str:
    """The result for programs; keys are stable."""
    findings = [{**asdict(f), "path": None if f.path is None else str(f.path)} for f in found.findings]
    content = {
        "sound": found.is_sound,
        "name": found.name,
        "version": found.version,
        "files": found.files,
        "rows": found.rows,
        "whole": found.is_whole,
        "findings": findings,
    }
    return json.dumps(content, indent=2) + "\n"


def _files_of(folder: Path) -> list[str]:
    """The files of the release; what a host adds to every repository is not counted."""
    return [name for name in files_below(folder) if not name.startswith(_OF_HOSTS)]


def _sums_findings(folder: Path) -> list[Fault]:
    sums = folder / SUMS_FILE
    if not sums.is_file():
        return [Fault("missing-file", "The list of checksums is missing.", _AGAIN, sums)]
    listed, findings = parse_sums(sums.read_bytes(), sums)
    there = [name for name in _files_of(folder) if name != SUMS_FILE]
    for name in there:
        file = folder / name
        if name not in listed:
            fix = "Remove it if it was put there by hand, or get the release again."
            findings.append(Fault("extra-file", f"The file is not listed in {SUMS_FILE}.", fix, file))
        elif file.is_symlink() or not file.is_file():
            findings.append(Fault("not-a-file", "It is a link, and not a file of the release.", _AGAIN, file))
        else:
            digest, line = listed[name]
            found = sha256_of(file)
            if found != digest:
                told = f"{SUMS_FILE}:{line} says {digest[:12]}…"
                message = f"The file's checksum is {found[:12]}…, and {told}: one of the two was changed."
                fix = _AGAIN
                if _differs_in_line_ends(file, digest):
                    message = "Its lines end as in Windows; with plain line ends it is the file that was released."
                    fix = LINE_ENDS
                findings.append(Fault("checksum", message, fix, file, value=found))
    findings += [
        Fault("missing-file", f"The file is missing; {SUMS_FILE}:{line} lists it.", _AGAIN, folder / name)
        for name, (_, line) in listed.items()
        if name not in there
    ]
    return findings


def _differs_in_line_ends(file: Path, digest: str) -> bool:
    data = file.read_bytes() if file.suffix != ".parquet" else b""
    return b"\r\n" in data and hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() == digest


def _json(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    if not path.is_file():
        return {}, [Fault("missing-file", "The file is missing: every release has it.", _AGAIN, path)]
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        return {}, [Fault("bad-json", f"This is not JSON: {error}.", _AGAIN, path)]
    if not isinstance(value, dict):
        return {}, [Fault("bad-json", "The file holds no JSON object.", _AGAIN, path)]
    return value, []


def _package_findings(
    folder: Path, package: dict[str, Any], facts: dict[str, Any], rows: dict[str, int]
) -> list[Fault]:
    path = folder / PACKAGE_FILE
    if not package:
        return []
    findings: list[Fault] = []

    def wrong(message: str, column: str, rule: str = "package") -> None:
        findings.append(Fault(rule, message, _AGAIN, path, column=column))

    if not facts:
        wrong("It does not say how the release was built.", "whodid")
    version = facts.get("schema_version")
    if facts and version != SCHEMA_VERSION:
        fix = f"Use a whodid with schema version {version} for this release."
        message = f"The schema version is {version}, and this whodid knows {SCHEMA_VERSION}."
        return [Fault("schema-version", message, fix, path, column="schema_version")]
    if facts and facts.get("rows_of") != rows:
        wrong(f"It counts {facts.get('rows_of')} rows, and the files hold {rows}.", "rows_of", "row-count")
    if facts and facts.get("rows") != sum(rows.values()):
        wrong(f"It counts {facts.get('rows')} rows, and the files hold {sum(rows.values())}.", "rows", "row-count")
    listed = package.get("resources")
    resources = [r for r in listed if isinstance(r, dict)] if isinstance(listed, list) else []
    by_path = {str(resource.get("path")): resource for resource in resources}
    wanted = {**dict.fromkeys(rows, table_schema()), "codebook.csv": codebook_schema()}
    if sorted(by_path) != sorted(wanted):
        wrong(f"It describes {sorted(by_path)}, and the release has {sorted(wanted)}.", "resources")
    for name, resource in by_path.items():
        if name not in wanted:
            continue
        if resource.get("schema") != wanted[name]:
            wrong(f"The schema of {name} is not the schema of whodid {SCHEMA_VERSION}.", "schema", "schema")
        if name in rows and resource.get("rows") != rows[name]:
            wrong(f"It says that {name} has {resource.get('rows')} rows, and it has {rows[name]}.", "rows", "row-count")
        digest = str(resource.get("hash")).removeprefix("sha256:")
        findings += _described(folder, path, name, resource.get("bytes"), digest)
    return findings


def _described(folder: Path, path: Path, name: str, size: object, digest: str) -> list[Fault]:
    """A finding if a description gives another size or hash than the file has."""
    file = folder / name
    if not file.is_file():
        return []
    findings = []
    if digest != sha256_of(file):
        message = f"It gives another SHA-256 for {name} than the file has."
        findings.append(Fault("described-hash", message, _AGAIN, path, column="hash", value=digest))
    if size is not None and size != file.stat().st_size:
        message = f"It says that {name} has {size} bytes, and it has {file.stat().st_size}."
        findings.append(Fault("described-hash", message, _AGAIN, path, column="bytes", value=str(size)))
    return findings


def _table(path: Path) -> _Table:
    """The file without a check of its values: that is validate's; one that cannot be read is empty, and reported there."""
    try:
        table = pq.read_table(path, partitioning=None)
        frame = table.to_pandas()
    except (pa.ArrowException, OSError, ValueError):
        return _Table(path, [], {}, pd.DataFrame())
    found = {
        key.decode(errors="replace"): value.decode(errors="replace")
        for key, value in (table.schema.metadata or {}).items()
    }
    return _Table(path, table.column_names, found, frame)


def _codebook_and_rows(folder: Path, tables: list[_Table], facts: dict[str, Any]) -> list[Fault]:
    place = folder / "codebook"
    findings: list[Fault] = []
    book: Codebook | None = None
    try:
        book = released_codebook(place)
        digest = hash_files(codebook_files(place))
    except CodebookError as error:
        findings += error.faults
        digest = ""
    if book is not None and facts.get("codebook_hash") != digest:
        told = str(facts.get("codebook_hash"))[:12]
        message = f"The codebook's files have the hash {digest[:12]}…, and {PACKAGE_FILE} says {told}…."
        findings.append(Fault("codebook-hash", message, _AGAIN, place, value=digest))
    if not tables:
        findings.append(Fault("missing-file", "The release has no Parquet file.", _AGAIN, folder / "data"))
    if book is not None and tables:
        report = validate([table.path for table in tables], codebook=book)
        # What is only odd as a set (months without events) was known when the release was built.
        findings += report.errors[:_SHOWN_OF_ROWS]
        if len(report.errors) > _SHOWN_OF_ROWS:
            message = f"The table has {len(report.errors) - _SHOWN_OF_ROWS:,} more findings."
            fix = f"See them with `whodid validate {folder / 'data'} --codebook {place}`."
            findings.append(Fault("more-findings", message, fix, folder / "data"))
    for table in tables:
        findings += _table_findings(table, book, facts)
    return findings


def _table_findings(table: _Table, book: Codebook | None, facts: dict[str, Any]) -> list[Fault]:
    if not table.names:
        return []  # validate has said so
    findings: list[Fault] = []
    names = [column.name for column in COLUMNS_RELEASED]
    if table.names != names:
        lacking = sorted(set(names) - set(table.names))
        message = f"The columns {lacking} are missing." if lacking else "The columns are not in the schema's order."
        return [Fault("columns", message, _AGAIN, table.path)]
    if not table.frame.equals(release_order(table.frame)):
        findings.append(Fault("not-sorted", "The rows are not in the order of a release, by day.", _AGAIN, table.path))
    wanted = {
        "schema_version": facts.get("schema_version"),
        "codebook": book.label if book else facts.get("codebook"),
        "codebook_hash": book.hash if book else facts.get("codebook_hash"),
    }
    for key, value in wanted.items():
        told = table.metadata.get(f"whodid.{key}")
        if told != value:
            message = f"The Parquet metadata says {key} {told}, and the release has {value}."
            findings.append(Fault("metadata", message, _AGAIN, table.path, column=f"whodid.{key}"))
    if facts.get("partition") == "year" and len(table.frame):
        years = sorted({day.year for day in table.frame["date"] if day is not None})
        if [f"events-{year:04d}.parquet" for year in years] != [table.path.name]:
            message = f"The file holds the years {', '.join(map(str, years))}."
            findings.append(Fault("partition", message, _AGAIN, table.path))
    return findings


def _croissant_findings(folder: Path, package: dict[str, Any], rows: dict[str, int]) -> list[Fault]:
    path = folder / CROISSANT_FILE
    croissant, findings = _json(path)
    if not croissant:
        return findings
    files = {
        str(f.get("contentUrl")): f
        for f in croissant.get("distribution") or []
        if isinstance(f, dict) and f.get("@type") == "cr:FileObject"
    }
    if sorted(files) != sorted(rows):
        message = f"It describes the files {sorted(files)}, and the release has {sorted(rows)}."
        findings.append(Fault("croissant", message, _AGAIN, path, column="distribution"))
    for name in sorted(set(files) & set(rows)):
        size = str(files[name].get("contentSize")).removesuffix(" B")
        findings += _described(
            folder, path, name, int(size) if size.isdigit() else size, str(files[name].get("sha256"))
        )
    sets = croissant.get("recordSet")
    fields = sets[0].get("field") if isinstance(sets, list) and sets and isinstance(sets[0], dict) else None
    found = [(f.get("name"), f.get("dataType")) for f in fields or [] if isinstance(f, dict)]
    if found != [(column.name, croissant_type(column)) for column in COLUMNS_RELEASED]:
        message = f"Its fields are not the columns of schema {SCHEMA_VERSION}."
        findings.append(Fault("croissant", message, _AGAIN, path, column="field"))
    return findings + _same(path, croissant, {"version": package.get("version"), "name": package.get("name")})


def _card_findings(folder: Path, package: dict[str, Any], rows: dict[str, int]) -> list[Fault]:
    path = folder / CARD_FILE
    if not path.is_file():
        return [Fault("missing-file", "The file is missing: every release has it.", _AGAIN, path)]
    head = front_matter(path.read_text(encoding="utf-8", errors="replace"))
    if not head:
        return [Fault("card", "The card has no front matter that can be read.", _AGAIN, path)]
    findings = _same(path, head, {"version": package.get("version")})
    info = head.get("dataset_info")
    info = info if isinstance(info, dict) else {}
    splits = info.get("splits")
    counted = splits[0].get("num_examples") if isinstance(splits, list) and splits else None
    if counted != sum(rows.values()):
        message = f"The card counts {counted} rows, and the files hold {sum(rows.values())}."
        findings.append(Fault("card", message, _AGAIN, path, column="num_examples"))
    if info.get("features") != hub_features():
        findings.append(
            Fault("card", "Its features are not the columns of the schema.", _AGAIN, path, column="features")
        )
    configs = head.get("configs")
    data_files = configs[0].get("data_files") if isinstance(configs, list) and configs else None
    pattern = data_files[0].get("path") if isinstance(data_files, list) and data_files else None
    if not isinstance(pattern, str) or sorted(f"data/{p.name}" for p in folder.glob(pattern)) != sorted(rows):
        message = f"Its data_files {pattern!r} do not name the Parquet files."
        findings.append(Fault("card", message, _AGAIN, path, column="data_files"))
    return findings


def _citation_findings(folder: Path, package: dict[str, Any]) -> list[Fault]:
    import yaml

    findings: list[Fault] = []
    try:
        dataset = read_dataset(folder / DATASET_FILE)
    except ReleaseError as error:
        return [replace(fault, fix=fault.fix or _AGAIN) for fault in error.faults]
    path = folder / PACKAGE_FILE
    if package:
        findings += _same(path, package, {"title": dataset.title, "name": dataset.name})
    wanted = {"version": package.get("version"), "title": dataset.title}
    zenodo = folder / ZENODO_FILE
    citation = folder / CITATION_FILE
    if dataset.authors:
        value, faults = _json(zenodo)
        findings += faults
        findings += _same(zenodo, value, wanted) if value else []
        try:
            cff = yaml.safe_load(citation.read_bytes()) if citation.is_file() else None
        except yaml.YAMLError:
            cff = None
        if isinstance(cff, dict):
            findings += _same(citation, cff, wanted)
        else:
            findings.append(Fault("citation", "The file is missing or cannot be read.", _AGAIN, citation))
    return findings


def _same(path: Path, found: dict[str, Any], wanted: dict[str, Any]) -> list[Fault]:
    return [
        Fault(
            "described",
            f"Its {key} is {found.get(key)!r}, and that of the release is {value!r}.",
            _AGAIN,
            path,
            column=key,
        )
        for key, value in wanted.items()
        if value is not None and found.get(key) != value
    ]
