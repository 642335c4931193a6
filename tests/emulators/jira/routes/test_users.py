"""People: by accountId and by search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_the_client_finds_people(jira: JIRA) -> None:
    (bob,) = jira.search_users(query="bob@example.com")

    assert bob.displayName == "Bob"
    assert jira.user(bob.accountId).emailAddress == "bob@example.com"
    assert {user.displayName for user in jira.search_assignable_users_for_issues(query="a", project="AUTOTEST")} == {
        "Alice"
    }
    assert jira.search_allowed_users_for_issue("car", projectKey="AUTOTEST")[0].displayName == "Carol"


def test_organizations_are_no_people(api: Api) -> None:
    everybody = api.get("/rest/api/3/users/search")

    assert [person["displayName"] for person in everybody] == ["Alice", "Bob", "Carol"]
    assert {person["accountType"] for person in everybody} == {"atlassian"}


def test_pages_of_people(api: Api) -> None:
    second = api.get("/rest/api/3/user/search", query="", startAt=1, maxResults=1)

    assert [person["displayName"] for person in second] == ["Bob"]


def test_assignable_people_need_a_project_or_an_issue(api: Api) -> None:
    key = api.issue()

    assert len(api.get("/rest/api/3/user/assignable/search", issueKey=key)) == 3
    api.refused("GET", "/rest/api/3/user/assignable/search?query=a", 400)
    api.refused("GET", "/rest/api/3/user/assignable/search?project=NOPE", 404)
    api.refused("GET", "/rest/api/3/user/assignable/search?issueKey=AUTOTEST-99", 404)


@pytest.mark.parametrize("path", ["/user", "/user/search", "/user/viewissue/search"])
def test_a_search_for_nothing_is_400(api: Api, path: str) -> None:
    api.refused("GET", f"/rest/api/3{path}", 400)


def test_an_unknown_person_is_404(api: Api) -> None:
    messages, _ = api.refused("GET", "/rest/api/3/user?accountId=nobody", 404)

    assert messages == ["Specified user does not exist or you do not have required permissions"]


def test_people_in_bulk_and_in_a_picker(api: Api, account_ids: dict[str, str]) -> None:
    page = api.get(
        "/rest/api/3/user/bulk", accountId=[account_ids["alice"], account_ids["bob"], "nobody"], maxResults=1
    )
    assert ([person["displayName"] for person in page["values"]], page["total"]) == (["Alice"], 2)

    found = api.get("/rest/api/3/user/picker", query="bo", excludeAccountIds=account_ids["carol"])

    assert found["header"] == "Showing 1 of 1 matching users"
    assert found["users"][0]["html"] == "<strong>Bo</strong>b - <strong>bo</strong>b@example.com"
    api.refused("GET", "/rest/api/3/user/bulk", 400)
    api.refused("GET", "/rest/api/3/user/picker", 400)


def test_people_come_and_go(api: Api, api_of: Callable[[str], Api]) -> None:
    body = {"emailAddress": "Bob@elsewhere.example", "displayName": "Another Bob", "products": ["jira-software"]}
    made = api.post("/rest/api/3/user", body, status=201)
    assert api.post("/rest/api/3/user", body, status=201)["accountId"] == made["accountId"]
    key = api.issue(assignee={"accountId": made["accountId"]})

    api.delete(f"/rest/api/3/user?accountId={made['accountId']}")

    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["assignee"]["active"] is False
    _, errors = api.refused(
        "PUT", f"/rest/api/3/issue/{api.issue()}", 400, json={"fields": {"assignee": {"accountId": made["accountId"]}}}
    )
    assert list(errors) == ["assignee"]
    for wrong in (body, {"emailAddress": "no address", "products": []}, {"emailAddress": "x@example.com"}):
        api.refused("POST", "/rest/api/3/user", 400, json=wrong)
    api.refused("DELETE", "/rest/api/3/user?accountId=nobody", 404)
    api.refused("DELETE", f"/rest/api/3/user?accountId={api.get('/rest/api/3/myself')['accountId']}", 400)
    api_of("bob").refused("POST", "/rest/api/3/user", 403, json=body | {"emailAddress": "y@example.com"})


def test_a_person_tells_groups_where_asked_to(api: Api, account_ids: dict[str, str]) -> None:
    person = api.get("/rest/api/3/user", accountId=account_ids["alice"], expand="groups,applicationRoles")

    assert [group["name"] for group in person["groups"]["items"]] == ["jira-administrators", "jira-software-users"]
    assert person["applicationRoles"]["items"] == [{"key": "jira-software", "name": "Jira Software"}]
    assert api.get("/rest/api/3/myself")["groups"] == {"size": 2, "items": []}
