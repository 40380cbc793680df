"""datapackage.json: the release as a Frictionless Data Package, with a Table Schema for every column."""

from __future__ import annotations

import json
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from whodid import __version__
from whodid.events.schema import SCHEMA_VERSION
from whodid.release.checksums import sha256_of
from whodid.release.contents import Contents
from whodid.release.licences import licence_of
from whodid.release.table_schema import codebook_schema, table_schema

PACKAGE_FILE = "datapackage.json"
# Other versions of these may give other bytes for the same rows.
_LIBRARIES = ("pyarrow", "matplotlib", "great-expectations")


def package_text(contents: Contents, tables: dict[str, int], folder: Path) -> str:
    """The package's description. tables has the rows of each Parquet file; all files are in the folder already.

    Under the key whodid stands what `whodid verify` and `whodid diff` need, and which versions built the release.
    """
    dataset, licence = contents.dataset, licence_of(contents.dataset.licence)
    resources = [
        {
            "name": Path(path).stem,
            "title": "Coded events: one row is one coding",
            "path": path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            # Frictionless counts the bytes of text only, and would find the true size of a Parquet file wrong.
            "hash": f"sha256:{sha256_of(folder / path)}",
            "rows": rows,
            "schema": table_schema(),
        }
        for path, rows in tables.items()
    ]
    codes = {
        "name": "codebook",
        "title": contents.codebook.meta.title,
        "path": "codebook.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / "codebook.csv").stat().st_size,
        "hash": f"sha256:{sha256_of(folder / 'codebook.csv')}",
        "schema": codebook_schema(),
    }
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": dataset.name,
        "id": f"https://doi.org/{dataset.doi}" if dataset.doi else None,
        "title": dataset.title,
        "description": dataset.description or None,
        "version": contents.version,
        "created": f"{contents.day.isoformat()}T00:00:00Z",
        "homepage": dataset.homepage or None,
        "keywords": list(dataset.keywords) or None,
        "licenses": [{"name": licence.spdx, "title": licence.title, "path": licence.url}],
        "contributors": [{"title": author.shown, "role": "author"} for author in dataset.authors] or None,
        "resources": [*resources, codes],
        "whodid": build_facts(contents, tables),
    }
    return json_text({key: value for key, value in package.items() if value is not None})


def build_facts(contents: Contents, tables: dict[str, int]) -> dict[str, Any]:
    """How the release was built: versions, codebook, rows of each file, and which checks its events passed."""
    return {
        "whodid": __version__,
        "libraries": {name: installed(name) for name in _LIBRARIES},
        "schema_version": SCHEMA_VERSION,
        "date": contents.day.isoformat(),
        "partition": contents.partition,
        "codebook": contents.codebook.label,
        "codebook_hash": contents.codebook.hash,
        "previous_version": contents.previous_version,
        "rows": sum(tables.values()),
        "rows_of": tables,
        "checks": contents.checks,
    }


def json_text(value: Any) -> str:
    """JSON as all files of a release have it: readable, in the order given, with a line end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
