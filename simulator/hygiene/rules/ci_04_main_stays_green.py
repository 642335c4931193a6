"""CI-04: a merge does not break the default branch."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.advice import begin
from simulator.hygiene.checks_state import GOOD
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import MERGED_PULLS
from simulator.model.history import CheckRun, History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_MENDED = 0.5


class GreenMainOptions(Options):
    """What may be set."""

    mend_hours: float = Field(
        default=1, ge=0.25, le=16, description="working hours in which a mend or revert earns half"
    )


@rule(
    code="CI-04",
    name="main-stays-green",
    about=MERGED_PULLS,
    severity=Severity.HIGH,
    target=1.0,
    quota=0,
    options=GreenMainOptions(),
)
def main_stays_green(pull: PullRequest, history: History, options: GreenMainOptions) -> Verdict:
    """The checks of the default branch are green after a merge.

    What it checks
    --------------
    The last run of each check on the commit that the merge made. Red ones count only when the default branch was green before,
    so that nobody answers for what was broken already.

    Why it matters
    --------------
    A red trunk stops the whole team: nobody can merge, and nobody knows whose mistake they see.

    Example
    -------
    Good: merged, and `tests` green on the new commit

    Bad: two changes that were green apart and red together, left until tomorrow

    How to fix
    ----------
    Mend it forward or revert it within the hour: half credit.

    References
    ----------
    - https://dora.dev/capabilities/trunk-based-development/
    - https://github.com/ossf/scorecard/blob/main/docs/checks.md#ci-tests
    """
    landed = [landing.sha for landing in history.landings_of.get(pull.number, ())]
    runs = {run.name: run for sha in landed for run in history.checks_of.get(sha, ())}
    if not runs or pull.merged_at is None:
        return Skip(reason=f"no check ran on what #{pull.number} landed")
    red = [run for run in runs.values() if run.conclusion not in GOOD]
    evidence: Measures = {"checks": len(runs), "red": len(red), "limit": 0}
    if not red:
        return Pass(message=f"#{pull.number} left the default branch green", evidence=evidence)
    if _was_red_before(red, pull.merged_at, history):
        return Skip(reason=f"the default branch was red before #{pull.number}")
    green_at = _green_again(red, history)
    in_time = green_at is not None and history.working_hours(red[0].at, green_at) <= options.mend_hours
    names = ", ".join(run.name for run in red[:3])
    return Breach(
        message=f"{names} failed on {history.default_branch} after the merge of #{pull.number}."
        + (" It was green again within the hour: half credit." if in_time else ""),
        how_to_fix=_how_to_fix(pull, history) if green_at is None else "Bring a branch up to date before you merge it.",
        credit=_MENDED if in_time else 0.0,
        repair=Repair.PARTIAL if green_at is None else Repair.NONE,
        repaired=green_at is not None,
        evidence=evidence,
        at=red[0].at,
    )


def _of_main(history: History, name: str) -> list[CheckRun]:
    runs = (run for sha in history.landed for run in history.checks_of.get(sha, ()) if run.name == name)
    return sorted(runs, key=lambda run: run.at)


def _was_red_before(red: list[CheckRun], merged_at: datetime, history: History) -> bool:
    before = ([run for run in _of_main(history, one.name) if run.at <= merged_at][-1:] for one in red)
    return any(last and last[0].conclusion not in GOOD for last in before)


def _green_again(red: list[CheckRun], history: History) -> datetime | None:
    """When all of them were green on the default branch again."""
    ends = []
    for one in red:
        later = [run.at for run in _of_main(history, one.name) if run.at > one.at and run.conclusion in GOOD]
        if not later:
            return None
        ends.append(min(later))
    return max(ends)


def _how_to_fix(pull: PullRequest, history: History) -> str:
    main = history.default_branch
    return (
        f"Press Revert at {pull.url}, or mend it now on a branch, run the tests and open a pull request:\n"
        f"{begin(f'fix/green-{main}', main)}"
    )
