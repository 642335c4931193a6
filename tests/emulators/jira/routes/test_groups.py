"""Groups: found, made, joined, left, deleted, and what they are entitled to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"


def members(api: Api, name: str) -> list[str]:
    """The people of a group."""
    return [person["displayName"] for person in api.get(f"{V3}/group/member", groupname=name)["values"]]


def test_a_group_is_made_joined_left_and_deleted(jira: JIRA, api: Api, account_ids: dict[str, str]) -> None:
    assert jira.add_group("Testers")
    api.post(f"{V3}/group/user?groupname=testers", {"accountId": account_ids["bob"]}, status=201)

    assert members(api, "TESTERS") == ["Bob"]
    assert jira.groups(query="test") == ["Testers"]
    assert list(jira.group_members("Testers")) == [account_ids["bob"]]
    groups = api.get(f"{V3}/user/groups", accountId=account_ids["bob"])
    assert [group["name"] for group in groups] == ["jira-software-users", "Testers"]
    number = next(group["groupId"] for group in groups if group["name"] == "Testers")
    assert api.get(f"{V3}/group/bulk", groupId=number)["values"] == [{"name": "Testers", "groupId": number}]
    api("DELETE", f"{V3}/group/user?groupId={number}&accountId={account_ids['bob']}", status=200)
    assert members(api, "Testers") == []
    assert jira.remove_group("Testers")
    api.refused("GET", f"{V3}/group/member?groupname=Testers", 404)


def test_the_groups_that_every_site_has(api: Api, account_ids: dict[str, str]) -> None:
    assert members(api, "jira-administrators") == ["Alice"]
    assert {"Alice", "Bob"} <= set(members(api, "jira-software-users"))

    api("DELETE", f"{V3}/group/user?groupname=jira-software-users&accountId={account_ids['bob']}", status=200)

    assert "Bob" not in members(api, "jira-software-users")
    api.refused("DELETE", f"{V3}/group?groupname=jira-software-users", 403)
    body = {"accountId": account_ids["bob"]}
    api.refused("POST", f"{V3}/group/user?groupname=jira-administrators", 403, json=body)


def test_who_leaves_everybody_sees_no_project(
    api: Api, api_of: Callable[[str], Api], account_ids: dict[str, str]
) -> None:
    bob = api_of("bob")
    api("DELETE", f"{V3}/group/user?groupname=jira-software-users&accountId={account_ids['bob']}", status=200)
    assert bob.get(f"{V3}/project/search")["values"] == []

    api.post(f"{V3}/group", {"name": "Guests"}, status=201)
    api.post(f"{V3}/group/user?groupname=Guests", {"accountId": account_ids["bob"]}, status=201)
    api.post(f"{V3}/project/AUTOTEST/role/10003", {"group": ["Guests"]}, status=200)

    assert [p["key"] for p in bob.get(f"{V3}/project/search")["values"]] == ["AUTOTEST"]
    api("DELETE", f"{V3}/group?groupname=Guests", status=200)
    assert bob.get(f"{V3}/project/search")["values"] == []


def test_what_a_picker_shows_is_escaped(api: Api) -> None:
    api.post(f"{V3}/group", {"name": "<b>old</b>"}, status=201)

    found = api.get(f"{V3}/groups/picker", query="old")

    assert found["groups"][0]["html"] == "&lt;b&gt;<b>old</b>&lt;/b&gt;"
    assert found["header"] == "Showing 1 of 1 matching groups"


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("POST", "/group", 400, {"name": "JIRA-administrators"}),
        ("POST", "/group", 400, {"name": "x" * 256}),
        ("POST", "/group", 400, {}),
        ("GET", "/group/member", 400, None),
        ("GET", "/group?groupname=none", 404, None),
        ("POST", "/group/user?groupname=jira-software-users", 404, {"accountId": "nobody"}),
        ("POST", "/group/user?groupname=jira-software-users", 400, {"name": "bob"}),
        ("GET", "/user/groups?accountId=nobody", 404, None),
        ("GET", "/applicationrole/other", 404, None),
    ],
)
def test_what_is_wrong_with_groups_is_said(
    api: Api, method: str, path: str, status: int, body: dict[str, object] | None
) -> None:
    assert api.refused(method, V3 + path, status, json=body)[0]


def test_only_administrators_change_groups(api: Api, api_of: Callable[[str], Api]) -> None:
    bob = api_of("bob")

    bob.refused("POST", f"{V3}/group", 403, json={"name": "Mine"})
    bob.refused("DELETE", f"{V3}/group?groupname=jira-software-users", 403)
    bob.refused("GET", f"{V3}/applicationrole", 403)

    (product,) = api("GET", f"{V3}/applicationrole", status=200)
    assert (product["key"], product["groups"]) == ("jira-software", ["jira-software-users"])
    assert product["userCount"] >= 2
