"""What can never come to a good end: events that wait in vain, work that fits nowhere, reviews after the end."""

from __future__ import annotations

from pathlib import Path

from simulator.scenario.load import load_scenario
from tests.scenario.builders import SMALL, a_file, problems_of

TEAM = SMALL.replace(
    "backlog:",
    "  anna: {kind: teammate, name: Anna, login: anna, email: anna@acme.example, review: {delay: 1h}}\nbacklog:",
)
WAITING = """\
events:
  - id: fix
    type: script
    who: anna
    when: {happened: [told]}
    do:
      - {do: push, branch: fix, message: "fix: x", files: {x.py: "x = 1\\n"}}
      - {do: open_pull_request, pull: fix, branch: fix, title: "fix: x"}
  - {id: told, type: note, who: anna, when: {merged: fix}, text: It is merged.}
  - {id: glad, type: note, who: anna, when: {any: [{happened: [told]}, {approved: [fix]}]}, text: Good.}
  - {id: hello, type: note, who: anna, at: day 1, text: Hello.}
  - {id: late, type: note, who: anna, when: {any: [{happened: [told]}, {happened: [hello]}]}, text: Or so.}
"""


def said(folder: Path, text: str) -> list[str]:
    return [f"{problem.line}: {problem.message}" for problem in problems_of(a_file(folder, text))]


def test_events_that_can_only_come_after_one_another_never_take_place(tmp_path: Path) -> None:
    fix = 1 + TEAM.count("\n") + WAITING[: WAITING.index("    when:")].count("\n")

    assert said(tmp_path, TEAM + WAITING) == [
        f"{fix}: `fix` never takes place: it waits for `told`, which never does either",
        f"{fix + 4}: `told` never takes place: it waits for the pull request `fix`, which comes only with `fix`, "
        "and that never does",
        f"{fix + 5}: `glad` never takes place: it waits for `told`, which never does either",
    ]


def test_an_issue_that_is_larger_than_the_whole_team_s_time_is_a_fault(tmp_path: Path) -> None:
    text = TEAM.replace("summary: Refund a payment}", "summary: Refund a payment, points: 13}")
    planning = "events:\n  - {id: plan, type: planning, sprint: one, who: anna, team_capacity: 8}\n"

    assert said(tmp_path, text + planning)[0].endswith("`refunds` has 13 points, and the team has time for 8 in `one`")


def test_a_sprint_may_be_too_full_but_not_beyond_all_reach(tmp_path: Path) -> None:
    full = TEAM.replace("summary: Refund a payment}", "summary: Refund a payment, points: 160}")

    load_scenario(a_file(tmp_path, full))

    assert said(tmp_path, full.replace("160", "161"))[0].endswith(
        "`one` holds 161 points for 2 people in 10 days: more than 160 is out of reach"
    )


def test_reviews_that_all_come_after_the_end_are_a_fault(tmp_path: Path) -> None:
    (problem,) = problems_of(a_file(tmp_path, TEAM.replace("delay: 1h", "delay: 90h..100h")))

    assert "`anna` answers after 90h..100h" in problem.message
    assert problem.hint == "the run has 80h of working time: review sooner"
