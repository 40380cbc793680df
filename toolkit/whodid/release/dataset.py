"""What a dataset says of itself: title, authors, licence, limits. Kept in dataset.yaml, beside data/ and codebook/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from whodid.codebook.files import decode, parse_yaml
from whodid.codebook.project import DATASET_FILE, find_project
from whodid.errors import Fault, ReleaseError
from whodid.release.licences import SPDX, licence_of

Line = Annotated[str, Field(min_length=1)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Author(_Value):
    """Who made the dataset: a person by family and given name, or an organisation by its name."""

    family: str = ""
    given: str = ""
    name: str = ""
    orcid: str = ""
    affiliation: str = ""

    @model_validator(mode="after")
    def _is_a_person_or_an_organisation(self) -> Author:
        if bool(self.family) == bool(self.name) or (self.given and not self.family):
            raise ValueError("an author has a family name (and a given one), or the name of an organisation, not both")
        return self

    @field_validator("orcid")
    @classmethod
    def _has_its_check_digit(cls, value: str) -> str:
        orcid = value.removeprefix("https://orcid.org/")
        if orcid and not _is_orcid(orcid):
            raise ValueError("an ORCID has four groups of four digits, such as 0000-0002-1825-0097, and this one fails")
        return orcid

    @property
    def shown(self) -> str:
        """The name as it is read: Given Family, or the organisation's."""
        return " ".join(part for part in (self.given, self.family, self.name) if part)

    @property
    def sorted_by(self) -> str:
        """The name as catalogues have it: Family, Given, or the organisation's."""
        return self.name or ", ".join(part for part in (self.family, self.given) if part)


class Dataset(_Value):
    """The head of a dataset. Only title and licence must be given; nothing that is left out is made up.

    limits are sentences that a reader should know before using the numbers; a release adds what it can count itself.
    Authors may be absent while the dataset is young: a release then has no citation file, and says so.
    """

    title: Line
    licence: Annotated[str, Field(pattern=rf"^{SPDX.pattern}$")]
    id: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]*)?$")] = ""
    description: str = ""
    authors: tuple[Author, ...] = ()
    keywords: tuple[Line, ...] = ("event data", "political science")
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = ("en",)
    homepage: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    doi: Annotated[str, Field(pattern=r"^(10\.\d{4,9}/\S+)?$")] = ""
    limits: tuple[Line, ...] = ()
    tasks: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+$")], ...] = ("time-series-forecasting", "other")

    @field_validator("licence")
    @classmethod
    def _is_spelt_as_spdx_does(cls, value: str) -> str:
        return licence_of(value).spdx

    @property
    def name(self) -> str:
        """The short name that files and catalogues use: the id, or one made of the title."""
        return self.id or re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:60].strip("-") or "events"


def read_dataset(path: Path | str) -> Dataset:
    """The dataset that a dataset.yaml describes. Raises ReleaseError with every fault of it, each with its line."""
    file = Path(path)
    try:
        text, faults = decode(file.read_bytes(), str(file))
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        raise ReleaseError(message, fix="Check the path.", path=file, rule="no-dataset") from error
    parsed = parse_yaml(text, str(file))
    faults += parsed.faults
    if not faults and not isinstance(parsed.value, dict):
        fix = "Write at least the lines title: and licence:."
        faults = [Fault("bad-dataset", "The file does not describe a dataset.", fix, file, 1)]
    if faults:
        raise ReleaseError.of(faults)
    # A key without a value means the same as no key.
    values = {key: value for key, value in parsed.value.items() if value is not None and value != ""}
    try:
        return Dataset.model_validate(values)
    except ValidationError as error:
        found = [_fault(problem, parsed.line, file) for problem in error.errors()]
        raise ReleaseError.of(sorted(found, key=lambda fault: fault.line or 0)) from error


def find_dataset(events: Path | str) -> Path | None:
    """The dataset.yaml of the project to which events belong: beside them, or up to two folders above; None if none."""
    project = find_project(events)
    return project / DATASET_FILE if project is not None else None


def dataset_with(
    dataset: Dataset | None,
    *,
    title: str | None = None,
    licence: str | None = None,
    description: str | None = None,
    authors: tuple[Author, ...] | None = None,
) -> Dataset | None:
    """The dataset with other values where they are given; None if there is no dataset and nothing was given.

    Raises ReleaseError if there is no dataset and title or licence is missing, or if a value does not fit.
    """
    given = {"title": title, "licence": licence, "description": description, "authors": authors}
    values = {key: value for key, value in given.items() if value is not None}
    if not values:
        return dataset
    if dataset is None and not {"title", "licence"} <= set(values):
        lacking = " and ".join(f"--{key}" for key in ("title", "licence") if key not in values)
        fix = f"Give {lacking}, or write {DATASET_FILE}."
        raise ReleaseError("A release needs a title and a licence.", fix=fix, rule="no-dataset")
    try:
        return Dataset.model_validate({**(dataset.model_dump() if dataset else {}), **values})
    except ValidationError as error:
        problem = error.errors()[0]
        key = str(problem["loc"][0])
        message = f"{problem['input']!r} is no {key}."
        raise ReleaseError(message, fix=_EXPECTED.get(key, "Correct it."), value=key, rule="bad-dataset") from error


def author_of(text: str) -> Author:
    """An author as one types it: "Family, Given" is a person, a name without a comma an organisation."""
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip():
        return Author(family=family.strip(), given=given.strip())
    if comma or not text.strip():
        fix = 'Write "Family, Given" for a person, or the name of an organisation without a comma.'
        raise ReleaseError(f"{text!r} names no author.", fix=fix, value=text, rule="bad-author")
    return Author(name=text.strip())


def dataset_yaml(dataset: Dataset) -> str:
    """The text of a dataset.yaml with these values, each with a line that says what it is for."""
    import yaml

    out = ["# What the dataset says of itself; `whodid release` reads it."]
    values = dataset.model_dump(mode="json")
    for key, comment in _COMMENTS.items():
        value = values[key]
        if key == "authors":
            value = [{k: v for k, v in author.items() if v} for author in value]
        out.append(f"# {comment}")
        shown = yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True, width=100)
        out.append(f"{key}:" if value == "" else shown.rstrip("\n"))
    return "\n".join(out) + "\n"


_COMMENTS = {
    "id": "Short name for files and catalogues: small letters, digits, hyphens. Made of the title if it is empty.",
    "title": "Title, as it is cited.",
    "description": "One paragraph: what is in it, from which articles, for what.",
    "licence": "SPDX name of the data's licence, such as CC-BY-4.0 or CC0-1.0.",
    "authors": "Who is cited: a list of family:, given:, orcid:, affiliation:, or of name: for an organisation.",
    "keywords": "Words by which it is found.",
    "languages": "Languages of the articles, as ISO 639 codes.",
    "homepage": "Where it lives, or empty.",
    "doi": "Its DOI once it has one (10.5281/zenodo.1234567), or empty.",
    "limits": "What a reader must know before using the numbers: one sentence each.",
    "tasks": "Task categories for the card on Hugging Face.",
}


def _is_orcid(text: str) -> bool:
    """ISO 7064 mod 11-2, as ORCID defines it."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return text[-1] == ("X" if rest == 10 else str(rest))


_EXPECTED = {
    "licence": "Write its SPDX name, such as CC-BY-4.0.",
    "id": "Use small letters, digits and hyphens.",
    "doi": "Write it without an address: 10.5281/zenodo.1234567.",
    "homepage": "Write a whole address that begins with https://.",
    "languages": "Write ISO 639 codes, such as en.",
}


def _fault(problem: Any, line_of: Any, file: Path) -> Fault:
    place = tuple(part for part in problem["loc"] if isinstance(part, (str, int)))
    column = str(place[0]) if place else ""
    line = line_of(*place)
    if problem["type"] == "missing":
        return Fault("bad-dataset", f"The entry {column!r} is missing.", f"Add the line {column}: ....", file, line)
    if problem["type"] == "extra_forbidden":
        known = ", ".join(Dataset.model_fields if len(place) == 1 else Author.model_fields)
        return Fault("bad-dataset", f"The key {str(place[-1])!r} is unknown.", f"The keys are: {known}.", file, line)
    reason = str(problem["msg"]).removeprefix("Value error, ")
    fix = _EXPECTED.get(column, "Correct it.")
    given = problem["input"]
    shown = repr(given) if isinstance(given, (str, int, float)) else "The value"
    if column in _EXPECTED:
        return Fault("bad-dataset", f"{shown} is no {column}.", fix, file, line, None, column, str(given))
    message = f"{shown} does not fit: {reason[:1].lower() + reason[1:]}."
    return Fault("bad-dataset", message, fix, file, line, None, column, str(given))
