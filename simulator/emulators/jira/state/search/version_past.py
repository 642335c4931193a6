"""What versions issues had: the history has an item for each that came or went, so each has intervals of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, case, exists, false, func, not_, null, or_, select, union_all
from sqlalchemy.sql.selectable import NamedFromClause

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.operands import Wanted
from simulator.emulators.jira.state.search.pasts import Fits, Interval, Past, apart, since_born
from simulator.emulators.jira.state.search.terms import Condition

_i, _c = tables.issues.c, tables.changes.c


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPast(Past):
    """A field of versions."""

    def was(self, context: Context, asked: Wanted, fits: Fits | None) -> Condition:
        """Whether an issue ever had one of the versions or, for EMPTY, none at all."""
        found = [*self._had(context, asked, fits), *(self._had_none(context, fits) if asked.empty else ())]
        return _i.id.in_(union_all(*found))

    def changed(self, context: Context, sides: Mapping[str, Wanted], fits: Fits) -> Condition:
        """Whether one entry of the history took and gave such versions."""
        beside = tables.changes.alias("beside")
        values = {"from": beside.c.from_value, "to": beside.c.to_value}
        fitting: list[Condition] = []
        for side, asked in sides.items():
            same = (beside.c.history_id == _c.history_id, values[side].in_(_texts(asked)))
            number = self._number(context, _c.issue_id, after=_c.history_id - (1 if side == "from" else 0))
            fitting.append(or_(self._has(beside, _c.issue_id, *same), number == 0 if asked.empty else false()))
        at = fits(Interval(_c.created_at, _c.created_at, _c.author_id))
        return _i.id.in_(select(_c.issue_id).where(*self.own(context), *fitting, at))

    def _had(self, context: Context, asked: Wanted, fits: Fits | None) -> list[Select[Any]]:
        """The issues that a version was given to, those that lost one they were created with, those that have it since."""
        came, went = tables.changes.alias("came"), tables.changes.alias("went")
        lost = self._moment(went, _c.issue_id, went.c.from_value == _c.to_value, went.c.history_id > _c.history_id)
        given = self._has(came, _c.issue_id, came.c.to_value == _c.from_value, came.c.history_id < _c.history_id)
        added = self._has(came, _i.id, came.c.to_value.in_(_texts(asked)))
        later = select(_c.issue_id).where(*self.own(context), _c.to_value.in_(_texts(asked)))
        first = select(_c.issue_id).where(*self.own(context), _c.from_value.in_(_texts(asked)), not_(given))
        always = select(_i.id).where(
            _i.site == context.site, self.term.holds(context, Wanted(ids=asked.ids)), not_(added)
        )
        if fits:
            later = later.where(fits(Interval(_c.created_at, lost, _c.author_id)))
            first = first.where(since_born(fits, _c.created_at))
            always = always.where(fits(Interval(_i.created_at, null(), _i.creator_id)))
        return [later, first, apart(always)]

    def _had_none(self, context: Context, fits: Fits | None) -> list[Select[Any]]:
        """The issues that the last version was taken from, and those that were created without any."""
        came = tables.changes.alias("came")
        again = self._moment(came, _c.issue_id, came.c.to_value.is_not(None), came.c.history_id > _c.history_id)
        first = self._moment(came, _i.id, came.c.to_value.is_not(None))
        bare = self._number(context, _c.issue_id, after=_c.history_id) == 0
        taken = select(_c.issue_id).where(*self.own(context), _c.from_value.is_not(None), bare)
        born = select(_i.id).where(_i.site == context.site, self._number(context, _i.id, after=None) == 0)
        if fits:
            taken = taken.where(fits(Interval(_c.created_at, again, _c.author_id)))
            born = born.where(fits(Interval(_i.created_at, first, _i.creator_id)))
        return [taken, apart(born)]

    def _of(self, changes: NamedFromClause, issue_id: Column[Any]) -> list[Condition]:
        """Another change of the same field of an issue of the same site."""
        return [
            changes.c.site == issue_id.table.c.site,
            changes.c.issue_id == issue_id,
            changes.c.field_id == self.field_id,
        ]

    def _has(self, changes: NamedFromClause, issue_id: Column[Any], *more: Condition) -> Condition:
        return exists(select(changes.c.issue_id).where(*self._of(changes, issue_id), *more).correlate_except(changes))

    def _moment(self, changes: NamedFromClause, issue_id: Column[Any], *more: Condition) -> ColumnElement[Any]:
        """When the first such change was, null when there was none."""
        query = select(func.min(changes.c.created_at)).where(*self._of(changes, issue_id), *more)
        return query.correlate_except(changes).scalar_subquery()

    def _number(
        self, context: Context, issue_id: Column[Any], *, after: ColumnElement[Any] | None
    ) -> ColumnElement[Any]:
        """How many versions an issue had after that entry of its history, None: when it was created."""
        v, later = tables.issue_versions.c, tables.changes.alias("later")
        now = select(func.count()).where(v.site == context.site, v.issue_id == issue_id, v.field == self.field_id)
        went = case((later.c.to_value.is_(None), 1), else_=-1)
        since = [] if after is None else [later.c.history_id > after]
        undone = select(func.coalesce(func.sum(went), 0)).where(*self._of(later, issue_id), *since)
        present = now.correlate_except(tables.issue_versions).scalar_subquery()
        return present + undone.correlate_except(later).scalar_subquery()


def _texts(asked: Wanted) -> list[str]:
    return [str(number) for number in asked.ids]
