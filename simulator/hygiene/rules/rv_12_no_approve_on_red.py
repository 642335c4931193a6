"""RV-12: nobody approves what is red, or what they themselves still object to."""

from __future__ import annotations

import re
from datetime import datetime

from simulator.hygiene.checks_state import checks_at
from simulator.hygiene.pull_advice import review_with
from simulator.hygiene.reading_time import reviewed_head
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import APPROVALS, GivenReview
from simulator.hygiene.touched import touches
from simulator.model.history import History, PullRequest, Review, Thread
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_WITH_COMMENTS = re.compile(
    r"(?<!no )\b(?:comments?|remarks?|nits?|nitpicks?|minor|optional|suggestions?|follow[ -]?ups?|once|after|when|if|provided"
    r"|except|but|non-?blocking|anmerkungen|kleinigkeiten|sobald|wenn)\b|コメント|細かい|任意",
    re.IGNORECASE,
)
_MOST = 2_000
_NEXT_TIME = "Before the next approval look at the checks, and at your own open remarks."


@rule(
    code="RV-12",
    name="no-approve-on-red",
    about=APPROVALS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=NoOptions(),
)
def no_approve_on_red(given: GivenReview, history: History, _: NoOptions) -> Verdict:
    """Who approves sees green checks, and has no open remark of their own.

    What it checks
    --------------
    When you approved: whether a check of that commit had failed (of the required ones, if there are any; one that still runs is
    no failure), and whether a conversation that you had begun before was still without an answer. An approval whose text says so,
    such as "LGTM with two nits", may leave remarks open, and so may remarks that come with the approval.

    Why it matters
    --------------
    An approval says "this meets our standard". On red it says that the standard is not meant.

    Example
    -------
    Good: "Tests fail on the refund path, I will approve when they pass"

    Bad: approved while `tests` had failed

    How to fix
    ----------
    Before the merge take it back: dismiss it or request changes, or approve again when all is green. That earns all of it.

    References
    ----------
    - https://google.github.io/eng-practices/review/reviewer/speed.html
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    """
    pull, review = given.pull, given.review
    red = _red(pull, review, history)
    remarks = _open_remarks(pull, review)
    evidence: Measures = {"failed checks": len(red), "own open remarks": len(remarks), "limit": 0}
    if not red and not remarks:
        return Pass(message=f"Nothing was red or open when you approved #{pull.number}", evidence=evidence)
    over = [at for at in (pull.merged_at, pull.closed_at) if at is not None]
    if _is_taken_back(given, history, before=over[0] if over else None):
        return Pass(
            message=f"The approval of #{pull.number} was taken back, or given again when all was well",
            evidence=evidence,
        )
    return Breach(
        message=f"You approved #{pull.number} while {_what(red, remarks)}.",
        how_to_fix=_NEXT_TIME if over else _how_to_fix(pull, is_red=bool(red)),
        repair=Repair.NONE if over else Repair.SAFE,
        evidence=evidence,
        at=review.at,
    )


def _red(pull: PullRequest, review: Review, history: History) -> tuple[str, ...]:
    head = reviewed_head(pull, review)
    return checks_at(history, head.sha, review.at).bad if head else ()


def _open_remarks(pull: PullRequest, review: Review) -> list[Thread]:
    """The reviewer's earlier conversations that nobody had answered, mended or resolved."""
    if _WITH_COMMENTS.search(review.body[:_MOST]):
        return []
    own = [t for t in pull.threads if t.remark.author == review.author and t.remark.at < review.at]
    return [t for t in own if t.remark.review != review.id and not _is_answered(t, pull, review.at)]


def _is_answered(thread: Thread, pull: PullRequest, at: datetime) -> bool:
    if thread.is_resolved_at(at) or any(reply.at <= at for reply in thread.replies):
        return True
    before, now, remark = pull.head_at(thread.remark.at), pull.head_at(at), thread.remark
    return bool(before and now and touches(before, now, path=remark.path, line=remark.line))


def _is_taken_back(given: GivenReview, history: History, *, before: datetime | None) -> bool:
    """Whether it was dismissed, turned into a block, or given again with nothing red or open, in time."""
    pull, review = given.pull, given.review
    if review.dismissed_at and (before is None or review.dismissed_at <= before):
        return True
    later = [r for r in pull.reviews if r.author == review.author and r.at > review.at]
    in_time = [r for r in later if before is None or r.at <= before]
    return any(
        r.state == "CHANGES_REQUESTED"
        or (r.state == "APPROVED" and not _red(pull, r, history) and not _open_remarks(pull, r))
        for r in in_time
    )


def _what(red: tuple[str, ...], remarks: list[Thread]) -> str:
    parts = [f"{', '.join(red[:3])} had failed"] if red else []
    if remarks:
        words = " ".join(remarks[0].remark.body[:400].split())[:60]
        parts.append(f"{len(remarks)} of your own remarks had no answer, such as “{words}”")
    return " and ".join(parts)


def _how_to_fix(pull: PullRequest, *, is_red: bool) -> str:
    body = f"Approved too early: {'a check failed' if is_red else 'my remark is open'}"
    when = "when the checks are green" if is_red else "when your remark is answered"
    return f"Take it back, and approve again {when}:\n{review_with(pull, body, blocks=True)}"
