"""Wall clock and chance come in as arguments: the linter refuses whoever reaches for them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
_ALLOWED = {"simulator/model/chance.py", "simulator/timekeeping/clock.py"}


def _lint(text: str, *, as_if: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("ruff")
    return subprocess.run(
        [program, "check", "--no-cache", "--select", "TID251", "--stdin-filename", as_if, "-"],
        cwd=HOUSE,
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("place", ["simulator/run/new.py", "web/pages/new.py", "tests/run/test_new.py"])
@pytest.mark.parametrize(
    "text",
    [
        "import datetime\n\nNOW = datetime.datetime.now()\n",
        "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
        "from datetime import datetime\n\nNOW = datetime.utcnow()\n",
        "from datetime import date\n\nTODAY = date.today()\n",
        "import time\n\nNOW = time.time()\n",
        "from time import sleep\n\nsleep(1)\n",
        "import random\n\nDRAW = random.random()\n",
        "from random import choice\n",
    ],
)
def test_the_wall_clock_and_chance_are_refused(text: str, place: str) -> None:
    done = _lint(text, as_if=place)

    assert done.returncode == 1
    assert "TID251" in done.stdout


@pytest.mark.parametrize("text", ["import time\n\nNOW = time.monotonic()\n", "from datetime import UTC, datetime\n"])
def test_what_measures_a_length_is_not(text: str) -> None:
    assert _lint(text, as_if="simulator/run/new.py").returncode == 0


def test_only_the_clock_and_the_draws_are_let_off() -> None:
    let_off = re.compile(r"#\s*(noqa(?!:)|noqa:[^#]*TID251|ruff: noqa)")
    files = [path for package in ("simulator", "web") for path in (HOUSE / package).rglob("*.py")]

    found = {
        str(path.relative_to(HOUSE))
        for path in files
        if "node_modules" not in path.parts and let_off.search(path.read_text(encoding="utf-8"))
    }

    assert found == _ALLOWED
