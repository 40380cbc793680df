"""The wheel works without the checkout: codebook, templates and command line are inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from whodid.codebook.load import default_codebook_path, load_codebook
from whodid.events.files import read_events

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = "---\nid: seoul\npublished: 2024-06-21\npublisher: Example Wire\n---\nFrance condemned Russia on Friday.\n"


def run(*command: object, cwd: Path) -> str:
    """Run a command without this checkout on the path; gives what it printed."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    [built] = out.glob("whodid-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a clean environment that holds the wheel, and borrows its dependencies from this one."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    run(
        sys.executable, "-m", "pip", "--python", scripts / "python", "install",
        "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet", wheel,
        cwd=home,
    )  # fmt: skip
    # A path in a .pth file is searched last, and .pth files inside it are not read: an editable install of whodid in
    # this environment stays out of sight.
    own = Path(
        run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip()
    )
    borrowed = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (own / "dependencies.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return scripts


def test_the_wheel_holds_the_codebook_the_templates_and_the_type_marker(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        book = default_codebook_path()
        for file in sorted(path for path in book.rglob("*") if path.is_file()):
            inside = f"whodid/_codebook/{file.relative_to(book).as_posix()}"
            assert archive.read(inside) == file.read_bytes()
    assert {
        "whodid/py.typed",
        "whodid/annotation/page.js",
        "whodid/annotation/coding.js",
        "whodid/annotation/adjudication.js",
        "whodid/annotation/page.css",
        "whodid/codebook/codebook.html.j2",
        "whodid/coder/explain.html.j2",
        "whodid/summary/report.html.j2",
        "whodid/checks/data_docs.html.j2",
        "whodid/release/new_project/dot-github/workflows/validate.yml.j2",
        "whodid/release/new_project/data/raw/2024-03-05-rabat-fishing.md",
        "whodid/release/card.md.j2",
        "whodid/release/diff.html.j2",
    } <= names
    assert not [name for name in names if name.startswith(("tests/", "data/", "codebook/"))]
    assert any(name.endswith("licenses/LICENSE-codebook.md") for name in names)


def test_whodid_comes_from_the_wheel_and_not_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = "import sys, whodid; print(whodid.__file__); print(*sys.path, sep='\\n')"
    where, *path = run(installed / "python", "-c", program, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(installed.parent)
    assert str(ROOT) not in path
    assert str(ROOT / "toolkit") not in path


@pytest.mark.model
def test_an_article_is_coded_and_validated_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    whodid = installed / "whodid"
    printed = run(whodid, "code", "article.md", "-o", "events.parquet", cwd=tmp_path)
    assert printed == "1 events from 1 articles in events.parquet\n"
    assert run(whodid, "validate", "events.parquet", cwd=tmp_path).endswith("valid: 1 row in 1 file\n")
    [row] = read_events(tmp_path / "events.parquet").to_dict("records")
    assert (row["actor"], row["action"], row["target"]) == ("FRA", "111", "RUS")
    assert (row["date"].date().isoformat(), row["date_basis"], row["article_id"]) == ("2024-06-21", "text", "seoul")


@pytest.mark.model
def test_a_project_is_made_coded_and_validated_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    whodid = installed / "whodid"
    run(whodid, "init", "x", cwd=tmp_path)
    project = tmp_path / "x"
    assert run(whodid, "validate", "data/coded", cwd=project).endswith("valid: 0 rows in 1 file\n")
    run(whodid, "code", "data/raw", "-o", "data/coded/events.parquet", cwd=project)
    printed = run(whodid, "validate", "data/coded", "--articles", "data/raw", "--codebook", "codebook", cwd=project)
    assert printed.endswith(f"valid: {len(read_events(project / 'data' / 'coded'))} rows in 1 file\n")


def test_the_codebook_that_the_wheel_uses_is_its_own(installed: Path, tmp_path: Path) -> None:
    whodid = installed / "whodid"
    folder = Path(run(whodid, "codebook", "path", cwd=tmp_path).strip())
    assert folder.is_relative_to(installed.parent)
    assert load_codebook(folder).hash == load_codebook().hash
    assert run(whodid, "codebook", "show", "114", cwd=tmp_path).startswith("114  Complain officially\n")
    run(whodid, "codebook", "export", "--html", "codebook.html", cwd=tmp_path)
    assert 'id="114"' in (tmp_path / "codebook.html").read_text(encoding="utf-8")


def test_the_report_is_written_by_the_wheel_too(installed: Path, tmp_path: Path, make_events: object) -> None:
    from whodid.events.files import write_events

    write_events(make_events(), tmp_path / "events.parquet")  # type: ignore[operator]
    run(installed / "whodid", "summarize", "events.parquet", "-o", "report", cwd=tmp_path)
    assert (tmp_path / "report" / "report.html").is_file()


@pytest.mark.model
def test_a_dataset_goes_from_an_empty_folder_to_a_verified_release_with_the_wheel_alone(
    installed: Path, tmp_path: Path
) -> None:
    whodid, project = installed / "whodid", tmp_path / "x"
    run(whodid, "init", "x", cwd=tmp_path)
    run(whodid, "code", "data/raw", "-o", "data/coded", cwd=project)
    assert run(whodid, "validate", "data/coded", cwd=project).endswith("valid: 11 rows in 1 file\n")
    built = run(whodid, "release", "data/coded", "-o", "dist", "--version", "0.1.0", cwd=project)
    assert built == "x 0.1.0 (2024-03-12), 11 rows, in dist\nCheck it: whodid verify dist\n"
    assert run(whodid, "verify", "dist", cwd=project).startswith("sound: x 0.1.0: ")
