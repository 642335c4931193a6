"""A pull request as it stands, read from facts.

Refuses to judge it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
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
    """A pull request as facts tell it so far. `heads` are its successive tips; `files` those of the last one.

    `bodies` are its titles and descriptions with the instants from which they held; `contents` and `commits` belong to heads.
    """

    number: str
    author: SeatId | None
    branch: str
    draft: bool
    opened_at: datetime
    bodies: list[tuple[datetime, str, str]] = field(default_factory=list)
    contents: dict[str, tuple[ChangedFile, ...]] = field(default_factory=dict)
    commits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    state: PullState = PullState.OPEN
    heads: list[str] = field(default_factory=list)
    files: tuple[ChangedFile, ...] = ()
    reviews: list[Fact] = field(default_factory=list)
    requests: list[Fact] = field(default_factory=list)
    comments: list[Fact] = field(default_factory=list)
    pushes: list[Fact] = field(default_factory=list)
    drafted: int = 0
    merged_at: datetime | None = None

    @property
    def head(self) -> str:
        """The tip, empty when unknown."""
        return self.heads[-1] if self.heads else ""

    @property
    def is_open(self) -> bool:
        """Whether it can be reviewed and merged."""
        return self.state is PullState.OPEN

    def text_at(self, instant: datetime) -> tuple[str, str]:
        """Title and description as they stood at an instant."""
        held = [text for text in self.bodies if text[0] <= instant] or self.bodies[:1]
        return held[-1][1:]

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
        number=number,
        author=fact.actor,
        branch=str(detail.get("head") or ""),
        draft=bool(detail.get("draft")),
        opened_at=fact.at,
    )
    pull.bodies.append((fact.at, str(detail.get("title") or ""), str(detail.get("body") or "")))
    _head(pull, fact)
    return pull


def _take(pull: PullStanding, fact: Fact) -> None:
    match fact.kind:
        case FactKind.PULL_REQUEST_HEAD:
            _head(pull, fact)
            pull.files = _files(fact.detail.get("files") or ())
            pull.contents[pull.head] = pull.files
            pull.commits[pull.head] = tuple(str(sha) for sha in fact.detail.get("commits") or ())
        case FactKind.PULL_REQUEST_EDITED:
            _edit(pull, fact)
        case FactKind.PULL_REQUEST_READY:
            pull.draft = False
        case FactKind.PULL_REQUEST_DRAFTED:
            pull.draft, pull.drafted = True, pull.drafted + 1
        case FactKind.PULL_REQUEST_CLOSED if pull.is_open:
            pull.state = PullState.CLOSED
        case FactKind.PULL_REQUEST_REOPENED:
            pull.state = PullState.OPEN
        case FactKind.PULL_REQUEST_MERGED:
            pull.state, pull.merged_at = PullState.MERGED, fact.at
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
    elif fact.kind is FactKind.COMMENT_EDITED:
        _reword(pull, fact)


def _reword(pull: PullStanding, edit: Fact) -> None:
    """A comment with other words counts as said when it was edited."""
    on, number, body = edit.detail.get("on"), edit.detail.get("id"), edit.detail.get("body")
    kind = FactKind.REVIEW_COMMENTED if on == "review-comment" else FactKind.PULL_REQUEST_COMMENTED
    said = next((c for c in pull.comments if c.kind is kind and c.detail.get("id") == number), None)
    if said is not None and said.detail.get("body") != body:
        pull.comments.remove(said)
        pull.comments.append(replace(said, at=edit.at, detail={**said.detail, "body": body}))


def _edit(pull: PullStanding, fact: Fact) -> None:
    _, title, body = pull.bodies[-1]
    new_title, new_body = fact.detail.get("title"), fact.detail.get("body")
    pull.bodies.append(
        (fact.at, title if new_title is None else str(new_title), body if new_body is None else str(new_body))
    )


def _head(pull: PullStanding, fact: Fact) -> None:
    sha = str(fact.detail.get("head_sha") or "")
    if sha and sha != pull.head:
        if sha in pull.heads:  # it comes back after a force push
            pull.heads.remove(sha)
        pull.heads.append(sha)
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
