"""The server, its configuration, the caller."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.params import words
from simulator.emulators.jira.payloads import access, shapes
from simulator.emulators.jira.session import reading
from simulator.emulators.jira.state.durations import DAYS_PER_WEEK, HOURS_PER_DAY
from simulator.emulators.jira.state.groups import groups_of
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, stamp_millis

platform = Blueprint("server", __name__)


@platform.get("/serverInfo")
def server_info() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/#api-rest-api-3-serverinfo-get

    The one address that asks for no credentials.
    """
    now, base = stamp_millis(instance().now()), Urls.of_request().jira()
    return reply(
        {
            "baseUrl": base,
            "displayUrl": base,
            "version": "1001.0.0-SNAPSHOT",
            "versionNumbers": [1001, 0, 0],
            "deploymentType": "Cloud",
            "buildNumber": 100300,
            "buildDate": "2026-11-01T00:00:00.000+0000",
            "serverTime": now,
            "serverTimeZone": "UTC",
            "scmInfo": "emulated",
            "serverTitle": "Jira",
            "defaultLocale": {"locale": "en_GB"},
        }
    )


@platform.get("/myself")
def myself() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/#api-rest-api-3-myself-get"""
    with reading() as session:
        account = session.context.account
        belongs = access.memberships(session, groups_of(session.context, account), expand=words("expand"))
        return reply(shapes.user(session, account) | {"locale": "en_GB"} | belongs)


@platform.get("/configuration")
def configuration() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jira-settings/#api-rest-api-3-configuration-get"""
    hours, days = float(HOURS_PER_DAY), float(DAYS_PER_WEEK)
    times = {"workingHoursPerDay": hours, "workingDaysPerWeek": days, "timeFormat": "pretty", "defaultUnit": "minute"}
    with reading():
        return reply(
            {
                "votingEnabled": True,
                "watchingEnabled": True,
                "unassignedIssuesAllowed": True,
                "subTasksEnabled": True,
                "issueLinkingEnabled": True,
                "timeTrackingEnabled": True,
                "attachmentsEnabled": True,
                "timeTrackingConfiguration": times,
            }
        )


@platform.get("/projectCategory")
def project_categories() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-categories/#api-rest-api-3-projectcategory-get"""
    with reading():
        return reply([])
