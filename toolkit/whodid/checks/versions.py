"""Was the file written with this schema and this codebook? What its Parquet metadata says, compared."""

from __future__ import annotations

from whodid.codebook.model import Codebook
from whodid.errors import Fault
from whodid.events.files import EventFile
from whodid.events.schema import SCHEMA_VERSION


def schema_version_faults(file: EventFile) -> list[Fault]:
    """Rule other-schema: the metadata names another schema version than this program's."""
    written = file.metadata.get("schema_version")
    if written is None or written == SCHEMA_VERSION:
        return []
    message = f"The file was written with schema version {written}; this program checks {SCHEMA_VERSION}."
    fix = "Use the version of whodid that it names, or write it again with this one."
    return [Fault("other-schema", message, fix, value=written)]


def codebook_faults(file: EventFile, codebook: Codebook) -> list[Fault]:
    """Rule other-codebook: the metadata names another codebook, or another state of it, than the one given."""
    label, written = file.metadata.get("codebook", ""), file.metadata.get("codebook_hash", "")
    if written and written != codebook.hash:
        both = f"{label} ({written[:12]}...)" if label else f"one with the hash {written[:12]}..."
        message = f"The file was coded with {both}; it is checked with {codebook.label} ({codebook.hash[:12]}...)."
        fix = "Give that codebook with --codebook, or code the articles again."
        return [Fault("other-codebook", message, fix, value=written)]
    if label and not written and label != codebook.label:
        message = f"The file was coded with {label}; it is checked with {codebook.label}."
        return [Fault("other-codebook", message, "Give that codebook with --codebook.", value=label)]
    return []
