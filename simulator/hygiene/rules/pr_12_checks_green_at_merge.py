"""PR-12: checks are green at the merge."""

from __future__ import annotations

import shlex
from datetime import datetime

from pydantic import Field

from simulator.hygiene.advice import begin
from simulator.hygiene.checks_state import checks_at
from simulator.hygiene.pull_advice import with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_MENDED_AT_ONCE = 0.5


class GreenOptions(Options):
    """What may be set."""

    mend_hours: float = Field(
        default=1, ge=0.25, le=8, description="working hours in which a green commit on the default branch earns half"
    )


@rule(
    code="PR-12",
    name="checks-green-at-merge",
    about=MERGED_PULLS,
    severity=Severity.HIGH,
    target=1.0,
    quota=1,
    essential=True,
    options=GreenOptions(),
    expects=lambda history, _: bool(history.checks),
)
def checks_green_at_merge(pull: PullRequest, history: History, options: GreenOptions) -> Verdict:
    """All checks of a pull request had succeeded when it was merged.

    What it checks
    --------------
    The checks that the default branch requires, or where it requires none all that ran on the merged commit: each has ended as
    success, neutral or skipped before the merge. A check that had not ended yet counts as red.

    Why it matters
    --------------
    Whoever merges red makes everybody's next branch red, and nobody knows any more whose fault it is.

    Example
    -------
    Good: `tests` succeeded at 14:02, merged at 14:05

    Bad: merged at 14:05 while `tests` was still running, and failed at 14:08

    How to fix
    ----------
    Wait for the checks, and mend what is red on the branch. After a red merge, a green commit on the default branch within one
    working hour earns half.

    References
    ----------
    - https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#branch-protection
    """
    head = pull.head_at(pull.merged_at) if pull.merged_at else None
    if pull.merged_at is None or head is None:
        return NotAvailable(
            reason=f"what #{pull.number} held at its merge is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    state = checks_at(history, head.sha, pull.merged_at)
    if not state.is_known:
        return Skip(reason=f"no check ever ran on #{pull.number}")
    evidence: Measures = {"good": len(state.good), "failed": len(state.bad), "without a result": len(state.missing)}
    if state.is_green:
        return Pass(message=f"#{pull.number} was merged with {', '.join(state.good[:3])} green", evidence=evidence)
    mended = _mended_at(pull, pull.merged_at, history, options)
    how = " The default branch was green again within the hour: half credit." if mended else ""
    return Breach(
        message=f"#{pull.number} was merged while {state.problem()}.{how}",
        how_to_fix=_next_time(pull) if mended or _is_late(pull, history, options) else _how_to_fix(pull, history),
        credit=_MENDED_AT_ONCE if mended else 0.0,
        repair=Repair.NONE if mended or _is_late(pull, history, options) else Repair.PARTIAL,
        repaired=mended is not None,
        evidence=evidence,
        at=pull.merged_at,
    )


def _mended_at(pull: PullRequest, merged_at: datetime, history: History, options: GreenOptions) -> datetime | None:
    """When a later commit on the default branch was green in time."""
    for landing in history.landings:
        if landing.at <= merged_at or pull.number in landing.pulls:
            continue
        runs = history.checks_of.get(landing.sha, ())
        last = max((run.at for run in runs), default=None)
        if last is None or history.working_hours(merged_at, last) > options.mend_hours:
            continue
        if checks_at(history, landing.sha, last).is_green:
            return last
    return None


def _is_late(pull: PullRequest, history: History, options: GreenOptions) -> bool:
    return pull.merged_at is not None and history.working_hours(pull.merged_at, history.now) > options.mend_hours


def _how_to_fix(pull: PullRequest, history: History) -> str:
    main = history.default_branch
    return (
        f"Mend {shlex.quote(main)} within the hour, for half credit: {pull.url}/checks shows what failed. Press Revert at "
        f"{pull.url}, or mend it on a branch and open a pull request:\n{begin(f'fix/green-{main}', main)}"
    )


def _next_time(pull: PullRequest) -> str:
    return with_gh(pull, "Look at the checks before you press merge", "gh pr checks NUMBER --watch")
