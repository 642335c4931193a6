"""What makes a project, a repository and its sprints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.actions.action import Action
from simulator.model.agile import IssueDraft, SprintDraft
from simulator.model.keys import IssueRef, Login, SeatId, SprintRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateRepository(Action):
    """Create the repository and push the starter code from `starter` (absolute folder path) as one commit on `branch`."""

    owner: Login
    name: str
    description: str
    private: bool
    starter: str
    branch: str = "main"
    message: str = "chore: starter code"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCollaborators(Action):
    """Give people access to the repository: seat → pull, push, maintain or admin."""

    permissions: Mapping[SeatId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLabels(Action):
    """Create the repository's labels: name → colour (six hexadecimal digits)."""

    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectBranch(Action):
    """Protect a branch: pull requests only, so many approvals, these status checks."""

    branch: str
    approvals: int = 1
    checks: tuple[str, ...] = ()
    dismiss_stale: bool = False
    enforce_admins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateProject(Action):
    """Create the Jira project with its board, `template` scrum or kanban. Binds `board`."""

    key: str
    name: str
    template: str = "scrum"
    lead: SeatId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIssues(Action):
    """Create issues in bulk, in order. Binds `issue:<ref>` to the key of each."""

    issues: tuple[IssueDraft, ...]
    sprint: SprintRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSprint(Action):
    """Create a sprint on the board and put issues into it. Binds `sprint:<ref>`."""

    sprint: SprintDraft
    issues: tuple[IssueRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSprint(Action):
    """Start a sprint."""

    sprint: SprintRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSprint(Action):
    """Close a sprint; unfinished issues go to `carry_to`, or to the backlog when it is None."""

    sprint: SprintRef
    carry_to: SprintRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSprint(Action):
    """Change goal or name of a sprint; None leaves it alone."""

    sprint: SprintRef
    goal: str | None = None
    name: str | None = None
