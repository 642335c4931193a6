"""`make` lists what there is, and the files that a fresh clone starts from say the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PROMISED = ("run", "serve", "test", "check", "docs", "new-rule", "help")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make: apt install make")
def test_make_alone_lists_the_targets_and_runs_none() -> None:
    done = subprocess.run(["make"], cwd=HOUSE, capture_output=True, text=True, timeout=30, check=True)

    listed = {line.split()[1] for line in done.stdout.splitlines() if line.strip().startswith("make ")}
    assert listed >= set(PROMISED)


def test_the_lock_file_knows_every_dependency() -> None:
    wanted = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    locked = tomllib.loads((HOUSE / "uv.lock").read_text(encoding="utf-8"))
    lines = [*wanted["project"]["dependencies"], *wanted["dependency-groups"]["dev"]]

    names = {re.split(r"[\[<>=!~ ]", line)[0].lower() for line in lines}

    assert names <= {package["name"] for package in locked["package"]}


def test_the_image_copies_whatever_the_wheel_is_made_from() -> None:
    wanted = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = wanted["tool"]["hatch"]["build"]["targets"]["wheel"]
    image = (HOUSE / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+)$", image, re.MULTILINE) for word in line.split()[:-1]}

    needed = {*wheel["packages"], *wheel["force-include"], wanted["project"]["readme"], "pyproject.toml", "uv.lock"}

    assert {*needed, *wanted["project"]["license-files"]} <= copied


@pytest.mark.parametrize("script", [".ci/run"])
def test_scripts_can_be_run_and_are_sound(script: str) -> None:
    file = HOUSE / script

    assert file.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", file], timeout=30, check=True)
