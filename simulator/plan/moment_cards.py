"""The moments that are open for somebody, as job cards: the task, and the hints that were taken. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from simulator.model.keys import SeatId
from simulator.plan.card import JobCard
from simulator.plan.moments import Standing, State, standings
from simulator.scenario.moments.moment import Scene
from simulator.scenario.view import View

_NEW_FOR = timedelta(hours=4)  # working time in which what came up goes before work that is under way


def pressing(view: View, seat: SeatId) -> JobCard | None:
    """What is urgent until it is dealt with, and what came up just now."""

    def presses(standing: Standing) -> bool:
        if standing.moment.urgent:
            return True
        since = standing.scene.opened if standing.scene else view.now
        return standing.state is State.LIVE and view.worked(since) <= _NEW_FOR

    return _of_moments(view, seat, presses)


def live(view: View, seat: SeatId) -> JobCard | None:
    """What was not dealt with, however long ago it came up."""
    return _of_moments(view, seat, lambda standing: standing.state is State.LIVE)


def slip(view: View, seat: SeatId) -> JobCard | None:
    """What went wrong and can still be made good."""
    return _of_moments(view, seat, lambda standing: standing.state is State.BADLY)


def _of_moments(view: View, seat: SeatId, wanted: Callable[[Standing], bool]) -> JobCard | None:
    """The task of the moment that opened last among the wanted ones that are not dealt with."""
    undone = (s for s in standings(view, seat) if s.state in (State.LIVE, State.BADLY) and s.is_open)
    found = [standing for standing in undone if wanted(standing)]
    for standing in sorted(found, key=lambda s: (s.scene.opened if s.scene else view.now, s.moment.id), reverse=True):
        card = _task(standing, view)
        if card is not None:
            return card
    return None


def _task(standing: Standing, view: View) -> JobCard | None:
    moment, scene = standing.moment, standing.scene
    title = moment.task(scene) if scene else ""
    if scene is None or not title:
        return None
    taken = view.history.run.hints.get((moment.id, standing.seat), 0)
    return JobCard(
        title=title,
        why=_why(standing, scene, view),
        where=moment.where(scene),
        moment=moment.id,
        hints=tuple(moment.hint(level, scene) for level in range(1, taken + 1)),
    )


def _why(standing: Standing, scene: Scene, view: View) -> str:
    calendar, first = view.scenario.calendar, view.scenario.first_day
    day = calendar.day_number(first, scene.opened)
    when = "today" if day == calendar.day_number(first, view.now) else f"on day {day}"
    if standing.state is State.BADLY:
        return f"It came up {when}, and can still be made good."
    return f"It came up {when}, and has not been dealt with."
