"""croissant.json: the release as dataset search and machine-learning loaders read it (MLCommons Croissant 1.0)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whodid.release.checksums import sha256_of
from whodid.release.citation import citation_sentence
from whodid.release.contents import Contents
from whodid.release.datapackage import json_text
from whodid.release.dataset import Author
from whodid.release.licences import licence_of
from whodid.release.table_schema import croissant_type
from whodid.release.tables import COLUMNS_RELEASED

CROISSANT_FILE = "croissant.json"
_PARQUET = "application/x-parquet"
_ALL_YEARS = "all-years"
# The context that the format's own documents have, word for word: its reader warns of any other.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant_text(contents: Contents, tables: dict[str, int], folder: Path) -> str:
    """The description in JSON-LD: each file with its size and hash, and one record set with a field for each column.

    A release in several files has a file set besides, from which the records are read.
    """
    dataset = contents.dataset
    paths = list(tables)
    files: list[dict[str, Any]] = [_file(path, folder) for path in paths]
    source = {"fileObject": {"@id": paths[0]}}
    if len(paths) > 1:
        files.append(
            {
                "@type": "cr:FileSet",
                "@id": _ALL_YEARS,
                "name": _ALL_YEARS,
                "description": "All Parquet files: one for each year in which something happened.",
                "encodingFormat": _PARQUET,
                "includes": "data/events-*.parquet",
            }
        )
        source = {"fileSet": {"@id": _ALL_YEARS}}
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.name,
        "alternateName": dataset.title,
        "description": dataset.description or dataset.title,
        "url": (f"https://doi.org/{dataset.doi}" if dataset.doi else dataset.homepage) or None,
        "license": licence_of(dataset.licence).url,
        "version": contents.version,
        "datePublished": contents.day.isoformat(),
        "creator": [_creator(author) for author in dataset.authors] or None,
        "citeAs": citation_sentence(contents) if dataset.authors else None,
        "keywords": list(dataset.keywords) or None,
        "inLanguage": list(dataset.languages) or None,
        "isLiveDataset": False,
        "distribution": files,
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "events",
                "name": "events",
                "description": "Coded events: one row is one coding.",
                "key": {"@id": "events/event_id"},
                "field": [
                    _field(column.name, column.description, croissant_type(column), source)
                    for column in COLUMNS_RELEASED
                ],
            }
        ],
    }
    return json_text({key: value for key, value in described.items() if value is not None})


def _file(path: str, folder: Path) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "description": "Coded events with raw and derived columns.",
        "contentUrl": path,
        "contentSize": f"{(folder / path).stat().st_size} B",
        "encodingFormat": _PARQUET,
        "sha256": sha256_of(folder / path),
    }


def _field(name: str, description: str, kind: str, source: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"events/{name}",
        "name": name,
        "description": description,
        "dataType": kind,
        "source": {**source, "extract": {"column": name}},
    }


def _creator(author: Author) -> dict[str, Any]:
    if author.name:
        return {"@type": "sc:Organization", "name": author.name}
    person = {"@type": "sc:Person", "name": author.shown, "givenName": author.given, "familyName": author.family}
    if author.orcid:
        person["url"] = f"https://orcid.org/{author.orcid}"
    return {key: value for key, value in person.items() if value}
