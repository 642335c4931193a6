"""Facts of one topic branch to its view.

Refuses to know other branches. A branch that is deleted and made again under its name is the same one.
"""

from __future__ import annotations

from datetime import datetime

from simulator.model.facts import Fact, FactKind
from simulator.model.history.code import UNPLANNED, Branch, Commit, Push
from simulator.model.history.pulls import PullRequest
from simulator.model.history.reading import ItemOf, is_nothing
from simulator.model.keys import Sha


class BranchReplay:
    """Collects a branch's facts, then freezes it. `rank` orders branches by their first fact, as instants may be equal."""

    def __init__(self, first: Fact, *, rank: int) -> None:
        self.rank = rank
        self.name = first.subject_name
        self.created_at = first.at
        self.tips: list[Sha] = []
        self.deleted_at: datetime | None = None
        self._first = first
        self._pushes: list[Push] = []
        self._is_new = True
        self._told: tuple[object, ...] = ()

    def add(self, fact: Fact) -> None:
        """Take in one more fact about this branch."""
        self._is_new = True
        if fact.kind is FactKind.BRANCH_DELETED:
            self.deleted_at = fact.at
            return
        self.deleted_at = None
        tip = fact.detail.get("sha" if fact.kind is FactKind.BRANCH_CREATED else "after")
        if not is_nothing(tip):
            self.tips.append(Sha(str(tip)))
        if fact.kind is FactKind.PUSHED:
            self._pushes.append(_push(fact))

    def freeze(
        self,
        commits: tuple[Commit, ...],
        pulls: tuple[PullRequest, ...],
        heir: BranchReplay | None,
        item_of: ItemOf,
        *,
        before: Branch | None,
    ) -> Branch:
        """The branch, whole. Its name tells its work item, else its pull requests, its commits, or its new name do.

        `before` is how it was when the same issues existed; it is given back where nothing is different.
        """
        told = tuple((pull.number, pull.item) for pull in pulls), heir.name if heir else None, commits
        if before is not None and not self._is_new and told == self._told:
            return before
        self._is_new, self._told = False, told
        item = item_of([self.name])
        if item == UNPLANNED:
            item = next((pull.item for pull in pulls if pull.item != UNPLANNED), UNPLANNED)
        if item == UNPLANNED:
            item = item_of([*(commit.message for commit in commits), heir.name if heir else ""])
        return Branch(
            name=self.name,
            url=self._first.url,
            author=self._first.actor,
            item=item,
            created_at=self.created_at,
            pushes=tuple(self._pushes),
            tips=tuple(self.tips),
            deleted_at=self.deleted_at,
            commits=commits,
            pulls=tuple(pull.number for pull in pulls),
            replaced_by=heir.name if heir else None,
        )


def _push(fact: Fact) -> Push:
    return Push(
        at=fact.at,
        actor=fact.actor,
        before=str(fact.detail.get("before") or ""),
        after=Sha(str(fact.detail.get("after") or "")),
        forced=bool(fact.detail.get("forced")),
        url=fact.url,
    )
