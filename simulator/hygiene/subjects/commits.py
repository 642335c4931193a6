"""Commits whose messages will stand in the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import Commit, History, PullRequest
from simulator.model.history.code import header_of


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCommit:
    """A commit message that will stand in the history: a pull request's commit, or the one that its squash made.

    `replaced` are the commits that a squash folded into it; empty otherwise.
    """

    sha: str
    message: str
    merged: bool
    pull: PullRequest
    replaced: tuple[Commit, ...]

    @property
    def header(self) -> str:
        """The message's first line."""
        return header_of(self.message)


def _that_stay(pull: PullRequest, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    squash = history.squashed(pull)
    if squash is None:
        yield from (_commit(pull, commit) for commit in pull.commits)
        return
    judged = JudgedCommit(sha=squash.sha, message=squash.message, merged=True, pull=pull, replaced=pull.commits)
    yield Opportunity(
        subject=judged,
        name=f"commit:{squash.sha}",
        url=squash.url,
        item=pull.item,
        mass=float(1 if pull.lines is None else pull.lines),
        seats=pull.authors(),
        at=squash.at,
    )


def _commit(pull: PullRequest, commit: Commit) -> Opportunity[JudgedCommit]:
    return Opportunity(
        subject=JudgedCommit(
            sha=commit.sha, message=commit.message, merged=pull.merged_at is not None, pull=pull, replaced=()
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
