"""What work happened within: the board's columns and the default branch's protection, as they were seen over time.

Refuses to know facts of other kinds. The services do not say when these changed: each holds from when it was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from simulator.model.facts import Fact, FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    """A column of the board. `least` and `most` are its limits of issues, None for none."""

    name: str
    statuses: tuple[str, ...]
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """How the default branch is protected, by classic protection and rulesets together. `checks` are the required ones."""

    protected: bool
    pull_requests: bool
    reviews: int
    dismiss_stale: bool
    conversations: bool
    checks: tuple[str, ...]
    up_to_date: bool
    linear_history: bool
    force_pushes: bool
    deletions: bool
    admins: bool
    url: str = ""
    """Where it can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The board's columns and the protection, each with the instant from which it was known, oldest first."""

    boards: tuple[tuple[datetime, tuple[BoardColumn, ...]], ...] = ()
    protections: tuple[tuple[datetime, Protection], ...] = ()

    def columns_at(self, instant: datetime) -> tuple[BoardColumn, ...]:
        """The columns as known at an instant, before the first look those of the first; none when nobody looked."""
        known = [columns for at, columns in self.boards if at <= instant] or [c for _, c in self.boards[:1]]
        return known[-1] if known else ()

    def protection_at(self, instant: datetime) -> Protection | None:
        """The protection as known at an instant, before the first look that of the first; None when nobody looked."""
        known = [found for at, found in self.protections if at <= instant] or [p for _, p in self.protections[:1]]
        return known[-1] if known else None


SEEN_AROUND = frozenset({FactKind.BOARD_SEEN, FactKind.PROTECTION_SEEN})
"""The kinds of facts that tell of it."""


def with_fact(known: Surroundings, fact: Fact) -> Surroundings:
    """What is known with one more fact, later than those before it."""
    if fact.kind is FactKind.BOARD_SEEN:
        columns = tuple(_column(column) for column in fact.detail.get("columns") or ())
        return replace(known, boards=(*known.boards, (fact.at, columns)))
    if fact.kind is FactKind.PROTECTION_SEEN:
        return replace(known, protections=(*known.protections, (fact.at, _protection(fact.detail, fact.url))))
    return known


def _column(column: Mapping[str, Any]) -> BoardColumn:
    return BoardColumn(
        name=str(column.get("name") or ""),
        statuses=tuple(map(str, column.get("statuses") or ())),
        least=column.get("min"),
        most=column.get("max"),
    )


def _protection(detail: Mapping[str, Any], url: str) -> Protection:
    return Protection(
        protected=bool(detail.get("protected")),
        pull_requests=bool(detail.get("pull_requests")),
        reviews=int(detail.get("reviews") or 0),
        dismiss_stale=bool(detail.get("dismiss_stale")),
        conversations=bool(detail.get("conversations")),
        checks=tuple(map(str, detail.get("checks") or ())),
        up_to_date=bool(detail.get("up_to_date")),
        linear_history=bool(detail.get("linear_history")),
        force_pushes=bool(detail.get("force_pushes", True)),
        deletions=bool(detail.get("deletions", True)),
        admins=bool(detail.get("admins")),
        url=url,
    )
