"""Moments in a run: signs become facts once, slips have their consequence once, and none when they were made good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import RunError
from simulator.model.agenda import EntryState
from simulator.model.facts import Fact, FactKind, Observation
from simulator.model.keys import SeatId
from tests.run.conftest import Stage, a_stage

EVENTS = """
  - id: daily
    type: stand_ups
    at: day 1 09:00
    who: priya
    times: 1
    silence: 4h
    asks: "Haven't heard from you, {person:learner}."
  - {id: first, type: first_branch, at: day 1 09:30, who: priya}
  - {id: well-done, type: note, who: priya, when: {moment: {id: daily, outcome: well}}, text: Thank you for telling us}
"""
LEARNER = SeatId("learner")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with a_stage(tmp_path, EVENTS) as found:
        yield found


def _seen(stage: Stage) -> list[Fact]:
    return [fact for fact in stage.shelf.facts.all(stage.run.id) if fact.kind is FactKind.MOMENT_SEEN]


def _play(stage: Stage, hours: float) -> None:
    """Let simulated working hours pass; a day of eight takes ten minutes."""
    for _ in range(int(hours * 2)):
        stage.wall(minutes=10 / 16)
        stage.engine.work(stage.run.id)


def _speaks(stage: Stage) -> None:
    stage.engine.say(stage.run.id, LEARNER, "The refund endpoint is half-way, tests are next")


def test_a_slip_is_seen_once_and_followed_once_whatever_dies_meanwhile(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    _play(stage, 5)

    (slip,) = _seen(stage)
    assert slip.source_id == "run:moment:daily:learner:badly:silence"
    assert f"{slip.at:%H:%M}" == "12:30"  # UTC: four hours after it opened, at half past nine in Berlin
    assert "Haven't heard from you, Lea." not in stage.notes()

    stage = stage.reborn()
    stage.engine.work(stage.run.id)
    _play(stage, 1)
    stage = stage.reborn()
    _play(stage, 1)

    assert len(_seen(stage)) == 1
    assert stage.notes().count("Haven't heard from you, Lea.") == 1


def test_what_was_made_good_has_no_consequence_and_others_may_wait_for_it(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    _play(stage, 5)
    _speaks(stage)
    _play(stage, 2)

    assert [fact.detail["outcome"] for fact in _seen(stage)] == ["badly", "well"]
    assert "Haven't heard from you, Lea." not in stage.notes()
    assert stage.notes().count("Thank you for telling us") == 1
    skipped = [e.note for e in stage.shelf.agenda.entries(stage.run.id) if e.state is EntryState.SKIPPED]
    assert skipped == ["it was made good meanwhile"]


def test_a_hint_is_written_down_once_for_each_level(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    with pytest.raises(RunError, match="no hint"):
        stage.engine.take_hint(stage.run.id, LEARNER, moment="first", level=None)
    _play(stage, 1)

    for level in (None, 1, None, 3):
        stage.engine.take_hint(stage.run.id, LEARNER, moment="first", level=level)
    with pytest.raises(RunError, match="level 4"):
        stage.engine.take_hint(stage.run.id, LEARNER, moment="first", level=4)

    hints = [f.detail["level"] for f in stage.shelf.facts.all(stage.run.id) if f.kind is FactKind.HINT_TAKEN]
    assert hints == [1, 2, 3]


def test_what_somebody_does_on_the_services_is_seen_too(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    _play(stage, 1)
    detail = {"title": "FIRST-1", "body": "", "draft": False, "head": "x", "base": "main", "head_sha": "a" * 40}
    stage.services.news = [
        Observation(
            source_id="github:pull:1",
            kind=FactKind.PULL_REQUEST_OPENED,
            subject="pull:1",
            account="lea",
            url="http://github.test/1",
            recorded_at=stage.clock(),
            detail=detail | {"title": "PAY-1 Refunds"},
        ),
        Observation(
            source_id="jira:issue:PAY-1",
            kind=FactKind.ISSUE_CREATED,
            subject="issue:PAY-1",
            account="priya@example.com",
            url="http://jira.test/PAY-1",
            recorded_at=stage.clock(),
            detail={"key": "PAY-1", "type": "Story", "summary": "Refund", "status": "To Do", "category": "new"},
        ),
    ]
    stage.engine.work(stage.run.id)

    (sign,) = _seen(stage)
    assert (sign.detail["way"], sign.url) == ("named_the_pull_request", "http://github.test/1")
