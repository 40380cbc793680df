"""Which files some paths mean: themselves, or those below a folder, in an order that no disk decides."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whodid.articles.encoding import printable_name
from whodid.articles.model import Refused
from whodid.errors import Fault, UsageError

ENDINGS = (".txt", ".md", ".html", ".htm", ".jsonl", ".json", ".csv", ".parquet")
KNOWN_ENDINGS = "Article files end in " + ", ".join(ENDINGS[:-1]) + " or " + ENDINGS[-1] + "."


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file to read, its path as shown to people, its ending in lower case, and the id that its place gives.

    own_id is the path below the given folder without its ending, with "/" between the parts on every system; for a
    file given by itself its name without the ending.
    """

    path: Path
    shown: str
    ending: str
    own_id: str


def find_files(paths: Sequence[Path]) -> tuple[list[ArticleFile], list[Refused]]:
    """The article files of some paths, sorted by path, and what in their folders was set aside.

    Hidden files and folders and README files are passed over; other endings, broken links and folders that cannot be
    opened are refused. A file that two paths lead to comes once, with the id from the folder furthest up.
    Raises UsageError with every path that does not exist, is a file of another ending, or is a folder without articles.
    """
    faults: list[Fault] = []
    found: dict[Path, ArticleFile | Refused] = {}
    if not paths:
        faults.append(Fault("no-paths", "No path was given.", "Give a file or a folder of articles."))
    # The folder furthest up first, whatever the order in which the paths were given.
    for start in sorted(set(paths), key=lambda path: (len(path.absolute().parts), path_order(path))):
        shown = printable_name(str(start))
        problem = _problem(start, shown)
        if problem is not None:
            faults.append(problem)
        elif start.is_dir():
            below = _below(start)
            if not any(isinstance(item, ArticleFile) for item in below.values()):
                closed = (item.fault for item in below.values() if isinstance(item, Refused) and item.origin == shown)
                faults.append(
                    next(closed, Fault("empty-folder", "The folder holds no articles.", KNOWN_ENDINGS, shown))
                )
            for path, item in below.items():
                found.setdefault(start.resolve() / path, item)
        else:
            found.setdefault(start.parent.resolve() / start.name, _file(start, Path(start.name)))
    if faults:
        raise UsageError.of(faults)
    files = [item for item in found.values() if isinstance(item, ArticleFile)]
    aside = [item for item in found.values() if isinstance(item, Refused)]
    return sorted(files, key=lambda file: path_order(file.path)), aside


def _problem(start: Path, shown: str) -> Fault | None:
    try:
        mode = start.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Fault("no-file", "There is no such file or folder.", "Check the path.", shown)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Fault("no-file", f"The path cannot be opened: {reason}.", "Check the path.", shown)
    if not stat.S_ISDIR(mode) and start.suffix.lower() not in ENDINGS:
        return Fault("unknown-format", _unknown(start), KNOWN_ENDINGS, shown, value=printable_name(start.suffix))
    return None


def _unknown(path: Path) -> str:
    return f"The ending {printable_name(path.suffix)!r} is unknown." if path.suffix else "The file has no ending."


def _below(folder: Path) -> dict[Path, ArticleFile | Refused]:
    """What a folder holds, by the path below it."""
    items: dict[Path, ArticleFile | Refused] = {}
    for item in _walk(folder, ()):
        if isinstance(item, tuple):
            path, refused = item
            items[path.relative_to(folder)] = refused
        elif not item.name.upper().startswith("README"):
            below = item.relative_to(folder)
            is_known = item.suffix.lower() in ENDINGS
            items[below] = (
                _file(item, below) if is_known else _refused("unknown-format", _unknown(item), KNOWN_ENDINGS, item)
            )
    return items


def _walk(folder: Path, above: tuple[Path, ...]) -> Iterator[Path | tuple[Path, Refused]]:
    here = folder.resolve()
    if here in above:
        yield folder, _refused("link-loop", "The link leads back to a folder above it.", "Remove the link.", folder)
        return
    try:
        inside = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=path_order)
    except OSError as error:
        fix = "Make the folder readable, or leave it out."
        yield folder, _refused("unreadable", f"The folder cannot be opened: {error.strerror}.", fix, folder)
        return
    for path in inside:
        if _is_folder(path):
            yield from _walk(path, (*above, here))
        else:
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # Reading it will fail with the reason, which is then reported.


def _file(path: Path, below: Path) -> ArticleFile:
    own_id = below.with_suffix("").as_posix()
    return ArticleFile(path, printable_name(str(path)), path.suffix.lower(), own_id)


def _refused(rule: str, message: str, fix: str, path: Path) -> Refused:
    shown = printable_name(str(path))
    return Refused(shown, Fault(rule, message, fix, shown))


def path_order(path: Path) -> tuple[str, ...]:
    """The key by which paths are sorted: part by part, the same on every disk."""
    # Some disks store "é" as two characters, some as one; the order must not tell them apart.
    return tuple(unicodedata.normalize("NFC", part) for part in path.parts)


def as_paths(paths: Path | str | Iterable[Path | str]) -> list[Path]:
    """One path or several as a list of paths."""
    return [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]
