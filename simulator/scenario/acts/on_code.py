"""Acts on branches, pull requests and checks, and what a commit is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from simulator.errors import Problem, ScenarioError
from simulator.model import actions as model
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import PullRef, SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import (
    BranchName,
    FolderPath,
    NewPullId,
    Part,
    PersonRef,
    PullId,
    ShortText,
    Text,
    Written,
)
from simulator.scenario.patches import inside, read_patch
from simulator.scenario.values import Unreadable

_NAME = r"(?!\.{1,2}(?:/|$))(?!\.git(?:/|$))[^/\x00-\x1f\\]+"
FilePath = Annotated[
    str,
    StringConstraints(max_length=300),
    Written(rf"{_NAME}(?:/{_NAME})*", "a path in the repository", "relative, with forward slashes: payments/money.py"),
]


class CommitPart(Part):
    """One commit: a message, and files from a patch folder, written out, or deleted."""

    message: Text
    patch: FolderPath | None = None
    """Folder of whole new files, by their paths in the repository."""
    files: dict[FilePath, str] = Field(default_factory=dict)
    """Files written out here: path → content."""
    delete: tuple[FilePath, ...] = ()

    @model_validator(mode="after")
    def _has_changes(self) -> CommitPart:
        if not (self.patch or self.files or self.delete):
            raise Unreadable("this commit changes nothing", "give it `patch`, `files` or `delete`")
        return self

    def changes(self, folder: Path) -> tuple[FileChange, ...]:
        """All file changes of the commit. Raises ScenarioError for a patch folder that cannot be used any more."""
        try:
            patched = read_patch(inside(folder, self.patch)) if self.patch else ()
        except Unreadable as exc:
            raise ScenarioError((Problem(str(folder), 1, 1, str(exc), exc.hint),)) from exc
        written = tuple(FileChange(path=path, content=content) for path, content in self.files.items())
        return patched + written + tuple(FileChange(path=path, content=None) for path in self.delete)


class Push(Act, CommitPart):
    """Commit on a branch and push it; a new branch begins at `base`."""

    do: Literal["push"]
    branch: BranchName
    base: BranchName | None = None
    """Left out: the default branch."""
    force: bool = False

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        commit = model.PushCommit(
            actor=who,
            branch=self.branch,
            message=self.message,
            files=self.changes(place.folder),
            base=self.base or place.default_branch,
            force=self.force,
        )
        return (commit,)


class DeleteBranch(Act):
    """Delete a branch."""

    do: Literal["delete_branch"]
    branch: BranchName

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.DeleteBranch(actor=who, branch=self.branch),)


class OpenPullRequest(Act):
    """Open a pull request; texts name it as `{pull:id}` from then on."""

    do: Literal["open_pull_request"]
    pull: NewPullId
    branch: BranchName
    title: ShortText
    body: Text = " "
    base: BranchName | None = None
    draft: bool = False
    reviewers: tuple[PersonRef, ...] = ()

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        opened = model.OpenPullRequest(
            actor=who,
            ref=PullRef(self.pull),
            branch=self.branch,
            title=self.title,
            body=self.body.strip(),
            base=self.base or place.default_branch,
            draft=self.draft,
            reviewers=tuple(SeatId(seat) for seat in self.reviewers),
        )
        return (opened,)


class EditPullRequest(Act):
    """Change title or body of a pull request."""

    do: Literal["edit_pull_request"]
    pull: PullId
    title: ShortText | None = None
    body: Text | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.EditPullRequest(actor=who, pull=PullRef(self.pull), title=self.title, body=self.body),)


class RequestReview(Act):
    """Ask people to review a pull request."""

    do: Literal["request_review"]
    pull: PullId
    reviewers: tuple[PersonRef, ...] = Field(min_length=1)

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        reviewers = tuple(SeatId(seat) for seat in self.reviewers)
        return (model.RequestReview(actor=who, pull=PullRef(self.pull), reviewers=reviewers),)


class RemarkPart(Part):
    """A remark on one line of the new side of a changed file."""

    path: FilePath
    line: Annotated[int, Field(ge=1)]
    text: Text


class Review(Act):
    """Review a pull request."""

    do: Literal["review"]
    pull: PullId
    verdict: Literal["approve", "request_changes", "comment"]
    text: Text
    remarks: tuple[RemarkPart, ...] = ()

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        remarks = tuple(ReviewRemark(path=r.path, line=r.line, body=r.text) for r in self.remarks)
        verdict = ReviewVerdict(self.verdict.upper())
        return (
            model.SubmitReview(actor=who, pull=PullRef(self.pull), verdict=verdict, body=self.text, remarks=remarks),
        )


class Merge(Act):
    """Merge a pull request; with `if_possible` a refusal is no failure."""

    do: Literal["merge"]
    pull: PullId
    method: Literal["squash", "merge", "rebase"] = "squash"
    title: ShortText | None = None
    delete_branch: bool = True
    if_possible: bool = False

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        merge = model.MergePullRequest(
            actor=who,
            pull=PullRef(self.pull),
            method=MergeMethod(self.method),
            title=self.title,
            delete_branch=self.delete_branch,
            if_possible=self.if_possible,
        )
        return (merge,)


class ClosePullRequest(Act):
    """Close a pull request without merging it."""

    do: Literal["close_pull_request"]
    pull: PullId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.ClosePullRequest(actor=who, pull=PullRef(self.pull)),)


class ReportCheck(Act):
    """Report a finished check on the tip of a branch."""

    do: Literal["report_check"]
    branch: BranchName
    name: ShortText
    conclusion: Literal["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"]
    summary: Text = " "

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        check = model.ReportCheck(
            actor=who, branch=self.branch, name=self.name, conclusion=self.conclusion, summary=self.summary.strip()
        )
        return (check,)
