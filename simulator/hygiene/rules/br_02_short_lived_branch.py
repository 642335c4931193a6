"""BR-02: branches live two days."""

from __future__ import annotations

import shlex
from datetime import datetime

from pydantic import Field

from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BRANCHES
from simulator.model.history import Branch, History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Skip, Verdict, Wait

_SUPERSEDED = 0.5


class BranchAgeOptions(Options):
    """What may be set."""

    good_days: float = Field(default=2, ge=0.25, le=10, description="working days that still earn 0.9")
    mid_days: float = Field(default=4, ge=0.5, le=30, description="working days that earn 0.5; more than good_days")


@rule(
    code="BR-02",
    name="short-lived-branch",
    about=BRANCHES,
    severity=Severity.MEDIUM,
    target=0.8,
    quota=1,
    essential=True,
    options=BranchAgeOptions(),
)
def short_lived_branch(branch: Branch, history: History, options: BranchAgeOptions) -> Verdict:
    """A topic branch lives about two working days from its first commit to its merge.

    What it checks
    --------------
    Working days from the branch's creation, or its first commit if that is older, to the merge. A branch that is not merged
    is judged when it is deleted, closed, or older than the limit, and at the end of the sprint.

    Why it matters
    --------------
    A branch that lives long is work that nobody else can see, use or test, and each day makes its merge harder.

    Example
    -------
    Good: begun on Monday at 10:00, merged on Tuesday at 15:00

    Bad: begun on Monday, merged on Friday of the week after

    How to fix
    ----------
    Cut the next step smaller, and merge what is useful by itself. A branch that was closed in favour of smaller, merged pull
    requests earns at least half.

    References
    ----------
    - https://trunkbaseddevelopment.com/short-lived-feature-branches/
    - https://dora.dev/capabilities/trunk-based-development/
    """
    if branch.replaced_by:
        return Skip(reason=f"renamed to {branch.replaced_by}; judged there")
    pulls = [history.pulls[number] for number in branch.pulls]
    end, what = _end(branch, pulls, history)
    days = history.working_days(branch.started_at, end)
    evidence: Measures = {"working days": round(days, 2), "limit": options.good_days}
    credit = curve(days, good=options.good_days, mid=options.mid_days)
    if days <= options.good_days:
        if what == "open" and not history.is_over:
            return Wait(reason=f"open for {days:.1f} working days; judged at its merge or after {options.good_days:g}")
        return Pass(message=f"{branch.name} lived {days:.1f} working days", credit=credit, evidence=evidence)
    superseded = what == "closed" and any(_is_superseded(pull, history) for pull in pulls)
    return Breach(
        message=f"Branch {branch.name} {'is' if what == 'open' else 'was'} {what} after {days:.1f} working days, "
        f"{options.good_days:g} is the aim.",
        how_to_fix=_how_to_fix(branch, what, history),
        credit=max(credit, _SUPERSEDED) if superseded else credit,
        repaired=what != "open",
        evidence=evidence,
        at=end,
    )


def _end(branch: Branch, pulls: list[PullRequest], history: History) -> tuple[datetime, str]:
    merged = [pull.merged_at for pull in pulls if pull.merged_at]
    if merged:
        return max(merged), "merged"
    closed = [pull.closed_at for pull in pulls if pull.closed_at]
    if closed and len(closed) == len(pulls):
        return max(closed), "closed"
    if branch.deleted_at:
        return branch.deleted_at, "deleted"
    return min(history.now, history.sprint_end), "open"


def _is_superseded(pull: PullRequest, history: History) -> bool:
    return any(
        other.merged_at is not None and other.merged_at > pull.opened_at and (other.lines or 0) < (pull.lines or 0)
        for other in history.merged_for.get(pull.item, ())
    )


def _how_to_fix(branch: Branch, what: str, history: History) -> str:
    if what != "open":
        return "Split the next issue into steps that can be merged within two days."
    main = shlex.quote(f"origin/{history.default_branch}")
    return (
        f"Merge {shlex.quote(branch.name)} today; each further day costs more. Or cherry-pick what works to a branch of its own, "
        f"and open that: git switch -c a-smaller-step {main}"
    )
