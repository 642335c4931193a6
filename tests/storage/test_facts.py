from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import StorageError, UnknownRun
from simulator.model.facts import FactKind
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from simulator.storage.runs import Runs
from tests.storage.builders import MORNING, a_fact, a_run


def test_facts_read_back_as_they_were_added(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    seen = (
        a_fact(1),
        a_fact(2, actor=None, kind=FactKind.ISSUE_CHANGED, detail={"from": None, "to": "Ünïcode 🚀\n\t\0"}),
    )

    added = facts.append(run.id, seen)

    assert added == seen
    assert facts.all(run.id) == (a_fact(1), seen[1])


def test_facts_come_by_simulated_time_then_in_the_order_of_being_learnt_of(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    facts.append(run.id, [a_fact(3), a_fact(2, at=MORNING), a_fact(1, at=MORNING)])

    assert [fact.source_id[-1] for fact in facts.all(run.id)] == ["2", "1", "3"]


def test_facts_that_another_process_adds_take_their_places_among_those_already_read(database: Database) -> None:
    ours, theirs, run = Facts(database), Facts(database), a_run(database)
    ours.append(run.id, [a_fact(1), a_fact(4)])
    before = ours.all(run.id)

    theirs.append(run.id, [a_fact(3), a_fact(2), a_fact(5, at=a_fact(1).at)])

    assert before == (a_fact(1), a_fact(4))
    assert [fact.source_id[-1] for fact in ours.all(run.id)] == ["1", "5", "2", "3", "4"]
    assert ours.all(run.id) == theirs.all(run.id) == Facts(database).all(run.id)


def test_more_runs_are_read_than_are_remembered(database: Database) -> None:
    facts = Facts(database)
    runs = [a_run(database) for _ in range(50)]
    for number, run in enumerate(runs):
        facts.append(run.id, [a_fact(number)])

    assert [facts.all(run.id) for run in runs] == [(a_fact(number),) for number in range(50)]
    assert facts.all(runs[0].id) == (a_fact(0),)


def test_a_known_fact_is_not_added_again(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    facts.append(run.id, [a_fact(1)])

    added = facts.append(run.id, [a_fact(2), a_fact(1, url="http://other/"), a_fact(2, url="http://other/")])

    assert added == (a_fact(2),)
    assert facts.all(run.id) == (a_fact(1), a_fact(2))


def test_the_revision_is_bumped_when_something_is_new_and_only_then(database: Database) -> None:
    facts, runs, run = Facts(database), Runs(database), a_run(database)

    facts.append(run.id, [a_fact(1)], cursor={"page": 1})
    after_news = runs.revision(run.id)
    facts.append(run.id, [a_fact(1)], cursor={"page": 2})
    facts.append(run.id, [], cursor={"page": 3})
    facts.append(run.id, [])

    assert (after_news, runs.revision(run.id)) == (2, 2)
    assert facts.cursor(run.id) == {"page": 3}


def test_the_cursor_is_kept_with_the_facts_or_not_at_all(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    at_first = facts.cursor(run.id)
    facts.append(run.id, [a_fact(1)], cursor={"etag": 'W/"1"'})

    with pytest.raises(StorageError, match="not a JSON value"):
        facts.append(run.id, [a_fact(2), a_fact(3, detail={"what": object()})], cursor={"etag": 'W/"2"'})

    assert at_first == {}
    assert facts.cursor(run.id) == {"etag": 'W/"1"'}
    assert facts.all(run.id) == (a_fact(1),)


def test_facts_without_a_cursor_leave_it_alone(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    facts.append(run.id, [], cursor={"page": 1})

    facts.append(run.id, [a_fact(1)])

    assert facts.cursor(run.id) == {"page": 1}


def test_what_was_learnt_of_since_comes_with_its_number(database: Database) -> None:
    facts, run = Facts(database), a_run(database)
    facts.append(run.id, [a_fact(3), a_fact(1)])
    last = facts.last_sequence(run.id)
    facts.append(run.id, [a_fact(2)])

    assert last == 2
    assert facts.since(run.id, last) == ((3, a_fact(2)),)
    assert [number for number, _ in facts.since(run.id, 0)] == [1, 2, 3]
    assert facts.since(run.id, facts.last_sequence(run.id)) == ()


def test_those_who_add_the_same_facts_at_once_add_each_one_once(database: Database) -> None:
    facts, run = Facts(database), a_run(database)

    def collect(thread: int) -> int:
        return sum(len(facts.append(run.id, [a_fact(n), a_fact(1000 * thread + n)])) for n in range(1, 11))

    with ThreadPoolExecutor(8) as threads:
        added = sum(threads.map(collect, range(1, 9)))

    assert added == 10 + 80
    assert [number for number, _ in facts.since(run.id, 0)] == list(range(1, 91))


def test_an_unknown_run_is_refused(database: Database) -> None:
    with pytest.raises(UnknownRun):
        Facts(database).append("x-1", [a_fact()])
    with pytest.raises(UnknownRun):
        Facts(database).append("x-1", [], cursor={})


def test_half_a_character_does_not_stop_the_collector(database: Database) -> None:
    facts, run = Facts(database), a_run(database)

    facts.append(run.id, [a_fact(detail={"message": "fix \ud83d", "pulls": (1, 2)})])

    assert facts.all(run.id)[0].detail == {"message": "fix ?", "pulls": [1, 2]}


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(detail=st.dictionaries(st.text(), json_values, max_size=4), late=st.timedeltas(timedelta(-99), timedelta(99)))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_and_any_instant_survive(
    sqlite_database: Database, detail: dict[str, object], late: timedelta
) -> None:
    facts, run = Facts(sqlite_database), a_run(sqlite_database)
    fact = a_fact(detail=detail, at=MORNING + late)

    facts.append(run.id, [fact])

    assert facts.all(run.id) == (fact,)
