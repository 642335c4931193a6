from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from simulator.errors import RunError, StorageError, UnknownRun
from simulator.model.runs import Journey, Run, RunState
from simulator.storage.database import Database
from simulator.storage.runs import Runs
from simulator.timekeeping.timeline import Segment
from tests.storage.builders import MORNING, WALL, a_run

A_SEGMENT = Segment(WALL, MORNING, 28_800 / 7)


def test_a_new_run_is_in_preparation_and_reads_back_as_it_was_made(database: Database) -> None:
    run = a_run(database, seed=2**40, pace_s=0.1 + 0.2, title="Zahlung — ¥ 🚀")

    assert Runs(database).get(run.id) == run
    assert run == Run(
        id=run.id,
        scenario_id="first-sprint",
        title="Zahlung — ¥ 🚀",
        scenario_path="/scenarios/first-sprint",
        seed=2**40,
        state=RunState.PREPARING,
        services={"github": {"api_url": "http://127.0.0.1:8000/sites/first-sprint-1/github/api/v3"}},
        created_at=WALL,
        started_at=None,
        finished_at=None,
        seen_at=WALL,
        revision=1,
        problem=None,
        emulated=True,
        pace_s=0.1 + 0.2,
        starts_paused=False,
    )


def test_runs_are_numbered_within_their_scenario(database: Database) -> None:
    made = [a_run(database, scenario_id=name).id for name in ("first-sprint", "late-bug", "first-sprint")]

    assert made == ["first-sprint-1", "late-bug-1", "first-sprint-2"]


def test_runs_made_at_the_same_time_get_numbers_of_their_own(database: Database) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: a_run(database).id, range(16)))

    assert sorted(made) == sorted(f"first-sprint-{n}" for n in range(1, 17))


@pytest.mark.parametrize("name", ["", "First", "a b", "../x", "-a", "a-", "x" * 71, "a/b", "é"])
def test_it_rejects_a_scenario_id_that_cannot_name_a_site(sqlite_database: Database, name: str) -> None:
    with pytest.raises(RunError, match="cannot name a run"):
        a_run(sqlite_database, scenario_id=name)


def test_an_unknown_run_is_told_with_the_nearest_ids(database: Database) -> None:
    a_run(database)
    a_run(database, scenario_id="late-bug")

    with pytest.raises(UnknownRun, match="no run 'frist-sprint-1'") as caught:
        Runs(database).get("frist-sprint-1")

    assert caught.value.to_do == "the nearest: first-sprint-1"


def test_without_any_run_it_says_how_to_start_one(database: Database) -> None:
    with pytest.raises(UnknownRun) as caught:
        Runs(database).get("first-sprint-1")

    assert "sprintdojo start" in caught.value.to_do


def test_all_runs_come_newest_first(database: Database) -> None:
    for name in ("first-sprint", "late-bug", "first-sprint"):
        a_run(database, scenario_id=name)

    assert [run.id for run in Runs(database).all()] == ["first-sprint-2", "late-bug-1", "first-sprint-1"]


def test_the_current_run_is_the_newest_unfinished_else_the_one_that_ended_last(database: Database) -> None:
    runs = Runs(database)
    before_any = runs.current()
    first, second, third = (a_run(database).id for _ in range(3))
    runs.update(third, state=RunState.FINISHED, finished_at=MORNING)
    runs.update(second, state=RunState.FAILED)

    seen = [runs.current()]
    for hours, run_id in enumerate((second, first), 1):
        runs.update(run_id, state=RunState.FINISHED, finished_at=MORNING + timedelta(hours=hours))
        seen.append(runs.current())

    assert before_any is None
    assert [run.id for run in seen if run] == [second, first, first]


def test_an_update_changes_what_it_names_and_bumps_the_revision(database: Database) -> None:
    run = a_run(database)

    changed = Runs(database).update(
        run.id, state=RunState.RUNNING, started_at=WALL, problem="The token is wrong.", services={"jira": {}}
    )

    assert changed == Runs(database).get(run.id)
    assert (changed.state, changed.started_at, changed.revision) == (RunState.RUNNING, WALL, 2)
    assert (changed.problem, changed.services, changed.title) == ("The token is wrong.", {"jira": {}}, run.title)


def test_only_one_of_those_who_expect_the_same_revision_gets_through(database: Database) -> None:
    run = a_run(database)

    def advance(number: int) -> bool:
        try:
            Runs(database).update(run.id, expected_revision=run.revision, title=f"by {number}")
        except RunError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(advance, range(8)))

    assert won.count(True) == 1
    assert Runs(database).get(run.id).title == f"by {won.index(True)}"
    assert Runs(database).revision(run.id) == 2


def test_it_rejects_changes_to_what_a_run_is(database: Database) -> None:
    run = a_run(database)

    for name in ("id", "seed", "revision", "colour"):
        with pytest.raises(TypeError, match=name):
            Runs(database).update(run.id, **{name: 1})


def test_a_sign_of_life_is_no_new_revision(database: Database) -> None:
    run = a_run(database)

    Runs(database).touch(run.id, WALL + timedelta(minutes=1))

    touched = Runs(database).get(run.id)
    assert touched.seen_at == WALL + timedelta(minutes=1)
    assert touched.revision == run.revision


def test_segments_come_back_to_the_microsecond(database: Database) -> None:
    runs, run = Runs(database), a_run(database)
    paused = Segment(WALL + timedelta(minutes=1, microseconds=7), MORNING + timedelta(hours=2), 0.0)

    before = runs.segments(run.id)
    runs.add_segment(run.id, A_SEGMENT)
    runs.add_segment(run.id, paused)

    assert before == ()
    assert runs.segments(run.id) == (A_SEGMENT, paused)
    assert runs.revision(run.id) == 3


def test_a_turn_of_the_clock_and_what_it_changes_of_the_run_are_written_together_or_not_at_all(
    database: Database,
) -> None:
    runs, run = Runs(database), a_run(database)
    journey = Journey(to=MORNING)

    runs.add_segment(run.id, A_SEGMENT, state=RunState.RUNNING, journey=journey)
    with pytest.raises(TypeError):
        runs.add_segment(run.id, A_SEGMENT, state=RunState.PAUSED, seed=2)

    changed = runs.get(run.id)
    assert (changed.state, changed.journey, changed.revision) == (RunState.RUNNING, journey, 2)
    assert runs.segments(run.id) == (A_SEGMENT,)


def test_bindings_are_added_and_replaced(database: Database) -> None:
    runs, run = Runs(database), a_run(database)

    runs.bind(run.id, {"issue:refunds": "PAY-1", "board": "1"})
    runs.bind(run.id, {"board": "2", "pull:retry": "3"})
    runs.bind(run.id, {})

    assert runs.bindings(run.id) == {"board": "2", "issue:refunds": "PAY-1", "pull:retry": "3"}
    assert runs.revision(run.id) == 3


def test_two_runs_share_nothing(database: Database) -> None:
    runs, one, other = Runs(database), a_run(database), a_run(database)

    runs.bind(one.id, {"board": "1"})
    runs.add_segment(one.id, A_SEGMENT)

    assert runs.bindings(other.id) == {}
    assert runs.segments(other.id) == ()
    assert runs.revision(other.id) == 1


def test_every_write_on_an_unknown_run_is_refused(database: Database) -> None:
    runs = Runs(database)

    for write in (
        lambda: runs.update("x-1", title="?"),
        lambda: runs.touch("x-1", WALL),
        lambda: runs.revision("x-1"),
        lambda: runs.add_segment("x-1", A_SEGMENT),
        lambda: runs.bind("x-1", {"board": "1"}),
    ):
        with pytest.raises(UnknownRun):
            write()


def test_what_is_no_json_is_refused_and_nothing_is_kept(database: Database) -> None:
    run = a_run(database)

    with pytest.raises(StorageError, match="not a JSON value"):
        Runs(database).update(run.id, services={"when": object()})

    assert Runs(database).get(run.id) == run


def test_an_odd_text_from_outside_can_be_written_down(database: Database) -> None:
    run = a_run(database)

    changed = Runs(database).update(run.id, problem="git said \0 and \udcff")

    assert changed.problem == "git said ? and ?"
