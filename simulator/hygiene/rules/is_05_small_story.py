"""IS-05: stories are small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from pydantic import Field

from simulator.hygiene.criteria import check_boxes
from simulator.hygiene.landed import is_begun
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SPRINT_ISSUES
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.history.tracker import IssueState
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_STORIES = frozenset({"Story", "Task"})
_HALF = 0.5
_MOST_OTHERS = 100


class SmallOptions(Options):
    """What may be set."""

    good_points: float = Field(default=8, ge=1, le=40, description="story points up to this are small")
    half_points: float = Field(default=13, ge=1, le=100, description="story points up to this earn half")
    times_mean: float = Field(
        default=2, ge=1.2, le=10, description="description and check boxes up to so many times the mean"
    )
    long_characters: int = Field(
        default=1500, ge=200, le=30_000, description="descriptions up to this are never too long"
    )
    many_boxes: int = Field(default=8, ge=2, le=100, description="so many check boxes are never too many")


@dataclass(frozen=True, slots=True)
class _Size:
    """What an issue's size earns, and what is too big about it in words; empty when nothing is."""

    credit: float
    too_big: str


@rule(
    code="IS-05",
    name="small-story",
    about=SPRINT_ISSUES,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=SmallOptions(),
)
def small_story(issue: Issue, history: History, options: SmallOptions) -> Verdict:
    """A story or task in a sprint is small enough to be finished in a few days.

    What it checks
    --------------
    When it is begun (until then: now), a story or task has at most 8 points; up to 13 earn half. Its description is at most twice
    as long as the mean of the sprint's stories and has at most twice as many check boxes; descriptions up to 1,500 characters and
    up to 8 boxes are never too much.

    Why it matters
    --------------
    Big stories hide what nobody has thought of yet: they are the ones that are carried over.

    Example
    -------
    Good: “Refund a whole payment”, 3 points, and “Refund a part of it”, 5 points

    Bad: “Refunds”, 21 points

    How to fix
    ----------
    Split it by what somebody can do with each part. Before it is begun that earns full credit, later half.

    References
    ----------
    - https://github.com/chrisma/ScrumLint
    - https://xp123.com/articles/invest-in-good-stories-and-smart-tasks/
    - https://agilekip.github.io/site/catalogue-agile-smells
    """
    if issue.type not in _STORIES:
        return Skip(reason=f"a {issue.type.lower()} is not sized as a story")
    begun = _begun(issue)
    state = issue.at(begun) if begun else issue.state
    size = _size(state, issue, history, options)
    evidence: Measures = {
        "points": "none" if state.points is None else state.points,
        "limit": options.good_points,
        "characters": len(state.description),
        "check boxes": check_boxes(state.description),
    }
    was_too_big = any(_size(before, issue, history, options).too_big for _, before in issue.states())
    if not was_too_big and not is_begun(issue, history):
        return Wait(reason=f"{issue.key} is small enough; that counts when its work has begun")
    if not size.too_big:
        return Pass(message=f"{issue.key} is small enough", evidence=evidence)
    if begun and not _size(issue.state, issue, history, options).too_big:
        return Breach(
            message=f"{issue.key} was begun with {size.too_big}, and made smaller after that.",
            how_to_fix="Split the next one before it is begun.",
            credit=_HALF,
            repaired=True,
            evidence=evidence,
            at=begun,
        )
    return Breach(
        message=f"{issue.key} “{issue.state.summary[:60]}” {'was begun with' if begun else 'has'} {size.too_big}.",
        how_to_fix=_how_to_fix(issue, size, is_begun=begun is not None),
        credit=size.credit,
        repair=_left_to_win(size, is_begun=begun is not None),
        evidence=evidence,
        at=begun,
    )


def _left_to_win(size: _Size, *, is_begun: bool) -> Repair:
    if not is_begun:
        return Repair.SAFE
    return Repair.PARTIAL if size.credit < _HALF else Repair.NONE


def _begun(issue: Issue) -> datetime | None:
    return next((at for at, state in issue.states() if state.category is not StatusCategory.TO_DO), None)


def _size(state: IssueState, issue: Issue, history: History, options: SmallOptions) -> _Size:
    points = state.points or 0
    if points > options.good_points:
        limit = f"{points:g} points, {options.good_points:g} is the limit"
        return _Size(_HALF if points <= options.half_points else 0.0, limit)
    length, boxes = len(state.description), check_boxes(state.description)
    if length <= options.long_characters and boxes <= options.many_boxes:
        return _Size(1.0, "")
    others = [other.state.description for other in _others(issue, history)]
    if not others:
        return _Size(1.0, "")
    most_length = max(options.long_characters, options.times_mean * fmean(map(len, others)))
    most_boxes = max(options.many_boxes, options.times_mean * fmean(map(check_boxes, others)))
    if length > most_length:
        return _Size(_HALF, f"a description of {length:,} characters, {most_length:,.0f} is the limit in this sprint")
    if boxes > most_boxes:
        return _Size(_HALF, f"{boxes} check boxes, {most_boxes:.0f} is the limit in this sprint")
    return _Size(1.0, "")


def _others(issue: Issue, history: History) -> list[Issue]:
    sprint = history.sprint
    keys = (sprint.committed | sprint.added) - {issue.key} if sprint else ()
    found = (history.issues.get(key) for key in sorted(keys)[:_MOST_OTHERS])
    return [other for other in found if other is not None and other.type in _STORIES]


def _how_to_fix(issue: Issue, size: _Size, *, is_begun: bool) -> str:
    worth = "half credit, as it is begun" if is_begun and size.credit < _HALF else "full credit while it is to do"
    if is_begun and size.credit >= _HALF:
        worth = "it earns no more, but the rest of it can then be finished"
    return f"Split {issue.key} by what somebody can do with each part, and give each part its own points ({worth}): {issue.url}"
