"""Commits whose messages will stand in the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import of_pull
from simulator.model.code import ChangedFile
from simulator.model.history import Commit, History, PullRequest
from simulator.model.history.code import header_of


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCommit:
    """A commit message that will stand in the history: a pull request's commit, or the one that its squash made.

    `replaced` are the commits that a squash folded into it; empty otherwise. `files` and `lines` are those of its diff,
    lines being substantive; a squash whose diff is not known has no files, and one line.
    """

    sha: str
    message: str
    merged: bool
    pull: PullRequest
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
        return bool(self.pull.heads) and self.pull.heads[-1].sha == self.sha


def _that_stay(pull: PullRequest, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    squash = history.squashed(pull)
    if squash is None:
        yield from (_commit(pull, commit) for commit in pull.commits)
        return
    lines = 1 if pull.lines is None else pull.lines
    judged = JudgedCommit(
        sha=squash.sha,
        message=squash.message,
        merged=True,
        pull=pull,
        replaced=pull.commits,
        files=pull.heads[-1].files if pull.heads else (),
        lines=lines,
    )
    yield Opportunity(
        subject=judged,
        name=f"commit:{squash.sha}",
        url=squash.url,
        item=pull.item,
        mass=float(lines),
        seats=pull.authors(),
        at=squash.at,
    )


def _commit(pull: PullRequest, commit: Commit) -> Opportunity[JudgedCommit]:
    return Opportunity(
        subject=JudgedCommit(
            sha=commit.sha,
            message=commit.message,
            merged=pull.merged_at is not None,
            pull=pull,
            replaced=(),
            files=commit.files,
            lines=commit.lines,
            merge=commit.parents > 1,
        ),
        name=f"commit:{commit.sha}",
        url=commit.url,
        item=pull.item,
        mass=float(commit.lines),
        seats=(commit.author,) if commit.author else (),
        at=commit.at,
    )


COMMITS = Kind(
    name="commit",
    opportunity="each commit of a pull request, weighed by its substantive lines; after a squash merge, the squash commit",
    places=(Place(Source.PULLS, _that_stay),),
)


def _to_default(pull: PullRequest, history: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.base == history.default_branch:
        yield of_pull(pull, pull.merged_at or pull.opened_at)


PULLS_TO_DEFAULT = Kind(
    name="pull request to the default branch",
    opportunity="each pull request that was merged into the default branch, with at least one substantive line",
    places=(Place(Source.PULLS, _to_default),),
)
