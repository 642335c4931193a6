"""PR-11: somebody else approved before the merge."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.reverts import was_relanded
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.hygiene.what_can_come import has_colleagues
from simulator.model.history import History, PullRequest, Review
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import SeatId

_REVIEWED_LATE = 0.3
_RELANDED = 0.5


class ApprovalOptions(Options):
    """What may be set."""

    approvals: int = Field(default=1, ge=1, le=6, description="approvals by different people that a merge needs")


_NEXT_TIME = "Mended as far as it goes. Wait for an approval before the next merge."


@rule(
    code="PR-11",
    name="approved-before-merge",
    about=MERGED_PULLS,
    severity=Severity.CRITICAL,
    target=1.0,
    quota=1,
    essential=True,
    options=ApprovalOptions(),
    caps_letter=True,
    expects=has_colleagues,
)
def approved_before_merge(pull: PullRequest, history: History, options: ApprovalOptions) -> Verdict:
    """Somebody who did not write it approved a pull request before it was merged.

    What it checks
    --------------
    A review that approves, by a person who neither opened the pull request nor wrote a commit of it, not dismissed, submitted
    before the merge and not followed by a request for changes of the same person. A request for changes by anybody that still
    stands counts against it. Bots do not count.

    Why it matters
    --------------
    Four eyes are the cheapest way to keep mistakes out, and the one that spreads what the team knows.

    Example
    -------
    Good: opened by you, approved by a colleague at 14:10, merged at 14:20

    Bad: opened and merged by you within ten minutes

    How to fix
    ----------
    Wait for the approval. After the merge, a review by somebody else earns 0.3, and reverting it and landing it again through a
    pull request 0.5. Until then the letter is at most C.

    References
    ----------
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://repository.bilkent.edu.tr/handle/11693/111577
    """
    if pull.merged_at is None:
        return Skip(reason="not merged")
    if not has_colleagues(history, ()):
        return Skip(reason="there is nobody else who could approve")
    standing = _standing(pull, pull.merged_at)
    approvals = [review for review in standing.values() if review.state == "APPROVED"]
    blocks = [seat for seat, review in standing.items() if review.state == "CHANGES_REQUESTED"]
    evidence: Measures = {
        "approvals": len(approvals),
        "limit": options.approvals,
        "standing requests for changes": len(blocks),
    }
    if len(approvals) >= options.approvals and not blocks:
        return Pass(message=f"#{pull.number} was approved by {history.name_of(approvals[0].author)}", evidence=evidence)
    credit, how = _repair(pull, pull.merged_at, history)
    what = f"against a request for changes by {history.name_of(blocks[0])}" if blocks else "without enough approvals"
    return Breach(
        message=f"#{pull.number} was merged {what}: {len(approvals)} of {options.approvals}." + how,
        how_to_fix=_NEXT_TIME if credit == _RELANDED else _how_to_fix(pull, history),
        credit=credit,
        repair=Repair.NONE if credit == _RELANDED else Repair.PARTIAL,
        repaired=credit > 0,
        evidence=evidence,
        at=pull.merged_at,
    )


def _standing(pull: PullRequest, until: datetime) -> dict[SeatId, Review]:
    """The latest deciding review of each other person. A plain comment leaves an approval standing, as on GitHub."""
    writers = pull.authors()
    deciding = [
        review
        for review in sorted(pull.reviews, key=lambda review: review.at)
        if review.state in {"APPROVED", "CHANGES_REQUESTED"}
        and review.at <= until
        and not (review.dismissed_at and review.dismissed_at <= until)
    ]
    return {review.author: review for review in deciding if review.author and review.author not in writers}


def _repair(pull: PullRequest, merged_at: datetime, history: History) -> tuple[float, str]:
    shas = [*(landing.sha for landing in history.landings_of.get(pull.number, ())), *filter(None, [pull.merge_sha])]
    if was_relanded(history, shas=shas, number=pull.number, item=pull.item, since=merged_at):
        return _RELANDED, " It was reverted and landed again: half credit."
    late = [r for r in pull.reviews if r.at > merged_at and r.author and r.author not in pull.authors()]
    return (_REVIEWED_LATE, " It was reviewed after the merge: 0.3 credit.") if late else (0.0, "")


def _how_to_fix(pull: PullRequest, history: History) -> str:
    reviewers = [
        person for person in history.roster if person.seat not in pull.authors() and person.seat != pull.merged_by
    ]
    asked = reviewers[0].login if reviewers else "a colleague"
    return (
        f"Ask {asked} to review #{pull.number} now, merged as it is ({pull.url}): 0.3 credit. "
        "Or press Revert there, merge that, and land the change again with an approval: 0.5."
    )
