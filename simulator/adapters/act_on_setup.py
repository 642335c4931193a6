"""How the repository, the project and its sprints are made: what each such action asks of the services."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from simulator.adapters.acting import Grounds, Way
from simulator.adapters.fill import issue_key, sprint_id
from simulator.errors import AdapterError, AuthenticationFailed, NotFound
from simulator.model import actions as do
from simulator.ports import Bindings

logger = logging.getLogger(__name__)


# The repository's owner and name are those of the connection: a run may take place under another owner than the scenario's.
def _create_repository(on: Grounds, action: do.CreateRepository, _: Bindings, again: bool) -> Bindings:
    on.forge.create_repository(action.actor, description=action.description, private=action.private, again=again)
    seed = on.git.push_folder(action.actor, Path(action.starter), branch=action.branch, message=action.message)
    on.forge.set_default_branch(action.actor, action.branch)
    return {"seed": seed}


def _add_collaborators(on: Grounds, action: do.AddCollaborators, _: Bindings, _again: bool) -> Bindings:
    on.forge.add_collaborators(action.actor, action.permissions)
    return {}


def _create_labels(on: Grounds, action: do.CreateLabels, _: Bindings, _again: bool) -> Bindings:
    on.forge.create_labels(action.actor, action.labels)
    return {}


def _protect_branch(on: Grounds, action: do.ProtectBranch, _: Bindings, _again: bool) -> Bindings:
    on.forge.protect_branch(
        action.actor,
        action.branch,
        approvals=action.approvals,
        checks=action.checks,
        dismiss_stale=action.dismiss_stale,
        enforce_admins=action.enforce_admins,
    )
    return {}


def _create_project(on: Grounds, action: do.CreateProject, _: Bindings, again: bool) -> Bindings:
    board = on.tracker.create_project(
        action.actor,
        key=action.key,
        name=action.name,
        template=action.template,
        lead=action.lead or action.actor,
        again=again,
    )
    return {"board": board}


def _create_issues(on: Grounds, action: do.CreateIssues, bindings: Bindings, again: bool) -> Bindings:
    refs = {draft.ref for draft in action.issues}
    parents = {str(d.parent): issue_key(d.parent, bindings) for d in action.issues if d.parent and d.parent not in refs}
    made = on.tracker.create_issues(action.actor, action.issues, parents=parents, again=again)
    if action.sprint is not None:
        keys = [made[draft.ref] for draft in action.issues]
        try:
            on.tracker.move_issues(action.actor, keys, sprint_id(action.sprint, bindings))
        except AdapterError as exc:  # somebody closed or deleted the sprint; the issues are there and wanted
            if exc.retryable or isinstance(exc, AuthenticationFailed):
                raise
            logger.warning("%s stay in the backlog: %s", ", ".join(keys), exc.what)
    return {f"issue:{ref}": key for ref, key in made.items()}


def _create_sprint(on: Grounds, action: do.CreateSprint, bindings: Bindings, again: bool) -> Bindings:
    board = bindings.get("board")
    if board is None:
        raise NotFound("there is no board for the sprint", service="the run", to_do="create the project first")
    keys = [issue_key(ref, bindings) for ref in action.issues]
    made = on.tracker.create_sprint(action.actor, board, action.sprint, again=again)
    on.tracker.move_issues(action.actor, keys, made)
    return {f"sprint:{action.sprint.ref}": made}


def _start_sprint(on: Grounds, action: do.StartSprint, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.start_sprint(action.actor, sprint_id(action.sprint, bindings))
    return {}


def _close_sprint(on: Grounds, action: do.CloseSprint, bindings: Bindings, _again: bool) -> Bindings:
    carry_to = None if action.carry_to is None else sprint_id(action.carry_to, bindings)
    on.tracker.close_sprint(action.actor, sprint_id(action.sprint, bindings), carry_to=carry_to)
    return {}


def _edit_sprint(on: Grounds, action: do.EditSprint, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.edit_sprint(action.actor, sprint_id(action.sprint, bindings), goal=action.goal, name=action.name)
    return {}


WAYS: Mapping[type[do.Action], Way] = {
    do.CreateRepository: _create_repository,
    do.AddCollaborators: _add_collaborators,
    do.CreateLabels: _create_labels,
    do.ProtectBranch: _protect_branch,
    do.CreateProject: _create_project,
    do.CreateIssues: _create_issues,
    do.CreateSprint: _create_sprint,
    do.StartSprint: _start_sprint,
    do.CloseSprint: _close_sprint,
    do.EditSprint: _edit_sprint,
}
