"""SP-03: what comes into a running sprint is traded or agreed."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import islice

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SCOPE, Addition, InScope
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_URGENT = frozenset({"highest", "blocker", "critical"})
_ALARMS = frozenset({"production", "incident", "hotfix", "urgent"})
_ONE_DAY = timedelta(days=1)
_MOST_LOOKED_AT = 50


class ScopeOptions(Options):
    """What may be set."""

    free_days: float = Field(
        default=1, ge=0, le=5, description="working days after the start in which issues may come in"
    )
    most_share: float = Field(default=0.1, ge=0, le=1, description="share of the commitment that may come in unagreed")
    label: str = Field(default="unplanned-approved", max_length=60, description="label of what was agreed on")


@rule(
    code="SP-03",
    name="no-scope-creep",
    about=SCOPE,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=1,
    essential=True,
    options=ScopeOptions(),
)
def no_scope_creep(scoped: InScope, history: History, options: ScopeOptions) -> Verdict:
    """What is added after the sprint's first day is traded for something else, or agreed.

    What it checks
    --------------
    Each issue that you put into a running sprint after its first working day: on the same day as many points left it, or the
    issue bears the label `unplanned-approved` and a comment, or all that you added so is at most 10 % of what the sprint started
    with. Urgent issues that others raise meanwhile are free.

    Why it matters
    --------------
    A sprint has only so much room: what is added without a word pushes out something that somebody counts on.

    Example
    -------
    Good: PAY-9 with 3 points comes in on day 4, PAY-6 with 3 points goes back to the backlog that afternoon

    Bad: three more issues by day 5, and nothing went out

    How to fix
    ----------
    Take it out again, or trade it, on the same day; or agree on it, label it `unplanned-approved`, and write down who agreed.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    - https://jira.atlassian.com/browse/JSWSERVER-4768
    """
    key, added = scoped.issue.key, scoped.added
    if added is None:
        return Pass(message=f"{key} was in {scoped.sprint.name} when it started")
    if history.working_days(scoped.start, added.at) <= options.free_days:
        return Pass(message=f"{key} came into {scoped.sprint.name} on its first day")
    if _is_urgent(scoped, added):
        return Skip(reason=f"{key} is urgent and came up while {scoped.sprint.name} ran")
    most = scoped.committed * options.most_share
    total = _unsettled(added, scoped, history, options)
    evidence: Measures = {
        f"{scoped.unit} added": round(added.size, 1),
        f"{scoped.unit} added without a trade": round(total, 1),
        "limit": round(most, 1),
        "traded": added.traded,
    }
    if added.traded:
        return Pass(message=f"as much left {scoped.sprint.name} on the day that {key} came in", evidence=evidence)
    if _is_agreed(added, scoped, history, options):
        return Pass(message=f"{key} came in by agreement", evidence=evidence)
    if total <= most or math.isclose(total, most):
        return Pass(message=f"{key} fits into the {amount(most, scoped.unit)} that may come in", evidence=evidence)
    is_over = scoped.sprint.closed_at is not None
    return Breach(
        message=f"{key} came into {scoped.sprint.name} {history.working_days(scoped.start, added.at):.1f} working days after "
        f"its start: {amount(total, scoped.unit)} without a trade or an agreement, {most:.3g} is the limit.",
        how_to_fix="Next time take out as much as you put in, on the same day."
        if is_over
        else _how_to_fix(scoped, added, history, options),
        repair=Repair.NONE if is_over else Repair.SAFE,
        evidence=evidence,
        at=added.at,
    )


def _is_urgent(scoped: InScope, added: Addition) -> bool:
    issue = added.issue
    state = issue.at(added.at)
    raised = issue.created_at > scoped.start and issue.reporter != added.by
    return raised and (
        state.priority.lower() in _URGENT or not _ALARMS.isdisjoint(label.lower() for label in state.labels)
    )


def _unsettled(added: Addition, scoped: InScope, history: History, options: ScopeOptions) -> float:
    """What the same person has added up to then without a trade or an agreement; of very many the latest."""
    latest = islice(added.earlier(), _MOST_LOOKED_AT)
    return added.size + sum(a.size for a in latest if not _is_settled(a, scoped, history, options))


def _is_settled(added: Addition, scoped: InScope, history: History, options: ScopeOptions) -> bool:
    """Whether an earlier addition takes nothing of the room that there is."""
    if added.traded or _is_urgent(scoped, added) or _is_agreed(added, scoped, history, options):
        return True
    return history.working_days(scoped.start, added.at) <= options.free_days


def _is_agreed(added: Addition, scoped: InScope, history: History, options: ScopeOptions) -> bool:
    state = added.issue.before_close_of(scoped.sprint)
    if options.label.lower() not in {label.lower() for label in state.labels}:
        return False
    end = scoped.sprint.closed_at or history.now
    return any(c.body.strip() and added.at - _ONE_DAY <= c.at <= end for c in added.issue.comments)


def _how_to_fix(scoped: InScope, added: Addition, history: History, options: ScopeOptions) -> str:
    agree = f"label {added.issue.key} {options.label} and write on it who agreed: {added.issue.url}"
    if history.now > added.day_ends:
        return f"Ask whoever counts on the sprint; then {agree}"
    return (
        f"Today still: take {added.issue.key} out of {scoped.sprint.name} again, or take out {amount(added.size, scoped.unit)} "
        f"for it. Or {agree}"
    )
