"""RV-13: reviews are dismissed with a reason, and not by the author."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.pull_advice import comment_on
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import DISMISSALS, GivenReview
from simulator.hygiene.words import length_of
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_EXPLAINED = 0.5
_MOST = 2_000
_NEXT_TIME = (
    "Ask the reviewer to look again; if they are away, ask a third person to dismiss the review, with the reason."
)


class DismissalOptions(Options):
    """What may be set."""

    least_characters: int = Field(default=10, ge=1, le=200, description="shortest text that can be a reason")


@rule(
    code="RV-13",
    name="dismissal-with-reason",
    about=DISMISSALS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=DismissalOptions(),
)
def dismissal_with_reason(given: GivenReview, history: History, options: DismissalOptions) -> Verdict:
    """Who dismisses a review says why, and did not write the pull request.

    What it checks
    --------------
    Of each review that you dismissed: the message has 10 characters or more, and the pull request is not your own. Taking back
    your own review is up to you, and a dismissal by the branch's protection after a push is nobody's deed: neither is judged.

    Why it matters
    --------------
    A dismissed review is a "no" that no longer counts. Without a reason from a third person it is a way around the review.

    Example
    -------
    Good: dismissed by the tech lead, "mended in 3f2a, Rita is away until Monday"

    Bad: dismissed by the author, "ok"

    How to fix
    ----------
    Write a comment on the pull request that says why. That earns half.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    pull, review = given.pull, given.review
    if review.dismissed_by_push:
        return Skip(reason=f"a push to #{pull.number} made the review stale, nobody dismissed it")
    if review.dismissed_by == review.author:
        return Skip(reason=f"you took back your own review of #{pull.number}")
    size, by_author = length_of(review.dismissal[:_MOST]), review.dismissed_by == pull.author
    who = history.name_of(review.author)
    evidence: Measures = {"characters": size, "limit": options.least_characters, "by the author": by_author}
    has_reason = size >= options.least_characters
    if has_reason and not by_author:
        return Pass(message=f"You said why you dismissed {who}'s review of #{pull.number}", evidence=evidence)
    explained = has_reason or any(
        comment.author == review.dismissed_by
        and review.dismissed_at is not None
        and comment.at >= review.dismissed_at
        and length_of(comment.body[:_MOST]) >= options.least_characters
        for comment in pull.comments
    )
    faults = ["on your own pull request"] if by_author else []
    faults += [] if has_reason else [f"with a reason of {size} characters ({options.least_characters} are the least)"]
    return Breach(
        message=f"You dismissed {who}'s review of #{pull.number} {' and '.join(faults)}."
        f"{' The reason is written down: half credit.' if explained else ''}",
        how_to_fix=_NEXT_TIME if explained else f"Write down why: {comment_on(pull, 'WHY')}",
        credit=_EXPLAINED if explained else 0.0,
        repair=Repair.NONE if explained else Repair.PARTIAL,
        repaired=explained,
        evidence=evidence,
        at=review.dismissed_at,
    )
