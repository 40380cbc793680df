"""Reading foreign files: encodings line by line, archives, empty and missing files."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

import whodid as wd
from interop.conftest import Convert, only
from interop.foreign import gdelt, icews
from whodid.codebook.model import Codebook
from whodid.errors import ConversionError
from whodid.interop.cells import day_of, given
from whodid.interop.rows import decode_line


def test_a_line_in_windows_1252_is_read_as_such_and_counted(convert: Convert) -> None:
    text = icews({"Publisher": "Agência Exemplo"}, {"Event ID": "2", "Publisher": "Café “Exemple”"})
    head, first, second = text.splitlines()
    mixed = b"\n".join([head.encode(), first.encode(), second.encode("cp1252")])
    done = convert("icews", mixed)
    assert set(done.events["publisher"]) == {"Agência Exemplo", "Café “Exemple”"}
    assert done.files[0].windows_lines == 1


def test_a_byte_that_windows_1252_leaves_open_is_kept_as_a_control_character() -> None:
    assert decode_line(b"caf\xe9 \x81") == ("café \x81", True)
    assert decode_line("café".encode()) == ("café", False)


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_cell(convert: Convert) -> None:
    done = convert("icews", b"\xef\xbb\xbf" + icews({}).replace("\n", "\r\n").encode())
    assert only(done.events)["original_longitude"] == "-0.1969"


@pytest.mark.parametrize("ending", [".gz", ".zip"])
def test_files_are_read_as_they_are_published_in_archives(tmp_path: Path, codebook: Codebook, ending: str) -> None:
    path = tmp_path / f"20160728.export.CSV{ending}"
    if ending == ".gz":
        path.write_bytes(gzip.compress(gdelt({}).encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("20160728.export.CSV", gdelt({}))
    assert only(wd.convert("gdelt", path, codebook=codebook).events)["action"] == "036"


def test_a_damaged_archive_is_refused_with_the_fix(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK but no archive")
    with pytest.raises(ConversionError, match="Check the path, your rights to it, and whether the download is whole"):
        wd.convert("gdelt", path, codebook=codebook)


def test_an_archive_with_a_damaged_table_of_contents_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é.csv", gdelt({}))
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    with pytest.raises(
        ConversionError, match=r"The file cannot be read: its table of contents is damaged\. Check the path"
    ):
        wd.convert("gdelt", path, codebook=codebook)


def test_an_archive_whose_bytes_end_early_is_cut_off(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.csv", gdelt({}))
    data = path.read_bytes()
    # It claims a megabyte more than there is, in its table of contents: the size packed, and unpacked.
    table = data.rindex(b"PK\x01\x02")
    path.write_bytes(data[: table + 20] + (1 << 20).to_bytes(4, "little") * 2 + data[table + 28 :])
    with pytest.raises(ConversionError, match=r"The file cannot be read: it is cut off\. Check the path"):
        wd.convert("gdelt", path, codebook=codebook)


def test_an_entry_without_a_name_counts_as_a_file_of_the_archive(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", gdelt({}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.filelist[0].filename = ""
        archive.writestr("y", "")
    with pytest.raises(ConversionError, match=r"The archive holds 2 files\. Unpack it, and give the files\."):
        wd.convert("gdelt", path, codebook=codebook)


def test_every_file_that_cannot_be_read_is_named_at_once(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "empty.csv").write_text("\n", "utf-8")
    paths = [tmp_path / "missing.csv", tmp_path / "empty.csv"]
    with pytest.raises(ConversionError) as error:
        wd.convert("gdelt", paths, codebook=codebook)
    assert [fault.message for fault in error.value.faults] == [
        "The file cannot be read: No such file or directory.",
        "The file is empty.",
    ]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2018-06-01", "2018-06-01"),
        ("2018-06-01T10:00:00", "2018-06-01"),
        ("20180601", "2018-06-01"),
        ("20180601093000", "2018-06-01"),
        ("180601", "2018-06-01"),
        ("790415", "1979-04-15"),
        ("20180631", None),
        ("20180601253000", None),
        ("2018", None),
        ("", None),
        ("NA", None),
        ("2018060", None),
    ],
)
def test_days_of_6_8_10_and_14_signs(cell: str, day: str | None) -> None:
    found = day_of(cell)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("word", ["", " ", "NA", "---", "None", "NULL", "nan", "N/A"])
def test_words_that_mean_nothing(word: str) -> None:
    assert given(word) is None
    assert given("NAM") == "NAM"
