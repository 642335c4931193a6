"""What is done to branches and pull requests."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.actions.action import Action
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import PullRef, SeatId


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
