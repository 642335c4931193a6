"""A commit as a subject: as it will stand in the history, as it was written, and those that came to the default branch alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from simulator.hygiene.subjects.kind import Opportunity
from simulator.model.code import ChangedFile
from simulator.model.history import UNPLANNED, Commit, History, PullRequest, WorkItem
from simulator.model.history.code import header_of
from simulator.model.record import record

S = TypeVar("S")


@record
class JudgedCommit:
    """A commit message that will stand in the history: a pull request's commit, or the one that its squash made.

    `pull` is None for one that came to the default branch by itself. `replaced` are the commits that a squash folded into it;
    empty otherwise. `files` and `lines` are those of its diff,
    lines being substantive; a squash whose diff is not known has no files, and one line.
    """

    sha: str
    message: str
    merged: bool
    pull: PullRequest | None
    replaced: tuple[Commit, ...]
    files: tuple[ChangedFile, ...] = ()
    lines: int = 0
    merge: bool = False
    """Whether it joins two lines of work, as `git merge` makes it."""

    @property
    def header(self) -> str:
        """The message's first line."""
        return header_of(self.message)

    @property
    def has_more(self) -> bool:
        """Whether the message goes on behind its first line."""
        return bool(self.message[len(self.header) :][:20_000].strip())

    @property
    def is_tip(self) -> bool:
        """Whether it is the last commit of its pull request."""
        return self.pull is not None and bool(self.pull.heads) and self.pull.heads[-1].sha == self.sha

    @property
    def item(self) -> WorkItem:
        """The work item that it belongs to."""
        return self.pull.item if self.pull else UNPLANNED


@record
class WrittenCommit:
    """A commit as it was written, before any squash. It can be split until somebody has reviewed it or it is merged.

    `pull` is None for one that came to the default branch by itself.
    `is_tip`: it is the last one of its pull request.
    """

    commit: Commit
    pull: PullRequest | None
    can_be_split: bool
    is_tip: bool


def alone(commit: Commit, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    """A commit that came to the default branch by itself, as the past of a clone tells."""
    if commit.parents < 2:
        judged = JudgedCommit(
            sha=commit.sha,
            message=commit.message,
            merged=True,
            pull=None,
            replaced=(),
            files=commit.files,
            lines=commit.lines,
        )
        yield _by_itself(commit, judged, history)


def _by_itself(commit: Commit, subject: S, history: History) -> Opportunity[S]:
    return Opportunity(
        subject=subject,
        name=f"commit:{commit.sha}",
        url=commit.url,
        item=next(iter(history.keys_in(commit.message)), UNPLANNED),
        mass=float(commit.lines),
        seats=(commit.author,) if commit.author else (),
        at=commit.at,
    )


def written_alone(commit: Commit, history: History) -> Iterator[Opportunity[WrittenCommit]]:
    """The same commit as it was written."""
    yield _by_itself(commit, WrittenCommit(commit=commit, pull=None, can_be_split=False, is_tip=False), history)


def alone_whatever_it_weighs(commit: Commit, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    """The same commit, an empty one too."""
    return (replace(found, mass=1.0) for found in alone(commit, history))


def alone_with_body(commit: Commit, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    """The same commit, if its message goes on behind its header."""
    return (found for found in alone(commit, history) if found.subject.has_more)
