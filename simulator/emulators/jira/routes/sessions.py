"""What old clients ask before anything else: who they are, and which applications are linked."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.session import reading
from simulator.emulators.kit.web import reply

auth = Blueprint("auth", __name__)
applinks = Blueprint("applinks", __name__)


@auth.get("/session")
def get_session() -> Response:
    """https://developer.atlassian.com/server/jira/platform/cookie-based-authentication/

    Credentials are Basic or Bearer here, so nothing is kept about a session.
    """
    with reading() as session:
        account = session.context.account
        return reply(
            {
                "self": session.urls.jira("/rest/api/latest/user?accountId=" + account.jira_id),
                "name": account.jira_id,
                "loginInfo": {"loginCount": 1, "failedLoginCount": 0},
            }
        )


@auth.delete("/session")
def delete_session() -> Response:
    """https://developer.atlassian.com/server/jira/platform/cookie-based-authentication/"""
    with reading():
        return reply(None, 204)


@applinks.get("/listApplicationlinks")
def application_links() -> Response:
    """https://developer.atlassian.com/server/jira/platform/rest-apis/

    None: GitHub is connected as an app, not by an application link.
    """
    with reading():
        return reply({"list": []})
