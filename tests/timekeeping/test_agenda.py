from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.timekeeping.agenda import Agenda
from tests.timekeeping.builders import utc

NINE = utc("2026-11-23 08:00")


@dataclass(frozen=True)
class Note:
    """Something to be done; two notes cannot be compared."""

    id: str
    at: datetime = NINE
    priority: int = 0


def test_what_is_due_comes_by_time_then_priority_then_order_of_adding() -> None:
    later = NINE + timedelta(hours=1)
    agenda = Agenda(
        [Note("late", later), Note("low", priority=5), Note("first"), Note("second"), Note("high", priority=-1)]
    )

    assert [note.id for note in agenda.due(NINE)] == ["high", "first", "second", "low"]
    assert agenda.peek() == Note("late", later)
    assert len(agenda) == 1


def test_an_entry_is_added_once_even_after_it_was_done() -> None:
    agenda = Agenda([Note("stand-up")])
    done = list(agenda.due(NINE))

    added = agenda.add([Note("stand-up"), Note("review"), Note("review")])

    assert len(done) == 1
    assert added == 1
    assert [note.id for note in agenda.due(NINE)] == ["review"]


def test_what_is_added_while_the_due_is_done_is_due_as_well() -> None:
    agenda = Agenda([Note("ask"), Note("later", NINE + timedelta(minutes=1))])
    done = []

    for note in agenda.due(NINE):
        done.append(note.id)
        if note.id == "ask":
            agenda.add([Note("answer")])

    assert done == ["ask", "answer"]


def test_an_empty_agenda_has_nothing_next() -> None:
    agenda: Agenda[Note] = Agenda()

    assert agenda.peek() is None
    assert list(agenda.due(NINE)) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 1)), max_size=30))
@settings(deadline=None, max_examples=60)
def test_the_order_is_that_of_a_stable_sort(moments: list[tuple[int, int]]) -> None:
    notes = [Note(str(n), NINE + timedelta(hours=hour), priority) for n, (hour, priority) in enumerate(moments)]

    done = list(Agenda(notes).due(NINE + timedelta(days=1)))

    assert done == sorted(notes, key=lambda note: (note.at, note.priority))
