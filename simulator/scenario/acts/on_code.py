"""Acts on branches, checks and releases, and what a commit is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from simulator.errors import Problem, ScenarioError
from simulator.model import actions as model
from simulator.model.code import CommitDraft, FileChange
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import (
    BranchName,
    FolderPath,
    Part,
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
    """Whether it replaces the branch's last own commit."""
    merges: BranchName | None = None
    """A branch that this commit merges; where both sides changed a file, the commit has to say what it holds."""
    rewrite: bool = False
    """Whether the branch begins anew at its base: what it held before leaves its history."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        files, base = self.changes(place.folder), self.base or place.default_branch
        if self.rewrite:
            draft = CommitDraft(message=self.message, files=files)
            return (model.RewriteBranch(actor=who, branch=self.branch, commits=(draft,), base=base),)
        commit = model.PushCommit(
            actor=who,
            branch=self.branch,
            message=self.message,
            files=files,
            base=base,
            force=self.force,
            merges=self.merges or "",
        )
        return (commit,)


class CreateBranch(Act):
    """Begin a branch without a commit of its own."""

    do: Literal["branch"]
    branch: BranchName
    base: BranchName | None = None
    """Left out: the default branch."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        base = self.base or place.default_branch
        return (model.CreateBranch(actor=who, branch=self.branch, base=base),)


class Rewrite(Act):
    """Replace a branch by force: what was on it leaves its history, these commits on its base take its place."""

    do: Literal["rewrite"]
    branch: BranchName
    base: BranchName | None = None
    """Left out: the default branch."""
    keep: Annotated[int, Field(ge=0, le=1000)] = 0
    """How many of the branch's own first commits stay."""
    commits: Annotated[tuple[CommitPart, ...], Field(max_length=50)] = ()
    """Without any, nothing of the branch is left but its base."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        drafts = tuple(CommitDraft(message=part.message, files=part.changes(place.folder)) for part in self.commits)
        base = self.base or place.default_branch
        return (model.RewriteBranch(actor=who, branch=self.branch, commits=drafts, base=base, after=self.keep),)


class DeleteBranch(Act):
    """Delete a branch."""

    do: Literal["delete_branch"]
    branch: BranchName

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.DeleteBranch(actor=who, branch=self.branch),)


class ReportCheck(Act):
    """Report a finished check on the tip of a branch."""

    do: Literal["report_check"]
    branch: BranchName
    name: ShortText
    conclusion: Literal["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"]
    summary: Text = " "
    log: Text | None = None
    """What the check printed, for people to read."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        check = model.ReportCheck(
            actor=who,
            branch=self.branch,
            name=self.name,
            conclusion=self.conclusion,
            summary=self.summary.strip(),
            log=self.log or "",
        )
        return (check,)


class RerunChecks(Act):
    """Ask for the checks of a branch's tip once more."""

    do: Literal["rerun_checks"]
    branch: BranchName

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.RerunCheck(actor=who, branch=self.branch),)


class Release(Act):
    """Release what a branch's tip holds, under a tag."""

    do: Literal["release"]
    tag: Annotated[
        str, StringConstraints(max_length=100), Written(r"[A-Za-z0-9][A-Za-z0-9._+/\-]*", "a tag", "such as v1.2.0")
    ]
    name: ShortText | None = None
    """Left out: the tag."""
    notes: Text = " "
    branch: BranchName | None = None
    """Left out: the default branch."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        made = model.PublishRelease(
            actor=who,
            tag=self.tag,
            name=self.name or self.tag,
            notes=self.notes.strip(),
            branch=self.branch or place.default_branch,
        )
        return (made,)
