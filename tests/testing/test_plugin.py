"""The pytest plugin as somebody else's project has it: a scratch project, pytest in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import requests

from simulator.testing.seeds import DEFAULT, seed_from
from simulator.testing.server import Server

HOUSE = Path(__file__).resolve().parents[2]
EXAMPLE = Path(__file__).with_name("example")
SEED = """\
users:
  - {login: erin, email: erin@example.com, token: erin-token}
"""
OF_THE_FILE = """\
def test_the_file_s_people_are_there(github_emulator):
    assert dict(github_emulator.tokens) == {"erin": "erin-token"}
    assert github_emulator.client("erin").get_user().login == "erin"
"""
MARKED = """\
import pytest

@pytest.mark.emulator_seed
def test_it(github_emulator): ...
"""
LIGHT = """\
import sys

def test_nothing_heavy_is_imported_before_somebody_asks():
    assert not {"flask", "sqlalchemy", "pygit2", "github"} & set(sys.modules)
"""


def run_pytest(folder: Path, *words: str) -> str:
    """Run pytest in a project that has Sprintdojo installed, entry point included; what it says."""
    _install_entry_points(folder / "site")
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    environment = {**kept, "HOME": str(folder), "PYTHONPATH": os.pathsep.join([str(folder / "site"), str(HOUSE)])}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--basetemp=tmp",
        *words,
    ]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + done.stderr


def _install_entry_points(folder: Path) -> None:
    declared = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    made = folder / "sprintdojo_declared-0.dist-info"
    made.mkdir(parents=True, exist_ok=True)
    (made / "METADATA").write_text("Metadata-Version: 2.1\nName: sprintdojo-declared\nVersion: 0\n")
    lines = [f"{name} = {place}" for name, place in declared["pytest11"].items()]
    (made / "entry_points.txt").write_text("\n".join(["[pytest11]", *lines, ""]))


def test_a_project_of_one_s_own_uses_both_fixtures(tmp_path: Path) -> None:
    (tmp_path / "bot.py").write_text((EXAMPLE / "bot.py").read_text())
    for name in ("ten_lines", "more"):
        (tmp_path / f"test_{name}.py").write_text((EXAMPLE / f"{name}.py").read_text())
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers\npythonpath = .\n")

    said = run_pytest(tmp_path)

    assert "6 passed" in said, said


def test_the_seed_is_a_file_of_the_project_and_what_is_wrong_with_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "seed.yaml").write_text(SEED)
    (tmp_path / "broken.yaml").write_text(SEED.replace("login", "logn"))
    (tmp_path / "test_a_light.py").write_text(LIGHT)
    (tmp_path / "test_b_file.py").write_text(OF_THE_FILE)
    (tmp_path / "test_c_marker.py").write_text(MARKED)
    (tmp_path / "pytest.ini").write_text("[pytest]\nemulator_seed = seed.yaml\n")

    said = run_pytest(tmp_path)

    assert "2 passed, 1 error" in said
    assert "takes one seed: values, YAML, or the Path of a file" in said
    told = run_pytest(tmp_path, "test_b_file.py", "--emulator-seed", "broken.yaml")
    assert "broken.yaml:2: users[0].logn: unknown key, did you mean login?" in told
    assert "seed.py" not in told  # no traceback of ours


def test_a_fault_can_drop_the_connection(tmp_path: Path) -> None:
    with Server(tmp_path) as server, server.fresh_site(seed_from(DEFAULT)) as site:
        address = f"{site.url}/github/api/v3/rate_limit"
        requests.post(f"{site.url}/emulator/faults", json={"path": "/rate_limit", "drop": True, "times": 1})

        with pytest.raises(requests.ConnectionError):
            requests.get(address)

        assert requests.get(address).status_code == 200
