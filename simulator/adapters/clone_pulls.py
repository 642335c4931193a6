"""A pull request as its merge tells it in a clone: who wrote it, what it changed, when it was merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pygit2

from simulator.adapters.clone import Clone
from simulator.adapters.clone_commits import made_at
from simulator.adapters.clone_diffs import CloneDiffs
from simulator.model.facts import FactKind, Observation

_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Came:
    """A pull request that a message names."""

    number: int
    head: str
    title: str


def pull_told(
    clone: Clone, diffs: CloneDiffs, came: Came, *, merge: pygit2.Commit, commits: tuple[pygit2.Commit, ...]
) -> Iterator[Observation]:
    """A pull request as its merge tells it: who wrote it, what it changed, when it was merged."""
    first = commits[0] if commits else merge
    opened = min(made_at(commits[-1]) if commits else made_at(merge), made_at(merge) - _A_SECOND)
    head_sha = str(commits[-1].id if commits else merge.id)
    told = _Telling(clone, came.number, clone.signed(first.author).account)
    yield told(
        FactKind.PULL_REQUEST_OPENED,
        opened,
        {
            "title": came.title,
            "body": "",
            "draft": False,
            "head": came.head,
            "base": clone.branch,
            "head_sha": head_sha,
        },
    )
    diff = diffs.between(merge.parent_ids[0] if merge.parent_ids else None, merge.id)
    listed = [str(commit.id) for commit in commits]
    yield told(FactKind.PULL_REQUEST_HEAD, opened, {"head_sha": head_sha, "commits": listed, "files": diff["files"]})
    by = clone.signed(merge.author).account
    yield told(FactKind.PULL_REQUEST_MERGED, made_at(merge), {"merge_sha": str(merge.id), "head_sha": head_sha}, by=by)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Makes the observations of one pull request."""

    clone: Clone
    number: int
    author: str | None

    def __call__(self, kind: FactKind, at: datetime, detail: dict[str, Any], *, by: str | None = None) -> Observation:
        return Observation(
            source_id=f"git:{kind.value}:{self.number}",
            kind=kind,
            subject=f"pull:{self.number}",
            account=by or self.author,
            url=self.clone.url_of("pull", str(self.number)),
            recorded_at=at,
            detail=detail,
        )
