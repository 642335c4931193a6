"""People: by accountId and by search."""

from __future__ import annotations

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
