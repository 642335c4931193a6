from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import MappingProxyType

import pytest

from simulator.errors import RunError, UnknownRun
from simulator.model.agenda import EntryState, Phase
from simulator.storage.agenda import AgendaRows
from simulator.storage.database import Database
from simulator.storage.runs import Runs
from tests.storage.builders import MORNING, WALL, a_run, an_entry

HOUR = timedelta(hours=1)


def test_an_entry_reads_back_as_it_was_added(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    entry = an_entry(priority=-3, phase=Phase.SETUP, action=MappingProxyType({"do": "StartSprint", "sprint": "one"}))

    agenda.add(run.id, [entry])

    assert agenda.next(run.id) == an_entry(
        priority=-3, phase=Phase.SETUP, action={"do": "StartSprint", "sprint": "one"}, sequence=1
    )


def test_entries_come_by_time_then_priority_then_order_of_adding(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("late", at=MORNING + HOUR), an_entry("low", priority=1), an_entry("b"), an_entry("a")])
    agenda.add(run.id, [an_entry("c"), an_entry("high", priority=-1)])

    assert [entry.id for entry in agenda.entries(run.id)] == ["high", "b", "a", "c", "low", "late"]
    assert [entry.id for entry in agenda.entries(run.id, limit=2)] == ["high", "b"]


def test_a_known_entry_is_not_added_again_even_when_it_is_done(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("stand-up")])
    agenda.begin(run.id, "stand-up", WALL)
    agenda.finish(run.id, "stand-up", wall=WALL)
    revision = Runs(database).revision(run.id)

    added = [
        agenda.add(run.id, [an_entry("stand-up")]),
        agenda.add(run.id, []),
        agenda.add(run.id, [an_entry("stand-up"), an_entry("review"), an_entry("review", priority=9)]),
    ]

    assert added == [0, 0, 1]
    assert getattr(agenda.next(run.id), "id", None) == "review"
    assert Runs(database).revision(run.id) == revision + 1


def test_a_thousand_entries_are_added_at_once(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    entries = [an_entry(f"entry-{n}") for n in range(1200)]
    agenda.add(run.id, entries[:1100])

    assert agenda.add(run.id, entries) == 100
    assert [entry.sequence for entry in agenda.entries(run.id)] == list(range(1, 1201))


def test_beginning_tells_whether_it_was_begun_before(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("merge")])

    again = [agenda.begin(run.id, "merge", WALL), agenda.begin(run.id, "merge", WALL + HOUR)]

    entry = agenda.next(run.id)
    assert again == [False, True]
    assert entry is not None
    assert (entry.state, entry.begun_at, entry.attempts) == (EntryState.BEGUN, WALL, 2)


@pytest.mark.parametrize("outcome", [EntryState.DONE, EntryState.SKIPPED, EntryState.FAILED])
def test_a_finished_entry_is_out_of_the_way_and_its_bindings_are_kept(database: Database, outcome: EntryState) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("issues"), an_entry("sprint")])
    agenda.begin(run.id, "issues", WALL)

    agenda.finish(
        run.id, "issues", wall=WALL + HOUR, outcome=outcome, note="6 issues", bindings={"issue:refunds": "PAY-1"}
    )

    (finished,) = agenda.entries(run.id, upcoming=False)
    assert (finished.id, finished.state, finished.done_at, finished.note) == (
        "issues",
        outcome,
        WALL + HOUR,
        "6 issues",
    )
    assert [entry.id for entry in agenda.entries(run.id, upcoming=True)] == ["sprint"]
    assert Runs(database).bindings(run.id) == {"issue:refunds": "PAY-1"}


def test_a_finished_entry_can_neither_be_begun_nor_finished_again(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("merge")])
    agenda.begin(run.id, "merge", WALL)
    agenda.finish(run.id, "merge", wall=WALL)

    with pytest.raises(RunError, match="'merge' is done already"):
        agenda.begin(run.id, "merge", WALL)
    with pytest.raises(RunError, match="'merge' is done already"):
        agenda.finish(run.id, "merge", wall=WALL, bindings={"x": "1"})

    assert Runs(database).bindings(run.id) == {}


def test_only_one_of_those_who_finish_at_once_succeeds(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("merge")])

    def finish(number: int) -> bool:
        try:
            agenda.finish(run.id, "merge", wall=WALL, note=f"by {number}")
        except RunError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(finish, range(8)))

    assert won.count(True) == 1


def test_an_entry_does_not_end_by_waiting(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    agenda.add(run.id, [an_entry("merge")])

    with pytest.raises(ValueError, match="cannot end as waiting"):
        agenda.finish(run.id, "merge", wall=WALL, outcome=EntryState.WAITING)


def test_progress_counts_the_setting_up_only(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)
    none_yet = agenda.progress(run.id)
    agenda.add(run.id, [an_entry(f"setup-{n}", phase=Phase.SETUP) for n in range(3)])
    agenda.add(run.id, [an_entry("stand-up")])
    agenda.begin(run.id, "setup-0", WALL)
    begun = agenda.progress(run.id)
    agenda.finish(run.id, "setup-0", wall=WALL)

    assert (none_yet, begun, agenda.progress(run.id)) == ((0, 0), (0, 3), (1, 3))


def test_an_empty_agenda_has_nothing_next(database: Database) -> None:
    assert AgendaRows(database).next(a_run(database).id) is None


def test_unknown_entries_and_runs_are_refused(database: Database) -> None:
    agenda, run = AgendaRows(database), a_run(database)

    with pytest.raises(RunError, match="no entry 'merge'"):
        agenda.begin(run.id, "merge", WALL)
    with pytest.raises(RunError, match="no entry 'merge'"):
        agenda.finish(run.id, "merge", wall=WALL)
    with pytest.raises(UnknownRun):
        agenda.add("x-1", [an_entry()])
