"""SP-09: an estimate that changes in the sprint comes with a reason."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import ESTIMATES, Estimate, Reestimate
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_EXPLAINED_LATER = 0.8


class EstimateOptions(Options):
    """What may be set."""

    comment_hours: float = Field(default=1, ge=0.1, le=16, description="working hours between a change and its reason")


@rule(
    code="SP-09",
    name="stable-estimates",
    about=ESTIMATES,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=EstimateOptions(),
)
def stable_estimates(estimate: Estimate, history: History, options: EstimateOptions) -> Verdict:
    """Nobody changes an estimate in a running sprint without writing why.

    What it checks
    --------------
    For each estimated issue that was in the sprint when it started: you left its points as they were, or wrote a comment on the
    issue within a working hour of the change. A slip that is put right within that hour does not count.

    Why it matters
    --------------
    A number that moves silently bends the burndown, and the next planning learns nothing from it.

    Example
    -------
    Good: 3 to 8 points, with “the provider has no sandbox, we have to build one first”

    Bad: 8 points become 3 on the last day, without a word

    How to fix
    ----------
    Write on the issue what you learnt. Later than an hour that is worth 0.8.

    References
    ----------
    - https://www.springerprofessional.de/en/story-points-changes-in-agile-iterative-development/23356070
    """
    issue, sprint = estimate.issue, estimate.sprint
    changes = _lasting(estimate.changes, history, options)
    evidence: Measures = {
        "changes of the estimate": len(changes),
        "limit": 0,
        "hours for a reason": options.comment_hours,
    }
    silent = [change for change in changes if not _reason_near(change, estimate, history, options)]
    if not silent:
        what = f"changed in {sprint.name}, and says why" if changes else f"kept its estimate in {sprint.name}"
        return Pass(message=f"{issue.key} {what}", evidence=evidence)
    later = [_reason_after(change, estimate) for change in silent]
    done = all(later)
    is_over = sprint.closed_at is not None
    first = silent[0]
    return Breach(
        message=f"{issue.key} went from {_points(first.before)} to {_points(first.after)} in {sprint.name} without a comment "
        f"within {options.comment_hours:g} working hour{'s' if options.comment_hours != 1 else ''}"
        f"{'; the reason came later.' if done else '.'}",
        how_to_fix="Write the reason when you change the number."
        if done or is_over
        else f"Write on the issue what you learnt (worth {_EXPLAINED_LATER:g}): {issue.url}",
        credit=_EXPLAINED_LATER if done else 0.0,
        repair=Repair.NONE if done or is_over else Repair.PARTIAL,
        repaired=done,
        evidence=evidence,
        at=first.at,
    )


def _lasting(changes: tuple[Reestimate, ...], history: History, options: EstimateOptions) -> tuple[Reestimate, ...]:
    """Without those that came to nothing within the hour."""
    kept: list[Reestimate] = []
    for change in changes:
        slip = kept and kept[-1].before == change.after and kept[-1].after == change.before
        if slip and history.working_hours(kept[-1].at, change.at) <= options.comment_hours:
            kept.pop()
        else:
            kept.append(change)
    return tuple(kept)


def _reason_near(change: Reestimate, estimate: Estimate, history: History, options: EstimateOptions) -> bool:
    near = (
        history.working_hours(min(at, change.at), max(at, change.at)) <= options.comment_hours
        for at in _written(change, estimate)
    )
    return any(near)


def _reason_after(change: Reestimate, estimate: Estimate) -> bool:
    end = estimate.sprint.closed_at
    return any(at > change.at and (end is None or at <= end) for at in _written(change, estimate))


def _written(change: Reestimate, estimate: Estimate) -> list[datetime]:
    """When whoever changed it wrote something on the issue."""
    return [c.at for c in estimate.issue.comments if c.author == change.by and c.body.strip()]


def _points(points: float | None) -> str:
    return "no estimate" if points is None else f"{points:g}"
