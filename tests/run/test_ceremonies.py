"""Which entries are meetings, and what is said of what is to come."""

from __future__ import annotations

import pytest

from simulator.errors import RunError
from simulator.model.actions import Channel, CloseSprint, HoldCeremony, PostNote, PromptKind, pack
from simulator.model.agenda import AgendaEntry
from simulator.model.keys import SeatId, SprintRef
from simulator.run.ceremonies import is_ceremony, next_ceremony
from simulator.run.upcoming import agenda_view
from tests.run.conftest import Stage

PRIYA = SeatId("priya")


def _entries(stage: Stage) -> list[AgendaEntry]:
    story = stage.engine.open(stage.run.id).story
    actions = [
        PostNote(actor=PRIYA, channel=Channel.CHAT, text="A surprise"),
        HoldCeremony(actor=PRIYA, event="daily", kind=PromptKind.STAND_UP, occurrence="day-1"),
        HoldCeremony(actor=PRIYA, event="retro", kind=PromptKind.RETROSPECTIVE),
        CloseSprint(actor=PRIYA, sprint=SprintRef("first")),
    ]
    days = [story.calendar.instant(story.first_day, 1 + number // 2, story.calendar.start) for number in range(4)]
    return [
        AgendaEntry(id=f"entry-{number}", at=at, action=pack(action))
        for number, (at, action) in enumerate(zip(days, actions, strict=True))
    ]


def test_the_next_meeting_or_one_of_a_kind(stage: Stage) -> None:
    entries = _entries(stage)

    assert next_ceremony(entries, "ceremony").id == "entry-1"
    assert next_ceremony(entries, "Stand-up").id == "entry-1"
    assert next_ceremony(entries, "retro").id == "entry-2"
    with pytest.raises(RunError, match="no planning is to come"):
        next_ceremony(entries, "planning")
    assert not is_ceremony("day 3")


def test_surprises_stay_surprises(stage: Stage) -> None:
    story = stage.engine.open(stage.run.id).story

    assert agenda_view(_entries(stage), story) == [
        {"at": "day 1 09:00", "what": "the stand-up"},
        {"at": "day 2 09:00", "what": "the retrospective, the sprint ends"},
    ]
