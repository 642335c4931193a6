"""What people say against findings, kept: the budget of waivers, one open dispute a finding, and going back; on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from simulator.errors import RunError
from simulator.model.hygiene import DisputeState
from simulator.model.keys import SeatId
from simulator.model.objections import MOST_DISPUTES
from simulator.storage.database import Database
from simulator.storage.objections import Objections
from simulator.storage.runs import Runs
from simulator.storage.snapshots import Snapshots
from tests.storage.builders import MORNING, WALL, a_run

REASON = "made by the release tool"


def _about(finding: str = "f1", **more: Any) -> dict[str, Any]:
    about = {"finding": finding, "rule": "BR-01", "subject": f"branch:{finding}", "seat": SeatId("you")}
    return about | {"reason": REASON, "at": MORNING, "wall": WALL} | more


def _waiver(finding: str = "f1", **more: Any) -> dict[str, Any]:
    return _about(finding, sprint=1, by="Tina") | more


def _dispute(finding: str = "f1", **more: Any) -> dict[str, Any]:
    return _about(finding, message="It is so.", url="https://git.test/1") | more


def test_what_is_written_is_there_for_whoever_opens_the_database_next(database: Database) -> None:
    run = a_run(database).id
    Objections(database).waive(run, **_waiver())
    Objections(database).dispute(run, **_dispute("f2", reason="ça ne va \ud83d\0 pas du tout"))

    again = Database(database.url.render_as_string(hide_password=False))
    (waiver,), (dispute,) = Objections(again).waivers(run), Objections(again).disputes(run)
    again.close()

    assert (waiver.finding, waiver.by, waiver.reason, waiver.at, waiver.sprint) == ("f1", "Tina", REASON, MORNING, 1)
    assert (dispute.state, dispute.message, dispute.answer) == (DisputeState.OPEN, "It is so.", None)
    assert dispute.reason == "ça ne va ?? pas du tout"


def test_a_learner_gets_three_waivers_a_sprint(database: Database) -> None:
    run, kept = a_run(database).id, Objections(database)
    for finding in ("f1", "f2", "f3"):
        kept.waive(run, **_waiver(finding))
    revision = Runs(database).revision(run)

    with pytest.raises(RunError, match="3 findings of this learner are waived in this sprint"):
        kept.waive(run, **_waiver("f4"))

    assert Runs(database).revision(run) == revision
    assert kept.waive(run, **_waiver("f1")) == 1  # it holds already
    kept.waive(run, **_waiver("f5", seat=SeatId("ben")))
    kept.waive(run, **_waiver("f6", sprint=2))
    kept.revoke(run, "f2", by="Tina", wall=WALL)
    kept.waive(run, **_waiver("f4"))
    assert [one.finding for one in kept.waivers(run) if one.revoked_at is None] == ["f1", "f3", "f5", "f6", "f4"]


def test_what_is_not_waived_cannot_be_revoked(database: Database) -> None:
    run, kept = a_run(database).id, Objections(database)
    kept.waive(run, **_waiver())
    kept.revoke(run, "f1", by="Tina", wall=WALL)

    with pytest.raises(RunError, match="not waived"):
        kept.revoke(run, "f1", by="Tina", wall=WALL)


def test_an_accepted_dispute_waives_its_finding_outside_the_budget(database: Database) -> None:
    run, kept = a_run(database).id, Objections(database)
    for finding in ("f1", "f2", "f3"):
        kept.waive(run, **_waiver(finding))
    number = kept.dispute(run, **_dispute("f4"))

    kept.accept(run, number, answer="you are right", case={"name": "x"}, **_waiver("f4"))

    (dispute,), waiver = kept.disputes(run), kept.waivers(run)[-1]
    assert (dispute.state, dispute.by, dispute.answer) == (DisputeState.ACCEPTED, "Tina", "you are right")
    assert dispute.case == {"name": "x"}
    assert (waiver.finding, waiver.dispute) == ("f4", number)


def test_accepting_the_dispute_of_a_waived_finding_gives_the_waiver_back(database: Database) -> None:
    run, kept = a_run(database).id, Objections(database)
    number = kept.dispute(run, **_dispute("f1"))
    for finding in ("f1", "f2", "f3"):
        kept.waive(run, **_waiver(finding))

    kept.accept(run, number, answer="you are right", case={}, **_waiver("f1"))

    kept.waive(run, **_waiver("f4"))
    assert [one.dispute for one in kept.waivers(run)] == [number, None, None, None]


@pytest.mark.parametrize("end", ["decline", "withdraw", "accept"])
def test_a_dispute_is_settled_once(database: Database, end: str) -> None:
    run, kept = a_run(database).id, Objections(database)
    number = kept.dispute(run, **_dispute())
    ends = {
        "decline": lambda: kept.decline(run, number, by="Tina", answer="it is as it says", wall=WALL),
        "withdraw": lambda: kept.withdraw(run, number, wall=WALL),
        "accept": lambda: kept.accept(run, number, answer="you are right", case={}, **_waiver()),
    }
    with pytest.raises(RunError, match="disputed already"):
        kept.dispute(run, **_dispute())
    ends[end]()

    for again in ends.values():
        with pytest.raises(RunError, match="not open"):
            again()

    assert len(kept.waivers(run)) == (end == "accept")
    assert kept.dispute(run, **_dispute()) == number + 1


def test_nobody_disputes_without_end(database: Database) -> None:
    run, kept = a_run(database).id, Objections(database)
    for number in range(MOST_DISPUTES):
        kept.dispute(run, **_dispute(f"f{number}"))

    with pytest.raises(RunError, match="as many as there may be"):
        kept.dispute(run, **_dispute("one-more"))


def test_going_back_takes_what_was_said_later_away_and_a_branch_takes_the_rest_along(database: Database) -> None:
    made, kept = a_run(database), Objections(database)
    kept.waive(made.id, **_waiver("early"))
    kept.dispute(made.id, **_dispute("early", url=f"http://127.0.0.1:8000/sites/{made.id}/github"))
    day = Snapshots(database).keep(made.id, day=2, wall=WALL, simulated=MORNING + timedelta(hours=1))
    kept.waive(made.id, **_waiver("late", at=MORNING + timedelta(hours=2)))
    kept.dispute(made.id, **_dispute("late", at=MORNING + timedelta(hours=2)))

    branch = Snapshots(database).branch(made, day, wall=WALL)
    Snapshots(database).bring_back(made.id, day)

    for run in (made.id, branch):
        assert [one.finding for one in kept.waivers(run)] == ["early"]
        assert [one.url for one in kept.disputes(run)] == [f"http://127.0.0.1:8000/sites/{run}/github"]
