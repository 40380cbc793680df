"""CITATION.cff and .zenodo.json: how the release is cited, and what Zenodo asks for. Both need an author."""

from __future__ import annotations

from typing import Any

from whodid.release.contents import Contents
from whodid.release.datapackage import json_text
from whodid.release.dataset import Author

CITATION_FILE, ZENODO_FILE = "CITATION.cff", ".zenodo.json"


def citation_sentence(contents: Contents) -> str:
    """The release as it stands in a list of references: authors (year). title, version. address."""
    dataset = contents.dataset
    names = "; ".join(author.sorted_by for author in dataset.authors)
    where = f"https://doi.org/{dataset.doi}" if dataset.doi else dataset.homepage
    made_by = f"{names} ({contents.day.year}). " if names else ""
    dated = "" if names else f" ({contents.day.year})"
    return f"{made_by}{dataset.title}, version {contents.version}{dated} [Data set].{f' {where}' if where else ''}"


def citation_cff(contents: Contents) -> str:
    """CITATION.cff in version 1.2.0 of its format."""
    import yaml

    dataset = contents.dataset
    values: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it, with its version.",
        "type": "dataset",
        "title": dataset.title,
        "abstract": dataset.description,
        "authors": [_cff_author(author) for author in dataset.authors],
        "version": contents.version,
        "date-released": contents.day,
        "license": dataset.licence,
        "doi": dataset.doi,
        "url": dataset.homepage,
        "keywords": list(dataset.keywords),
    }
    kept = {key: value for key, value in values.items() if value}
    return str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100))


def zenodo_json(contents: Contents) -> str:
    """.zenodo.json: what Zenodo takes as the record's metadata when it archives a repository."""
    dataset = contents.dataset
    values: dict[str, Any] = {
        "upload_type": "dataset",
        "title": dataset.title,
        "description": dataset.description or dataset.title,
        "creators": [_zenodo_creator(author) for author in dataset.authors],
        "version": contents.version,
        "publication_date": contents.day.isoformat(),
        "license": dataset.licence.lower(),
        "access_right": "open",
        "keywords": list(dataset.keywords),
        "language": _ISO_639_3.get(dataset.languages[0]) if dataset.languages else None,
    }
    return json_text({key: value for key, value in values.items() if value})


# Zenodo wants three letters; what is not here is left out.
_ISO_639_3 = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "ar": "ara", "pt": "por", "ru": "rus", "zh": "zho"}


def _cff_author(author: Author) -> dict[str, str]:
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    fields = {
        "family-names": author.family,
        "given-names": author.given,
        "name": author.name,
        "orcid": orcid,
        "affiliation": "" if author.name else author.affiliation,
    }
    return {key: value for key, value in fields.items() if value}


def _zenodo_creator(author: Author) -> dict[str, str]:
    fields = {"name": author.sorted_by, "orcid": author.orcid, "affiliation": author.affiliation}
    return {key: value for key, value in fields.items() if value}
