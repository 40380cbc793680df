"""Run the notebooks from top to bottom and save them with their outputs; with --check, only see that they are saved so.

Run it (`make notebooks`) after changing a notebook, or code whose output one shows, and read the diff. Name notebooks to
run only these. They run in a copy of notebooks/ and data/, so that nothing else in the project changes, and are saved
without what differs from run to run: times, random ids, the paths of this machine.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "notebooks"
SECONDS = 300
# What a notebook needs beside it; derived folders (build/) stay behind.
COPIED = ("notebooks", "data")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def paths(root: Path) -> list[Path]:
    """The notebooks of a project, in the order of their names."""
    return sorted((root / FOLDER).glob("*.ipynb"))


def run(path: Path, folder: Path) -> Any:
    """A notebook after its cells ran in that folder. Raises CellExecutionError with the cell that failed."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    environment = dict(os.environ)
    try:
        # Figures and tables of one width everywhere; no debugger's remarks on stderr.
        os.environ.update({"COLUMNS": "100", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "MPLCONFIGDIR": str(folder.parent)})
        client = NotebookClient(
            notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        client.execute()
    finally:
        os.environ.clear()
        os.environ.update(environment)
    return plain(notebook)


def plain(notebook: Any) -> Any:
    """The notebook without what differs from run to run: ids by place, no times, no widgets' state, one kernel's name."""
    notebook.metadata = nbformat.from_dict(_METADATA)
    count = 0
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number}"
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    notebook.nbformat_minor = 5
    return notebook


def text_of(notebook: Any) -> str:
    """The notebook as it is saved."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def copied(root: Path, to: Path) -> Path:
    """The folder of notebooks in a copy of what they need."""
    for name in COPIED:
        shutil.copytree(root / name, to / name, ignore=shutil.ignore_patterns("build", ".*"), dirs_exist_ok=True)
    return to / FOLDER


def faults(path: Path) -> list[str]:
    """A sentence for each way in which a saved notebook is not as this script saves it; its outputs are not compared."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    out = []
    if text_of(plain(nbformat.reads(text, as_version=4))) != text:
        out.append("it was not saved by scripts/notebooks.py")
    if any(cell.cell_type == "code" and cell.execution_count is None for cell in notebook.cells):
        out.append("it has cells that were not run")
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                out.append(f"a cell ends with {output.ename}")
            if output.get("name") == "stderr":
                out.append(f"a cell prints to stderr: {output.text.splitlines()[0]}")
    places = {str(ROOT), str(Path.home()), tempfile.gettempdir(), "/home/", "/Users/"}
    out += [f"it shows a path of a machine ({place})" for place in sorted(places) if f"{place.rstrip('/')}/" in text]
    return [f"{path.parent.name}/{path.name}: {sentence}. Run `make notebooks`." for sentence in out]


def main(arguments: list[str]) -> int:
    """Run and save, or check with --check. Exit code 1 if a cell fails or a notebook is not as it should be saved."""
    if arguments == ["--check"]:
        sentences = [sentence for path in paths(ROOT) for sentence in faults(path)]
        print("\n".join(sentences) or "the notebooks are saved as they ran")
        return 1 if sentences else 0
    wanted = [path for path in paths(ROOT) if not arguments or path.name in arguments or path.stem in arguments]
    if len(wanted) < len(arguments) or any(argument.startswith("-") for argument in arguments):
        print("usage: notebooks.py [--check | NAME...]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = copied(ROOT, Path(name))
        for path in wanted:
            try:
                path.write_text(text_of(run(path, folder)), encoding="utf-8")
            except CellExecutionError as error:
                print(f"{FOLDER}/{path.name}: {error}", file=sys.stderr)
                return 1
            print(f"ran {FOLDER}/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
