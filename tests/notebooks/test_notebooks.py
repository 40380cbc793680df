"""The notebooks run from top to bottom in a copy of the project, and are saved with outputs that read well anywhere."""

from __future__ import annotations

import base64
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def _script() -> Any:
    spec = importlib.util.spec_from_file_location("notebooks_script", ROOT / "scripts" / "notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks in a copy of the project: what they write stays there."""
    return script.copied(ROOT, tmp_path_factory.mktemp("project"))  # type: ignore[no-any-return]


def outputs(notebook: Any) -> str:
    """All that a notebook shows as text."""
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(str(output.get("text") or output.get("data", {}).get("text/plain", "")) for output in shown)


def figures(notebook: Any) -> list[bytes]:
    data = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    return [base64.b64decode(one["image/png"]) for one in data if "image/png" in one]


def check_first(notebook: Any, folder: Path) -> None:
    text = outputs(notebook)
    assert " articles, 0 set aside" in text
    # What was denied, threatened or reported is coded as that.
    for row in ("GHA  016 Deny responsibility  TGO", "GHA  138 Threaten with military force  BEN", "NER  190 "):
        assert row in text
    assert "it is only possible" in text
    assert "True whodid-cameo@" in text
    assert (folder / "build" / "events.parquet").is_file()


def check_second(notebook: Any, folder: Path) -> None:
    text = outputs(notebook)
    assert "3 rows set aside" in text
    assert "'10' may be a code that lost its zero: '010' is one" in " ".join(text.split())
    assert "krippendorff_alpha" in text
    assert "pattern@" in text
    assert " units settled, 4 open" in text
    assert "events; 0 units open" in text
    assert text.endswith("True")
    assert (folder / "build" / "events.links.parquet").is_file()


def check_third(notebook: Any, folder: Path) -> None:
    text = outputs(notebook)
    assert "valid: True" in text
    for column in ("row 0, action:", "row 1, target:", "row 2, actor_text:", "row 3, date:"):
        assert column in text
    assert all(figure.startswith(b"\x89PNG") and len(figure) > 5000 for figure in figures(notebook))
    assert len(figures(notebook)) == 2
    assert (folder / "build" / "summary" / "report.html").is_file()


def check_fourth(notebook: Any, folder: Path) -> None:
    text = outputs(notebook)
    assert "0 events\n" in text
    assert "TGOGOV    carpeted" in text
    assert "'GHAREBB' does not fit" in text
    assert "the word set '@r11_envoys' is not defined" in text
    assert text.count("faults: []") == 2
    gone = [line for line in text.splitlines() if " gone " in line]
    assert gone
    assert all(re.search(r" thanked( for)?$", line) for line in gone)
    assert "events change their quad class" in text


CHECKS: dict[str, Callable[[Any, Path], None]] = {
    "1-code-by-machine.ipynb": check_first,
    "2-code-by-hand.ipynb": check_second,
    "3-validate-summarise-plot.ipynb": check_third,
    "4-change-the-codebook.ipynb": check_fourth,
}


def test_every_notebook_is_tested() -> None:
    assert sorted(CHECKS) == NOTEBOOKS


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_from_top_to_bottom_and_shows_what_it_promises(name: str, folder: Path) -> None:
    CHECKS[name](script.run(folder / name, folder), folder)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_saved_with_its_outputs_and_nothing_that_differs_from_run_to_run(name: str) -> None:
    path = ROOT / "notebooks" / name
    assert script.faults(path) == []
    shown = {"1": " articles, 0 set aside", "2": "0 units open", "3": "valid: True", "4": "carpeted"}
    assert shown[name[0]] in outputs(nbformat.read(path, as_version=4))


def test_the_pictures_that_notebooks_show_are_there() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for part in cell.source.split("](")[1:] if cell.cell_type == "markdown" else ():
                assert (path.parent / part.partition(")")[0]).is_file()


def test_what_is_wrong_with_a_saved_notebook_is_said(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook()
    failed = nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    warned = nbformat.v4.new_output("stream", name="stderr", text=f"{ROOT}/x.py: careful\n")
    notebook.cells = [nbformat.v4.new_code_cell("1/0", outputs=[failed, warned])]
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "bad.ipynb"
    nbformat.write(notebook, path)
    found = "\n".join(script.faults(path))
    for sentence in (
        "notebooks/bad.ipynb: it was not saved by scripts/notebooks.py. Run `make notebooks`.",
        "notebooks/bad.ipynb: it has cells that were not run. Run `make notebooks`.",
        "notebooks/bad.ipynb: a cell ends with ValueError. Run `make notebooks`.",
        f"notebooks/bad.ipynb: a cell prints to stderr: {ROOT}/x.py: careful. Run `make notebooks`.",
        f"notebooks/bad.ipynb: it shows a path of a machine ({ROOT}). Run `make notebooks`.",
    ):
        assert sentence in found


@pytest.mark.slow
def test_a_cell_that_fails_is_printed_and_the_notebook_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in script.COPIED:
        (tmp_path / name).mkdir()
    path = tmp_path / "notebooks" / "bad.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1/0")]), path)
    before = path.read_bytes()
    monkeypatch.setattr(script, "ROOT", tmp_path)
    assert script.main([]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert script.main(["--check"]) == 1
    assert script.main(["none"]) == 2
