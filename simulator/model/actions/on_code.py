"""What is done to branches and pull requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from simulator.model.actions.action import Action
from simulator.model.code import CommitDraft, FileChange, MergeMethod, ReviewRemark, ReviewVerdict, TreeRule
from simulator.model.keys import PullRef, SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class PushCommit(Action):
    """Commit file changes on a branch and push it, creating the branch from `base` if it is new.

    With `merges` the commit is a merge of that branch: what both sides changed is as `files` say.
    """

    branch: str
    message: str
    files: tuple[FileChange, ...]
    base: str = "main"
    force: bool = False
    merges: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateBranch(Action):
    """Begin a branch at the tip of another one, or at a commit that the actor has, without a commit of its own."""

    branch: str
    base: str = "main"
    commit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewriteBranch(Action):
    """Replace a branch by force: the tip of `base` and these commits on it; what was there before leaves its history.

    Without commits the branch goes back to `base`; `after` keeps so many of the branch's own first commits below the new ones.
    With `merging` nothing is forced away: the first commit merges `base` into the branch, with the files of `base` and its own.
    """

    branch: str
    commits: tuple[CommitDraft, ...] = ()
    base: str = "main"
    after: int = 0
    merging: bool = False


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
    """Review a pull request, with remarks on lines. With `head`, nothing is said unless that is its tip still."""

    pull: PullRef
    verdict: ReviewVerdict
    body: str
    remarks: tuple[ReviewRemark, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOnPullRequest(Action):
    """Comment on the conversation of a pull request."""

    pull: PullRef
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPullComment(Action):
    """Have one comment of the actor's on a pull request that begins with `mark`, whose words are `body`."""

    is_verbatim: ClassVar[bool] = True

    pull: int
    body: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToRemark(Action):
    """Reply in the thread of a remark on a line.

    `remark` is the service's number of the thread's first comment; 0 means the last thread that `by`, `path` (a shell pattern)
    and `says` (a regular expression, searched in the first comment) leave over.
    """

    pull: PullRef
    body: str
    remark: int = 0
    by: SeatId | None = None
    path: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveThread(Action):
    """Mark the thread of a remark as resolved, or with `resolved` false as open again.

    `remark` is the service's number of the thread's first comment; 0 means all threads that `by`, `path` (a shell pattern) and
    `says` (a regular expression, searched in the first comment) leave over.
    """

    pull: PullRef
    remark: int = 0
    resolved: bool = True
    by: SeatId | None = None
    path: str = ""
    says: str = ""


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
    """Report a check run on the tip of a branch, or on the commit `sha`; without a conclusion it has only begun.

    Where a file of the commit breaks one of the rules in `breaks`, the check has failed, with that rule's words for its log.
    `attempt` tells a repeated run from the first one; the run that has begun under the same attempt is the one that is ended.
    """

    branch: str
    name: str
    conclusion: str
    summary: str = ""
    sha: str = ""
    log: str = ""
    attempt: int = 1
    breaks: tuple[TreeRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunCheck(Action):
    """Ask for the checks of a branch's tip once more."""

    branch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRelease(Action):
    """Release what a branch's tip holds, under a tag."""

    tag: str
    name: str
    notes: str = ""
    branch: str = "main"
