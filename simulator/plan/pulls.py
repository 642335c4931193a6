"""A pull request as it stands, read from facts.

Refuses to judge it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulator.model.code import ChangedFile
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.ports import Bindings


class PullState(StrEnum):
    """Whether it is still open."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(slots=True, kw_only=True)
class PullStanding:
    """A pull request as facts tell it so far. `heads` are its successive tips; `files` those of the last one."""

    number: str
    author: SeatId | None
    branch: str
    draft: bool
    state: PullState = PullState.OPEN
    heads: list[str] = field(default_factory=list)
    files: tuple[ChangedFile, ...] = ()
    reviews: list[Fact] = field(default_factory=list)
    requests: list[Fact] = field(default_factory=list)
    comments: list[Fact] = field(default_factory=list)
    pushes: list[Fact] = field(default_factory=list)
    drafted: int = 0

    @property
    def head(self) -> str:
        """The tip, empty when unknown."""
        return self.heads[-1] if self.heads else ""

    @property
    def is_open(self) -> bool:
        """Whether it can be reviewed and merged."""
        return self.state is PullState.OPEN

    def reviews_by(self, seat: SeatId | None) -> tuple[Fact, ...]:
        """Somebody's reviews, oldest first."""
        return tuple(review for review in self.reviews if review.actor == seat)

    def last_words(self) -> Mapping[SeatId | None, Fact]:
        """The last approval or request for changes of each reviewer but the author."""
        deciding = (r for r in self.reviews if r.detail.get("state") in ("APPROVED", "CHANGES_REQUESTED"))
        return {review.actor: review for review in deciding if review.actor != self.author}


def standing(facts: Iterable[Fact], number: str) -> PullStanding | None:
    """The pull request of this number after these facts, None when it was not opened."""
    subject = f"pull:{number}"
    pull: PullStanding | None = None
    for fact in facts:
        if fact.subject != subject:
            continue
        if fact.kind is FactKind.PULL_REQUEST_OPENED:
            pull = _opened(number, fact)
        elif pull is not None:
            _take(pull, fact)
    return pull


def number_of(ref: PullRef, bindings: Bindings) -> str | None:
    """The number of a pull request named by id or by `#n`, None when it was not opened yet."""
    return ref[1:] if ref.startswith("#") else bindings.get(f"pull:{ref}")


def _opened(number: str, fact: Fact) -> PullStanding:
    detail = fact.detail
    pull = PullStanding(
        number=number, author=fact.actor, branch=str(detail.get("head") or ""), draft=bool(detail.get("draft"))
    )
    _head(pull, fact)
    return pull


def _take(pull: PullStanding, fact: Fact) -> None:
    match fact.kind:
        case FactKind.PULL_REQUEST_HEAD:
            _head(pull, fact)
            pull.files = _files(fact.detail.get("files") or ())
        case FactKind.PULL_REQUEST_READY:
            pull.draft = False
        case FactKind.PULL_REQUEST_DRAFTED:
            pull.draft, pull.drafted = True, pull.drafted + 1
        case FactKind.PULL_REQUEST_CLOSED if pull.is_open:
            pull.state = PullState.CLOSED
        case FactKind.PULL_REQUEST_REOPENED:
            pull.state = PullState.OPEN
        case FactKind.PULL_REQUEST_MERGED:
            pull.state = PullState.MERGED
        case _:
            _said(pull, fact)


def _said(pull: PullStanding, fact: Fact) -> None:
    if fact.kind is FactKind.REVIEW_SUBMITTED:
        pull.reviews.append(fact)
    elif fact.kind is FactKind.REVIEW_DISMISSED:
        pull.reviews = [review for review in pull.reviews if review.detail.get("id") != fact.detail.get("id")]
    elif fact.kind is FactKind.REVIEW_REQUESTED:
        pull.requests.append(fact)
    elif fact.kind in (FactKind.PULL_REQUEST_COMMENTED, FactKind.REVIEW_COMMENTED):
        pull.comments.append(fact)


def _head(pull: PullStanding, fact: Fact) -> None:
    sha = fact.detail.get("head_sha")
    if sha and sha not in pull.heads:
        pull.heads.append(str(sha))
        pull.pushes.append(fact)


def _files(listed: Sequence[Mapping[str, Any]]) -> tuple[ChangedFile, ...]:
    return tuple(
        ChangedFile(
            path=str(item["path"]),
            status=str(item.get("status") or "modified"),
            additions=int(item.get("additions") or 0),
            deletions=int(item.get("deletions") or 0),
            patch=item.get("patch"),
        )
        for item in listed
    )
