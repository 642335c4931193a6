"""lastViewed in queries: when the caller looked at an issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.tree import Operand
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.terms import Condition, InstantTerm, Term

_i, _v = tables.issues.c, tables.issue_views.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewedTerm(Term):
    """When the caller looked at an issue last, or never."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        own = InstantTerm(name=self.name, operators=self.operators, column=viewed_at(context))
        return own.condition(context, operator, operand)


def viewed_at(context: Context) -> ColumnElement[Any]:
    """When the caller looked at an issue last, null for never."""
    own = select(_v.viewed_at).where(_v.site == _i.site, _v.issue_id == _i.id, _v.account_id == context.account.id)
    return own.correlate(tables.issues).scalar_subquery()
