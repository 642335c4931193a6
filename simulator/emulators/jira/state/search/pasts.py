"""What fields were: their values' intervals, each from a change, or the issue's creation, to the next change of the value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, not_, null, or_, select, union_all

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.operands import Wanted
from simulator.emulators.jira.state.search.terms import ColumnTerm, Condition, ManyTerm
from simulator.emulators.kit.tables import accounts

_i, _c = tables.issues.c, tables.changes.c
_born = tables.issues.alias("born").c  # the issue whose creation began a first interval


@dataclass(frozen=True, slots=True)
class Interval:
    """When a value held and who brought it: SQL expressions; `end` is null while it holds."""

    start: ColumnElement[Any]
    end: ColumnElement[Any]
    author: ColumnElement[Any]


Fits = Callable[[Interval], Condition]
"""Whether an interval is one that a clause asks for."""

Kept = Callable[[Context, ColumnElement[Any], Wanted], Condition]
"""Whether a text of the history is one of the values that are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past(ABC):
    """A field whose history can be asked for; `field_id` is its id there, `term` says what it is now."""

    field_id: str
    term: ColumnTerm | ManyTerm

    @abstractmethod
    def was(self, context: Context, asked: Wanted, fits: Fits | None) -> Condition:
        """Whether an issue ever had a value, in an interval that fits; None: in any."""

    @abstractmethod
    def changed(self, context: Context, sides: Mapping[str, Wanted], fits: Fits) -> Condition:
        """Whether the field ever changed, at a moment that fits; `sides` are its values before (`from`) and after (`to`)."""

    def own(self, context: Context) -> list[Condition]:
        """The conditions on a change that it is one of this field."""
        return [_c.site == context.site, _c.field_id == self.field_id]


def among_ids(_context: Context, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """Most values are kept by id."""
    kept = value.in_([str(number) for number in asked.ids])
    return or_(kept, value.is_(None) if asked.empty else false())


def among_people(context: Context, value: ColumnElement[Any], asked: Wanted) -> Condition:
    """People are kept by accountId."""
    a = accounts.c
    kept = value.in_(select(a.jira_id).where(a.site == context.site, a.id.in_(asked.ids)))
    return or_(kept, value.is_(None) if asked.empty else false())


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePast(Past):
    """A field of one value: each change ends what was, and the history says when it ended itself."""

    kept: Kept = among_ids

    def was(self, context: Context, asked: Wanted, fits: Fits | None) -> Condition:
        own = self.own(context)
        later = select(_c.issue_id).where(*own, self.kept(context, _c.to_value, asked))
        first = select(_c.issue_id).where(*own, _c.first.is_(True), self.kept(context, _c.from_value, asked))
        ever = exists().where(*own, _c.first.is_(True), _c.issue_id == _i.id).correlate(tables.issues)
        always = select(_i.id).where(_i.site == context.site, self.term.holds(context, asked), not_(ever))
        if fits:
            later = later.where(fits(Interval(_c.created_at, _c.ended_at, _c.author_id)))
            first = first.where(since_born(fits, _c.created_at))
            always = always.where(fits(Interval(_i.created_at, null(), _i.creator_id)))
        return _i.id.in_(union_all(later, first, apart(always)))

    def changed(self, context: Context, sides: Mapping[str, Wanted], fits: Fits) -> Condition:
        values = {"from": _c.from_value, "to": _c.to_value}
        fitting = [self.kept(context, values[side], asked) for side, asked in sides.items()]
        at = fits(Interval(_c.created_at, _c.created_at, _c.author_id))
        return _i.id.in_(select(_c.issue_id).where(*self.own(context), *fitting, at))


def since_born(fits: Fits, end: ColumnElement[Any]) -> Condition:
    """Whether the interval from an issue's creation to a change fits; `end` is the change's moment."""
    fitting = fits(Interval(_born.created_at, end, _born.creator_id))
    return exists().where(_born.site == _c.site, _born.id == _c.issue_id, fitting)


def apart(query: Select[Any]) -> Select[Any]:
    """A query over issues of its own, not those of the query that it stands in."""
    return query.correlate(None)
