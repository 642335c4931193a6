"""What became of each sprint's issues: committed, completed, added, removed, carried over; velocity as a band."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from simulator.model.facts import Fact
from simulator.model.history import History
from simulator.model.history.outcomes import sprint_outcomes, velocity_band
from tests.plan.builders import a_scenario, at
from tests.plan.meetings.builders import a_sprint, a_view, an_issue, changed, moved

CLOSE = at(5, 17)


def _history(folder: Path, *facts: Fact) -> History:
    return a_view(a_scenario(folder), facts, now=at(9)).history


def _recorded(fact: Fact, wall: datetime) -> Fact:
    return replace(fact, recorded_at=wall)


def test_two_sprints_tell_what_was_done_and_what_was_left_over(tmp_path: Path) -> None:
    first, second = a_sprint(closed=CLOSE), a_sprint(started=at(6), number=2)
    facts = [
        *first,
        *second,
        an_issue("PAY-1", points=3.0),
        an_issue("PAY-2", "vague", points=5.0),
        an_issue("PAY-3", "retry", points=2.0, sprints=[]),
        moved("PAY-1", "Done", when=at(4)),
        changed("PAY-3", "Sprint", "1", when=at(2)),
        moved("PAY-3", "Done", when=at(7)),
        changed("PAY-2", "Sprint", "1, 2", when=CLOSE + timedelta(minutes=1)),
        changed("PAY-3", "Sprint", "1, 2", when=CLOSE + timedelta(minutes=1)),
    ]

    one, two = sprint_outcomes(_history(tmp_path, *facts))

    assert [issue.key for issue in one.completed] == ["PAY-1"]
    assert [issue.key for issue in one.carried_over] == ["PAY-2", "PAY-3"]
    assert (one.committed_sum, one.completed_sum, one.added_sum, one.carried_over_sum) == (8, 3, 2, 7)
    assert [issue.key for issue in two.carried_in] == ["PAY-2", "PAY-3"]
    assert (two.committed_sum, two.completed_sum, two.carried_over_sum) == (7, 2, 0)
    band = velocity_band((one, two))
    assert band is not None
    assert (band.low, band.high, band.unit) == (2, 4, "points")


def test_what_is_taken_out_by_hand_in_the_pause_of_the_close_was_removed(tmp_path: Path) -> None:
    wall = CLOSE + timedelta(hours=1)
    started, closed = a_sprint(closed=CLOSE)
    facts = [
        started,
        _recorded(closed, wall),
        an_issue("PAY-1", points=3.0),
        an_issue("PAY-2", "vague", points=5.0),
        changed("PAY-1", "Sprint", "", when=CLOSE, recorded=wall - timedelta(minutes=2)),
        changed("PAY-2", "Sprint", "", when=CLOSE, recorded=wall - timedelta(seconds=1)),
    ]

    history = _history(tmp_path, *facts)
    (outcome,) = sprint_outcomes(history)

    assert [issue.key for issue in outcome.removed] == ["PAY-1"]
    assert [issue.key for issue in outcome.not_completed] == ["PAY-2"]
    assert history.sprint is not None
    assert history.sprint.removed == {"PAY-1"}
    burndown = history.burndown()
    assert burndown is not None
    assert (burndown.remaining, burndown.scope) == (5, 5)


def test_done_after_the_close_in_the_same_pause_is_not_done_in_the_sprint(tmp_path: Path) -> None:
    wall = CLOSE + timedelta(hours=1)
    started, closed = a_sprint(closed=CLOSE)
    late = moved("PAY-1", "Done", when=CLOSE, recorded=wall + timedelta(minutes=1))

    (outcome,) = sprint_outcomes(_history(tmp_path, started, _recorded(closed, wall), an_issue(), late))

    assert outcome.completed == ()
    assert velocity_band((outcome,)) is None


def test_without_estimates_issues_are_counted(tmp_path: Path) -> None:
    facts = [*a_sprint(closed=CLOSE), an_issue(points=None), moved("PAY-1", "Done", when=at(3))]

    (outcome,) = sprint_outcomes(_history(tmp_path, *facts))

    assert (outcome.unit, outcome.committed_sum, outcome.completed_sum) == ("issues", 1, 1)
