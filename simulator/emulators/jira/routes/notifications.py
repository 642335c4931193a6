"""Notification schemes: who would hear of what. And what there is to hear of."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.params import page, words
from simulator.emulators.jira.payloads.notifications import SCHEME_ID, all_events, notification_scheme
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.permissions import may, require, require_admin
from simulator.emulators.kit.web import reply

platform = Blueprint("notifications", __name__)

_WITH_EVENTS = {"all", "field", "group", "notificationSchemeEvents", "projectRole", "user"}


@platform.get("/events")
def get_events() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-events-get"""
    with reading() as session:
        require_admin(session.context)
        return reply(all_events())


@platform.get("/notificationscheme")
def notification_schemes() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-notification-schemes/#api-rest-api-3-notificationscheme-get"""
    asked, ids = page(), words("id")
    with reading() as session:
        seen = may(session.context, "ADMINISTER_PROJECTS")
        found = [_scheme(session)] if seen and (not ids or str(SCHEME_ID) in ids) else []
        shown = found[asked.start : asked.start + asked.limit]
        return reply(paged(asked, shown, total=len(found), address=session.rest("/notificationscheme")))


@platform.get("/notificationscheme/<number>")
def get_notification_scheme(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-notification-schemes/#api-rest-api-3-notificationscheme-id-get"""
    with reading() as session:
        if number != str(SCHEME_ID) or not may(session.context, "ADMINISTER_PROJECTS"):
            raise NotFound(f"The notification scheme with id '{number[:40]}' does not exist.")
        return reply(_scheme(session))


@platform.get("/project/<key>/notificationscheme")
def project_notification_scheme(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectkeyorid-notificationscheme-get"""
    with reading() as session:
        project = session.context.meta.project(key)
        require(session.context, "ADMINISTER_PROJECTS", project_id=project.id)
        return reply(_scheme(session))


def _scheme(session: Session) -> dict[str, object]:
    return notification_scheme(session, events=bool(_WITH_EVENTS & set(words("expand"))))
