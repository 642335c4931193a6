"""The fields that name issues in queries: keys, compared, and matched by patterns; parents; links, by type or any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import not_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Operand, Value
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search import issue_functions, lookups, rows
from simulator.emulators.jira.state.search.operands import Wanted
from simulator.emulators.jira.state.search.terms import (
    EQUALITY,
    ORDERING,
    TEXT,
    ColumnTerm,
    Condition,
    ManyTerm,
    negative,
)

AMONG = ("=", "!=", "in", "not in")
"""The operators of fields that are never empty."""

_i = tables.issues.c


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm(ColumnTerm):
    """An issue's key; with `~` a pattern, in which stars stand for anything and a leading hyphen for any project."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if operator not in TEXT:
            return ColumnTerm.condition(self, context, operator, operand)
        if not isinstance(operand, Value) or not operand.text.strip():
            raise JqlError(f"The field '{self.name}' does not support searching for an empty string.")
        text = operand.text.strip().upper().replace("/", "//").replace("%", "/%").replace("_", "/_")
        pattern = ("%" if text.startswith("-") else "") + text.replace("*", "%")
        found = _i.key.like(pattern, escape="/")
        return not_(found) if negative(operator) else found


KEY = KeyTerm(
    name="key",
    operators=AMONG + ORDERING + TEXT,
    column=_i.id,
    resolve=lookups.issue,
    functions={
        **dict.fromkeys(("linkedissues", "linkedworkitems"), lookups.linked_issues),
        **dict.fromkeys(("watchedissues", "watchedworkitems"), lookups.watched_issues),
        **dict.fromkeys(("votedissues", "votedworkitems"), issue_functions.voted_issues),
        **dict.fromkeys(("issuehistory", "workitemhistory"), issue_functions.issue_history),
        "updatedby": issue_functions.updated_by,
    },
    ranked=lambda _context: _i.id,
    rank_of=lambda _context, issue_id: issue_id,
)
PARENT = ColumnTerm(name="parent", operators=EQUALITY, column=_i.parent_id, resolve=lookups.issue)
LINK = ManyTerm(name="issueLink", operators=EQUALITY, has=rows.linked_to, has_any=rows.linked, resolve=lookups.issue)
LINK_TYPE = ManyTerm(
    name="issueLinkType",
    operators=EQUALITY,
    has=rows.linked_by,
    has_any=rows.linked,
    resolve=lookups.link_words,
)


def _parent_in(context: Context, asked: Wanted) -> Condition:
    parents = tables.issues.alias("parents").c
    among = [parents.project_id.in_(asked.ids), *(parents.project_id.in_(query) for query in asked.subqueries)]
    return _i.parent_id.in_(select(parents.id).where(parents.site == context.site, *among))


PARENT_PROJECT = ManyTerm(
    name="parentProject",
    operators=AMONG,
    has=_parent_in,
    has_any=lambda _context: _i.parent_id.is_not(None),
    resolve=lookups.project,
    functions=issue_functions.PROJECT_FUNCTIONS,
)


def link_term(words: str) -> ManyTerm:
    """The term of `issueLink["blocks"]`: the links that read so from an issue's side."""
    name = f"issueLink[{words}]"

    def kinds(context: Context) -> tuple[str, ...]:
        return tuple(lookups.link_words(context, name, words))

    def resolve(context: Context, field: str, value: str) -> Sequence[int]:
        lookups.link_words(context, name, words)  # the link type's fault comes before the issue's
        return lookups.issue(context, field, value)

    return ManyTerm(
        name=name,
        operators=AMONG,
        has=lambda context, asked: rows.linked_to(context, asked, words=kinds(context)),
        has_any=lambda context: rows.linked_by(context, Wanted(ids=kinds(context))),
        resolve=resolve,
    )
