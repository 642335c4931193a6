"""PR-18: a pull request that is closed unmerged says why."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from pydantic import Field

from simulator.hygiene.pull_advice import comment_on, with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CLOSED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_SAID_LATER = 0.8
_NUMBER = re.compile(r"#([0-9]{1,9})\b|/pull/([0-9]{1,9})\b", re.ASCII)
_MOST = 20_000


class ReasonOptions(Options):
    """What may be set."""

    within_minutes: float = Field(default=60, ge=1, le=1440, description="minutes around the close in which it is said")
    least_characters: int = Field(default=8, ge=1, le=200, description="characters of a reason")


@rule(
    code="PR-18",
    name="closed-with-reason",
    about=CLOSED_PULLS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=ReasonOptions(),
)
def closed_with_reason(pull: PullRequest, history: History, options: ReasonOptions) -> Verdict:
    """Whoever closes a pull request without merging it says why.

    What it checks
    --------------
    A comment within an hour of the close by whoever closed it, or a link to the pull request that takes its place, in any
    comment or in its description.

    Why it matters
    --------------
    In half a year somebody finds it, and wants to know whether the idea was bad or only the day.

    Example
    -------
    Good: closed with "Taken over by #12, which does it without the new table."

    Bad: closed without a word

    How to fix
    ----------
    Write the reason now; a later word earns 0.8.

    References
    ----------
    - https://devlake.apache.org/docs/Metrics/PRPickupTime
    """
    if pull.closed_at is None:
        return Skip(reason=f"#{pull.number} is open again")
    around = timedelta(minutes=options.within_minutes)
    said = _said_at(pull, options)
    evidence: Measures = {"comments by who closed it": len(said), "limit": 1}
    successor = _successor(pull, history)
    if successor or any(abs(at - pull.closed_at) <= around for at in said):
        why = f", #{successor} takes its place" if successor else ""
        return Pass(message=f"#{pull.number} was closed with a reason{why}", evidence=evidence)
    later = any(at > pull.closed_at for at in said)
    if not later and history.now - pull.closed_at < around:
        return Wait(reason=f"#{pull.number} was just closed; there is an hour to say why")
    return Breach(
        message=f"#{pull.number} was closed without a word{', the reason came later: 0.8 credit' if later else ''}.",
        how_to_fix=with_gh(pull, "Write the reason as you close", "gh pr close NUMBER --comment REASON")
        if later
        else f"Write why, for who finds it in half a year: {comment_on(pull, 'WHY')}",
        credit=_SAID_LATER if later else 0.0,
        repair=Repair.NONE if later else Repair.PARTIAL,
        repaired=later,
        evidence=evidence,
        at=pull.closed_at,
    )


def _said_at(pull: PullRequest, options: ReasonOptions) -> list[datetime]:
    who = pull.closed_by or pull.author
    said = [(word.at, word.author, word.body) for word in pull.comments]
    said += [(word.at, word.author, word.body) for word in pull.reviews]
    return [at for at, author, body in said if author == who and len(body.strip()) >= options.least_characters]


def _successor(pull: PullRequest, history: History) -> int | None:
    """The other pull request that its words name, and that exists."""
    for text in (pull.body, *(comment.body for comment in pull.comments)):
        for found in _NUMBER.findall(text[:_MOST]):
            number = int(found[0] or found[1])
            if number != pull.number and number in history.pulls:
                return number
    return None
