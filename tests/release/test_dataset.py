"""What a dataset says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from release.conftest import DATASET
from whodid.codebook.project import find_codebook
from whodid.errors import ReleaseError
from whodid.release.dataset import (
    Author,
    Dataset,
    author_of,
    dataset_with,
    dataset_yaml,
    find_dataset,
    read_dataset,
)


def write(folder: Path, text: str) -> Path:
    (folder / "dataset.yaml").write_text(text, encoding="utf-8")
    return folder / "dataset.yaml"


def faults(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    with pytest.raises(ReleaseError) as caught:
        read_dataset(path)
    return [str(fault).replace(f"{path}:", "") for fault in caught.value.faults]


def test_title_and_licence_are_enough(tmp_path: Path) -> None:
    dataset = read_dataset(write(tmp_path, "title: Protests in Kisumu, 2008\nlicence: cc-by-4.0\n"))
    assert (dataset.licence, dataset.authors, dataset.description) == ("CC-BY-4.0", (), "")
    assert dataset.name == "protests-in-kisumu-2008"


def test_people_and_organisations_are_authors(tmp_path: Path) -> None:
    person, lab = read_dataset(write(tmp_path, DATASET)).authors
    assert (person.shown, person.sorted_by, person.orcid) == (
        "Josiah Carberry",
        "Carberry, Josiah",
        "0000-0002-1825-0097",
    )
    assert (lab.shown, lab.sorted_by) == ("Example Lab", "Example Lab")


def test_every_fault_is_told_with_its_line_and_its_fix(tmp_path: Path) -> None:
    text = "titel: x\nlicence: a b\nauthors:\n  - family: Doe\n    name: Lab\nid: My Events\nhomepage: example.org\n"
    assert faults(tmp_path, text) == [
        "1: The entry 'title' is missing. Add the line title: ....",
        "1: The key 'titel' is unknown. The keys are: title, licence, id, description, authors, keywords, languages, "
        "homepage, doi, limits, tasks.",
        "2: column 'licence': 'a b' is no licence. Write its SPDX name, such as CC-BY-4.0.",
        "4: column 'authors': The value does not fit: an author has a family name (and a given one), or the name of an "
        "organisation, not both. Correct it.",
        "6: column 'id': 'My Events' is no id. Use small letters, digits and hyphens.",
        "7: column 'homepage': 'example.org' is no homepage. Write a whole address that begins with https://.",
    ]


def test_an_orcid_with_a_wrong_digit_is_refused(tmp_path: Path) -> None:
    [sentence] = faults(tmp_path, DATASET.replace("0097", "0098"))
    assert sentence == (
        "7: column 'authors': '0000-0002-1825-0098' does not fit: an ORCID has four groups of four digits, such as "
        "0000-0002-1825-0097, and this one fails. Correct it."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a list\n", "1: The file does not describe a dataset. Write at least the lines title: and licence:."),
        ("", "1: The file does not describe a dataset. Write at least the lines title: and licence:."),
        (
            "title: a\ntitle: b\nlicence: MIT\n",
            "2: The key 'title' stands twice in one entry; the second would hide the first. Join or rename them.",
        ),
    ],
)
def test_what_is_no_description_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert faults(tmp_path, text) == [sentence]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        read_dataset(tmp_path / "dataset.yaml")
    assert str(caught.value) == (
        f"{tmp_path / 'dataset.yaml'}: The file cannot be read: No such file or directory. Check the path."
    )


@pytest.mark.parametrize(
    "dataset",
    [
        Dataset(title="A", licence="CC0-1.0"),
        Dataset(title="A: b", licence="MIT", keywords=(), languages=(), limits=("One: two", "#3"), tasks=("other",)),
        Dataset(title="Ö", licence="X-1.0", id="o", authors=(Author(name="Lab"), Author(family="Doe", given="Jane"))),
    ],
)
def test_a_dataset_written_and_read_again_is_the_same(dataset: Dataset, tmp_path: Path) -> None:
    assert read_dataset(write(tmp_path, dataset_yaml(dataset))) == dataset


def test_the_file_is_found_beside_the_events_or_up_to_two_folders_above(tmp_path: Path) -> None:
    coded = tmp_path / "project" / "data" / "coded"
    coded.mkdir(parents=True)
    (coded / "events.csv").touch()
    assert find_dataset(coded) is None
    outside = write(tmp_path, "title: another project\nlicence: MIT\n")
    assert find_dataset(coded) is None
    own = write(tmp_path / "project", "title: t\nlicence: MIT\n")
    assert find_dataset(coded) == find_dataset(coded / "events.csv") == own != outside


def test_the_projects_own_codebook_is_the_one_beside_its_description(tmp_path: Path) -> None:
    coded = tmp_path / "data" / "coded"
    coded.mkdir(parents=True)
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook" / "codebook.yaml").touch()
    assert find_codebook(coded) is None
    write(tmp_path, "title: t\nlicence: MIT\n")
    assert find_codebook(coded) == tmp_path / "codebook"
    (tmp_path / "codebook" / "codebook.yaml").unlink()
    assert find_codebook(coded) is None


def test_authors_are_typed_as_family_and_given_or_as_an_organisation() -> None:
    assert author_of("Carberry, Josiah") == Author(family="Carberry", given="Josiah")
    assert author_of("Example Lab") == Author(name="Example Lab")
    with pytest.raises(ReleaseError) as caught:
        author_of("Carberry,")
    assert str(caught.value) == (
        "'Carberry,' names no author. Write \"Family, Given\" for a person, or the name of an organisation without a comma."
    )


def test_what_is_given_takes_the_place_of_what_the_file_says() -> None:
    dataset = Dataset(title="A", licence="MIT", limits=("l",))
    changed = dataset_with(dataset, title="B", authors=(Author(name="Lab"),))
    assert changed == Dataset(title="B", licence="MIT", limits=("l",), authors=(Author(name="Lab"),))
    assert dataset_with(dataset) is dataset
    assert dataset_with(None) is None
    with pytest.raises(ReleaseError) as caught:
        dataset_with(None, title="A")
    assert str(caught.value) == "A release needs a title and a licence. Give --licence, or write dataset.yaml."
    with pytest.raises(ReleaseError) as caught:
        dataset_with(dataset, licence="my own")
    assert str(caught.value) == "'my own' is no licence. Write its SPDX name, such as CC-BY-4.0."
