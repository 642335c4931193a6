"""RV-11: reviews converge."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import REVIEWED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict, Wait


class RoundsOptions(Options):
    """What may be set."""

    max_rounds: int = Field(
        default=3, ge=1, le=20, description="rounds of review and push that a pull request may take"
    )


@rule(
    code="RV-11",
    name="no-ping-pong",
    about=REVIEWED_PULLS,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=RoundsOptions(),
)
def no_ping_pong(pull: PullRequest, _: History, options: RoundsOptions) -> Verdict:
    """A pull request takes at most three rounds of review and change.

    What it checks
    --------------
    How often a review that did not approve was followed by a push of the author's. Several reviews before a push are one round,
    and so are several pushes after a review.

    Why it matters
    --------------
    The fourth round costs as much as the first and finds less: people misunderstand each other, or the change is too big.

    Example
    -------
    Good: remarks, one push that mends them all, approval

    Bad: five times "and one more thing", five pushes

    How to fix
    ----------
    After the second round, talk: ten minutes at one screen settle what three rounds do not. The count stays.

    References
    ----------
    - https://repository.bilkent.edu.tr/handle/11693/111577
    - https://github.com/middlewarehq/middleware
    """
    rounds = _rounds(pull)
    evidence: Measures = {"rounds": len(rounds), "limit": options.max_rounds}
    if len(rounds) > options.max_rounds:
        return Breach(
            message=f"#{pull.number} took {len(rounds)} rounds of review and push, {options.max_rounds} is the limit.",
            how_to_fix=f"Talk it over now rather than write one more round: {pull.url}"
            if pull.state in {"open", "draft"}
            else "Next time talk after the second round, or split the pull request.",
            evidence=evidence,
            at=rounds[options.max_rounds],
        )
    if not rounds:
        return Skip(reason=f"no review of #{pull.number} was followed by a push")
    if pull.state in {"open", "draft"}:
        return Wait(reason=f"#{pull.number} is open; it took {len(rounds)} of {options.max_rounds} rounds so far")
    return Pass(message=f"#{pull.number} was settled in {amount(len(rounds), 'rounds')}", evidence=evidence)


def _rounds(pull: PullRequest) -> list[datetime]:
    """When each round ended: the first push after a review by somebody else that did not approve."""
    asked = [
        (review.at, True)
        for review in pull.reviews
        if review.state in {"CHANGES_REQUESTED", "COMMENTED"} and review.author not in (None, *pull.authors())
    ]
    rounds: list[datetime] = []
    waits = False
    for at, is_review in sorted([*asked, *((head.at, False) for head in pull.heads[1:])]):
        if waits and not is_review:
            rounds.append(at)
        waits = is_review
    return rounds
