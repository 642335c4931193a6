"""IS-10: blocked work is flagged, with its reason."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import OBSTACLES, Obstacle
from simulator.model.history import History
from simulator.model.history.tracker import IssueState
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_LATE = 0.5
_BLOCKED_BY = "is blocked by "


class FlagOptions(Options):
    """What may be set. In working hours."""

    flag_hours: float = Field(default=2, ge=0.25, le=40, description="time to flag an issue that is blocked")
    reason_hours: float = Field(default=1, ge=0.1, le=40, description="time to say why it is flagged, before or after")


@rule(
    code="IS-10",
    name="blocked-is-flagged",
    about=OBSTACLES,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=FlagOptions(),
)
def blocked_is_flagged(obstacle: Obstacle, history: History, options: FlagOptions) -> Verdict:
    """An issue in progress that is blocked bears a flag, and a flag has a reason.

    What it checks
    --------------
    An issue in progress with a link “is blocked by” to an issue that is not done is flagged within two working hours. And within
    one working hour before or after a flag there is a comment, or the issue is linked as blocked.

    Why it matters
    --------------
    An obstacle that nobody sees is one that nobody clears: the flag turns the card yellow for everybody, the reason tells who can
    help.

    Example
    -------
    Good: flagged at 10:20, “no test account yet, Tom asks the provider”

    Bad: In Progress for three days, and in the review: “I was waiting for the account”

    How to fix
    ----------
    Flag it now and say what it waits for: late is worth half.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    """
    if obstacle.blocker is None:
        return _on_flag(obstacle, history, options)
    return _on_block(obstacle, history, options)


def _on_block(obstacle: Obstacle, history: History, options: FlagOptions) -> Verdict:
    issue, blocker = obstacle.issue, obstacle.blocker
    flagged_at = _flagged_at(obstacle)
    hours = history.working_hours(obstacle.since, flagged_at or obstacle.until or history.now)
    evidence: Measures = {"working hours without a flag": round(hours, 1), "limit": options.flag_hours}
    if flagged_at is None and hours <= options.flag_hours:
        return Skip(
            reason=f"{issue.key} was blocked by {blocker} for {hours:.1f} working hours; {options.flag_hours:g} are the limit"
        )
    if hours <= options.flag_hours:
        return Pass(
            message=f"{issue.key} was flagged {hours:.1f} working hours after {blocker} blocked it", evidence=evidence
        )
    lasts = flagged_at is None and obstacle.until is None
    when = "was flagged" if flagged_at else "has been blocked without a flag" if lasts else "was blocked without a flag"
    after = (
        f"{hours:.1f} working hours after {blocker} blocked it"
        if flagged_at
        else f"by {blocker} for {hours:.1f} working hours"
    )
    return Breach(
        message=f"{issue.key} {when} {after}; {options.flag_hours:g} is the limit.",
        how_to_fix=f"Add a flag to {issue.key} now, and say in a comment who can help, for half credit: {issue.url}"
        if lasts
        else "Flag the next one as soon as you wait for somebody.",
        credit=_LATE if flagged_at else 0.0,
        repair=Repair.PARTIAL if lasts else Repair.NONE,
        repaired=not lasts,
        evidence=evidence,
        at=obstacle.since,
    )


def _flagged_at(obstacle: Obstacle) -> datetime | None:
    """When it bore a flag while it was blocked, for the first time."""
    if obstacle.issue.at(obstacle.since).flagged:
        return obstacle.since
    end = obstacle.until
    return next(
        (
            at
            for at, state in obstacle.issue.states()
            if state.flagged and at > obstacle.since and (end is None or at <= end)
        ),
        None,
    )


def _on_flag(obstacle: Obstacle, history: History, options: FlagOptions) -> Verdict:
    issue, since = obstacle.issue, obstacle.since
    limit = options.reason_hours
    given_at = _reason_at(obstacle, history, options)
    hours = history.working_hours(since, given_at or obstacle.until or history.now)
    evidence: Measures = {"working hours without a reason": round(hours, 1), "limit": limit}
    if given_at is None and hours <= limit:
        return Wait(
            reason=f"the flag on {issue.key} stood for {hours:.1f} working hours; its reason is due after {limit:g}"
        )
    if hours <= limit:
        return Pass(message=f"the flag on {issue.key} has a reason", evidence=evidence)
    lasts = given_at is None and obstacle.until is None
    what = "came" if given_at else "has been missing for" if lasts else "was missing for all its"
    return Breach(
        message=f"The reason for the flag on {issue.key} {what} {hours:.1f} working hours{' later' if given_at else ''}; "
        f"{limit:g} is the limit.",
        how_to_fix=f"Say in a comment what {issue.key} waits for, or link the issue that blocks it, for half credit: {issue.url}"
        if lasts
        else "Write the reason together with the next flag.",
        credit=_LATE if given_at else 0.0,
        repair=Repair.PARTIAL if lasts else Repair.NONE,
        repaired=not lasts,
        evidence=evidence,
        at=since,
    )


def _reason_at(obstacle: Obstacle, history: History, options: FlagOptions) -> datetime | None:
    """When the reason was given: by a comment shortly before the flag or since, or by a link. None while there is none."""
    issue, since, until = obstacle.issue, obstacle.since, obstacle.until
    said = [comment.at for comment in issue.comments if comment.body.strip() and (until is None or comment.at <= until)]
    near = [at for at in said if at >= since or history.working_hours(at, since) <= options.reason_hours]
    linked = [
        max(start, since)
        for start, end in issue.spans(_is_linked)
        if (end is None or end >= since) and (until is None or start <= until)
    ]
    return min((max(at, since) for at in (*near, *linked)), default=None)


def _is_linked(state: IssueState) -> bool:
    return any(link.lower().startswith(_BLOCKED_BY) for link in state.links)
