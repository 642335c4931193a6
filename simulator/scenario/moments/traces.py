"""What can be looked up for moments besides what somebody said: issues made and moved, work at hand, checks, tests.

Refuses to judge. What is given as somebody's lies between a scene's opening and its end, unless it is said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase

from simulator.model.agile import StatusCategory
from simulator.model.history import CheckRun, History, Issue, Move, PullRequest
from simulator.model.keys import SeatId
from simulator.scenario.moments.moment import Scene

NO_WORK_OF_ITS_OWN = frozenset({"Epic", "Sub-task"})


def everybody(scene: Scene) -> Iterator[Scene]:
    """The same scene with the eyes of each human, the person first: what one of a team says is said for all."""
    yield scene
    for person in scene.view.history.roster.humans():
        if person.seat != scene.seat:
            yield replace(scene, seat=person.seat)


def issues_made_by(scene: Scene) -> Iterator[Issue]:
    """The issues that the person created and that are still there."""
    for issue in scene.view.history.issues.values():
        if issue.reporter == scene.seat and scene.holds(issue.created_at) and issue.deleted_at is None:
            yield issue


def moves_by(scene: Scene, issue: Issue) -> Iterator[Move]:
    """The person's moves of an issue from status to status."""
    return (move for move in issue.moves() if move.actor == scene.seat and scene.holds(move.at))


def starts_by(scene: Scene) -> Iterator[tuple[Issue, Move]]:
    """The issues that the person put in progress, each with the move, oldest first."""
    found = [
        (issue, move)
        for issue in scene.view.history.issues.values()
        for move in moves_by(scene, issue)
        if _is_start(move)
    ]
    return iter(sorted(found, key=lambda entry: (entry[1].at, entry[0].key)))


def at_hand(history: History, seat: SeatId, at: datetime) -> list[Issue]:
    """The issues that somebody had in progress at an instant, epics and sub-tasks left out."""
    found: list[Issue] = []
    for issue in history.issues.values():
        state = issue.at(at)
        there = issue.created_at <= at and (issue.deleted_at is None or issue.deleted_at > at)
        mine = state.assignee == seat and state.category is StatusCategory.IN_PROGRESS
        if there and mine and issue.type not in NO_WORK_OF_ITS_OWN:
            found.append(issue)
    return found


def is_flagged(issue: Issue, at: datetime) -> bool:
    """Whether an issue carried the board's flag at an instant."""
    marks = [change.after for change in issue.changes if change.field == "flagged" and change.at <= at]
    return bool(marks and marks[-1].strip())


def checks_on_main(history: History, name: str) -> list[CheckRun]:
    """The runs on commits of the default branch of the checks whose name fits a shell pattern, oldest first."""
    landed = {landing.sha for landing in history.landings} | {push.sha for push in history.direct_pushes}
    return [check for check in history.checks if check.sha in landed and fnmatchcase(check.name, name)]


def checks_of(history: History, pull: PullRequest, name: str) -> list[CheckRun]:
    """The runs on a pull request's heads of the checks whose name fits a shell pattern, oldest first."""
    heads = {head.sha for head in pull.heads}
    return [check for check in history.checks if check.sha in heads and fnmatchcase(check.name, name)]


def fits_one(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path, or its last part, fits one of some shell patterns."""
    name = path.rpartition("/")[2]
    return any(fnmatchcase(path, pattern) or fnmatchcase(name, pattern) for pattern in patterns)


def _is_start(move: Move) -> bool:
    return move.after.category is StatusCategory.IN_PROGRESS and move.before.category is not StatusCategory.IN_PROGRESS
