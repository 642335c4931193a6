"""IS-15: a closed issue says how it ended."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CLOSINGS, Closing
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_FINISHED = frozenset(
    {
        *("done", "fixed", "resolved", "complete", "completed", "implemented", "delivered"),
        *("erledigt", "fertig", "gelöst", "behoben", "完了", "解決済み", "修正済み"),
    }
)
_INSTEAD = ("duplicates ", "is duplicated by ", "relates to ", "is superseded by ")


class ResolutionOptions(Options):
    """What may be set."""

    before_hours: float = Field(
        default=8, ge=0, le=80, description="working hours before the end that a reason may be given"
    )


@rule(
    code="IS-15",
    name="resolution-recorded",
    about=CLOSINGS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=ResolutionOptions(),
)
def resolution_recorded(closing: Closing, history: History, options: ResolutionOptions) -> Verdict:
    """A closed issue has a resolution, and one that was not done says why.

    What it checks
    --------------
    An issue that is done has a resolution. With another one than done or fixed (won't do, duplicate, cannot reproduce …) it also
    has a comment from the last eight working hours before the end or later, or a link to the issue that takes its place.

    Why it matters
    --------------
    Whoever asks for the same thing in half a year finds the closed issue, and must see why it was not done.

    Example
    -------
    Good: Won't Do, “the provider refunds these itself since May, see the contract”

    Bad: Won't Do, and not a word

    How to fix
    ----------
    Set the resolution, and say the reason in a comment or link the other issue with “duplicates”.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    issue, state = closing.issue, closing.issue.state
    if state.category is not StatusCategory.DONE or _closed_by(issue) != closing.seat:
        return Skip(reason=f"{issue.key} is open again, or was closed by somebody else since")
    if not state.resolution:
        if not history.records_resolutions:
            return NotAvailable(
                reason="this project's workflow records no resolutions",
                how_to_fix="Let the workflow's step to done set the resolution (in Jira a post function of the transition).",
            )
        return Breach(
            message=f"{issue.key} is {state.status} without a resolution.",
            how_to_fix=f"Set the resolution of {issue.key} (move it back and to {state.status} again): {issue.url}",
            repair=Repair.SAFE,
            evidence={"resolution": "none"},
            at=closing.at,
        )
    evidence: Measures = {"resolution": state.resolution, "reason given": _has_reason(issue, history, options)}
    if state.resolution.strip().lower() in _FINISHED or evidence["reason given"]:
        return Pass(message=f"{issue.key} is closed as {state.resolution}", evidence=evidence)
    return Breach(
        message=f"{issue.key} is closed as {state.resolution}, and neither a comment nor a link says why.",
        how_to_fix=f"Say why in a comment, or link the issue that takes its place (“duplicates”): {issue.url}",
        repair=Repair.SAFE,
        evidence=evidence,
        at=closing.at,
    )


def _closed_by(issue: Issue) -> str | None:
    closers = [
        move.actor
        for move in issue.moves()
        if move.after.category is StatusCategory.DONE and move.before.category is not StatusCategory.DONE
    ]
    return closers[-1] if closers else None


def _has_reason(issue: Issue, history: History, options: ResolutionOptions) -> bool:
    if any(link.lower().startswith(_INSTEAD) for link in issue.state.links):
        return True
    ends = [move.at for move in issue.moves() if move.after.category is StatusCategory.DONE]
    return any(
        comment.body.strip()
        and (comment.at >= ends[-1] or history.working_hours(comment.at, ends[-1]) <= options.before_hours)
        for comment in issue.comments
    )
