"""Values that queries name, looked up, and functions that they call. Faults are in Jira's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, or_, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NoProject
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Function
from simulator.emulators.jira.state.configuration import CATEGORIES, Named, named
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.folding import called
from simulator.emulators.jira.state.search.operands import Call, Wanted, arity, no_value
from simulator.emulators.jira.state.search.rows import link_kinds
from simulator.emulators.jira.state.search.terms import Condition

_i = tables.issues.c


def known(things: Callable[[Context], Sequence[Named]]) -> Callable[[Context, str, str], Sequence[int]]:
    """Ids by id or name among configured things."""

    def resolve(context: Context, field: str, value: str) -> Sequence[int]:
        found = named(things(context), value)
        if found is None:
            raise no_value(field, value)
        return [found.id]

    return resolve


def project(context: Context, field: str, value: str) -> Sequence[int]:
    """A project by key, id or name."""
    try:
        return [context.meta.project(value).id]
    except NoProject:
        found = [p.id for p in context.meta.projects.values() if p.name.lower() == value.lower()]
        if not found:
            raise no_value(field, value) from None
        return found


def project_type(context: Context, field: str, value: str) -> Sequence[int]:
    """The projects of a type: they are all of software here."""
    if value.lower() not in ("software", "business", "service_desk"):
        raise no_value(field, value)
    return list(context.meta.projects) if value.lower() == "software" else []


def resolution(context: Context, field: str, value: str) -> Sequence[int | None]:
    """A resolution; Unresolved is the empty one."""
    if value.lower() == "unresolved":
        return [None]
    return known(lambda c: list(c.meta.resolutions.values()))(context, field, value)


def category(context: Context, field: str, value: str) -> Sequence[int]:
    """The statuses of a category, by its name, key or id."""
    for key, (number, name) in CATEGORIES.items():
        if value.lower() in (key, name.lower(), str(number)):
            return [status.id for status in context.meta.statuses.values() if status.category == key]
    raise no_value(field, value)


def issue(context: Context, field: str, value: str) -> Sequence[int]:
    """An issue by key or id, that the caller may see."""
    by = _i.id == int(value) if _is_id(value) else _i.key == context.meta.issue_key(value)
    seen = _i.project_id.not_in(sorted(context.meta.hidden))
    found = list(context.connection.execute(select(_i.id).where(_i.site == context.site, by, seen)).scalars())
    if not found:
        raise JqlError(f"An issue with key '{value}' does not exist for field '{field}'.")
    return found


def sprint(context: Context, _field: str, value: str) -> Sequence[int]:
    """Sprints by name or id, of boards that the caller may see."""
    s = tables.sprints.c
    by: Condition = called(s.name, value)
    if _is_id(value):
        by = or_(by, s.id == int(value))
    query = select(s.id).where(s.site == context.site, by, seen_sprints(context))
    found = list(context.connection.execute(query).scalars())
    if not found:
        raise JqlError(f"Sprint with name '{value}' does not exist or you do not have permission to view it.")
    return found


def seen_sprints(context: Context) -> Condition:
    """The condition on a sprint that the caller may see its board."""
    b, hidden = tables.boards.c, context.meta.hidden
    unseen = select(b.id).where(b.site == context.site, b.project_id.in_(sorted(hidden)))
    return tables.sprints.c.board_id.not_in(unseen) if hidden else true()


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19


def link_words(context: Context, field: str, value: str) -> Sequence[str]:
    """Words of a link type, in either direction, or its name."""
    kinds = context.meta.link_types.values()
    if value.lower() not in {words.lower() for t in kinds for words in (t.name, t.inward, t.outward)}:
        raise JqlError(f"Issue link type '{value}' could not be found for the field '{field}'.")
    return [value.lower()]


def flag(_context: Context, field: str, value: str) -> Sequence[bool]:
    """The flag's one option."""
    if value.lower() not in ("impediment", "10019"):
        raise JqlError(f"The option '{value}' for field '{field}' does not exist.")
    return [True]


def label(_context: Context, _field: str, value: str) -> Sequence[str]:
    """A label; one that nobody uses is no fault."""
    return [value]


def sprints_in(state: str) -> Call:
    """openSprints() and kin: the sprints of a state."""

    def call(context: Context, function: Function) -> Wanted:
        arity(function, 0)
        s = tables.sprints.c
        return Wanted(subqueries=(select(s.id).where(s.site == context.site, s.state == state),))

    return call


def types(*, subtasks: bool) -> Call:
    """standardIssueTypes() and subTaskIssueTypes()."""

    def call(context: Context, function: Function) -> Wanted:
        arity(function, 0)
        return Wanted(ids=tuple(t.id for t in context.meta.issue_types.values() if t.subtask == subtasks))

    return call


def linked_issues(context: Context, function: Function) -> Wanted:
    """linkedIssues(key) and linkedIssues(key, words)."""
    arity(function, 1, 2)
    (own,) = issue(context, "issue", function.arguments[0])
    words = link_words(context, "issue", function.arguments[1])[0] if len(function.arguments) == 2 else None
    return Wanted(subqueries=tuple(_other_ends(context, own, words)))


def _other_ends(context: Context, own: int, words: str | None) -> list[Select[Any]]:
    """Who is linked with an issue, one query for each direction; with words, only that way."""
    link, (outward, inward) = tables.links.c, link_kinds(context, None if words is None else (words,))
    site = link.site == context.site
    return [
        select(link.destination_id).where(site, link.source_id == own, link.type_id.in_(outward)),
        select(link.source_id).where(site, link.destination_id == own, link.type_id.in_(inward)),
    ]


def watched_issues(context: Context, function: Function) -> Wanted:
    """watchedIssues()."""
    arity(function, 0)
    w = tables.watchers.c
    mine = select(w.issue_id).where(w.site == context.site, w.account_id == context.account.id)
    return Wanted(subqueries=(mine,))
