"""The notification scheme that every site begins with. Nothing is mailed by it: clients read it when they set projects up."""

from __future__ import annotations

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session

SCHEME_ID = 10000
_EVERYBODY_CONCERNED = ("CurrentAssignee", "Reporter", "AllWatchers")
_EVENTS = (  # https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-events/
    (1, "Issue Created"),
    (2, "Issue Updated"),
    (3, "Issue Assigned"),
    (4, "Issue Resolved"),
    (5, "Issue Closed"),
    (6, "Issue Commented"),
    (7, "Issue Reopened"),
    (8, "Issue Deleted"),
    (9, "Issue Moved"),
    (10, "Work Logged On Issue"),
    (11, "Work Started On Issue"),
    (12, "Work Stopped On Issue"),
    (13, "Generic Event"),
    (14, "Issue Comment Edited"),
    (15, "Issue Worklog Updated"),
    (16, "Issue Worklog Deleted"),
    (17, "Issue Comment Deleted"),
)


def all_events() -> list[Json]:
    """What can happen to an issue so that people hear of it."""
    return [{"id": number, "name": name} for number, name in _EVENTS]


def notification_scheme(session: Session, *, events: bool) -> Json:
    """The scheme; with `events`, who hears of what."""
    shape: Json = {
        "id": SCHEME_ID,
        "self": session.rest(f"/notificationscheme/{SCHEME_ID}"),
        "name": "Default Notification Scheme",
        "description": "Whoever an issue concerns hears of it.",
        "expand": "notificationSchemeEvents,user,group,projectRole,field,all",
    }
    if events:
        shape["notificationSchemeEvents"] = [
            {"event": event, "notifications": _notifications(place)} for place, event in enumerate(all_events())
        ]
    return shape


def _notifications(place: int) -> list[Json]:
    first = 10000 + place * len(_EVERYBODY_CONCERNED)
    return [{"id": first + offset, "notificationType": kind} for offset, kind in enumerate(_EVERYBODY_CONCERNED)]
