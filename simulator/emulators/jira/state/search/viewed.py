"""lastViewed in queries: when the caller looked at an issue."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.tree import Operand
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.terms import Condition, InstantTerm, Term

_i, _v = tables.issues.c, tables.issue_views.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewedTerm(Term):
    """When the caller looked at an issue last, or never."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        own = select(_v.viewed_at).where(_v.site == _i.site, _v.issue_id == _i.id, _v.account_id == context.account.id)
        at = own.correlate(tables.issues).scalar_subquery()
        return InstantTerm(name=self.name, operators=self.operators, column=at).condition(context, operator, operand)
