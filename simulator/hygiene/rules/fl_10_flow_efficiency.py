"""FL-10: active time dominates waiting."""

from __future__ import annotations

from functools import lru_cache

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import FINISHED, Finished
from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.history.tracker import IssueState
from simulator.model.hygiene import Measures, Pass, Severity, Verdict

_WAITING = ("review", "wait", "block", "hold", "qa", "test", "ready", "queue")


@rule(
    code="FL-10",
    name="flow-efficiency",
    about=FINISHED,
    severity=Severity.INFO,
    target=0.4,
    quota=0,
    options=NoOptions(),
)
def flow_efficiency(finished: Finished, history: History, _: NoOptions) -> Verdict:
    """How much of the time from begun to done somebody worked on an issue. Told, not scored.

    What it checks
    --------------
    Working time in statuses in progress, less those that are a queue by their name (review, waiting, blocked, test) and less what
    was flagged, as a share of the whole time from begun to done.

    Why it matters
    --------------
    Most issues wait far longer than they are worked on; whoever wants to be faster looks at the queues first.

    Example
    -------
    Good: two days of work, one day in review: 67 %

    Bad: half a day of work, four days in review: 11 %

    How to fix
    ----------
    Nothing to mend: look where it waited, and talk about that queue at the next retrospective.

    References
    ----------
    - https://kanbanguides.org/english/
    """
    whole = history.working_hours(finished.begun, finished.done)
    active = sum(
        history.working_hours(max(since, finished.begun), min(until or finished.done, finished.done))
        for since, until in finished.issue.spans(_is_active)
    )
    share = min(1.0, active / whole) if whole else 1.0
    evidence: Measures = {"working hours active": round(active, 1), "working hours in all": round(whole, 1)}
    return Pass(
        message=f"{finished.issue.key} was worked on for {share:.0%} of its time", credit=share, evidence=evidence
    )


def _is_active(state: IssueState) -> bool:
    return state.category is StatusCategory.IN_PROGRESS and not state.flagged and not _waits(state.status)


@lru_cache(maxsize=256)
def _waits(status: str) -> bool:
    return any(word in status.lower() for word in _WAITING)
