"""PR-13: conversations are settled before the merge."""

from __future__ import annotations

from datetime import datetime

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import DISCUSSED_PULLS
from simulator.model.history import History, PullRequest, Thread
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_ANSWERED_LATE = 0.3


@rule(
    code="PR-13",
    name="conversations-resolved",
    about=DISCUSSED_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    essential=True,
    options=NoOptions(),
)
def conversations_resolved(pull: PullRequest, _history: History, _: NoOptions) -> Verdict:
    """Each conversation that a reviewer began is settled before the merge.

    What it checks
    --------------
    Of each remark on a line that somebody else made: when the pull request was merged, the conversation was resolved, or its
    last word was the author's, or a later push had changed the file that it is about.

    Why it matters
    --------------
    A remark that nobody answered is a defect that somebody saw, and that went in all the same.

    Example
    -------
    Good: three remarks; two mended by a later commit, one answered with a reason

    Bad: merged with "This loses the cents" still open

    How to fix
    ----------
    Before the merge mend or answer each remark, and resolve the conversation. An answer after the merge earns 0.3.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://google.github.io/eng-practices/review/developer/handling-comments.html
    """
    threads = _of_reviewers(pull)
    if pull.merged_at is None:
        return Wait(reason=f"#{pull.number} is not merged; judged then")
    dropped = [thread for thread in threads if not _is_settled(thread, pull, pull.merged_at)]
    evidence: Measures = {"conversations": len(threads), "left open": len(dropped), "limit": 0}
    if not dropped:
        return Pass(message=f"#{pull.number}: {_all_of(len(threads))} settled before the merge", evidence=evidence)
    late = [thread for thread in dropped if _is_answered(thread, pull)]
    credit = (len(threads) - len(dropped) + _ANSWERED_LATE * len(late)) / len(threads)
    left = [thread for thread in dropped if thread not in late]
    return Breach(
        message=_message(pull, threads, dropped, late),
        how_to_fix=_how_to_fix(left[0]) if left else _NEXT_TIME,
        credit=credit,
        repair=Repair.PARTIAL if left else Repair.NONE,
        repaired=not left,
        evidence=evidence,
        at=pull.merged_at,
    )


_NEXT_TIME = "Mended as far as it goes. Before the next merge, go through the conversations."


def _of_reviewers(pull: PullRequest) -> list[Thread]:
    """The conversations that somebody began who did not write the pull request."""
    return [t for t in pull.threads if t.remark.author is not None and t.remark.author not in pull.authors()]


def _is_settled(thread: Thread, pull: PullRequest, at: datetime) -> bool:
    said = [comment for comment in (thread.remark, *thread.replies) if comment.at <= at]
    if thread.is_resolved_at(at) or (said and said[-1].author in pull.authors()):
        return True
    return thread.remark.at <= at and _has_changed(thread, pull, at)


def _has_changed(thread: Thread, pull: PullRequest, at: datetime) -> bool:
    """Whether a push after the remark changed the file that it is about."""
    before, after = pull.head_at(thread.remark.at), pull.head_at(at)
    if before is None or after is None or before.sha == after.sha:
        return False
    old, new = ([f for f in head.files if f.path == thread.remark.path] for head in (before, after))
    return old != new


def _is_answered(thread: Thread, pull: PullRequest) -> bool:
    answered = any(reply.author in pull.authors() for reply in thread.replies)
    return answered or any(resolved for _, resolved, _ in thread.settled[-1:])


def _all_of(count: int) -> str:
    return "the one conversation was" if count == 1 else f"all {count} conversations were"


def _message(pull: PullRequest, threads: list[Thread], dropped: list[Thread], late: list[Thread]) -> str:
    remark = dropped[0].remark
    words = " ".join(remark.body.split())[:80]
    how = f" {len(late)} answered after it: 0.3 of each." if late else ""
    return (
        f"#{pull.number} was merged with {len(dropped)} of {len(threads)} conversations open, such as “{words}”.{how}"
    )


def _how_to_fix(thread: Thread) -> str:
    return f"Answer it now, or mend it in a follow-up and say where: {thread.remark.url}"
