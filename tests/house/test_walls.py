"""The walls of docs/architecture.md hold: `lint-imports` goes red for each of these offences."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
_BROKEN = re.compile(r"^(.+) BROKEN$", re.MULTILINE)
_ONLY_CODE = shutil.ignore_patterns("__pycache__", "static", "templates", "node_modules")

# the file that offends, what it imports, the contract that says so
OFFENCES = (
    ("simulator/emulators/kit/urls.py", "simulator.model.agile", "emulators import nothing else of ours"),
    ("simulator/emulators/kit/sites.py", "simulator.emulators.jira.app", "inside the emulators: server, integration"),
    ("simulator/hygiene/score.py", "sqlalchemy", "SQLAlchemy is imported in storage"),
    ("simulator/hygiene/rules/{rule}", "sqlalchemy", "rules read the history and nothing else"),
    ("simulator/hygiene/rules/{rule}", "simulator.hygiene.rules.{other}", "rules do not know one another"),
    ("web/pages/runs.py", "simulator.adapters.connect", "pages talk to run only"),
    ("simulator/plan/react.py", "github", "PyGithub and jira are imported in adapters only"),
    ("simulator/run/engine.py", "apscheduler", "APScheduler is imported in the pacer only"),
    ("simulator/run/queries.py", "simulator.settings", "settings are read at the edge only"),
    ("simulator/model/people.py", "simulator.timekeeping.clock", "imports go from high to low"),
    ("simulator/storage/runs.py", "simulator.adapters.git", "imports go from high to low"),
)


def _copy(folder: Path) -> Path:
    for package in ("simulator", "web"):
        shutil.copytree(HOUSE / package, folder / package, ignore=_ONLY_CODE)
    shutil.copy(HOUSE / "pyproject.toml", folder)
    return folder


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_every_offence_makes_the_check_red_and_is_named(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    one, two = sorted(path.name for path in (house / "simulator/hygiene/rules").glob("[a-z]*.py"))[:2]
    for name, module, _ in OFFENCES:
        file = house / name.format(rule=one)
        line = f"import {module.format(other=two.removesuffix('.py'))}\n"
        file.write_text(file.read_text(encoding="utf-8") + line, encoding="utf-8")

    done = _lint(house)

    assert done.returncode == 1, done.stdout + done.stderr
    broken = set(_BROKEN.findall(re.sub(r" \(\d+ ignored imports?\)", "", done.stdout)))
    for _, _, contract in OFFENCES:
        assert any(name.startswith(contract) for name in broken), (contract, done.stdout)
    for source, target in (
        ("simulator.emulators.kit.urls", "simulator.model.agile"),
        (f"simulator.hygiene.rules.{one.removesuffix('.py')}", "sqlalchemy"),
        ("web.pages.runs", "simulator.adapters.connect"),
    ):
        assert f"{source} -> {target}" in done.stdout
