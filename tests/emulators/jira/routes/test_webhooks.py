"""Webhooks of Jira: kept by administrators, and what they are told, heard by a real receiver."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest

from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import ADMIN, SECTION, Receiver, a_webhook


def test_an_issues_life_is_told_in_order_and_signed(api: Api, receiver: Receiver) -> None:
    events = ["jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "comment_created"]
    a_webhook(api, receiver.url, *events, secret="s3cret")

    key = api.issue(summary="Refunds")
    api.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "All refunds", "labels": ["money"]}}, status=204)
    api.move(key, "In Progress")
    api.post(f"/rest/api/2/issue/{key}/comment", {"body": "Looks *good*"}, status=201)
    api.delete(f"/rest/api/3/issue/{key}")

    _, headers, body = receiver.heard.get(timeout=10)
    assert headers["X-Hub-Signature"] == "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert headers["User-Agent"] == "Atlassian Webhook HTTP Client"
    assert len(headers["X-Atlassian-Webhook-Identifier"]) == 36
    created = json.loads(body)
    assert (created["webhookEvent"], created["issue_event_type_name"]) == ("jira:issue_created", "issue_created")
    assert (created["issue"]["key"], created["issue"]["fields"]["summary"]) == (key, "Refunds")
    assert created["user"]["displayName"] == "Alice"
    assert "/rest/api/2/issue/" in created["issue"]["self"]

    edited = receiver.next()
    changed = {item["field"]: item["toString"] for item in edited["changelog"]["items"]}
    assert (edited["webhookEvent"], changed) == ("jira:issue_updated", {"summary": "All refunds", "labels": "money"})
    assert edited["issue"]["fields"]["summary"] == "All refunds"

    moved = receiver.next()
    assert moved["issue_event_type_name"] == "issue_generic"
    assert moved["issue"]["fields"]["status"]["name"] == "In Progress"

    comment, commented = receiver.next(), receiver.next()
    assert (comment["webhookEvent"], comment["comment"]["body"]) == ("comment_created", "Looks *good*")
    assert comment["issue"]["fields"]["status"]["name"] == "In Progress"
    assert (commented["webhookEvent"], commented["issue_event_type_name"]) == ("jira:issue_updated", "issue_commented")
    assert "changelog" not in commented

    gone = receiver.next()
    assert (gone["webhookEvent"], gone["issue"]["fields"]["labels"]) == ("jira:issue_deleted", ["money"])


def test_sprints_boards_links_and_properties_are_told(api: Api, receiver: Receiver) -> None:
    words = ["sprint_created", "sprint_started", "sprint_updated", "sprint_closed", "sprint_deleted"]
    others = ["board_created", "board_deleted", "issuelink_created", "issuelink_deleted", "issue_property_set"]
    a_webhook(api, receiver.url, *words, *others)
    one, other = api.issue(), api.issue()

    first, second = api.sprint(), api.sprint(name="Sprint 2")
    api.set_state(first, "active")
    api.post(f"/rest/agile/1.0/sprint/{first}", {"goal": "Refunds work"}, status=200)
    api.set_state(first, "closed")
    api.delete(f"/rest/agile/1.0/sprint/{second}")
    ends = {"inwardIssue": {"key": one}, "outwardIssue": {"key": other}}
    api.post("/rest/api/3/issueLink", {"type": {"name": "Blocks"}, **ends}, status=201)
    api("PUT", f"/rest/api/3/issue/{one}/properties/risk", status=201, json={"level": 3})

    told = receiver.until("issue_property_set")
    names = ["created", "created", "started", "updated", "closed", "deleted"]
    assert [one["webhookEvent"] for one in told] == [
        *(f"sprint_{name}" for name in names),
        "issuelink_created",
        "issue_property_set",
    ]
    assert (told[2]["sprint"]["state"], told[2]["oldValue"]["state"]) == ("active", "future")
    assert told[3]["sprint"]["goal"] == "Refunds work"
    assert told[6]["issueLink"]["issueLinkType"]["outwardName"] == "blocks"
    assert told[7]["property"] == {"key": "risk", "value": {"level": 3}}


def test_projects_and_their_boards_are_told(api: Api, account_ids: dict[str, str], receiver: Receiver) -> None:
    ways = ("created", "updated", "archived", "restored_archived", "soft_deleted", "restored_deleted", "deleted")
    a_webhook(api, receiver.url, *(f"project_{way}" for way in ways), "board_created", "board_deleted")

    new = {"key": "SHOP", "name": "Shop", "leadAccountId": account_ids["bob"], "projectTypeKey": "software"}
    api.post("/rest/api/3/project", new, status=201)
    api.put("/rest/api/3/project/SHOP", {"name": "The shop"}, status=200)
    query = api.post("/rest/api/3/filter", {"name": "Shop", "jql": "project = SHOP"}, status=200)["id"]
    board = {"name": "Second", "type": "kanban", "filterId": int(query)}
    number = api.post("/rest/agile/1.0/board", board, status=201)["id"]
    api.delete(f"/rest/agile/1.0/board/{number}")
    api.post("/rest/api/3/project/SHOP/archive", {}, status=204)
    api.post("/rest/api/3/project/SHOP/restore", {}, status=200)
    api.delete("/rest/api/3/project/SHOP")
    api.post("/rest/api/3/project/SHOP/restore", {}, status=200)
    api.delete("/rest/api/3/project/SHOP?enableUndo=false")

    told = receiver.until("project_deleted")
    assert [(one["webhookEvent"], one.get("project", one.get("board"))["name"]) for one in told] == [
        ("project_created", "Shop"),
        ("project_updated", "The shop"),
        ("board_created", "Second"),
        ("board_deleted", "Second"),
        *((f"project_{way}", "The shop") for way in ways[2:]),
    ]
    assert told[0]["project"]["projectLead"]["displayName"] == "Bob"


def test_a_webhook_is_changed_switched_off_and_deleted_by_administrators_only(
    api: Api, api_of: Any, receiver: Receiver
) -> None:
    hook = a_webhook(api, receiver.url, "jira:issue_created", secret="s3cret")
    path = f"{ADMIN}/{hook['self'].rpartition('/')[2]}"

    assert hook["isSigned"]
    assert "s3cret" not in json.dumps(hook)
    assert api.get(path)["filters"] == {SECTION: ""}
    assert api.put(path, {"enabled": False, "name": "Deaf"}, status=200)["enabled"] is False
    assert [one["name"] for one in api.get(ADMIN)] == ["Deaf"]
    api.issue()
    bob = api_of("bob")
    for method, where in (("GET", ADMIN), ("POST", ADMIN), ("GET", path), ("PUT", path), ("DELETE", path)):
        bob.refused(method, where, 403, json={"name": "x"})
    api.delete(path)
    api.refused("GET", path, 404)
    assert receiver.heard.empty()


def test_work_and_versions_are_told(api: Api, receiver: Receiver) -> None:
    verbs = ("created", "updated", "released", "moved", "merged", "deleted")
    a_webhook(api, receiver.url, "worklog_created", "worklog_deleted", *(f"jira:version_{verb}" for verb in verbs))
    key = api.issue()

    logged = api.post(f"/rest/api/2/issue/{key}/worklog", {"timeSpent": "2h", "comment": "tests"}, status=201)
    api.delete(f"/rest/api/2/issue/{key}/worklog/{logged['id']}")
    one, other, third = (
        api.post("/rest/api/3/version", {"name": name, "project": "AUTOTEST"}, status=201)["id"]
        for name in ("1.0", "1.1", "1.2")
    )
    api.put(f"/rest/api/3/version/{one}", {"released": True}, status=200)
    api("PUT", f"/rest/api/3/version/{other}/mergeto/{one}", status=204)
    api.delete(f"/rest/api/3/version/{third}")

    told = receiver.until("jira:version_deleted")
    assert [one["webhookEvent"] for one in told] == [
        "worklog_created",
        "worklog_deleted",
        *["jira:version_created"] * 3,
        "jira:version_released",
        "jira:version_updated",
        "jira:version_merged",
        "jira:version_deleted",
    ]
    assert (told[0]["worklog"]["timeSpent"], told[0]["worklog"]["comment"]) == ("2h", "tests")
    assert (told[5]["version"]["name"], told[5]["version"]["released"]) == ("1.0", True)
    assert told[7]["mergedTo"]["name"] == "1.0"


@pytest.mark.parametrize(
    "change",
    [
        {"url": "ftp://example.com/"},
        {"url": "nowhere"},
        {"url": "http://x/" + "y" * 2100},
        {"url": 5},
        {"events": []},
        {"events": ["jira:everything"]},
        {"events": [{}]},
        {"filters": {SECTION: "nonsense ="}},
        {"filters": []},
        {"name": ""},
        {"excludeBody": "yes"},
        {"secret": "x" * 300},
    ],
)
def test_it_refuses_a_webhook_that_cannot_be(api: Api, change: dict[str, Any]) -> None:
    body = {"name": "Listener", "url": "http://127.0.0.1:9/", "events": ["jira:issue_created"]} | change

    messages, errors = api.refused("POST", ADMIN, 400, json=body)

    assert messages or errors
    assert api.get(ADMIN) == []
