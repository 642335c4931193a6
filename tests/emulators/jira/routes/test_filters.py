"""Saved filters: whose they are, who sees them, who likes them, what they show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"


@pytest.fixture
def bob(api_of: Callable[[str], Api]) -> Api:
    """Bob's requests."""
    return api_of("bob")


def save(api: Api, name: str, **more: object) -> str:
    """Save a filter and return its id."""
    body = {"name": name, "jql": "project = AUTOTEST", **more}
    return str(api.post(f"{V3}/filter", body, status=200)["id"])


def names(api: Api, **params: object) -> list[str]:
    """The filters that a search finds."""
    return [found["name"] for found in api.get(f"{V3}/filter/search", **params)["values"]]


def test_the_client_saves_changes_and_deletes_a_filter(jira: JIRA, api: Api) -> None:
    made = jira.create_filter(name="Mine", description="d", jql="project = AUTOTEST", favourite=True)
    assert [found.name for found in jira.favourite_filters()] == ["Mine"]

    jira.update_filter(made.id, name="Mine too", jql="status = Done")

    found = jira.filter(made.id)
    assert (found.name, found.description, found.jql) == ("Mine too", "d", "status = Done")
    found.delete()
    api.refused("GET", f"{V3}/filter/{made.id}", 400)


def test_a_filter_is_its_owners_until_it_is_shared(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    number = save(api, "Secret")
    bob.refused("GET", f"{V3}/filter/{number}", 400)
    assert "Secret" not in names(bob)

    shares = api.post(
        f"{V3}/filter/{number}/permission", {"type": "group", "groupname": "jira-software-users"}, status=201
    )

    assert [share["group"]["name"] for share in shares] == ["jira-software-users"]
    assert bob.get(f"{V3}/filter/{number}")["name"] == "Secret"
    bob.refused("PUT", f"{V3}/filter/{number}", 400, json={"name": "Bob's"})
    bob.refused("DELETE", f"{V3}/filter/{number}", 400)
    edit = {"name": "Secret", "editPermissions": [{"type": "user", "user": {"accountId": account_ids["bob"]}}]}
    api.put(f"{V3}/filter/{number}", edit, status=200)
    assert bob.put(f"{V3}/filter/{number}", {"name": "Ours"}, status=200)["name"] == "Ours"
    api.delete(f"{V3}/filter/{number}/permission/{shares[0]['id']}")
    api.put(f"{V3}/filter/{number}", {"editPermissions": []}, status=200)
    bob.refused("GET", f"{V3}/filter/{number}", 400)


def test_shares_with_projects_roles_and_everybody(api: Api, bob: Api) -> None:
    project = api.get(f"{V3}/project/AUTOTEST")["id"]
    kinds: dict[str, dict[str, object]] = {
        "by project": {"type": "project", "project": {"id": project}},
        "by role": {"type": "project", "project": {"id": project}, "role": {"id": 10003}},
        "by a role of few": {"type": "project", "project": {"id": project}, "role": {"id": 10002}},
        "global": {"type": "global"},
        "signed in": {"type": "authenticated"},
    }
    for name, share in kinds.items():
        save(api, name, sharePermissions=[share])

    assert names(bob, orderBy="-name") == ["signed in", "global", "Filter for AUTOTEST board", "by role", "by project"]
    api.delete(f"{V3}/project/AUTOTEST/role/10003?group=jira-software-users")
    assert names(bob) == ["global", "signed in"]


def test_a_search_says_what_it_is_asked_to(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    for name in ("Open bugs", "Bugs of mine", "Stories"):
        save(api, name)
    save(bob, "Bob's bugs")

    assert names(api, filterName="bugs", accountId=account_ids["alice"]) == ["Bugs of mine", "Open bugs"]
    assert names(api, filterName="ug", isSubstringMatch=True, maxResults=1) == ["Bugs of mine"]
    (found,) = api.get(f"{V3}/filter/search", filterName="stories", expand="jql,owner,favourite")["values"]
    assert (found["jql"], found["owner"]["displayName"], found["favourite"]) == ("project = AUTOTEST", "Alice", False)
    assert "description" not in found
    assert [f["name"] for f in bob.get(f"{V3}/filter/my")] == ["Bob's bugs"]
    for params in ("accountId=x&owner=y", "groupname=x&groupId=y", f"id={','.join('1' * 201)}", "orderBy=colour"):
        api.refused("GET", f"{V3}/filter/search?{params}", 400)


def test_a_search_is_ordered_as_it_is_asked_to(api: Api, bob: Api) -> None:
    made = {name: save(api, name, sharePermissions=[{"type": "global"}] if name == "c" else []) for name in "cBa"}
    for person, number in ((api, made["c"]), (bob, made["c"]), (api, made["a"])):
        person.put(f"{V3}/filter/{number}/favourite", {}, status=200)

    def ordered(by: str) -> str:
        return "".join(names(api, orderBy=by, id=list(made.values())))

    assert {by: ordered(by) for by in ("name", "-name", "id", "-favourite_count", "-is_shared", "is_favourite")} == {
        "name": "aBc",
        "-name": "cBa",
        "id": "cBa",
        "-favourite_count": "caB",
        "-is_shared": "cBa",
        "is_favourite": "Bca",
    }


def test_people_like_filters_and_choose_their_columns(api: Api, bob: Api) -> None:
    number = save(api, "Liked", sharePermissions=[{"type": "global"}])

    bob.put(f"{V3}/filter/{number}/favourite", {}, status=200)
    api.put(f"{V3}/filter/{number}/columns", {"columns": ["summary", "status"]}, status=200)

    assert [f["name"] for f in bob.get(f"{V3}/filter/my", includeFavourites=True)] == ["Liked"]
    found = api.get(f"{V3}/filter/{number}")
    assert (found["favourite"], found["favouritedCount"]) == (False, 1)
    assert [c["value"] for c in api.get(f"{V3}/filter/{number}/columns")] == ["summary", "status"]
    api.delete(f"{V3}/filter/{number}/columns")
    assert api.get(f"{V3}/filter/{number}/columns") == []
    api.refused("PUT", f"{V3}/filter/{number}/columns", 400, json={"columns": ["nothing"]})
    field = {"name": "Mood", "type": "com.atlassian.jira.plugin.system.customfieldtypes:textfield"}
    mood = api.post(f"{V3}/field", field, status=201)["id"]
    api.put(f"{V3}/filter/{number}/columns", {"columns": [mood]}, status=200)
    assert api.get(f"{V3}/filter/{number}/columns") == [{"label": "Mood", "value": mood}]


def test_a_filter_changes_hands(api: Api, bob: Api, account_ids: dict[str, str]) -> None:
    number = save(api, "Handed on")

    api.put(f"{V3}/filter/{number}/owner", {"accountId": account_ids["bob"]}, status=204)

    assert [f["name"] for f in bob.get(f"{V3}/filter/my")] == ["Handed on"]
    api.refused("GET", f"{V3}/filter/{number}", 400)


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "taken"},
        {"name": "x" * 256},
        {"name": "n", "jql": "status = "},
        {"name": "n", "sharePermissions": [{"type": "moon"}]},
        {"name": "n", "sharePermissions": [{"type": "group", "group": {"name": "none"}}]},
        {"name": "n", "sharePermissions": [{"type": "project", "project": {"id": "77"}}]},
        {"name": "n", "sharePermissions": ["all"]},
        {"name": "n", "sharePermissions": 7},
    ],
)
def test_a_wrong_filter_is_not_saved(api: Api, body: dict[str, object]) -> None:
    save(api, "Taken")

    messages, errors = api.refused("POST", f"{V3}/filter", 400, json={"jql": ""} | body)

    assert messages or errors
    assert len(api.get(f"{V3}/filter/my")) == 1 + len([1 for f in names(api) if f.startswith("Filter for")])


def test_a_board_keeps_its_filter(api: Api) -> None:
    board = api.get("/rest/agile/1.0/board/1/configuration")["filter"]["id"]

    messages, _ = api.refused("DELETE", f"{V3}/filter/{board}", 400)

    assert messages == ["The filter is used by a board and cannot be deleted."]
