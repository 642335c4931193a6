"""The terms by their names in JQL: which column or rows each field lives in, which operators and values it knows.

https://support.atlassian.com/jira-software-cloud/docs/jql-fields/
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Table, case, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Field, field_name
from simulator.emulators.jira.state.search import full_text, issue_functions, keys, lookups, parts, rows
from simulator.emulators.jira.state.search.operands import USER_FUNCTIONS, people_named
from simulator.emulators.jira.state.search.properties import ENTITY, property_term
from simulator.emulators.jira.state.search.restricted import may_know
from simulator.emulators.jira.state.search.terms import (
    EQUALITY,
    ORDERING,
    TEXT,
    ColumnTerm,
    EmptyTerm,
    InstantTerm,
    ManyTerm,
    NumberTerm,
    Term,
    TextTerm,
)
from simulator.emulators.jira.state.search.viewed import ViewedTerm
from simulator.emulators.jira.state.search.work import WORK_TERMS

_i = tables.issues.c


_USERS = USER_FUNCTIONS
_SUBTASK_TYPES = select(tables.issue_types.c.id).where(
    tables.issue_types.c.site == _i.site, tables.issue_types.c.level < 0
)
_LEVEL = (
    select(tables.issue_types.c.level)
    .where(tables.issue_types.c.site == _i.site, tables.issue_types.c.id == _i.type_id)
    .correlate(tables.issues)
    .scalar_subquery()
)
_EPIC = case((_i.type_id.in_(_SUBTASK_TYPES), None), else_=_i.parent_id)


def _known(table: Table) -> rows.Limit:
    return lambda context: may_know(context, table.c.account_id)


def _people(name: str, column: ColumnElement[Any]) -> ColumnTerm:
    return ColumnTerm(name=name, operators=EQUALITY, column=column, resolve=people_named, functions=_USERS)


def _instants(name: str, column: ColumnElement[Any], **more: Any) -> InstantTerm:
    return InstantTerm(name=name, operators=EQUALITY + ORDERING, column=column, **more)


_SPRINT = ManyTerm(
    name="Sprint",
    operators=EQUALITY,
    has=rows.has(tables.issue_sprints, tables.issue_sprints.c.sprint_id),
    has_any=rows.has_any(tables.issue_sprints),
    resolve=lookups.sprint,
    functions={
        "opensprints": lookups.sprints_in("active"),
        "closedsprints": lookups.sprints_in("closed"),
        "futuresprints": lookups.sprints_in("future"),
    },
)
_TEXTS = ("summary", "description", "environment")
_NUMBERS = (*keys.AMONG, *ORDERING)
_TYPE_FUNCTIONS = {
    "standardissuetypes": lookups.types(subtasks=False),
    "subtaskissuetypes": lookups.types(subtasks=True),
}

_TERMS: list[tuple[Term, tuple[str, ...]]] = [
    (
        ColumnTerm(
            name="project",
            operators=EQUALITY,
            column=_i.project_id,
            resolve=lookups.project,
            functions=issue_functions.PROJECT_FUNCTIONS,
        ),
        ("project",),
    ),
    (keys.KEY, ("key", "issuekey", "issue", "id", "workitemkey", "workitem")),
    (
        ColumnTerm(
            name="issuetype",
            operators=EQUALITY,
            column=_i.type_id,
            resolve=lookups.known(lambda c: list(c.meta.issue_types.values())),
            functions=_TYPE_FUNCTIONS,
        ),
        ("issuetype", "type", "worktype"),
    ),
    (
        ColumnTerm(
            name="status",
            operators=EQUALITY,
            column=_i.status_id,
            resolve=lookups.known(lambda c: list(c.meta.statuses.values())),
        ),
        ("status",),
    ),
    (
        ColumnTerm(name="statusCategory", operators=EQUALITY, column=_i.status_id, resolve=lookups.category),
        ("statuscategory",),
    ),
    (
        ColumnTerm(
            name="resolution",
            operators=EQUALITY + ORDERING,
            column=_i.resolution_id,
            resolve=lookups.resolution,
            ranked=rows.resolution_position,
            rank_of=lambda context, number: context.meta.resolutions[number].position,
        ),
        ("resolution",),
    ),
    (
        ColumnTerm(
            name="priority",
            operators=EQUALITY + ORDERING,
            column=_i.priority_id,
            resolve=lookups.known(lambda c: list(c.meta.priorities.values())),
            ranked=rows.priority_position,
            rank_of=rows.position_of,
        ),
        ("priority",),
    ),
    (_people("assignee", _i.assignee_id), ("assignee",)),
    (_people("reporter", _i.reporter_id), ("reporter",)),
    (_people("creator", _i.creator_id), ("creator",)),
    (
        ManyTerm(
            name="watcher",
            operators=EQUALITY,
            has=rows.has(tables.watchers, tables.watchers.c.account_id, limit=_known(tables.watchers)),
            has_any=rows.has_any(tables.watchers, limit=_known(tables.watchers)),
            resolve=people_named,
            functions=_USERS,
        ),
        ("watcher",),
    ),
    (
        ManyTerm(
            name="labels",
            operators=EQUALITY,
            has=rows.has(tables.labels, tables.labels.c.label),
            has_any=rows.has_any(tables.labels),
            resolve=lookups.label,
        ),
        ("labels",),
    ),
    (_SPRINT, ("sprint", "cf[10020]")),
    (keys.PARENT, ("parent", "parentepic")),
    (keys.PARENT_PROJECT, ("parentproject",)),
    (ColumnTerm(name="Epic Link", operators=EQUALITY, column=_EPIC, resolve=lookups.issue), ("epic link", "cf[10014]")),
    (
        NumberTerm(name="Story Points", operators=EQUALITY + ORDERING, column=_i.points),
        ("story points", "cf[10016]", "story points[number]"),
    ),
    (
        ColumnTerm(
            name="Flagged",
            operators=EQUALITY,
            column=case((_i.flagged.is_(True), True), else_=None),
            resolve=lookups.flag,
        ),
        ("flagged", "flagged[checkboxes]", "cf[10021]"),
    ),
    (_instants("created", _i.created_at), ("created", "createddate")),
    (_instants("updated", _i.updated_at), ("updated", "updateddate")),
    (_instants("resolutiondate", _i.resolved_at), ("resolutiondate", "resolved")),
    (_instants("statusCategoryChangedDate", _i.status_changed_at), ("statuscategorychangeddate",)),
    (_instants("duedate", _i.due_on, whole_days=True), ("duedate", "due")),
    (
        TextTerm(
            name="summary",
            operators=(*TEXT, "is", "is not"),
            matches=full_text.within("summary"),
            emptiness=_i.summary == "",
        ),
        ("summary",),
    ),
    (
        TextTerm(
            name="description",
            operators=(*TEXT, "is", "is not"),
            matches=full_text.within("description"),
            emptiness=_i.description.is_(None),
        ),
        ("description",),
    ),
    (
        TextTerm(
            name="environment",
            operators=(*TEXT, "is", "is not"),
            matches=full_text.within("environment"),
            emptiness=_i.environment.is_(None),
        ),
        ("environment",),
    ),
    (TextTerm(name="comment", operators=TEXT, matches=full_text.within("comment")), ("comment",)),
    (TextTerm(name="text", operators=("~",), matches=full_text.anywhere(*_TEXTS, "comment")), ("text",)),
    (TextTerm(name="textfields", operators=("~",), matches=full_text.anywhere(*_TEXTS)), ("textfields",)),
    (keys.LINK_TYPE, ("issuelinktype", "workitemlinktype")),
    (keys.LINK, ("issuelink", "workitemlink")),
    (
        ManyTerm(
            name="voter",
            operators=EQUALITY,
            has=rows.has(tables.votes, tables.votes.c.account_id, limit=_known(tables.votes)),
            has_any=rows.has_any(tables.votes, limit=_known(tables.votes)),
            resolve=people_named,
            functions=_USERS,
        ),
        ("voter",),
    ),
    (
        ManyTerm(
            name="attachments",
            operators=("is", "is not"),
            has=rows.has(tables.attachments, tables.attachments.c.id),
            has_any=rows.has_any(tables.attachments),
            resolve=lookups.issue,
        ),
        ("attachments",),
    ),
    (NumberTerm(name="votes", operators=_NUMBERS, column=rows.number_of(tables.votes)), ("votes",)),
    (NumberTerm(name="watchers", operators=_NUMBERS, column=rows.number_of(tables.watchers)), ("watchers",)),
    (NumberTerm(name="hierarchyLevel", operators=_NUMBERS, column=_LEVEL), ("hierarchylevel",)),
    (
        ColumnTerm(name="projectType", operators=keys.AMONG, column=_i.project_id, resolve=lookups.project_type),
        ("projecttype",),
    ),
    (EmptyTerm(name="category", operators=EQUALITY), ("category",)),
    (EmptyTerm(name="level", operators=EQUALITY), ("level",)),
    (ViewedTerm(name="lastViewed", operators=EQUALITY + ORDERING), ("lastviewed",)),
    (parts.COMPONENT, ("component",)),
    (parts.FIX_VERSION, ("fixversion",)),
    (parts.AFFECTED_VERSION, ("affectedversion",)),
    *WORK_TERMS,
]
TERMS: dict[str, Term] = {name: term for term, names in _TERMS for name in names}


_LINKS = ("issuelink", "workitemlink")


def find_term(field: Field) -> Term:
    """The term of a field, its name without regard to case. Raises JqlError, with a suggestion where a name is much like it."""
    if field.properties and field.name.lower() == ENTITY:
        return property_term(field)
    if field.properties:
        linked = field.name.lower() in _LINKS and len(field.properties) == 1 and not field.properties[0].path
        return keys.link_term(field.properties[0].key) if linked else _by_name(field_name(field))
    return _by_name(field.name)


def _by_name(name: str) -> Term:
    term = TERMS.get(name.lower())
    if term is None:
        alike = get_close_matches(name.lower(), TERMS, n=1, cutoff=0.8)
        hint = [f"Did you mean '{TERMS[alike[0]].name}'?"] if alike else []
        raise JqlError(f"Field '{name}' does not exist or you do not have permission to view it.", *hint)
    return term
