"""A new dataset project: the layout that whodid itself has, planned as a list of files and then written."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import jinja2

from whodid import __version__
from whodid.atomic import replacing_folder
from whodid.codebook.load import default_codebook_path, load_codebook
from whodid.codebook.model import Codebook
from whodid.codebook.project import DATASET_FILE
from whodid.errors import OutputError, UsageError
from whodid.events.files import write_events
from whodid.events.table import empty_table
from whodid.release.dataset import Dataset, dataset_yaml

_TEMPLATES = "new_project"
# A file called .gitignore in the package would be one: git and the build tool would obey it.
_DOT = "dot-"
_RENDERED = ".j2"
EVENTS = "data/coded/events.parquet"


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """A project before it is written: the bytes of each file by its path in the folder, and the codebook they hold."""

    folder: Path
    files: dict[str, bytes]
    codebook: Codebook


def plan_project(folder: Path | str, codebook: Path | str | None = None) -> ProjectPlan:
    """What `whodid init` writes: codebook, two example articles, README, licence, workflow, hooks, an empty event table.

    codebook: a folder to copy instead of whodid's own. Raises CodebookError if it cannot be used, UsageError if the
    folder has no name.
    """
    target = Path(folder)
    name = target.resolve().name
    if not name:
        fix = "Give a folder such as my-events."
        raise UsageError("A project needs a name.", fix=fix, path=target, rule="no-name")
    source = Path(codebook) if codebook is not None else default_codebook_path()
    book = load_codebook(codebook)
    values = {"name": name, "version": __version__, "codebook": book.label}
    files = dict(_templates(resources.files("whodid.release") / _TEMPLATES, "", values))
    # What a release says of the dataset; nobody but its makers can name its authors.
    files[DATASET_FILE] = dataset_yaml(Dataset(title=name, licence="CC-BY-4.0")).encode("utf-8")
    for path in sorted(p for p in source.rglob("*") if p.is_file() and not p.name.startswith(".")):
        files[f"codebook/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    return ProjectPlan(target, dict(sorted(files.items())), book)


def write_project(plan: ProjectPlan) -> tuple[Path, ...]:
    """Write a planned project, whole or not at all; gives the paths of its files in their order.

    Raises OutputError if the folder exists and is not empty (nothing is ever overwritten), or cannot be written.
    """
    _refuse_to_overwrite(plan.folder)
    with replacing_folder(plan.folder) as folder:
        for name, data in plan.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        write_events(empty_table(), folder / EVENTS, codebook=plan.codebook.label, codebook_hash=plan.codebook.hash)
    return tuple(plan.folder / name for name in sorted([*plan.files, EVENTS]))


def _templates(folder: Traversable, inside: str, values: dict[str, str]) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f".{entry.name.removeprefix(_DOT)}" if entry.name.startswith(_DOT) else entry.name
        if entry.is_dir():
            found += [] if name.startswith("__") else _templates(entry, f"{inside}{name}/", values)
        elif name.endswith(_RENDERED):
            template = jinja2.Environment(keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
            text = template.from_string(entry.read_text(encoding="utf-8")).render(values)
            found.append((f"{inside}{name.removesuffix(_RENDERED)}", text.encode("utf-8")))
        else:
            found.append((f"{inside}{name}", entry.read_bytes()))
    return found


def _refuse_to_overwrite(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    fix = "Give a new name, or move what is there away; init never overwrites."
    if not folder.is_dir():
        raise OutputError("There is a file of that name.", fix=fix, path=folder, rule="exists")
    inside = sorted(entry.name for entry in folder.iterdir())
    if inside:
        listed = ", ".join(inside[:3]) + (", ..." if len(inside) > 3 else "")
        raise OutputError(f"The folder is not empty ({listed}).", fix=fix, path=folder, rule="exists")
