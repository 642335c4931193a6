"""An issue as Jira writes it: the fields asked for, and what `expand` adds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from simulator.emulators.jira.fields import BY_ID, EPIC_LINK, FLAG_OPTION, FLAGGED, POINTS, RANK, SPRINT
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.changelog import changelog
from simulator.emulators.jira.payloads.comments import comment_page
from simulator.emulators.jira.payloads.metadata import edit_fields, transition
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.payloads.sprints import epic, sprint, sprint_value
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.bundle import Bundle
from simulator.emulators.jira.state.documents import loaded, shown
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.links import Link
from simulator.emulators.jira.text.html import render
from simulator.emulators.kit.web import stamp_millis

EXPANDS = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"

Build = Callable[[Session, Bundle, Issue], Any]  # Any: each field has its own shape


def _person(number: Callable[[Issue], int | None]) -> Build:
    def build(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
        account = bundle.people.get(number(issue) or 0)
        return shapes.user(session, account) if account else None

    return build


def _status(session: Session, _bundle: Bundle, issue: Issue) -> Json:
    return shapes.status(session, session.context.meta.statuses[issue.status_id])


def _resolution(session: Session, _bundle: Bundle, issue: Issue) -> Json | None:
    if issue.resolution_id is None:
        return None
    return shapes.resolution(session, session.context.meta.resolutions[issue.resolution_id])


def _parent(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
    parent = bundle.others.get(issue.parent_id or 0)
    return short_issue(session, parent) if parent else None


def _epic_link(session: Session, bundle: Bundle, issue: Issue) -> str | None:
    parent = bundle.others.get(issue.parent_id or 0)
    epic = parent and session.context.meta.issue_types[parent.type_id].level == 1
    return parent.key if parent and epic else None


def _links(session: Session, bundle: Bundle, issue: Issue) -> list[Json]:
    own = (link for link in bundle.links if issue.id in (link.source_id, link.destination_id))
    return [link_from(session, bundle, issue, link) for link in own]


def link_from(session: Session, bundle: Bundle, issue: Issue, link: Link) -> Json:
    """A link as one of its ends shows it: the other end is what it blocks (outward) or is blocked by (inward)."""
    outward = link.source_id == issue.id
    other = bundle.others[link.destination_id if outward else link.source_id]
    return {
        "id": str(link.id),
        "self": session.rest(f"/issueLink/{link.id}"),
        "type": shapes.link_type(session, session.context.meta.link_types[link.type_id]),
        "outwardIssue" if outward else "inwardIssue": short_issue(session, other),
    }


def _watches(session: Session, bundle: Bundle, issue: Issue) -> Json:
    watching = bundle.watchers.get(issue.id, [])
    return {
        "self": session.rest(f"/issue/{issue.key}/watchers"),
        "watchCount": len(watching),
        "isWatching": session.context.account.id in watching,
    }


def _votes(session: Session, _bundle: Bundle, issue: Issue) -> Json:
    return {"self": session.rest(f"/issue/{issue.key}/votes"), "votes": 0, "hasVoted": False}


def _comments(session: Session, bundle: Bundle, issue: Issue) -> Json:
    found = bundle.comments.get(issue.id, [])
    return comment_page(session, issue, found, bundle.people, start=0, limit=max(len(found), 1), total=len(found)) | {
        "self": session.rest(f"/issue/{issue.id}/comment"),
        "maxResults": len(found),
    }


def _flag(session: Session, _bundle: Bundle, issue: Issue) -> list[Json] | None:
    option = FLAG_OPTION | {"self": session.rest(f"/customFieldOption/{FLAG_OPTION['id']}")}
    return [option] if issue.flagged else None


def _sprints(_session: Session, bundle: Bundle, issue: Issue) -> list[Json] | None:
    found = bundle.sprints.get(issue.id, [])
    return [sprint_value(sprint) for sprint in found] or None


_NO_PROGRESS = {"progress": 0, "total": 0}
_NO_WORK = {"startAt": 0, "maxResults": 20, "total": 0, "worklogs": []}

BUILDERS: dict[str, Build] = {
    "statuscategorychangedate": lambda _s, _b, issue: stamp_millis(issue.status_changed_at),
    "issuetype": lambda s, _b, issue: shapes.issue_type(s, s.context.meta.issue_types[issue.type_id]),
    "parent": _parent,
    "timespent": lambda _s, _b, _issue: None,
    "project": lambda s, _b, issue: shapes.project(s, s.context.meta.projects[issue.project_id]),
    "fixVersions": lambda _s, _b, _issue: [],
    "resolution": _resolution,
    "resolutiondate": lambda _s, _b, issue: stamp_millis(issue.resolved_at),
    "workratio": lambda _s, _b, _issue: -1,
    "lastViewed": lambda _s, _b, _issue: None,
    "watches": _watches,
    "created": lambda _s, _b, issue: stamp_millis(issue.created_at),
    "priority": lambda s, _b, issue: shapes.priority(s, s.context.meta.priorities[issue.priority_id]),
    "labels": lambda _s, bundle, issue: bundle.labels.get(issue.id, []),
    "timeestimate": lambda _s, _b, _issue: None,
    "versions": lambda _s, _b, _issue: [],
    "issuelinks": _links,
    "assignee": _person(lambda issue: issue.assignee_id),
    "updated": lambda _s, _b, issue: stamp_millis(issue.updated_at),
    "status": _status,
    "statusCategory": lambda s, _b, issue: shapes.category(s, s.context.meta.statuses[issue.status_id].category),
    "components": lambda _s, _b, _issue: [],
    "description": lambda s, _b, issue: shown(issue.description, api=s.api),
    "timetracking": lambda _s, _b, _issue: {},
    "attachment": lambda _s, _b, _issue: [],
    "summary": lambda _s, _b, issue: issue.summary,
    "creator": _person(lambda issue: issue.creator_id),
    "subtasks": lambda s, bundle, issue: [short_issue(s, child) for child in bundle.subtasks.get(issue.id, [])],
    "reporter": _person(lambda issue: issue.reporter_id),
    "environment": lambda s, _b, issue: shown(issue.environment, api=s.api),
    "duedate": lambda _s, _b, issue: issue.due_on.isoformat() if issue.due_on else None,
    "progress": lambda _s, _b, _issue: _NO_PROGRESS,
    "votes": _votes,
    "comment": _comments,
    "worklog": lambda _s, _b, _issue: _NO_WORK,
    EPIC_LINK: _epic_link,
    POINTS: lambda _s, _b, issue: issue.points,
    RANK: lambda _s, _b, issue: issue.rank,
    SPRINT: _sprints,
    FLAGGED: _flag,
}


def _open_sprint(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
    return next((sprint(session, s) for s in bundle.sprints.get(issue.id, []) if s.state != "closed"), None)


def _closed_sprints(session: Session, bundle: Bundle, issue: Issue) -> list[Json] | None:
    return [sprint(session, s) for s in bundle.sprints.get(issue.id, []) if s.state == "closed"] or None


def _epic(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
    parent = bundle.others.get(issue.parent_id or 0)
    is_epic = parent and session.context.meta.issue_types[parent.type_id].level == 1
    return epic(session, parent) if parent and is_epic else None


AGILE_BUILDERS: dict[str, Build] = {
    "sprint": _open_sprint,
    "closedSprints": _closed_sprints,
    "epic": _epic,
    "flagged": lambda _s, _b, issue: issue.flagged,
}
"""Fields that only the agile API knows."""


def issue_address(session: Session, issue: Issue) -> str:
    """The issue's `self`."""
    return session.rest(f"/issue/{issue.id}")


def short_issue(session: Session, issue: Issue) -> Json:
    """An issue as others refer to it."""
    meta = session.context.meta
    return {
        "id": str(issue.id),
        "key": issue.key,
        "self": issue_address(session, issue),
        "fields": {
            "summary": issue.summary,
            "status": shapes.status(session, meta.statuses[issue.status_id]),
            "priority": shapes.priority(session, meta.priorities[issue.priority_id]),
            "issuetype": shapes.issue_type(session, meta.issue_types[issue.type_id]),
        },
    }


def full_issue(
    session: Session, bundle: Bundle, issue: Issue, *, fields: Collection[str], expand: Collection[str] = ()
) -> Json:
    """An issue with the fields and expansions asked for."""
    shape: Json = {"expand": EXPANDS, "id": str(issue.id), "self": issue_address(session, issue), "key": issue.key}
    values = {name: (BUILDERS.get(name) or AGILE_BUILDERS[name])(session, bundle, issue) for name in fields}
    if values:
        shape["fields"] = values
    if issue.id in bundle.properties:
        shape["properties"] = bundle.properties[issue.id]
    for name in expand:
        build = _EXPANDERS.get(name)
        if build:
            shape[name] = build(session, bundle, issue, list(fields))
    return shape


def names(fields: Collection[str]) -> Json:
    """The fields' names, as `expand=names` has them."""
    return {name: BY_ID[name].name for name in fields if name in BY_ID}


def schemas(fields: Collection[str]) -> Json:
    """The fields' types, as `expand=schema` has them."""
    return {name: BY_ID[name].schema() for name in fields if name in BY_ID}


def _rendered(_session: Session, bundle: Bundle, issue: Issue, fields: list[str]) -> Json:
    texts = {"description": issue.description, "environment": issue.environment}
    shown_texts = {name: render(loaded(kept) or {}) if kept else "" for name, kept in texts.items() if name in fields}
    if "comment" in fields:
        bodies = [
            {"id": str(c.id), "body": render(loaded(c.body) or {}), "created": stamp_millis(c.created_at)}
            for c in bundle.comments.get(issue.id, [])
        ]
        return shown_texts | {"comment": {"comments": bodies}}
    return dict.fromkeys(fields) | shown_texts


def _transitions(session: Session, _bundle: Bundle, issue: Issue, _fields: list[str]) -> list[Json]:
    workflow = session.context.meta.workflow_of(issue.project_id)
    return [transition(session, step) for step in workflow.available(issue.status_id)]


_EXPANDERS: dict[str, Callable[[Session, Bundle, Issue, list[str]], Any]] = {
    "names": lambda _s, _b, _i, fields: names(fields),
    "schema": lambda _s, _b, _i, fields: schemas(fields),
    "renderedFields": _rendered,
    "transitions": _transitions,
    "changelog": lambda s, bundle, issue, _f: changelog(s, bundle.entries.get(issue.id, []), bundle.people),
    "editmeta": lambda s, _b, issue, _f: {"fields": edit_fields(s, s.context.meta.projects[issue.project_id])},
    "operations": lambda _s, _b, _i, _f: {"linkGroups": []},
    "versionedRepresentations": lambda s, bundle, issue, fields: {
        name: {"1": BUILDERS[name](s, bundle, issue)} for name in fields
    },
}
