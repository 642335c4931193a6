"""States of runs: what is kept as a day begins, brought back, and copied into a run of its own; on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from simulator.model.agenda import EntryState
from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.model.runs import Journey, RunState, WhileAway
from simulator.storage.agenda import AgendaRows
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from simulator.storage.runs import Runs
from simulator.storage.scorecards import Scorecards
from simulator.storage.snapshots import DaySnapshot, Snapshots
from simulator.timekeeping.timeline import Segment
from tests.storage.builders import MORNING, WALL, a_fact, a_run, an_entry


def _state(database: Database, run: str) -> dict[str, Any]:
    """All rows of a run that a state consists of."""
    runs, facts = Runs(database), Facts(database)
    return {
        "facts": facts.since(run, 0),
        "agenda": AgendaRows(database).entries(run),
        "segments": runs.segments(run),
        "bindings": runs.bindings(run),
        "cursor": facts.cursor(run),
        "trend": Scorecards(database).trend(run, SeatId("you")),
    }


def _begun(database: Database) -> str:
    """A run with an hour behind it: one entry done, one waiting, a fact, a binding, a scorecard."""
    run = a_run(database).id
    Runs(database).add_segment(run, Segment(WALL, MORNING, 48.0))
    Runs(database).bind(run, {"issue:refund": "PAY-1", "url": f"http://127.0.0.1:8000/sites/{run}/jira"})
    agenda = AgendaRows(database)
    agenda.add(run, [an_entry("done"), an_entry("waiting", at=MORNING + timedelta(hours=3))])
    agenda.begin(run, "done", WALL)
    agenda.finish(run, "done", wall=WALL, bindings={"pull:first": "1"})
    about = f"http://127.0.0.1:8000/sites/{run}/github/acme/payments"
    Facts(database).append(run, [a_fact(1, url=about, subject=f"run:{run}")], cursor={"etag": about})
    _score(database, run, 50.0)
    return run


def _go_on(database: Database, run: str) -> None:
    agenda = AgendaRows(database)
    agenda.begin(run, "waiting", WALL)
    agenda.finish(
        run, "waiting", wall=WALL, outcome=EntryState.FAILED, note="no", bindings={"pull:first": "2", "x": "y"}
    )
    agenda.add(run, [an_entry("later", at=MORNING + timedelta(hours=4))])
    Facts(database).append(run, [a_fact(2), a_fact(3)], cursor={"etag": "new"})
    Runs(database).add_segment(run, Segment(WALL + timedelta(hours=1), MORNING + timedelta(hours=6), 48.0))
    _score(database, run, 70.0)


def _score(database: Database, run: str, score: float) -> None:
    given: dict[str, Any] = {"at": MORNING, "wall": WALL, "revision": 1, "final": False}
    Scorecards(database).save(run, seat=SeatId("you"), card={"score": score}, **given)


def _kept(database: Database, run: str, day: int = 2) -> DaySnapshot:
    return Snapshots(database).keep(
        run, day=day, wall=WALL + timedelta(minutes=5), simulated=MORNING + timedelta(hours=4)
    )


def test_what_is_brought_back_is_what_was_kept_with_time_standing_there(database: Database) -> None:
    run = _begun(database)
    before = _state(database, run)
    kept = _kept(database, run)
    _go_on(database, run)
    _kept(database, run, day=3)
    assert _state(database, run) != before

    Snapshots(database).bring_back(run, kept, state=RunState.PAUSED)

    after = _state(database, run)
    standing = Segment(kept.wall, kept.simulated, 0.0)
    assert after == before | {"segments": (*before["segments"], standing)}
    assert Runs(database).get(run).state is RunState.PAUSED
    assert [found.day for found in Snapshots(database).all(run)] == [2]
    assert Snapshots(database).all(run) == (kept,)


def test_a_branch_has_the_same_rows_with_the_addresses_of_its_own_site(database: Database) -> None:
    run = _begun(database)
    kept = _kept(database, run)
    _go_on(database, run)
    whole = _state(database, run)

    other = Snapshots(database).branch(Runs(database).get(run), kept, wall=WALL, state=RunState.PAUSED, title="Other")

    made, state = Runs(database).get(other), _state(database, other)
    assert (made.id, made.title, made.seed) == ("first-sprint-2", "Other", 7)
    assert [fact.url for _, fact in state["facts"]] == [f"http://127.0.0.1:8000/sites/{other}/github/acme/payments"]
    assert [fact.subject for _, fact in state["facts"]] == [f"run:{other}"]
    assert state["bindings"]["url"] == f"http://127.0.0.1:8000/sites/{other}/jira"
    assert state["cursor"] == {"etag": f"http://127.0.0.1:8000/sites/{other}/github/acme/payments"}
    assert [(entry.id, entry.state) for entry in state["agenda"]] == [
        ("done", EntryState.DONE),
        ("waiting", EntryState.WAITING),
    ]
    assert _state(database, run) == whole

    Snapshots(database).inherit(other, of=run, days=(2,))
    (own,) = Snapshots(database).all(other)
    Snapshots(database).bring_back(other, own)
    assert own.bindings["url"] == f"http://127.0.0.1:8000/sites/{other}/jira"
    assert _state(database, other) == state


def test_facts_that_were_taken_away_are_not_remembered(database: Database) -> None:
    run = _begun(database)
    kept = _kept(database, run)
    facts = Facts(database)
    facts.append(run, [a_fact(2)])
    known, mark = facts.all(run), facts.mark(run)

    Snapshots(database).bring_back(run, kept)
    facts.forget(run)
    facts.append(run, [a_fact(3)])

    assert [fact.source_id for fact in facts.all(run)] == ["github:push:1", "github:push:3"]
    assert len(known) == 2
    assert facts.mark(run) != mark


def test_facts_that_are_taken_away_while_somebody_reads_them_are_not_remembered(database: Database) -> None:
    run = _begun(database)
    kept = _kept(database, run)

    class ReadMeanwhile(Facts):
        def since(self, run_id: str, sequence: int) -> tuple[tuple[int, Fact], ...]:
            rows = super().since(run_id, sequence)
            if len(rows) == 2:
                Snapshots(database).bring_back(run, kept)
                self.forget(run)
            return rows

    facts = ReadMeanwhile(database)
    facts.append(run, [a_fact(2)])
    facts.all(run)
    facts.append(run, [a_fact(3)])

    assert [fact.source_id for fact in facts.all(run)] == ["github:push:1", "github:push:3"]


def test_a_run_keeps_what_becomes_of_its_absences_and_where_it_is_on_the_way_to(database: Database) -> None:
    run = a_run(database, while_away=WhileAway.HOLD)
    journey = Journey(to=MORNING, since=WALL, back=WALL + timedelta(hours=1))

    Runs(database).update(run.id, journey=journey)

    assert run.while_away is WhileAway.HOLD
    assert Runs(database).get(run.id).journey == journey
    assert Runs(database).update(run.id, journey=None).journey is None


def test_only_runs_that_were_seen_lately_are_seen_again(database: Database) -> None:
    lately, long_ago, over = (a_run(database).id for _ in range(3))
    runs, now = Runs(database), WALL + timedelta(minutes=1)
    runs.touch(lately, now - timedelta(seconds=2))
    runs.touch(over, now - timedelta(seconds=2))
    runs.update(over, state=RunState.FINISHED)

    runs.touch_all(now, seen_since=now - timedelta(seconds=5))

    assert runs.get(lately).seen_at == now
    assert runs.get(long_ago).seen_at == WALL
    assert runs.get(over).seen_at == now - timedelta(seconds=2)
