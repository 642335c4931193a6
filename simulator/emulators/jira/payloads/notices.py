"""The subjects of webhooks: what each event's payload holds beside its name and time.

Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/#example-callback-for-an-issue-related-event
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.emulators.jira.fields import VALUE_IDS
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.attachments import attachment
from simulator.emulators.jira.payloads.changelog import item
from simulator.emulators.jira.payloads.comments import comment
from simulator.emulators.jira.payloads.issues import full_issue
from simulator.emulators.jira.payloads.parts import version
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.payloads.sprints import board, configuration, sprint
from simulator.emulators.jira.payloads.worklogs import worklog
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.comments import Comment
from simulator.emulators.jira.state.context import Notice
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.meta import load
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.webhook_filters import said_in

_IN_SHORT = ("summary", "issuetype", "project", "assignee", "priority", "status")
_KINDS_OF_FIELD = {"assignee": "issue_assigned", "status": "issue_generic"}
_KINDS_OF_TALK = {"comment": "issue_commented", "edited_comment": "issue_comment_edited", "worklog": "issue_worklogged"}

Subject = Callable[[Session, Notice], Json]


def subject_of(session: Session, notice: Notice) -> Json:
    """What is special to an event."""
    return _SUBJECTS[notice.event.partition("_")[0].removeprefix("jira:")](session, notice)


def _issue(session: Session, notice: Notice) -> Json:
    if notice.event.startswith("issue_property"):
        return _property(session, notice)
    kind = _kind(notice)
    shape: Json = {"issue_event_type_name": kind, "user": shapes.user(session, notice.by)}
    shape["issue"] = _whole_issue(session, notice)
    if items := notice.detail.get("items"):
        shape["changelog"] = {"id": str(notice.detail["history_id"]), "items": [item(change) for change in items]}
    said = said_in(session.context, notice)
    if isinstance(said, Comment):
        shape["comment"] = _comment_shape(session, find_issue(session.context, notice.issue_id or 0), said)
    return shape


def _kind(notice: Notice) -> str:
    if notice.event != "jira:issue_updated":
        return notice.event.removeprefix("jira:")
    changed = {change.field_id for change in notice.detail.get("items", ())}
    talk = next((kind for name, kind in _KINDS_OF_TALK.items() if name in notice.detail), None)
    if not changed and talk:
        return talk
    if "status" in changed:
        return _KINDS_OF_FIELD["status"]
    return _KINDS_OF_FIELD["assignee"] if changed == {"assignee"} else "issue_updated"


def _whole_issue(session: Session, notice: Notice) -> Json:
    bundle = notice.detail.get("bundle")
    if bundle is None:
        issue = find_issue(session.context, notice.issue_id or 0)
        bundle = read_bundle(session.context, [issue], fields=VALUE_IDS)
    else:
        issue = notice.detail["issue"]
    return _bare(full_issue(session, bundle, issue, fields=VALUE_IDS, expand=()))


def _short_issue(session: Session, issue: Issue) -> Json:
    bundle = read_bundle(session.context, [issue], fields=_IN_SHORT)
    return _bare(full_issue(session, bundle, issue, fields=_IN_SHORT, expand=()))


def _bare(shape: Json) -> Json:
    return {name: shape[name] for name in ("id", "self", "key", "fields")}


def _property(session: Session, notice: Notice) -> Json:
    issue = find_issue(session.context, notice.issue_id or 0)
    shape = {"key": notice.detail["key"]}
    if "value" in notice.detail:
        shape["value"] = notice.detail["value"]
    return {"issue": _short_issue(session, issue), "property": shape}


def _comment(session: Session, notice: Notice) -> Json:
    issue = find_issue(session.context, notice.issue_id or 0)
    shape = _comment_shape(session, issue, notice.detail["comment"])
    return {"comment": shape, "issue": _short_issue(session, issue)}


def _comment_shape(session: Session, issue: Issue, found: Comment) -> Json:
    people = people_by_id(session.context, [found.author_id, found.editor_id])
    return comment(session, issue, found, people)


def _issuelink(session: Session, notice: Notice) -> Json:
    link = notice.detail["link"]
    kind = session.context.meta.link_types[link.type_id]
    return {
        "issueLink": {
            "id": link.id,
            "sourceIssueId": link.source_id,
            "destinationIssueId": link.destination_id,
            "issueLinkType": {
                "id": kind.id,
                "name": kind.name,
                "outwardName": kind.outward,
                "inwardName": kind.inward,
                "isSubTaskLinkType": False,
                "isSystemLinkType": False,
            },
            "systemLink": False,
        }
    }


def _sprint(session: Session, notice: Notice) -> Json:
    shape: Json = {"sprint": sprint(session, notice.detail["sprint"])}
    if "before" in notice.detail:
        shape["oldValue"] = sprint(session, notice.detail["before"])
    return shape


def _board(session: Session, notice: Notice) -> Json:
    found = notice.detail["board"]
    if notice.event == "board_configuration_changed":
        return {"configuration": configuration(session, found)}
    return {"board": board(session, found)}


def _project(session: Session, notice: Notice) -> Json:
    context = session.context
    found = (
        notice.detail.get("project") or load(context.connection, context.site, "").projects[notice.detail["project_id"]]
    )
    lead = people_by_id(context, [found.lead_id]).get(found.lead_id)
    shape = shapes.project(session, found) | {"id": found.id, "assigneeType": found.assignee_type}
    return {"project": shape | {"projectLead": shapes.user(session, lead)} if lead else shape}


def _worklog(session: Session, notice: Notice) -> Json:
    found = notice.detail["worklog"]
    people = people_by_id(session.context, [found.author_id, found.editor_id])
    return {"worklog": worklog(session, found, people)}


def _attachment(session: Session, notice: Notice) -> Json:
    found = notice.detail["attachment"]
    return {"attachment": attachment(session, found, people_by_id(session.context, [found.author_id]))}


def _version(session: Session, notice: Notice) -> Json:
    shape: Json = {"version": version(session, notice.detail["version"])}
    if "merged_to" in notice.detail:
        shape["mergedTo"] = version(session, notice.detail["merged_to"])
    return shape


_SUBJECTS: dict[str, Subject] = {
    "attachment": _attachment,
    "worklog": _worklog,
    "version": _version,
    "issue": _issue,
    "comment": _comment,
    "issuelink": _issuelink,
    "sprint": _sprint,
    "board": _board,
    "project": _project,
}
