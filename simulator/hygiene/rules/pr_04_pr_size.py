"""PR-04: pull requests are small."""

from __future__ import annotations

import shlex
from datetime import datetime

from pydantic import Field

from simulator.hygiene.advice import begin
from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Verdict


class SizeOptions(Options):
    """What may be set."""

    good_lines: int = Field(default=200, ge=20, le=2000, description="changed lines that still earn 0.9")
    mid_lines: int = Field(default=400, ge=40, le=4000, description="changed lines that earn 0.5; more than good_lines")


@rule(
    code="PR-04",
    name="pr-size",
    about=READY_PULLS,
    severity=Severity.HIGH,
    target=0.8,
    quota=1,
    essential=True,
    options=SizeOptions(),
)
def pr_size(pull: PullRequest, history: History, options: SizeOptions) -> Verdict:
    """A pull request is small enough to be read in one sitting.

    What it checks
    --------------
    Added and removed lines when a review was first asked for, and not more than when the first review came. Lock files,
    generated, vendored and binary files and changes of white space are left out; a deleted file counts one line. 200 lines earn
    0.9, 400 half, 600 0.23, 1000 0.05.

    Why it matters
    --------------
    Beyond 200 to 400 lines reviewers find far fewer defects; small changes are read sooner, merged sooner, reverted easily.

    Example
    -------
    Good: 120 lines, one purpose

    Bad: 900 lines that bring an endpoint, a new ledger and a reformatted package

    How to fix
    ----------
    Split it before the review: move what stands by itself to a branch of its own, and open a pull request of each.

    References
    ----------
    - https://smartbear.com/learn/code-review/best-practices-for-peer-code-review/
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    """
    asked, reviewed = _asked_at(pull), _reviewed_at(pull)
    lines = _lines(pull, asked, reviewed)
    if lines is None:
        return NotAvailable(
            reason=f"the diff of #{pull.number} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    credit = curve(lines, good=options.good_lines, mid=options.mid_lines)
    evidence: Measures = {"changed lines": lines, "limit": options.good_lines}
    if lines <= options.good_lines:
        return Pass(message=f"#{pull.number} changes {lines} lines", credit=credit, evidence=evidence)
    can_split = reviewed is None and pull.merged_at is None
    return Breach(
        message=f"#{pull.number} changes {lines} lines by hand, {options.good_lines} is the aim.",
        how_to_fix=_how_to_fix(pull, history, can_split=can_split),
        credit=credit,
        repair=Repair.SAFE if can_split else Repair.NONE,
        evidence=evidence,
        at=asked or pull.opened_at,
    )


def _asked_at(pull: PullRequest) -> datetime | None:
    return min((request.at for request in pull.requests), default=None)


def _reviewed_at(pull: PullRequest) -> datetime | None:
    others = [review.at for review in pull.reviews if review.author != pull.author]
    return min(others, default=None)


def _lines(pull: PullRequest, asked: datetime | None, reviewed: datetime | None) -> int | None:
    """Size at the first request; smaller if it was split before anybody reviewed it; as it stands when nobody was asked."""
    if not pull.heads:
        return None
    gates = [gate for gate in (asked, reviewed) if gate is not None]
    if reviewed is None:
        gates.append(pull.merged_at or pull.heads[-1].at)
    sizes = [head.lines for gate in gates if (head := pull.head_at(gate)) is not None and head.lines > 0]
    return min(sizes, default=pull.heads[-1].lines)


def _how_to_fix(pull: PullRequest, history: History, *, can_split: bool) -> str:
    if not can_split:
        return "Open the next pull request when the first step of the issue works, at about 200 lines."
    head = shlex.quote(pull.head)
    return (
        f"{begin(f'{pull.head}-1', history.default_branch)} && git checkout -p {head}\n"
        f"Commit the part that stands by itself, push it and open it as a pull request; then rebase {head} on it "
        "and force-push it, so that only the rest remains here."
    )
