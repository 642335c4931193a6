"""The past that a clone tells: what came to the default branch between two instants, commit by commit and merge by merge.

A clone knows commits and merges, and nothing of reviews, checks or pushes. What merge messages say of pull requests is told as
such; a commit that came by none was pushed there, or rebased: nobody can tell. See docs/decisions/0040-what-a-clone-tells.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pygit2

from simulator.adapters.clone import Clone, instant_of
from simulator.adapters.clone_commits import commit_keys, made_at, message_of
from simulator.adapters.clone_diffs import CloneDiffs
from simulator.adapters.clone_pulls import Came, pull_told
from simulator.adapters.clone_words import (
    MergeWords,
    number_of_squash,
    owner_of_head,
    title_of_squash,
    words_of_merge,
)
from simulator.model.facts import FactKind, Observation
from simulator.model.past import Past, Someone, Told

Progress = Callable[[str, int, int], None]
"""Called with what is being read, how much of it is done, and how much there is."""

MOST_COMMITS = 20_000
_MOST_OF_MERGE = 5_000
_LONGEST_MESSAGE = 100_000
_SHA = re.compile(r"[0-9a-f]{40}\Z", re.ASCII)
_FETCH = "git fetch origin '+refs/pull/*/head:refs/remotes/pull/*'"
_A_SECOND = timedelta(seconds=1)


def quiet(_what: str, _done: int, _all: int) -> None:
    """Progress that nobody wants to see."""


class ClonePast:
    """Reads the part of a clone that reached its default branch from `since` to before `until`."""

    def __init__(self, clone: Clone, *, since: datetime, until: datetime, progress: Progress = quiet) -> None:
        self._clone = clone
        self._repository = clone.repository
        self._since, self._until = since, until
        self._progress = progress
        self._diffs = CloneDiffs(clone.repository)
        self._people: dict[Someone, None] = {}
        self._known: set[pygit2.Oid] = set()
        self._heads: set[str] = set()
        self._numbers: set[int] = set()
        self._missing: list[str] = []

    def past(self) -> Past:
        """All of it. Stops at MOST_COMMITS, and says so."""
        arrivals = self._newest(self._arrivals())
        seen: list[Observation] = []
        for done, commit in enumerate(arrivals):
            self._progress("commits", done, len(arrivals))
            if len(self._known) >= MOST_COMMITS:
                self._missing.append(
                    f"only {MOST_COMMITS:,} commits were read, up to {made_at(commit):%Y-%m-%d}: choose a shorter range"
                )
                break
            seen += self._arrival(commit)
        self._progress("commits", len(arrivals), len(arrivals))
        return Past(
            observations=tuple(seen),
            people=tuple(self._people),
            default_branch=self._clone.branch,
            tells=frozenset({Told.COMMITS, Told.MERGES}),
            missing=tuple(self._told_missing()),
        )

    def further(self, shas: Iterable[str]) -> Past:
        """The commits of these names that did not reach the default branch in the range, as far as the clone holds them."""
        seen: list[Observation] = []
        absent = 0
        for sha in dict.fromkeys(shas):
            commit = self._clone.commit_of(sha) if _SHA.match(sha) else None
            absent += commit is None
            if commit is not None and commit.id not in self._known and len(self._known) < MOST_COMMITS:
                seen.append(self._committed(commit, ""))
        missing = f"commits of pull requests that are not in the clone, squashed or not merged: {absent} ({_FETCH})"
        return Past(observations=tuple(seen), people=tuple(self._people), missing=(missing,) if absent else ())

    def _told_missing(self) -> Iterator[str]:
        yield from self._missing
        if self._clone.cut_off:
            yield "the clone is shallow: what lies before its oldest commit is not known (git fetch --unshallow)"
        if self._diffs.lacking:
            what = "1 change" if self._diffs.lacking == 1 else f"{self._diffs.lacking} changes"
            yield (
                f"files of {what} are not in the clone, which is partial or damaged "
                "(clone it again without --filter, or look with git fsck)"
            )

    def _arrivals(self) -> list[pygit2.Commit]:
        """The commits of the default branch's own line that came to it in the range, oldest first."""
        found: list[pygit2.Commit] = []
        commit = self._clone.commit_of(self._clone.tip)
        while commit is not None:
            if self._since <= made_at(commit) < self._until:
                found.append(commit)
            commit = self._clone.commit_of(commit.parent_ids[0]) if commit.parent_ids else None
        return found[::-1]

    def _newest(self, arrivals: list[pygit2.Commit]) -> list[pygit2.Commit]:
        if len(arrivals) > MOST_COMMITS:
            first = arrivals[-MOST_COMMITS]
            self._missing.append(
                f"only the last {MOST_COMMITS:,} commits of the range were read, from {made_at(first):%Y-%m-%d} on: "
                "choose a shorter one"
            )
        return arrivals[-MOST_COMMITS:]

    def _arrival(self, commit: pygit2.Commit) -> Iterator[Observation]:
        if commit.id in self._clone.cut_off:
            return
        if any(self._clone.commit_of(parent) is None for parent in commit.parent_ids):
            self._missing.append(f"what {str(commit.id)[:7]} was made upon is not in the clone: look with git fsck")
        elif len(commit.parent_ids) > 1:
            yield from self._merge(commit)
        else:
            yield from self._single(commit)

    def _single(self, commit: pygit2.Commit) -> Iterator[Observation]:
        message = message_of(commit)
        number = self._new(number_of_squash(message))
        yield self._committed(commit, self._clone.branch)
        if number is not None:
            about = Came(number, head=f"pull-{number}", title=title_of_squash(message))
            yield from pull_told(self._clone, self._diffs, about, merge=commit, commits=())
        yield self._landed(commit, commit, number)

    def _merge(self, merge: pygit2.Commit) -> Iterator[Observation]:
        words = words_of_merge(message_of(merge))
        brought = self._brought(merge)
        number = self._new(words.number) if brought else None
        head = self._head_of(merge, words)
        for commit in brought:
            yield self._committed(commit, head or self._clone.branch)
        if number is not None:
            if head is not None and "~" not in head:  # git allows no such name
                self._heads.add(head)
                yield self._branch(head, brought)
            about = Came(number, head=head or f"pull-{number}", title=words.title or "")
            yield from pull_told(self._clone, self._diffs, about, merge=merge, commits=tuple(brought))
        for commit in (*brought, merge):
            yield self._landed(commit, merge, number)

    def _new(self, number: int | None) -> int | None:
        """A pull request's number, unless one came by it already: a cherry-pick keeps it, and so do commits of a rebase."""
        if number is None or number in self._numbers:
            return None
        self._numbers.add(number)
        return number

    def _head_of(self, merge: pygit2.Commit, words: MergeWords) -> str | None:
        """The name of the branch that a merge brought in; of somebody else's default branch with its owner's name.

        Names come again, in forks above all (`patch-1`): the second one of a name is known by its number too.
        """
        name = words.branch
        if name == self._clone.branch:
            owner = owner_of_head(message_of(merge))
            name = f"{owner}:{name}" if owner else None
        if name is None or name not in self._heads:
            return name
        return f"{name}~{words.number or str(merge.id)[:7]}"

    def _brought(self, merge: pygit2.Commit) -> list[pygit2.Commit]:
        """What a merge brought that was not there before, oldest first."""
        walker = self._repository.walk(
            merge.parent_ids[1], pygit2.enums.SortMode.TOPOLOGICAL | pygit2.enums.SortMode.TIME
        )
        for parent in merge.parent_ids[2:]:
            walker.push(parent)
        walker.hide(merge.parent_ids[0])
        found: list[pygit2.Commit] = []
        try:
            for commit in walker:
                if len(found) == _MOST_OF_MERGE:
                    self._missing.append(
                        f"merge {str(merge.id)[:7]} brought more than {_MOST_OF_MERGE:,} commits: the rest is left out"
                    )
                    break
                if commit.id not in self._known:  # clocks that jump may hide from a walk what came before
                    found.append(commit)
        except (KeyError, pygit2.GitError):
            self._missing.append(f"what merge {str(merge.id)[:7]} brought is not all in the clone")
        return found[::-1]

    def _committed(self, commit: pygit2.Commit, branch: str) -> Observation:
        self._known.add(commit.id)
        author = self._clone.signed(commit.author)
        self._people[author.someone()] = None
        parents = commit.parent_ids
        diff: dict[str, Any] = {"files": [], "additions": 0, "deletions": 0}
        if len(parents) < 2:
            diff = self._diffs.between(parents[0] if parents else None, commit.id)
        return Observation(
            source_id=f"git:commit:{commit.id}",
            kind=FactKind.COMMITTED,
            subject=f"commit:{commit.id}",
            account=author.account,
            url=self._clone.url_of("commit", str(commit.id)),
            recorded_at=made_at(commit),
            detail={
                **commit_keys(commit),
                "branch": branch,
                "authored_at": instant_of(commit.author.time).isoformat(),
                "author_name": author.name,
                "author_email": author.email,
                "author_known": True,
                **diff,
            },
        )

    def _landed(self, commit: pygit2.Commit, arrival: pygit2.Commit, number: int | None) -> Observation:
        return Observation(
            source_id=f"git:landed:{commit.id}",
            kind=FactKind.LANDED,
            subject=f"commit:{commit.id}",
            account=self._clone.signed(arrival.author).account,
            url=self._clone.url_of("commit", str(commit.id)),
            recorded_at=made_at(arrival),
            detail={**commit_keys(commit), "pulls": [] if number is None else [number]},
        )

    def _branch(self, name: str, commits: list[pygit2.Commit]) -> Observation:
        return Observation(
            source_id=f"git:branch:{name}:{commits[0].id}",
            kind=FactKind.BRANCH_CREATED,
            subject=f"branch:{name}",
            account=self._clone.signed(commits[0].author).account,
            url=self._clone.url_of("tree", name),
            recorded_at=min(made_at(commit) for commit in commits),
            detail={"sha": str(commits[-1].id)},
        )
