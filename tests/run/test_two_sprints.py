"""Two short sprints with all their meetings, two people and two colleagues, through real git, GitHub and Jira on a hand clock."""

from __future__ import annotations

from datetime import datetime

import pytest

from simulator.model.facts import Fact, FactKind
from simulator.model.history.outcomes import sprint_outcomes
from simulator.model.keys import SeatId
from simulator.run.rehearse import Performance, rehearse
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import history_of

SCENARIO = """\
format: 1
id: two-sprints
title: Two sprints
summary: Two short sprints with all their meetings.
calendar: {start: 2026-01-05, hours: "09:00-17:00", zone: Europe/Berlin, pace: 10m}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments-api}
people:
  lea: {kind: human, name: Lea Learner, login: lea, email: lea@example.com}
  ben: {kind: human, name: Ben Beginner, login: ben, email: ben@example.com}
  priya: {kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}
  tom: {kind: teammate, name: Tom Brandt, login: tom, email: tom@example.com}
backlog:
  - {id: refund, summary: Refund a payment, points: 3, criteria: [All of it can be refunded.]}
  - {id: report, summary: Report refunds, points: 5}
  - {id: page, type: Task, summary: A page for shops, points: 2, assignee: tom}
  - {id: extra, summary: Nice to have, points: 8}
sprints:
  - {id: one, name: Sprint 1, goal: A customer can be refunded., days: 2, issues: [refund, report, page]}
  - {id: two, name: Sprint 2, goal: More of it., days: 2, issues: [extra]}
events:
  - {id: plan-one, type: planning, sprint: one, who: priya, capacity: {lea: 3, ben: 3, tom: 2}, wants: [extra]}
  - {id: plan-two, type: planning, sprint: two, who: priya, team_capacity: 9, wants: [report]}
  - {id: daily, type: stand_up, who: priya}
  - {id: show-one, type: review, sprint: one, who: priya}
  - {id: retro-one, type: retro, sprint: one, who: priya}
  - {id: retro-two, type: retro, sprint: two, who: priya}
  - id: bens-plan
    type: script
    at: day 1 09:05
    who: priya
    do: [{do: answer, who: ben, meeting: plan-one, answers: {issues: "PAY-1,PAY-3,PAY-4"}}]
  - {id: toms, type: script, at: day 1 11:00, who: tom, do: [{do: move, issue: page, to: In Progress}]}
  - {id: toms-end, type: script, at: day 2 11:00, who: tom, do: [{do: move, issue: page, to: Done}]}
  - id: quiz
    type: script
    at: day 2 12:00
    who: priya
    do:
      - do: ask
        id: first-thing
        of: [lea, ben]
        title: What do you do first?
        choices:
          - {answer: "Tell the team about {issue:page}", points: 1, because: They can help.}
          - {answer: Wait, points: 0}
      - {do: note, channel: mail, subject: Numbers, to: [lea], text: Here they are.}
personas:
  pair:
    seat: lea
    band: [0, 100]
    summary: Takes part in the meetings.
    steps:
      - id: plan
        at: day 1 09:10
        do:
          - {do: answer, meeting: plan-one, answers: {issues: "refund,page", left_out: "extra, report: next time"}}
      - id: too-late
        at: day 1 10:30
        do: [{do: answer, meeting: plan-one, answers: {issues: report}}]
      - id: speak
        at: day 2 09:30
        do:
          - {do: answer, question: first-thing, answers: {choice: "1"}}
          - {do: note, text: "Who knows about {issue:refund}?"}
      - id: choose
        at: day 2 12:30
        do:
          - {do: answer, question: first-thing, answers: {choice: "1"}}
          - {do: answer, question: first-thing, answers: {choice: "2"}}
      - id: retro
        at: day 2 16:10
        do: [{do: answer, meeting: retro-one, answers: {action: Split early, owner: ben}}]
      - id: again
        at: day 3 09:30
        do: [{do: answer, meeting: plan-two, answers: {issues: "refund,PAY-5,report"}}]
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> LoadedScenario:
    folder = tmp_path_factory.mktemp("two-sprints")
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    return load_scenario(folder)


@pytest.fixture(scope="module")
def played(scenario: LoadedScenario) -> Performance:
    return rehearse(scenario, "pair", seed=1)


def _facts(played: Performance, kind: FactKind) -> list[dict[str, object]]:
    return [dict(fact["detail"]) | {"by": fact["actor"]} for fact in played.facts if fact["kind"] == kind]


def test_the_plan_that_was_agreed_on_last_is_the_sprint_that_starts(
    played: Performance, scenario: LoadedScenario
) -> None:
    one, two = sprint_outcomes(history_of(scenario, _rebuilt(played), now=scenario.ends_at))

    assert sorted(one.sprint.committed) == ["PAY-1", "PAY-3"]
    assert one.sprint.started_at is not None
    assert (one.sprint.started_at - scenario.starts_at).total_seconds() == pytest.approx(3600, abs=60)
    assert (one.committed_sum, one.completed_sum, one.carried_over_sum) == (5, 2, 3)
    assert [issue.key for issue in two.carried_in] == ["PAY-1"]
    assert sorted(two.sprint.committed) == ["PAY-1", "PAY-2", "PAY-5"]


def test_words_are_kept_as_they_were_said(played: Performance) -> None:
    (answer,) = [d["answers"] for d in _facts(played, FactKind.PROMPT_ANSWERED) if d["prompt"] == "plan-one:lea"]

    assert answer == {"issues": "PAY-1,PAY-3", "left_out": "extra, report: next time"}


def test_what_comes_too_late_or_too_early_is_refused_in_words(played: Performance) -> None:
    assert [line.split(":")[1] for line in played.refused] == ["too-late", "speak", "choose"]
    assert "its time is over" in played.refused[0]
    assert "nobody asked" in played.refused[1]
    assert "answered already" in played.refused[2]


def test_meetings_ask_both_people_and_colleagues_say_what_is_true(played: Performance) -> None:
    asked = [detail["prompt"] for detail in _facts(played, FactKind.PROMPT_POSTED)]
    notes = _facts(played, FactKind.NOTE_POSTED)

    assert asked == [
        "plan-one:lea",
        "plan-one:ben",
        "daily:day-2:lea",
        "daily:day-2:ben",
        "first-thing:lea",
        "first-thing:ben",
        "show-one:lea",
        "show-one:ben",
        "retro-one:lea",
        "retro-one:ben",
        "plan-two:lea",
        "plan-two:ben",
        "daily:day-4:lea",
        "daily:day-4:ben",
        "retro-two:lea",
        "retro-two:ben",
    ]
    said = {note["text"] for note in notes if note["channel"] == "stand-up"}
    assert any(str(text).startswith("Took up PAY-3. Next: PAY-3 (in progress).") for text in said)
    assert [note["text"] for note in notes if note["by"] == "lea"] == ["Who knows about PAY-1?"]
    assert [(note["subject"], note["to"]) for note in notes if note["channel"] == "mail"] == [("Numbers", ["lea"])]


def test_the_retrospectives_action_is_an_issue_of_the_next_sprint_and_is_looked_at_again(played: Performance) -> None:
    action = next(d for d in _facts(played, FactKind.ISSUE_CREATED) if d["summary"] == "Split early")
    again = next(d for d in _facts(played, FactKind.PROMPT_POSTED) if d["prompt"] == "retro-two:lea")

    assert action["key"] == "PAY-5"
    assert str(again["text"]).startswith("Last time: “Split early”: PAY-5 is To Do.")


def _rebuilt(played: Performance) -> list[Fact]:
    return [
        Fact(
            source_id=fact["source_id"],
            kind=FactKind(fact["kind"]),
            subject=fact["subject"],
            actor=SeatId(fact["actor"]) if fact["actor"] else None,
            url=fact["url"],
            recorded_at=datetime.fromisoformat(fact["at"]),
            at=datetime.fromisoformat(fact["at"]),
            detail=fact["detail"],
        )
        for fact in played.facts
    ]
