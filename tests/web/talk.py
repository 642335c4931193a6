"""A scenario of a morning of talk: two learners, a planning and a question with points."""

from __future__ import annotations

from pathlib import Path

from simulator.model.runs import Run
from tests.web.served import Served, eventually

SCENARIO = """\
format: 1
id: talk
title: Talk
summary: A morning of questions.
calendar: {start: 2026-01-05, pace: 8h}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments}
people:
  lea: {kind: human, name: Lea Learner, login: lea, email: lea@example.com}
  ben: {kind: human, name: Ben Beginner, login: ben, email: ben@example.com}
  priya: {kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}
backlog:
  - {id: refund, summary: Refund a payment, points: 3}
  - {id: report, summary: Report <b>refunds</b>, points: 5}
sprints:
  - {id: one, name: Sprint 1, goal: Be kind., days: 2, issues: [refund, report]}
events:
  - {id: plan, type: planning, sprint: one, who: priya, at: day 1 09:30, team_capacity: 5}
  - id: quiz
    type: script
    at: day 1 09:30
    who: priya
    do:
      - do: ask
        id: first-thing
        of: [lea, ben]
        title: What do you do <i>first</i>?
        choices:
          - {answer: Ask the team, points: 1, because: They know about SECRET-REASON.}
          - {answer: Wait, points: 0.25, because: SECRET-REASON as well.}
      - {do: note, channel: mail, subject: Numbers, to: [lea], text: Here they are.}
"""


def begin_talk(house: Served, folder: Path, *, more: str = "") -> Run:
    """A run in the middle of its planning, its clock standing still; `more` events can be added."""
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO + more, encoding="utf-8")
    run = house.begin(scenario=str(folder))
    go_to(house, run, "day 1 09:40")
    return run


def go_to(house: Served, run: Run, when: str) -> None:
    """Go on to a time, and wait until it is reached."""
    job = house.office.advance(run, when)
    eventually(lambda: house.office.job(run, job.number).state == "done")
