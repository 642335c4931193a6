"""RV-09: who requests changes says which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.pull_advice import comment_on
from simulator.hygiene.reading_time import reviewed_head
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BLOCKS, GivenReview
from simulator.hygiene.words import length_of
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_EXPLAINED_LATER = 0.8
_MOST = 2_000
_NEXT_TIME = "With the next request for changes name the line, what is wrong there, and what would be enough."


class ExplainedOptions(Options):
    """What may be set."""

    least_characters: int = Field(default=20, ge=1, le=500, description="shortest text that can explain a block")


@rule(
    code="RV-09",
    name="request-changes-explained",
    about=BLOCKS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=ExplainedOptions(),
)
def request_changes_explained(given: GivenReview, _: History, options: ExplainedOptions) -> Verdict:
    """A review that blocks says what would unblock it.

    What it checks
    --------------
    Of your requests for changes: the text has 20 characters or more, or you remarked on a line of what you reviewed.

    Why it matters
    --------------
    A block without a reason stops the work and starts a guessing game.

    Example
    -------
    Good: "A refund of zero cents passes; refuse it and I approve"

    Bad: "No." and nothing else

    How to fix
    ----------
    Write a comment that says what has to change. That earns 0.8.

    References
    ----------
    - https://google.github.io/eng-practices/review/developer/handling-comments.html
    """
    pull, review = given.pull, given.review
    size, remarks = length_of(review.body[:_MOST]), _remarks(given)
    evidence: Measures = {"characters": size, "limit": options.least_characters, "remarks on lines": remarks}
    if size >= options.least_characters or remarks:
        return Pass(message=f"You said what has to change in #{pull.number}", evidence=evidence)
    later = min(_explanations(given, options), default=None)
    said = f"with “{review.body.strip()}”" if size else "without a word"
    over = pull.closed_at is not None or pull.merged_at is not None
    return Breach(
        message=f"You requested changes in #{pull.number} {said}: {size} characters and no remark on a line, "
        f"{options.least_characters} characters are the least.{' You explained it later.' if later else ''}",
        how_to_fix=_NEXT_TIME
        if later or over
        else f"Say now what would unblock it: {comment_on(pull, 'WHAT HAS TO CHANGE')}",
        credit=_EXPLAINED_LATER if later else 0.0,
        repair=Repair.NONE if later or over else Repair.PARTIAL,
        repaired=later is not None,
        evidence=evidence,
        at=review.at,
    )


def _remarks(given: GivenReview) -> int:
    """Remarks of the review, and those that its author had made on the same commits before."""
    pull, review = given.pull, given.review
    head = reviewed_head(pull, review)
    since = head.at if head else pull.opened_at
    own = [each for each in pull.comments if each.author == review.author and each.path is not None]
    return sum(each.review == review.id or since <= each.at <= review.at for each in own)


def _explanations(given: GivenReview, options: ExplainedOptions) -> Iterator[datetime]:
    """When the reviewer said more after the review."""
    pull, review = given.pull, given.review
    said = [(c.author, c.at, c.body) for c in pull.comments] + [(r.author, r.at, r.body) for r in pull.reviews]
    return (
        at
        for author, at, body in said
        if author == review.author and at > review.at and length_of(body[:_MOST]) >= options.least_characters
    )
