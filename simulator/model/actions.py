"""What can be done on Jira, on GitHub and in the run's feed: by colleagues, by the simulator, by scripted learners.

Refuses to know how. Every action names its actor. `pack` and `unpack` turn actions into JSON values and back, so that an
agenda can rest in a database.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.model.agile import IssueChanges, IssueDraft, SprintDraft
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import IssueRef, Login, PullRef, SeatId, SprintRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Base of all actions. `actor` is the seat that acts; the service sees that person's account."""

    actor: SeatId


# --- setting up -------------------------------------------------------------------------------------------------


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


# --- on issues --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIssue(Action):
    """Change fields of an issue."""

    issue: IssueRef
    changes: IssueChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOnIssue(Action):
    """Comment on an issue."""

    issue: IssueRef
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionIssue(Action):
    """Move an issue to the status of this name."""

    issue: IssueRef
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignIssue(Action):
    """Assign an issue to a seat, or to nobody."""

    issue: IssueRef
    assignee: SeatId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankIssue(Action):
    """Rank an issue before another one; `before` None means first of its sprint."""

    issue: IssueRef
    before: IssueRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveIssue(Action):
    """Move an issue into a sprint, or to the backlog when `sprint` is None."""

    issue: IssueRef
    sprint: SprintRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIssues(Action):
    """Link two issues: `issue` <link> `other`, `link` being the outward words of a link type, such as `blocks`."""

    issue: IssueRef
    link: str
    other: IssueRef


# --- on code ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PushCommit(Action):
    """Commit file changes on a branch and push it, creating the branch from `base` if it is new."""

    branch: str
    message: str
    files: tuple[FileChange, ...]
    base: str = "main"
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteBranch(Action):
    """Delete a branch."""

    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPullRequest(Action):
    """Open a pull request. Binds `pull:<ref>` to its number."""

    ref: PullRef
    branch: str
    title: str
    body: str
    base: str = "main"
    draft: bool = False
    reviewers: tuple[SeatId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReview(Action):
    """Ask people to review a pull request."""

    pull: PullRef
    reviewers: tuple[SeatId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReview(Action):
    """Review a pull request, with remarks on lines."""

    pull: PullRef
    verdict: ReviewVerdict
    body: str
    remarks: tuple[ReviewRemark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOnPullRequest(Action):
    """Comment on the conversation of a pull request."""

    pull: PullRef
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPullRequest(Action):
    """Change title or body of a pull request; None leaves it alone."""

    pull: PullRef
    title: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePullRequest(Action):
    """Merge a pull request; with `if_possible` a refusal (conflict, protection) is no failure. May delete the branch."""

    pull: PullRef
    method: MergeMethod = MergeMethod.SQUASH
    title: str | None = None
    delete_branch: bool = True
    if_possible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePullRequest(Action):
    """Close a pull request without merging it."""

    pull: PullRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCheck(Action):
    """Report a finished check run on the tip of a branch."""

    branch: str
    name: str
    conclusion: str
    summary: str = ""


# --- in the run itself ------------------------------------------------------------------------------------------


class Channel(StrEnum):
    """Where a note of the run's feed was said."""

    STAND_UP = "stand-up"
    CHAT = "chat"
    MAIL = "mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNote(Action):
    """Say something in the run's feed."""

    channel: Channel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWhenRead(Action):
    """A teammate looks at a pull request now and decides on its state of this moment.

    Resolved by `plan.teammates` into a `SubmitReview`, or into nothing when there is nothing to say.
    `max_changed_lines` and `tests_required` are what this reviewer asks for.
    """

    pull: PullRef
    max_changed_lines: int = 400
    tests_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRun(Action):
    """The story is over: the final scorecard is written."""


def _all_actions() -> dict[str, type[Action]]:
    # From the module and not from __subclasses__, which also lists the classes that `slots=True` replaced.
    return {name: kind for name, kind in globals().items() if isinstance(kind, type) and issubclass(kind, Action)}


def pack(action: Action) -> dict[str, Any]:
    """The action as JSON values, with its class name under `do`."""
    return {
        "do": type(action).__name__,
        **{f.name: _plain(getattr(action, f.name)) for f in dataclasses.fields(action)},
    }


def unpack(packed: Mapping[str, Any]) -> Action:
    """The action that `pack` made these values of. Raises KeyError for an unknown kind, TypeError for wrong fields."""
    kind = _all_actions()[packed["do"]]
    return typing.cast(Action, _rebuild(kind, {name: value for name, value in packed.items() if name != "do"}))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _rebuild(annotation: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _rebuild(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(_rebuild(arguments[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {name: _rebuild(arguments[1], item) for name, item in value.items()}
    if isinstance(annotation, typing.NewType):
        return value
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        hints = typing.get_type_hints(annotation)
        return annotation(**{name: _rebuild(hints[name], item) for name, item in value.items()})
    if annotation is datetime:
        return datetime.fromisoformat(value)
    return annotation(value) if isinstance(annotation, type) and issubclass(annotation, StrEnum) else value
