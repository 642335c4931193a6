"""An issue as Jira writes it: the fields asked for, and what `expand` adds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from simulator.emulators.jira.fields import (
    EPIC_LINK,
    FLAG_OPTION,
    FLAGGED,
    POINTS,
    RANK,
    SPRINT,
)
from simulator.emulators.jira.payloads import shapes, worklogs
from simulator.emulators.jira.payloads.agile_fields import AGILE_BUILDERS, Build
from simulator.emulators.jira.payloads.attachments import attachment
from simulator.emulators.jira.payloads.changelog import changelog
from simulator.emulators.jira.payloads.comments import comment_page
from simulator.emulators.jira.payloads.custom_values import custom_value
from simulator.emulators.jira.payloads.field_names import names, schemas
from simulator.emulators.jira.payloads.metadata import edit_fields
from simulator.emulators.jira.payloads.operations import operations
from simulator.emulators.jira.payloads.parts import short_component, short_version
from simulator.emulators.jira.payloads.rendered import rendered_fields
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.payloads.sprints import sprint_value
from simulator.emulators.jira.payloads.transitions import transition
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.bundle import Bundle
from simulator.emulators.jira.state.changes import Recent
from simulator.emulators.jira.state.documents import shown
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.links import Link
from simulator.emulators.jira.state.time_tracking import UNTRACKED, Tracking, together
from simulator.emulators.jira.state.transitions import available
from simulator.emulators.kit.web import stamp_millis

EXPANDS = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"


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


def _votes(session: Session, bundle: Bundle, issue: Issue) -> Json:
    voted = bundle.votes.get(issue.id, [])
    return {
        "self": session.rest(f"/issue/{issue.key}/votes"),
        "votes": len(voted),
        "hasVoted": session.context.account.id in voted,
    }


def _time(name: str) -> Build:
    return lambda _session, bundle, issue: getattr(bundle.times.get(issue.id, UNTRACKED), name)


def _time_in_all(name: str) -> Build:
    return lambda _session, bundle, issue: getattr(_times_in_all(bundle, issue), name)


def _times_in_all(bundle: Bundle, issue: Issue) -> Tracking:
    """An issue's times and those of its sub-tasks."""
    own, below = bundle.times.get(issue.id, UNTRACKED), bundle.times_below.get(issue.id, UNTRACKED)
    return together(own, below)


def _worklogs(session: Session, bundle: Bundle, issue: Issue) -> Json:
    found, total = bundle.worklogs.get(issue.id, ([], 0))
    return worklogs.worklog_list(session, found, total, bundle.people)


def _attachments(session: Session, bundle: Bundle, issue: Issue) -> list[Json]:
    return [attachment(session, one, bundle.people) for one in bundle.attachments.get(issue.id, [])]


def _comments(session: Session, bundle: Bundle, issue: Issue) -> Json:
    found = bundle.comments.get(issue.id, [])
    return comment_page(session, issue, found, bundle.people, start=0, limit=max(len(found), 1), total=len(found)) | {
        "self": session.rest(f"/issue/{issue.id}/comment"),
        "maxResults": len(found),
    }


def _versions(field: str) -> Build:
    def build(session: Session, bundle: Bundle, issue: Issue) -> list[Json]:
        numbers = bundle.parts.get(issue.id, {}).get(field, ())
        return [short_version(session, session.context.meta.versions[number]) for number in numbers]

    return build


def _components(session: Session, bundle: Bundle, issue: Issue) -> list[Json]:
    numbers = bundle.parts.get(issue.id, {}).get("components", ())
    return [short_component(session, session.context.meta.components[number]) for number in numbers]


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
    "timespent": _time("spent_s"),
    "project": lambda s, _b, issue: shapes.project(s, s.context.meta.projects[issue.project_id]),
    "fixVersions": _versions("fixVersions"),
    "resolution": _resolution,
    "resolutiondate": lambda _s, _b, issue: stamp_millis(issue.resolved_at),
    "workratio": lambda _s, bundle, issue: worklogs.work_ratio(bundle.times.get(issue.id, UNTRACKED)),
    "lastViewed": lambda _s, bundle, issue: stamp_millis(bundle.viewed.get(issue.id)),
    "watches": _watches,
    "created": lambda _s, _b, issue: stamp_millis(issue.created_at),
    "priority": lambda s, _b, issue: shapes.priority(s, s.context.meta.priorities[issue.priority_id]),
    "labels": lambda _s, bundle, issue: bundle.labels.get(issue.id, []),
    "timeestimate": _time("remaining_s"),
    "timeoriginalestimate": _time("original_s"),
    "aggregatetimespent": _time_in_all("spent_s"),
    "aggregatetimeestimate": _time_in_all("remaining_s"),
    "aggregatetimeoriginalestimate": _time_in_all("original_s"),
    "aggregateprogress": lambda _s, bundle, issue: worklogs.progress(_times_in_all(bundle, issue)),
    "versions": _versions("versions"),
    "issuelinks": _links,
    "assignee": _person(lambda issue: issue.assignee_id),
    "updated": lambda _s, _b, issue: stamp_millis(issue.updated_at),
    "status": _status,
    "statusCategory": lambda s, _b, issue: shapes.category(s, s.context.meta.statuses[issue.status_id].category),
    "components": _components,
    "description": lambda s, _b, issue: shown(issue.description, api=s.api),
    "timetracking": lambda _s, bundle, issue: worklogs.time_tracking(bundle.times.get(issue.id, UNTRACKED)),
    "attachment": _attachments,
    "summary": lambda _s, _b, issue: issue.summary,
    "creator": _person(lambda issue: issue.creator_id),
    "subtasks": lambda s, bundle, issue: [short_issue(s, child) for child in bundle.subtasks.get(issue.id, [])],
    "reporter": _person(lambda issue: issue.reporter_id),
    "environment": lambda s, _b, issue: shown(issue.environment, api=s.api),
    "duedate": lambda _s, _b, issue: issue.due_on.isoformat() if issue.due_on else None,
    "progress": lambda _s, bundle, issue: worklogs.progress(bundle.times.get(issue.id, UNTRACKED)),
    "votes": _votes,
    "comment": _comments,
    "worklog": _worklogs,
    EPIC_LINK: _epic_link,
    POINTS: lambda _s, _b, issue: issue.points,
    RANK: lambda _s, _b, issue: issue.rank,
    SPRINT: _sprints,
    FLAGGED: _flag,
}


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


def field_value(session: Session, bundle: Bundle, issue: Issue, name: str) -> Any:  # Any: each field has its own shape
    """What a field of an issue holds."""
    spec = session.context.meta.custom_fields.get(name)
    if spec:
        return custom_value(session, spec, bundle.custom.get(issue.id, {}).get(name), bundle.people)
    return (BUILDERS.get(name) or AGILE_BUILDERS[name])(session, bundle, issue)


def full_issue(
    session: Session, bundle: Bundle, issue: Issue, *, fields: Collection[str], expand: Collection[str] = ()
) -> Json:
    """An issue with the fields and expansions asked for."""
    shape: Json = {"expand": EXPANDS, "id": str(issue.id), "self": issue_address(session, issue), "key": issue.key}
    values = {name: field_value(session, bundle, issue, name) for name in fields}
    if values and "versionedRepresentations" not in expand:  # they take the place of the fields
        shape["fields"] = values
    if issue.id in bundle.properties:
        shape["properties"] = bundle.properties[issue.id]
    for name in expand:
        build = _EXPANDERS.get(name)
        if build:
            shape[name] = build(session, bundle, issue, list(fields))
    return shape


def _transitions(session: Session, _bundle: Bundle, issue: Issue, _fields: list[str]) -> list[Json]:
    return [transition(session, issue, step) for step in available(session.context, issue)]


def _versioned(session: Session, bundle: Bundle, issue: Issue, fields: list[str]) -> Json:
    return {name: {"1": field_value(session, bundle, issue, name)} for name in fields}


_EXPANDERS: dict[str, Callable[[Session, Bundle, Issue, list[str]], Any]] = {
    "names": lambda s, _b, _i, fields: names(fields, s.context.meta.custom_fields),
    "schema": lambda s, _b, _i, fields: schemas(fields, s.context.meta.custom_fields),
    "renderedFields": rendered_fields,
    "transitions": _transitions,
    "changelog": lambda s, bundle, issue, _f: changelog(
        s, bundle.histories.get(issue.id, Recent([], 0)), bundle.people
    ),
    "editmeta": lambda s, _b, issue, _f: {"fields": edit_fields(s, issue)},
    "operations": lambda s, _b, issue, _f: operations(s, issue, available(s.context, issue)),
    "versionedRepresentations": _versioned,
}
