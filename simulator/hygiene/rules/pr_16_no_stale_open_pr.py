"""PR-16: an open pull request moves."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_MOVED_AGAIN = 0.5


class StalenessOptions(Options):
    """What may be set."""

    limit_days: float = Field(default=2, ge=0.5, le=20, description="working days in which nobody does anything to it")


@rule(
    code="PR-16",
    name="no-stale-open-pr",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=StalenessOptions(),
)
def no_stale_open_pr(pull: PullRequest, history: History, options: StalenessOptions) -> Verdict:
    """Nobody lets a pull request that is ready lie for more than two working days.

    What it checks
    --------------
    The longest time, in working days, between two things that people did to it while it was open and ready: pushes, reviews,
    comments, requests, changed words or labels, its merge or its end.

    Why it matters
    --------------
    A sleeping pull request ages: its base moves on, its reader forgets, its author has begun something else.

    Example
    -------
    Good: opened on Monday, remarks on Tuesday, mended and merged on Wednesday

    Bad: opened on Monday, next word on Friday

    How to fix
    ----------
    Do the next step, or ask who it waits for. The next thing that happens to it earns half; the gap stays in the record.

    References
    ----------
    - https://repository.bilkent.edu.tr/handle/11693/111577
    - https://github.com/probot/stale
    """
    ends = [end for end in (pull.merged_at, pull.closed_at) if end]
    is_open = not ends and not pull.draft
    moments = _moments(pull, until=ends[0] if ends else None)
    if is_open:
        moments.append(history.now)
    gaps = [(history.working_days(a, b), a) for a, b in pairwise(moments) if not pull.was_draft_at(a)]
    days, since = max(gaps, default=(0.0, pull.opened_at))
    evidence: Measures = {"working days without a step": round(days, 1), "limit": options.limit_days}
    if days <= options.limit_days:
        if is_open:
            return Wait(reason=f"#{pull.number} is open, its longest rest so far was {days:.1f} working days")
        return Pass(message=f"#{pull.number} never rested for more than {days:.1f} working days", evidence=evidence)
    lies = is_open and since == moments[-2]
    return Breach(
        message=f"#{pull.number} {'has rested' if lies else 'rested'} for {days:.1f} working days, "
        f"{options.limit_days:g} is the limit.{'' if lies else ' It moved again: half credit.'}",
        how_to_fix=f"Do its next step, or ask who it waits for: {pull.url}" if lies else _NEXT_TIME,
        credit=0.0 if lies else _MOVED_AGAIN,
        repair=Repair.PARTIAL if lies else Repair.NONE,
        repaired=not lies,
        evidence=evidence,
        at=since,
    )


_NEXT_TIME = "Begin each day with a look at your pull requests that are open."


def _moments(pull: PullRequest, *, until: datetime | None) -> list[datetime]:
    """When somebody did something to it since it was ready, oldest first."""
    every = [
        *(head.at for head in pull.heads),
        *(review.at for review in pull.reviews if review.author),
        *(comment.at for comment in pull.comments if comment.author),
        *(request.at for request in pull.requests),
        *(at for at, _ in pull.titles),
        *(at for at, _ in pull.bodies),
        *(at for at, _ in pull.labels),
        *(at for at, _ in pull.drafts),
        *([until] if until else []),
    ]
    start = pull.ready_at or pull.opened_at
    return sorted({start, *(at for at in every if at >= start and (until is None or at <= until))})
