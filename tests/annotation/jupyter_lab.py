"""A real JupyterLab with a notebook of one cell, and a real browser before it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import whodid
from missing import missing

PATIENCE_S = 60


def browser_path() -> str:
    """Where Chromium is. Without one the test is skipped, and says so; in CI it fails, so that nobody misses it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = (
            "no Chromium is installed, so the widget was not tested in a browser (Debian: apt-get install chromium)"
        )
        missing(reason)
    return found


@contextmanager
def jupyter_lab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab of its own in a folder; ended afterwards, with its kernels."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = folder / ".jupyter"
    home.mkdir(parents=True, exist_ok=True)
    paths = [str(Path(whodid.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    settings = {
        "--ServerApp.port": port,
        "--ServerApp.token": "",
        "--ServerApp.password": "",
        "--ServerApp.allow_root": True,
        "--ServerApp.open_browser": False,
        "--ServerApp.root_dir": folder,
        "--LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    asking = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    asking.mkdir(parents=True, exist_ok=True)
    (asking / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}', encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlab", *(f"{name}={value}" for name, value in settings.items())]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/status", server, home / "log")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab does not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook with some code cells."""
    made = [
        {"cell_type": "code", "execution_count": None, "id": f"c{n}", "metadata": {}, "outputs": [], "source": source}
        for n, source in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def open_notebook(page: Any, address: str, name: str) -> None:
    """Open a notebook in JupyterLab, alone on the page, and wait for its kernel."""
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.locator(".jp-Notebook .cm-content").first.wait_for()
    page.get_by_text("| Idle").first.wait_for()


def run_cell(page: Any) -> None:
    """Run the first cell by keyboard, as people do."""
    page.locator(".jp-Notebook .cm-content").first.click()
    page.keyboard.press("Control+Enter")
