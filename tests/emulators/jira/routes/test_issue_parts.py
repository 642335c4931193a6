"""Watchers, properties, remote links."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_the_client_watches(jira: JIRA, api: Api, account_ids: dict[str, str]) -> None:
    key = api.issue()

    jira.add_watcher(key, "bob@example.com")
    watching = jira.watchers(key)
    jira.remove_watcher(key, account_ids["alice"])

    assert (watching.watchCount, watching.isWatching) == (2, True)
    assert [w.displayName for w in jira.watchers(key).watchers] == ["Bob"]
    api.refused("POST", f"/rest/api/2/issue/{key}/watchers", 404, json="nobody")
    api.refused("DELETE", f"/rest/api/2/issue/{key}/watchers", 400)


def test_the_client_keeps_properties(jira: JIRA, api: Api) -> None:
    key = api.issue()

    jira.add_issue_property(key, "sprintdojo", {"ref": "a"})
    jira.add_issue_property(key, "sprintdojo", {"ref": "b"})

    assert [p.key for p in jira.issue_properties(key)] == ["sprintdojo"]
    assert jira.issue_property(key, "sprintdojo").value.ref == "b"
    jira.issue_property(key, "sprintdojo").delete()
    api.refused("GET", f"/rest/api/2/issue/{key}/properties/sprintdojo", 404)


def test_a_property_is_201_when_new_and_any_json(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/properties/p"

    api.put(path, [1, None, "x"], status=201)
    api.put(path, False, status=200)

    assert api.get(path) == {"key": "p", "value": False}
    api.refused("PUT", path, 400, json="x" * 33_000)
    api.refused("PUT", path, 400)


def test_the_client_links_to_elsewhere(jira: JIRA, api: Api) -> None:
    key = api.issue()

    jira.add_simple_link(key, {"url": "https://example.com/1", "title": "One"})
    (link,) = jira.remote_links(key)

    assert (link.object.title, jira.remote_link(key, link.id).object.url) == ("One", "https://example.com/1")
    assert api.changes(key) == [("RemoteIssueLink", None, 'This issue links to "One (Web Link)"')]
    link.update({"url": "https://example.com/2", "title": "Two"})
    assert jira.remote_link(key, link.id).object.title == "Two"
    link.delete()
    assert jira.remote_links(key) == []
    assert api.changes(key)[-1] == ("RemoteIssueLink", 'This issue links to "Two (Web Link)"', None)


def test_one_remote_link_for_each_global_id(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/remotelink"
    link = {"globalId": "pull=7", "relationship": "mentioned in", "object": {"url": "https://x.example", "title": "PR"}}

    made = api.post(path, link, status=201)
    again = api.post(path, link | {"object": {"url": "https://x.example", "title": "PR 7"}}, status=200)

    assert made["id"] == again["id"]
    assert api.get(path, globalId="pull=7")["object"]["title"] == "PR 7"
    assert api.refused("POST", path, 400, json={"object": {"url": "https://x"}})[1] == {"title": "'title' is required."}
    api.refused("GET", f"{path}/999", 404)


def test_a_remote_link_goes_by_its_global_id(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/remotelink"
    link = {"globalId": "a&b", "object": {"url": "https://x.example", "title": "X"}}
    api.post(path, link, status=201)

    api.refused("DELETE", path, 400)
    api.refused("DELETE", f"{path}?globalId=other", 404)
    api.delete(f"{path}?globalId=a%26b")

    assert api.get(path) == []


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"object": {"title": "T", "url": "//x.example/"}}, {"url"}),
        ({"object": {"title": "T" * 256, "url": "https://x"}}, {"title"}),
        ({"object": {"title": "T", "url": 7}}, {"url"}),
        ({"object": {"title": "T", "url": "https://x", "status": {"resolved": "yes"}}}, {"resolved"}),
        ({"object": "https://x"}, {"object", "title", "url"}),
        ({"globalId": "g" * 256}, {"globalId"}),
        ({"application": {"name": ["x"]}}, {"name"}),
        ({"relationship": {}}, {"relationship"}),
    ],
)
def test_remote_links_of_a_wrong_shape_are_refused(api: Api, change: dict[str, object], fields: set[str]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/remotelink"

    _, errors = api.refused("POST", path, 400, json={"object": {"title": "T", "url": "https://x"}} | change)

    assert set(errors) == fields
    assert api.get(path) == []


def test_watchers_are_people_who_may_look(api: Api, api_of: Callable[[str], Api], account_ids: dict[str, str]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/watchers"
    bob = api_of("bob")

    bob("POST", path, status=204, json=account_ids["bob"])
    bob("POST", path, status=204)

    assert bob.get(path)["watchCount"] == 2
    api.refused("POST", path, 400, json={"accountId": account_ids["bob"]})
    bob.delete(f"{path}?accountId={account_ids['bob']}")
    bob.delete(f"{path}?accountId={account_ids['bob']}")
    assert bob.get(path)["isWatching"] is False
