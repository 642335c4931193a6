"""Intents on code besides doing an issue: too large a change, a settled conflict, a revert, a secret taken out of history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from simulator.scenario.acts.on_code import CommitPart, FilePath, Push, RerunChecks, Rewrite
from simulator.scenario.acts.on_issues import Note
from simulator.scenario.acts.on_pulls import Merge, OpenPullRequest
from simulator.scenario.intents.intent import Intent, Reason, StepPart, Title
from simulator.scenario.part import BranchName, FolderPath, IssueId, NewPullId, PersonRef, ShortText, Text


class PushLargeChange(Intent):
    """Push more lines than anybody can read, without tests, and open a pull request for them."""

    intend: Literal["push_large_change"]
    branch: BranchName
    pull: NewPullId
    title: ShortText
    lines: Annotated[int, Field(ge=1, le=20_000)] = 900
    path: FilePath = "legacy/tables.py"
    message: Text = "wip"

    @override
    def steps(self) -> Iterator[StepPart]:
        rows = "".join(f"ROW_{number:04} = ({number}, {number * 7 % 1000})\n" for number in range(1, self.lines + 1))
        push = Push(do="push", branch=self.branch, message=self.message, files={self.path: rows})
        opened = OpenPullRequest(do="open_pull_request", pull=self.pull, branch=self.branch, title=self.title)
        yield self.first(push, opened)


class FixConflict(Intent):
    """Rebase a branch onto the default branch of now; the patch holds the files as both sides want them."""

    intend: Literal["fix_conflict"]
    branch: BranchName
    patch: FolderPath
    message: Text
    text: Text | None = None
    """What is said about it in the chat."""

    @override
    def steps(self) -> Iterator[StepPart]:
        commit = CommitPart(message=self.message, patch=self.patch)
        rebased = Rewrite(do="rewrite", branch=self.branch, commits=(commit,))
        said = (Note(do="note", text=self.text),) if self.text else ()
        yield self.first(rebased, *said)


class RewriteSecret(Intent):
    """Take a secret out of a branch's history: the branch begins anew at the default branch, without the secret."""

    intend: Literal["rewrite_secret"]
    branch: BranchName
    patch: FolderPath
    message: Text
    text: Text | None = None
    """What is said about it in the chat: that a new one is needed."""

    @override
    def steps(self) -> Iterator[StepPart]:
        clean = CommitPart(message=self.message, patch=self.patch)
        said = (Note(do="note", text=self.text),) if self.text else ()
        yield self.first(Rewrite(do="rewrite", branch=self.branch, commits=(clean,)), *said)


class RerunCheck(Intent):
    """Have the checks of a branch run once more, and say so."""

    intend: Literal["rerun_check"]
    branch: BranchName
    text: Text | None = None
    """What is said about it in the chat."""

    @override
    def steps(self) -> Iterator[StepPart]:
        said = (Note(do="note", text=self.text),) if self.text else ()
        yield self.first(RerunChecks(do="rerun_checks", branch=self.branch), *said)


class Revert(Intent):
    """Take a merged change back by a pull request, and say so."""

    intend: Literal["revert"]
    issue: IssueId
    pull: NewPullId
    patch: FolderPath
    """The files as they were before."""
    title: Title
    why: Reason
    reviewer: PersonRef
    text: Text
    """What the team is told in the chat."""

    @override
    def steps(self) -> Iterator[StepPart]:
        branch = f"revert/{{issue:{self.issue}}}-{self.id}"
        message = f"revert: {self.title}\n\n{self.why}\n\nRefs: {{issue:{self.issue}}}"
        push = Push(do="push", branch=branch, message=message, patch=self.patch)
        opened = OpenPullRequest(
            do="open_pull_request",
            pull=self.pull,
            branch=branch,
            title=f"revert: {self.title}",
            body=f"Part of {{issue:{self.issue}}}\n\n{self.why}",
            reviewers=(self.reviewer,),
        )
        yield self.first(push, opened, Note(do="note", text=self.text), name="open")
        merge = Merge(do="merge", pull=self.pull)
        yield self.then("merge", {"approved": self.pull}, timedelta(minutes=10), merge)
