"""The server, the caller, what the caller may do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


def test_server_info_needs_no_credentials_and_says_cloud(site: Site) -> None:
    answer = requests.get(f"{site.jira_url}/rest/api/2/serverInfo", timeout=10)

    assert answer.json()["deploymentType"] == "Cloud"
    assert answer.json()["baseUrl"] == site.jira_url


def test_the_client_knows_itself(jira: JIRA) -> None:
    assert jira.myself()["emailAddress"] == "alice@example.com"
    assert jira.current_user("displayName") == "Alice"
    assert jira.server_info()["versionNumbers"] == [1001, 0, 0]


@pytest.mark.parametrize(
    "auth",
    [None, ("alice@example.com", "wrong"), ("bob@example.com", "alice-token"), ("alice-token", "")],
    ids=["none", "wrong token", "somebody else's token", "the token as the name"],
)
def test_bad_credentials_are_401_in_jiras_shape(site: Site, auth: tuple[str, str] | None) -> None:
    answer = requests.get(f"{site.jira_url}/rest/api/3/myself", auth=auth, timeout=10)

    assert answer.status_code == 401
    assert answer.json()["errorMessages"] == ["Client must be authenticated to access this resource."]
    assert answer.headers["X-Seraph-LoginReason"] == "AUTHENTICATED_FAILED"


def test_a_bearer_token_speaks_for_its_owner(site: Site) -> None:
    answer = requests.get(
        f"{site.jira_url}/rest/api/3/myself", headers={"Authorization": "Bearer bob-token"}, timeout=10
    )

    assert answer.json()["displayName"] == "Bob"


def test_old_clients_find_a_session_and_no_application_links(site: Site, jira: JIRA, api: Api) -> None:
    assert jira.session().name == jira.myself()["accountId"]
    assert jira.applicationlinks() == []
    assert requests.get(f"{site.jira_url}/rest/auth/1/session", timeout=10).status_code == 401
    assert requests.get(f"{site.jira_url}/rest/auth/latest/session", timeout=10).status_code == 401


def test_the_configuration_tells_how_long_people_work(api: Api) -> None:
    found = api.get("/rest/api/3/configuration")

    assert found["timeTrackingConfiguration"]["workingHoursPerDay"] == 8.0
    assert (found["votingEnabled"], found["subTasksEnabled"], found["unassignedIssuesAllowed"]) == (True, True, True)


def test_the_default_dashboard_is_read(jira: JIRA, api: Api) -> None:
    (found,) = jira.dashboards()

    assert (found.name, jira.dashboard(found.id).name) == ("Default dashboard", "Default dashboard")
    assert jira.dashboards(filter="favourite") == []
    assert api("GET", "/rest/api/3/dashboard/search", status=200)["total"] == 1
    assert len(jira.dashboard_gadgets(found.id)) == 3
    api.refused("GET", "/rest/api/3/dashboard/1", 404)


def test_permissions_tell_administrators_from_others(api: Api, api_of: Callable[[str], Api], jira: JIRA) -> None:
    asked = "CREATE_PROJECT,BROWSE_PROJECTS"

    alice = api.get("/rest/api/3/mypermissions", permissions=asked)["permissions"]
    bob = api_of("bob").get("/rest/api/3/mypermissions", permissions=asked, projectKey="AUTOTEST")["permissions"]

    assert [alice[key]["havePermission"] for key in asked.split(",")] == [True, True]
    assert [bob[key]["havePermission"] for key in asked.split(",")] == [False, True]
    assert jira.my_permissions(permissions="BROWSE_PROJECTS")["permissions"]["BROWSE_PROJECTS"]["type"] == "PROJECT"


def test_permissions_must_be_named(api: Api) -> None:
    assert api.refused("GET", "/rest/api/3/mypermissions", 400)[0] == ["The 'permissions' query parameter is required."]
    messages, _ = api.refused("GET", "/rest/api/3/mypermissions?permissions=FLY", 400)
    assert messages == ["Unrecognized permission(s): FLY"]


def test_a_gap_answers_501_in_jiras_shape(api: Api, jira: JIRA) -> None:
    messages, _ = api.refused("GET", "/rest/api/3/auditing/record", 501)

    assert "GET /rest/api/3/auditing/record" in messages[0]
    with pytest.raises(JIRAError, match="501"):
        jira.avatars("project")


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"a":' * 100 + b"1" + b"}" * 100])
def test_a_broken_body_is_400_in_jiras_shape(api: Api, body: bytes) -> None:
    messages, _ = api.refused("POST", "/rest/api/2/issue", 400, data=body)

    assert messages


def test_a_null_character_anywhere_is_400(api: Api) -> None:
    api.refused("POST", "/rest/api/2/issue", 400, data=b'{"fields": {"summary": "a\\u0000b"}}')
    api.refused("GET", "/rest/api/2/search/jql?jql=summary%20~%20%22a%00%22", 400)
