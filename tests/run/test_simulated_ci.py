"""A build in a run: through the engine, git and GitHub's own API, on pull requests and on the default branch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.run.rehearse import rehearse
from tests.plan.builders import a_scenario

CI = """\
- id: ci
  type: checks
  who: mira
  within: 3m..8m
  flaky: {share: 1, log: "E timeout in test_slow"}
  breaks:
    - together: [{path: src/use.py, pattern: 'old\\('}, {path: src/lib.py, pattern: 'def new'}]
      log: "NameError: old\\nsrc/use.py calls what src/lib.py no longer has"
- id: approvals
  type: script
  who: mira
  at: day 1 12:00
  when: {pull_request: {of: learner}}
  repeat: true
  do: [{do: review, pull: it, verdict: approve, text: Good., remarks: [{path: 'src/*', find: 'def', text: Nice name.}]}]
"""
PERSONA = """\
robin:
  seat: learner
  band: [0, 100]
  summary: Merges two changes that do not go together.
  steps:
    - id: start
      do:
        - {do: push, branch: feature/one, message: "feat: use it", files: {src/use.py: "old()\\n"}}
        - {do: open_pull_request, pull: first, branch: feature/one, title: "feat: use it"}
        - {do: push, branch: feature/two, message: "feat: rename it", files: {src/lib.py: "def new(): ...\\n"}}
        - {do: open_pull_request, pull: second, branch: feature/two, title: "feat: rename it"}
    - {id: again, at: day 1 10:00, do: [{do: rerun_checks, branch: feature/one}]}
    - {id: one, at: day 1 13:00, do: [{do: merge, pull: first}]}
    - {id: two, at: day 1 14:00, do: [{do: merge, pull: second}]}
"""


def checks(facts: tuple[Mapping[str, Any], ...]) -> list[tuple[str, int, str]]:
    found = [fact["detail"] for fact in facts if fact["kind"] == "check_completed"]
    return [(detail["conclusion"], detail["attempt"], detail["summary"]) for detail in found]


def test_a_flake_passes_when_run_again_and_two_merges_break_the_default_branch(tmp_path: Path) -> None:
    played = rehearse(a_scenario(tmp_path, CI, days=2, personas=PERSONA), "robin", seed=1)

    flake = ("failure", 1, "E timeout in test_slow")
    passed = "All tests passed."
    assert played.refused == ()
    assert sorted(checks(played.facts)) == sorted(
        [
            ("success", 1, passed),  # the starter
            flake,
            flake,
            ("success", 2, passed),  # run again
            ("success", 1, passed),  # the first merge
            ("failure", 1, "NameError: old"),  # the second one
        ]
    )
    assert checks(played.facts)[-1] == ("failure", 1, "NameError: old")
    asked = [fact["actor"] for fact in played.facts if fact["kind"] == "check_requested"]
    assert len(asked) == 1
