"""Odd turns in a run: it goes on, and its feed says what was seen."""

from __future__ import annotations

from pathlib import Path

from simulator.run.rehearse import rehearse
from tests.plan.builders import a_scenario

HELP = """\
- id: help
  type: script
  who: mira
  at: day 1 11:00
  do: [{do: push, branch: feature/x, message: "fix: round to cents", files: {src/cents.py: "x = 1\\n"}}]
"""
PERSONA = """\
robin:
  seat: learner
  band: [0, 100]
  summary: Pushes a colleague's commit away and closes the sprint early.
  steps:
    - id: start
      do:
        - {do: push, branch: feature/x, message: "feat: x", files: {src/x.py: "x = 1\\n"}}
        - {do: open_pull_request, pull: first, branch: feature/x, title: "feat: x"}
    - id: anew
      at: day 1 12:00
      do: [{do: push, branch: feature/x, message: "feat: x", files: {src/x.py: "x = 2\\n"}, rewrite: true}]
    - {id: early, at: day 1 14:00, do: [{do: close_sprint, sprint: one}]}
"""


def test_a_forced_push_over_a_colleague_and_an_early_end_are_said_and_the_run_goes_on(tmp_path: Path) -> None:
    played = rehearse(a_scenario(tmp_path, HELP, days=2, personas=PERSONA), "robin", seed=1)

    said = [(fact["detail"]["what"], fact["actor"]) for fact in played.facts if fact["kind"] == "sighted"]
    assert said == [("commits_forced_away", "learner"), ("sprint_closed_early", None)]
    assert played.refused == ()
