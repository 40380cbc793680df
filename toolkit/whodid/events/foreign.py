"""What a file is that should hold events and begins like something else: what people most often have in its place."""

from __future__ import annotations

from dataclasses import dataclass

# As many bytes as are needed to tell.
HEAD = 64


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, what it is called, what to do about it, and whether it is text in another encoding."""

    begins: tuple[bytes, ...]
    what: str
    fix: str
    is_text: bool = False


_KINDS = (
    Kind(
        (b"version https://git-lfs.github.com/spec/",),
        "a pointer of Git LFS",
        "Fetch the file with `git lfs pull`; in GitHub Actions, give actions/checkout `lfs: true`.",
    ),
    Kind((b"\x1f\x8b",), "a file compressed with gzip", "Unpack it first, with `gunzip`."),
    Kind((b"PK\x03\x04",), "a zip archive or an Excel workbook", "Unpack it, or save the sheet as CSV UTF-8."),
    Kind((b"SQLite format 3\0",), "an SQLite database", "Export its table as CSV in UTF-8."),
    Kind(
        (b"<!doctype html", b"<!DOCTYPE html", b"<html", b"<HTML"),
        "a web page",
        "Download the file itself: the page may say why it was not given.",
    ),
    Kind(
        (b"\xff\xfe", b"\xfe\xff"),
        "text in UTF-16",
        "Save it as UTF-8; a spreadsheet calls that CSV UTF-8.",
        is_text=True,
    ),
)


def foreign_kind(head: bytes) -> Kind | None:
    """The kind of file that begins so, if it is one that cannot be an event file."""
    return next((kind for kind in _KINDS if head.startswith(kind.begins)), None)
