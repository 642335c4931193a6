"""PR-14: nothing is pushed after the approval."""

from __future__ import annotations

from simulator.hygiene.diff_between import lines_between
from simulator.hygiene.pull_advice import ask_review
from simulator.hygiene.reading_time import reviewed_head
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.hygiene.what_can_come import has_colleagues
from simulator.model.history import History, PullRequest, Review
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Severity, Skip, Verdict


@rule(
    code="PR-14",
    name="no-unreviewed-push",
    about=MERGED_PULLS,
    severity=Severity.HIGH,
    target=1.0,
    quota=1,
    essential=True,
    options=NoOptions(),
    expects=has_colleagues,
)
def no_unreviewed_push(pull: PullRequest, history: History, _: NoOptions) -> Verdict:
    """What was approved is what was merged.

    What it checks
    --------------
    Lines of the pull request's own diff that differ between the commit that was approved last and the one that was merged. The
    diff against the base is compared, so that a merge of the base or a rebase without changes of one's own counts nothing.

    Why it matters
    --------------
    What is pushed after the approval is read by nobody: four eyes on the first half do not help the second.

    Example
    -------
    Good: approved at 14:00, merged at 14:10

    Bad: approved at 14:00, "one small thing" of 40 lines pushed at 14:20, merged at 14:25

    How to fix
    ----------
    Ask for another look after each push. A new approval of what is merged earns all of it.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://repository.bilkent.edu.tr/items/eb456249-b19d-4c99-9dfb-6ba115f1ecb3
    """
    approval = _last_approval(pull)
    if approval is None or pull.merged_at is None:
        return Skip(reason=f"#{pull.number} was never approved; PR-11 looks at that")
    approved, merged = reviewed_head(pull, approval), pull.head_at(pull.merged_at)
    if approved is None or merged is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    lines = 0 if approved.sha == merged.sha else lines_between(approved.files, merged.files)
    evidence: Measures = {"lines after the approval": lines, "limit": 0}
    who = history.name_of(approval.author)
    if not lines:
        return Pass(message=f"#{pull.number} was merged as {who} approved it", evidence=evidence)
    return Breach(
        message=f"{lines} {'line' if lines == 1 else 'lines'} of #{pull.number} changed after {who} had approved it.",
        how_to_fix=f"Ask {who} to look at what came after the approval. Next time ask again before you merge, as with:\n"
        f"{ask_review(pull, _login(approval, history))}",
        evidence=evidence,
        at=merged.at,
    )


def _last_approval(pull: PullRequest) -> Review | None:
    """The last approval by somebody else that stood at the merge."""
    if pull.merged_at is None:
        return None
    standing = [
        review
        for review in pull.reviews
        if review.state == "APPROVED"
        and review.at <= pull.merged_at
        and review.author not in (None, *pull.authors())
        and not (review.dismissed_at and review.dismissed_at <= pull.merged_at)
    ]
    return max(standing, key=lambda review: review.at, default=None)


def _login(review: Review, history: History) -> str:
    person = history.roster.people.get(review.author) if review.author else None
    return person.login if person else "LOGIN"
