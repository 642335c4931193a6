"""The calls of a plan in their order: when, who, on which service, and what changes by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.model import actions as do
from simulator.model.actions import in_the_run, on_issues
from simulator.plan.calendar import in_words
from simulator.plan.dry_run.mirror import Change, Mirror
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction

_ON_JIRA = (do.CreateProject, do.CreateIssues, do.CreateSprint, do.StartSprint, do.CloseSprint)
_BY_GIT = (do.PushCommit, do.DeleteBranch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One action of the plan; `at` is local time in the scenario's zone. `diff` is a unified diff of its files, if it has any."""

    id: str
    day: int
    at: datetime
    who: str
    service: str
    what: str
    changes: tuple[Change, ...]
    diff: str


def calls(scenario: LoadedScenario, timed: Iterable[TimedAction]) -> Iterator[Call]:
    """What each action of a plan changes, given all that were before it."""
    mirror = Mirror()
    for each in timed:
        effect = mirror.take(each.action)
        yield Call(
            id=each.id,
            day=scenario.calendar.day_number(scenario.first_day, each.at),
            at=each.at.astimezone(scenario.calendar.zone),
            who=scenario.roster[each.action.actor].name,
            service=service_of(each.action),
            what=in_words(each.action),
            changes=effect.changes,
            diff=effect.diff,
        )


def service_of(action: do.Action) -> str:
    """Where an action takes place: Jira, GitHub, git, or the run itself."""
    kind = type(action)
    if kind.__module__ == on_issues.__name__ or isinstance(action, _ON_JIRA):
        return "Jira"
    if isinstance(action, _BY_GIT):
        return "git"
    return "the run" if kind.__module__ == in_the_run.__name__ else "GitHub"
