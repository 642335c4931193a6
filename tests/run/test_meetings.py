"""A meeting on the agenda: what it comes to is said and asked once, also when the process dies; answers, also in a pause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import RunError
from simulator.model.actions import AnswerPrompt, HoldCeremony, PromptKind, pack
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.run.meetings import hold
from tests.run.conftest import Stage, a_stage

MEETINGS = """\
  - {id: daily, type: stand_up, who: priya, at: "09:30", speakers: [priya]}
  - {id: end, type: retro, sprint: first, who: priya}
"""
LEA = SeatId("learner")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with a_stage(tmp_path, MEETINGS) as found:
        found.engine.work(found.run.id)
        found.wall(seconds=45)  # 09:36
        yield found


def _of(stage: Stage, kind: FactKind) -> list[Fact]:
    return [fact for fact in stage.shelf.facts.all(stage.run.id) if fact.kind is kind]


def test_a_meeting_that_is_done_again_asks_nobody_twice(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    live = stage.engine.open(stage.run.id)
    meeting = HoldCeremony(actor=SeatId("priya"), event="daily", kind=PromptKind.STAND_UP, occurrence="day-1")
    (entry,) = [e for e in stage.shelf.agenda.entries(stage.run.id) if e.id == "daily:day-1"]
    assert dict(entry.action) == pack(meeting)

    hold(stage.shelf, live, entry, meeting, view=stage.engine.view(stage.run.id))
    stage.engine.work(stage.run.id)

    assert [fact.detail["prompt"] for fact in _of(stage, FactKind.PROMPT_POSTED)] == ["daily:day-1:learner"]
    assert len([note for note in stage.notes() if note != "Good morning"]) == 1


def test_what_follows_from_an_answer_happens_in_a_pause_too(stage: Stage) -> None:
    stage.wall(minutes=17.5)  # day 2, 15:36
    stage.engine.work(stage.run.id)
    stage.wall(seconds=35)  # 16:05
    stage.engine.work(stage.run.id)
    stage.engine.pause(stage.run.id)
    asked = len(stage.services.asked)

    stage.engine.answer(stage.run.id, AnswerPrompt(actor=LEA, prompt="end:learner", answers={"action": "Split early"}))

    assert [name for name, _ in stage.services.asked[asked:]] == ["CreateIssues"]


def test_the_same_answer_again_is_one_answer_and_changes_have_an_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.run.asking._MOST_CHANGES", 3)
    stage.engine.work(stage.run.id)
    for text in ("a b", "a b", "a c", "a d"):
        stage.engine.answer(stage.run.id, AnswerPrompt(actor=LEA, prompt="", answers={"did": text}))

    assert len(_of(stage, FactKind.PROMPT_ANSWERED)) == 3
    with pytest.raises(RunError, match="answered 3 times"):
        stage.engine.answer(stage.run.id, AnswerPrompt(actor=LEA, prompt="", answers={"did": "one more"}))


def test_a_finished_run_takes_no_answers(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    stage.engine.finish(stage.run.id)

    with pytest.raises(RunError, match="the run is finished"):
        stage.engine.answer(stage.run.id, AnswerPrompt(actor=LEA, prompt="", answers={"did": "x"}))
    with pytest.raises(RunError, match="the run is finished"):
        stage.engine.say(stage.run.id, LEA, "hello?")
