"""Builders for tests of the scenario language."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import Problem, ScenarioError
from simulator.scenario.load import load_scenario

SMALL = """\
format: 1
id: small
title: Small
summary: A small scenario.
calendar: {start: 2026-01-12}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments}
people:
  learner: {kind: human, name: Robin, login: robin, email: robin@acme.example}
backlog:
  - {id: refunds, summary: Refund a payment}
sprints:
  - {id: one, name: One, goal: Be kind., days: 10, issues: [refunds]}
"""


def a_file(folder: Path, text: str | bytes = SMALL, name: str = "scenario.yaml") -> Path:
    """A scenario file with this text, and starter code beside it."""
    (folder / "repo").mkdir(exist_ok=True)
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def problems_of(file: Path) -> tuple[Problem, ...]:
    """What loading the file complains of."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    return caught.value.problems
