"""IS-09: nothing in progress falls silent."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import HELD, Held, Stretch
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait


class SilenceOptions(Options):
    """What may be set. In working days."""

    good_days: float = Field(default=1, ge=0.25, le=10, description="silence up to this is fine, worth 0.9")
    mid_days: float = Field(default=2, ge=0.5, le=20, description="silence worth half")


class _Gap(NamedTuple):
    """A time without a sign of life; `lasts` says that it is not over."""

    days: float
    since: datetime
    lasts: bool


@rule(
    code="IS-09",
    name="no-stale-in-progress",
    about=HELD,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=SilenceOptions(),
)
def no_stale_in_progress(held: Held, history: History, options: SilenceOptions) -> Verdict:
    """An issue in progress shows a sign of life every working day.

    What it checks
    --------------
    The longest working time between two changes of an issue, comments on it, commits for it, or events of its pull requests,
    while it was in progress, assigned to the learner (or to nobody since they moved it), and not flagged.

    Why it matters
    --------------
    An issue that falls silent is the first sign that somebody is stuck; a day later help is cheap, a week later it is not.

    Example
    -------
    Good: a commit on Monday, “waiting for the test account, will ask Tom” on Tuesday

    Bad: In Progress on Monday, the next sign on Friday

    How to fix
    ----------
    Say in a comment where it stands, push what you have, or flag it if you are stuck. That ends the silence; what it was stays.

    References
    ----------
    - https://kanbanguides.org/english/
    - https://github.com/chrisma/ScrumLint
    """
    issue = held.issue
    gap = max(_gaps(held, history), key=lambda found: (found.days, found.lasts), default=None)
    if gap is None:
        return Skip(reason=f"{issue.key} was flagged for as long as it was in progress")
    if gap.lasts and gap.days < options.good_days and len(held.stretches) == 1 and not _moments(held, history):
        return Wait(
            reason=f"{issue.key} has been in progress for {gap.days:.1f} working days; it is due at {options.good_days:g}"
        )
    evidence: Measures = {"working days of silence": round(gap.days, 2), "limit": options.good_days}
    credit = curve(gap.days, good=options.good_days, mid=max(options.mid_days, options.good_days * 1.01))
    if gap.days <= options.good_days:
        return Pass(message=f"{issue.key} was never silent for a day", credit=credit, evidence=evidence)
    return Breach(
        message=f"{issue.key} “{issue.state.summary[:60]}” {'has shown' if gap.lasts else 'showed'} no sign of life for "
        f"{gap.days:.1f} working days in progress; {options.good_days:g} is the limit.",
        how_to_fix=f"Say in a comment where it stands, push what you have, or flag it if you are stuck: {issue.url}"
        if gap.lasts
        else "Close each day with a push or a word on what you have in progress.",
        credit=credit,
        repair=Repair.PARTIAL if gap.lasts else Repair.NONE,
        repaired=not gap.lasts,
        evidence=evidence,
        at=gap.since,
    )


def _gaps(held: Held, history: History) -> Iterator[_Gap]:
    moments = _moments(held, history)
    for since, until in _waking(held.stretches):
        end = until or history.now
        within = moments[bisect_right(moments, since) : bisect_right(moments, end)]
        points = [since, *within, end]
        for index, (start, stop) in enumerate(pairwise(points)):
            lasts = until is None and index == len(points) - 2
            yield _Gap(history.working_days(start, stop), start, lasts)


def _waking(stretches: Sequence[Stretch]) -> list[tuple[datetime, datetime | None]]:
    """The times in which it was not flagged, those that touch put together."""
    found: list[tuple[datetime, datetime | None]] = []
    for stretch in stretches:
        if stretch.flagged:
            continue
        if found and found[-1][1] == stretch.since:
            found[-1] = (found[-1][0], stretch.until)
        else:
            found.append((stretch.since, stretch.until))
    return found


def _moments(held: Held, history: History) -> list[datetime]:
    """Signs of life after it was begun, in order."""
    issue, first = held.issue, held.stretches[0].since
    on_issue = [*(change.at for change in issue.changes), *(comment.at for comment in issue.comments)]
    return sorted(at for at in {*on_issue, *history.activity_of.get(issue.key, ())} if at > first)
