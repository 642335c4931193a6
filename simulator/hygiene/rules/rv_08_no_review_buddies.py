"""RV-08: reviews are spread over the team."""

from __future__ import annotations

from collections import Counter

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SPRINTS_OF, SprintOf
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict
from simulator.model.keys import SeatId


class BuddyOptions(Options):
    """What may be set."""

    max_share: float = Field(default=0.7, ge=0.3, le=1, description="share of approvals that one reviewer may give")
    least_pulls: int = Field(default=4, ge=2, le=50, description="approved pull requests from which there is a pattern")
    least_team: int = Field(default=4, ge=3, le=50, description="people from whom on there is a choice")


@rule(
    code="RV-08",
    name="no-review-buddies",
    about=SPRINTS_OF,
    severity=Severity.INFO,
    target=0.8,
    quota=0,
    options=BuddyOptions(),
)
def no_review_buddies(sprint: SprintOf, history: History, options: BuddyOptions) -> Verdict:
    """No single colleague approves more than 70 % of what you write.

    What it checks
    --------------
    Of your pull requests that became ready in a sprint and were approved: the share that your most frequent reviewer approved.
    From four of them and a team of four on. It never costs points.

    Why it matters
    --------------
    Two people who always review each other stop seeing each other's habits, and nobody else learns the code.

    Example
    -------
    Good: four pull requests, two approved by Rita, one by Tom, one by Mia

    Bad: four pull requests, all approved by Rita

    How to fix
    ----------
    Ask somebody else for the next review.

    References
    ----------
    - https://repository.bilkent.edu.tr/handle/11693/111577
    """
    team = len(history.roster.people)
    if team < options.least_team:
        return Skip(
            reason=f"in a team of {team} there is little choice of reviewers; {options.least_team} are the least"
        )
    approved = [seats for pull in sprint.own if (seats := _approvers(pull))]
    if len(approved) < options.least_pulls:
        return Skip(
            reason=f"{len(approved)} approved pull requests are no pattern yet; {options.least_pulls} are the least"
        )
    given = Counter(seat for seats in approved for seat in seats)
    most = max(given, key=lambda seat: (given[seat], seat))
    share = given[most] / given.total()
    evidence: Measures = {
        "approved": len(approved),
        "share of one reviewer": round(share, 2),
        "limit": options.max_share,
    }
    who = history.name_of(most)
    told = f"{who} gave {share:.0%} of the approvals of your {len(approved)} pull requests in {sprint.name}"
    if share <= options.max_share:
        return Pass(message=told, evidence=evidence)
    others = [person for person in history.roster if person.seat not in (most, sprint.seat)]
    return Breach(
        message=f"{told}; {options.max_share:.0%} is the limit.",
        how_to_fix=f"Ask somebody else next time, such as {others[0].name} (@{others[0].login}).",
        evidence=evidence,
    )


def _approvers(pull: PullRequest) -> set[SeatId]:
    """Who of the others approved a pull request."""
    return {
        r.author for r in pull.reviews if r.state == "APPROVED" and r.author is not None and r.author != pull.author
    }
