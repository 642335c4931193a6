"""The actions that set a run up: repository, people, labels, protection, project, issues, sprints; in this order."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import (
    Action,
    AddCollaborators,
    CreateIssues,
    CreateLabels,
    CreateProject,
    CreateRepository,
    CreateSprint,
    ProtectBranch,
    StartSprint,
)
from simulator.model.agile import IssueDraft, SprintDraft
from simulator.model.keys import IssueRef, Login, SeatId
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.loaded import LoadedScenario


def setup_actions(scenario: LoadedScenario) -> tuple[Action, ...]:
    """Everything that stands before the first sprint begins, all by the scenario's `admin`."""
    return (*_repository(scenario), *_project(scenario), *_sprints(scenario))


def _repository(scenario: LoadedScenario) -> Iterator[Action]:
    part, actor = scenario.spec.repository, scenario.admin
    yield CreateRepository(
        actor=actor,
        owner=Login(part.owner),
        name=part.name,
        description=part.description,
        private=part.private,
        starter=str((scenario.folder / part.folder).resolve()),
        branch=part.default_branch,
    )
    yield AddCollaborators(
        actor=actor,
        permissions={SeatId(seat): person.access for seat, person in scenario.spec.people.items() if seat != actor},
    )
    if part.labels:
        yield CreateLabels(actor=actor, labels=part.labels)
    if part.protection:
        yield ProtectBranch(
            actor=actor,
            branch=part.default_branch,
            approvals=part.protection.approvals,
            checks=part.protection.checks,
            dismiss_stale=part.protection.dismiss_stale,
            enforce_admins=part.protection.enforce_admins,
        )


def _project(scenario: LoadedScenario) -> Iterator[Action]:
    part, actor = scenario.spec.project, scenario.admin
    yield CreateProject(actor=actor, key=part.key, name=part.name, template=part.template, lead=actor)
    for issues in _generations(tuple(part.draft() for part in scenario.spec.backlog)):
        yield CreateIssues(actor=actor, issues=issues)


def _generations(issues: tuple[IssueDraft, ...]) -> Iterator[tuple[IssueDraft, ...]]:
    """Parents before their children: a bulk cannot name an issue that it creates itself."""
    made: set[IssueRef] = set()
    waiting = issues
    while waiting:
        ready = tuple(issue for issue in waiting if issue.parent is None or issue.parent in made)
        if not ready:
            ready = waiting
        yield ready
        made.update(issue.ref for issue in ready)
        waiting = tuple(issue for issue in waiting if issue.ref not in made)


def _sprints(scenario: LoadedScenario) -> Iterator[Action]:
    actor = scenario.admin
    for part, window in zip(scenario.spec.sprints, scenario.sprints, strict=True):
        draft = SprintDraft(ref=window.ref, name=part.name, goal=part.goal, start=window.start, end=window.end)
        yield CreateSprint(actor=actor, sprint=draft, issues=tuple(IssueRef(issue) for issue in part.issues))
    first = scenario.sprints[0].ref
    if not any(isinstance(event, PlanningEvent) and event.sprint == first for event in scenario.spec.story):
        yield StartSprint(actor=actor, sprint=first)  # else it starts when its planning ends: plan/compile.py
