"""A review from beginning to end through git, GitHub and the engine: what a learner meets who opens too much at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.run.rehearse import rehearse
from simulator.scenario.load import load_scenario
from tests.plan.builders import REVIEWS, a_scenario

_LARGE = "\\n".join(
    ["def refund():", "    print('here')", *(f"    step_{n} = {n}" for n in range(420)), "    return 1"]
)
_SMALL = "\\n".join(["def refund():", "    print('here')", "    return 1"])
_PERSONA = f"""\
robin:
  seat: learner
  band: [0, 100]
  summary: Opens a large pull request without tests, argues one point and meets the others.
  steps:
    - id: open
      at: day 1 09:30
      do:
        - do: push
          branch: feature/{{issue:refunds}}
          message: "feat: refunds"
          files: {{src/refunds.py: "{_LARGE}\\n"}}
        - do: open_pull_request
          pull: mine
          branch: feature/{{issue:refunds}}
          title: "feat: refund a payment ({{issue:refunds}})"
          body: All of a payment can be refunded, for {{issue:refunds}}. Nothing else changes.
          reviewers: [mira]
    - id: argue
      when: {{changes_requested: mine}}
      after: 10m
      do:
        - do: reply
          pull: mine
          says: left-over
          text: The print has to stay, because the shop's own log is all that they have when a refund is stuck.
    - id: meet
      when: {{changes_requested: mine}}
      after: 6h
      do:
        - do: push
          branch: feature/{{issue:refunds}}
          message: "feat: refunds in one step, with a test"
          files:
            src/refunds.py: "{_SMALL}\\n"
            tests/test_refunds.py: "def test_refund():\\n    assert True\\n"
    - id: merge
      when: {{approved: mine}}
      after: 10m
      do: [{{do: merge, pull: mine}}]
"""
_TOMS = """\
- id: toms
  type: pull_request
  who: tom
  issue: retry
  started: day 1 09:05
  at: day 3 10:30
  pull: toms
  branch: feature/{issue:retry}-again
  commits:
    - message: "feat: try again"
      files: {src/refunds.py: "def again():\\n    return 2\\n", tests/test_again.py: "def test_again():\\n    assert 1\\n"}
  title: "feat: try again"
  body: Resolves {issue:retry}
  approval: {who: mira, after: 30m, text: Fine with me.}
  when_conflicting:
    commits:
      - message: "feat: try again, beside the refunds"
        files: {src/again.py: "def again():\\n    return 2\\n", tests/test_again.py: "def test_again():\\n    assert 1\\n"}
  merge_within: 30m
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Mapping[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("reviewed")
    a_scenario(folder, REVIEWS, _TOMS, days=4, personas=_PERSONA)
    file = folder / "scenario.yaml"
    written = file.read_text(encoding="utf-8").replace("access: admin\n", "access: admin\n    hours: 10:00-14:00\n")
    file.write_text(written, encoding="utf-8")
    return rehearse(load_scenario(folder), "robin", seed=3).facts


def by_mira(facts: Sequence[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [fact for fact in facts if fact["kind"] == kind and fact["actor"] == "mira"]


def test_a_reason_settles_one_point_and_commits_the_others(facts: Sequence[Mapping[str, Any]]) -> None:
    first, *_, last = (fact["detail"] for fact in by_mira(facts, "review_submitted") if fact["detail"]["body"])
    threads = [fact["detail"] for fact in by_mira(facts, "review_commented")]

    assert first["state"] == "CHANGES_REQUESTED"
    assert "423" in first["body"] or "424" in first["body"]
    assert [(remark["path"], remark["line"]) for remark in threads[:2]] == [
        ("src/refunds.py", 1),
        ("src/refunds.py", 2),
    ]
    assert threads[2]["in_reply_to"] == threads[1]["id"]
    assert last["state"] == "APPROVED"


def test_what_the_reviewer_says_comes_inside_her_hours(facts: Sequence[Mapping[str, Any]]) -> None:
    said = [*by_mira(facts, "review_submitted"), *by_mira(facts, "review_commented")]

    assert {10 <= datetime.fromisoformat(fact["at"]).hour < 14 for fact in said} == {True}
    assert len({datetime.fromisoformat(fact["at"]).date() for fact in said}) > 1


def test_a_colleague_whose_merge_conflicts_brings_the_branch_up_to_date_and_asks_again(
    facts: Sequence[Mapping[str, Any]],
) -> None:
    merged = [fact["actor"] for fact in facts if fact["kind"] == "pull_request_merged"]
    commits = [f for f in facts if f["kind"] == "committed" and f["actor"] == "tom"]
    (brought,) = [f for f in commits if f["detail"]["parents"] == 2]
    asked = [f for f in facts if f["kind"] == "review_requested" and f["actor"] == "tom" and f["at"] > brought["at"]]

    assert merged == ["learner", "tom"]
    assert not [f for f in facts if f["kind"] == "pushed" and f["actor"] == "tom" and f["detail"].get("forced")]
    assert [fact["detail"]["reviewer"] for fact in asked] == ["mira"]
