"""The rows of a foreign file, one after the other: text from bytes, cells from text, names from a header or by place."""

from __future__ import annotations

import csv
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from whodid.errors import ConversionError
from whodid.interop.formats import Format, Layout, Unusable

_WINDOWS = [bytes([n]).decode("cp1252", errors="ignore") or chr(n) for n in range(256)]
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: the line on which it begins, counted from 1, its cells in the order of the columns, and its text.

    cells is None where the row cannot be cut into cells, and why says so.
    """

    line: int
    text: str
    cells: list[str] | None
    why: Unusable | None = None


@dataclass(slots=True)
class Source:
    """An opened foreign file: its layout, and how many of its lines were no UTF-8 (counted while reading)."""

    path: Path
    layout: Layout
    windows_lines: int = 0
    _has_header: bool = field(default=False)
    _delimiter: str = "\t"
    _is_quoted: bool = False

    def rows(self) -> Iterator[Row]:
        """Every data row, in order; blank lines and the header are none. Holds one row in memory at a time."""
        self.windows_lines = 0
        with _opened(self.path) as stream:
            lines = self._lines(stream)
            if self._has_header:
                next(lines, None)
            if self.layout.pattern is not None:
                yield from self._matched(lines)
            elif self._is_quoted:
                yield from self._quoted(lines)
            else:
                for line, text in lines:
                    if text.strip():
                        yield self._row(line, text, text.split(self._delimiter))

    def _lines(self, stream: IO[bytes]) -> Iterator[tuple[int, str]]:
        for number, raw in enumerate(stream, start=1):
            text, is_windows = decode_line(raw.removeprefix(_BOM) if number == 1 else raw)
            self.windows_lines += is_windows
            yield number, text.rstrip("\r\n")

    def _matched(self, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
        assert self.layout.pattern is not None
        for line, text in lines:
            if not text.strip():
                continue
            match = self.layout.pattern.fullmatch(text.strip())
            if match:
                yield Row(line, text, [value or "" for value in match.groupdict().values()])
            else:
                fix = f"Expected: {self.layout.expected}."
                yield Row(line, text, None, Unusable("not-a-row", "The line is no event.", fix))

    def _quoted(self, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
        """Rows with quotes, whose cells may hold line breaks. A row that cannot be read costs only itself."""
        taken: list[tuple[int, str]] = []

        def feed() -> Iterator[str]:
            for line, text in lines:
                taken.append((line, text))
                yield f"{text}\n"

        reader = csv.reader(feed(), delimiter=self._delimiter, strict=True)
        while True:
            taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if not taken:
                    return
                text = "\n".join(text for _, text in taken)
                fix = "Check the quotes in that row."
                yield Row(taken[0][0], text, None, Unusable("not-csv", f"The row is no CSV: {error}.", fix))
                reader = csv.reader(feed(), delimiter=self._delimiter, strict=True)
                continue
            if cells:
                yield self._row(taken[0][0], "\n".join(text for _, text in taken), cells)

    def _row(self, line: int, text: str, cells: list[str]) -> Row:
        names = self.layout.names
        if not self.layout.fits(len(cells)):
            message = f"The row has {len(cells)} cells, and the file {len(names)} columns."
            return Row(line, text, None, Unusable("wrong-cells", message, "Restore the row from the original file."))
        return Row(line, text, cells if len(cells) == len(names) else [*cells, ""])


def open_source(path: Path | str, kind: Format) -> Source:
    """A file with the layout that its first line shows: a header of known names, or the number of cells.

    Plain files, .gz, and .zip with one file in it. Raises ConversionError if it cannot be opened, is empty, or has a
    layout that the format does not know.
    """
    file = Path(path)
    with _opened(file) as stream:
        first = b""
        for raw in stream:
            first = raw.removeprefix(_BOM)
            if first.strip():
                break
    head = decode_line(first)[0].rstrip("\r\n")
    if not head.strip():
        raise ConversionError(
            "The file is empty.", fix="Check the path, or download it again.", path=file, rule="empty"
        )
    if kind.pattern is not None:
        return Source(file, Layout(tuple(kind.pattern.groupindex), kind.pattern, kind.expected))
    delimiter = "\t" if "\t" in head else ","
    is_quoted = delimiter == "," or head.startswith('"')
    try:
        cells = next(csv.reader([head], delimiter=delimiter)) if is_quoted else head.split(delimiter)
    except csv.Error as error:
        message, fix = f"The first line is no CSV: {error}.", f"Check whether this is a file of {kind.title}."
        raise ConversionError(message, fix=fix, path=file, line=1, rule="not-csv") from error
    if kind.is_header(cells):
        missing = kind.missing_columns(cells)
        if missing:
            message = f"The file lacks {', '.join(missing)}."
            fix = f"Give a file of {kind.title} with all its columns."
            raise ConversionError(message, fix=fix, path=file, line=1, rule="missing-column")
        return Source(file, Layout(_unique(cells)), 0, True, delimiter, is_quoted)
    for layout in kind.without_header:
        if layout.fits(len(cells)):
            return Source(file, layout, 0, False, delimiter, is_quoted)
    counts = " or ".join(str(len(layout.names)) for layout in kind.without_header)
    known = f"{counts} columns without a header, or a header with its names" if counts else "a header with its names"
    message = f"The file does not look like {kind.title}: its first line has {len(cells)} cells and is no header."
    raise ConversionError(message, fix=f"{kind.title} has {known}.", path=file, line=1, rule="unknown-layout")


def decode_line(raw: bytes) -> tuple[str, bool]:
    """A line as text, and whether it was Windows-1252.

    Line by line, because files that were put together from several programs' output hold both. The five bytes that
    Windows-1252 leaves open become control characters, as browsers do it, so that nothing is lost.
    """
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        return "".join(_WINDOWS[byte] for byte in raw), True


# Tables of events are packed to a tenth, at best to a thirtieth; a file of zeros to a thousandth.
_MOST_TIMES, _ALWAYS_BYTES = 200, 50_000_000


class _Unpacked(io.RawIOBase):
    """What an archive holds, as long as it is not many times what the archive is: one line of it may fill all memory."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, path: Path) -> None:
        self._stream, self._path = stream, path
        self._left = path.stat().st_size * _MOST_TIMES + _ALWAYS_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            message = f"The archive unpacks to more than {_MOST_TIMES} times its size."
            fix = "Unpack it yourself if you trust it, and give the files."
            raise ConversionError(message, fix=fix, path=self._path, rule="archive")
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as stream:
                yield io.BufferedReader(_Unpacked(stream, path))
        elif path.suffix.lower() == ".zip":
            with ExitStack() as stack:
                yield io.BufferedReader(_Unpacked(_zipped(path, stack), path))
        else:
            with path.open("rb") as stream:
                yield stream
    except (RuntimeError, NotImplementedError) as error:  # zipfile's words for a password, and for a method it lacks.
        message = "The archive has a password, or is packed in a way that Python does not know."
        raise ConversionError(message, fix="Unpack it, and give the files.", path=path, rule="archive") from error
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, struct.error) as error:
        # zipfile says nothing where the bytes end before the file that they pack.
        reason = getattr(error, "strerror", None) or str(error) or "it is cut off"
        fix = "Check the path, your rights to it, and whether the download is whole."
        raise ConversionError(f"The file cannot be read: {reason}.", fix=fix, path=path, rule="unreadable") from error


def _zipped(path: Path, stack: ExitStack) -> IO[bytes]:
    """The one file in a zip archive, open as long as the stack is."""
    try:
        archive = stack.enter_context(zipfile.ZipFile(path))
        # Not is_dir: it fails on an entry without a name, which is a file like any other.
        inside = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(inside) == 1:
            return stack.enter_context(archive.open(inside[0]))
    except (ValueError, IndexError, OverflowError) as error:
        # What zipfile says of names that are no UTF-8, and of places and sizes outside of the file.
        raise zipfile.BadZipFile("its table of contents is damaged") from error
    message = f"The archive holds {len(inside)} files."
    raise ConversionError(message, fix="Unpack it, and give the files.", path=path, rule="archive")


def _unique(names: list[str]) -> tuple[str, ...]:
    """The header's names; one that stands twice (R writes row numbers under an empty name) gets a number."""
    seen: dict[str, int] = {}
    out = []
    for name in (name.strip() or "row_names" for name in names):
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(out)
