"""Webhooks of Jira: kept by administrators and by apps, and what they are told, heard by a real receiver."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import Receiver, listening

ADMIN = "/rest/webhooks/1.0/webhook"
DYNAMIC = "/rest/api/3/webhook"
SECTION = "issue-related-events-section"
HIDDEN_PROJECT: list[tuple[str, str, Any]] = [
    ("POST", "/rest/api/3/project", {"key": "HID", "name": "Hidden", "projectTypeKey": "software"}),
    ("DELETE", "/rest/api/3/project/HID/role/10003?group=jira-software-users", None),
]
"""What makes a project that only administrators see; its board has the number 2."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    with listening() as found:
        yield found


def a_webhook(api: Api, url: str, *events: str, jql: str = "", **more: Any) -> Any:
    """An administrators' webhook."""
    body = {"name": "Listener", "url": url, "events": list(events), "filters": {SECTION: jql}, **more}
    return api.post(ADMIN, body, status=201)


def an_app(site: Site, login: str) -> Api:
    """Somebody's requests as those of an app, with the token as Bearer."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {login}-token"
    return Api(site.jira_url, session)


@pytest.fixture
def app(site: Site) -> Api:
    """An app of Alice's."""
    return an_app(site, "alice")


@pytest.fixture
def app_of_bob(site: Site) -> Api:
    """An app of Bob's, who does not administer anything."""
    return an_app(site, "bob")


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


def test_only_what_a_filter_lets_through_is_told(api: Api, app: Api, receiver: Receiver) -> None:
    a_webhook(api, receiver.url + "/${issue.key}", "jira:issue_created", jql="issuetype = Bug")
    wanted = {"events": ["jira:issue_updated"], "jqlFilter": "project = AUTOTEST", "fieldIdsFilter": ["summary"]}
    (made,) = app.post(DYNAMIC, {"url": receiver.url + "/app", "webhooks": [wanted]}, status=200)[
        "webhookRegistrationResult"
    ]

    story, bug = api.issue(), api.issue(kind="Bug")
    api.put(f"/rest/api/3/issue/{story}", {"fields": {"labels": ["unheard"]}}, status=204)
    api.put(f"/rest/api/3/issue/{story}", {"fields": {"summary": "Heard"}}, status=204)

    heard = {path: json.loads(body) for path, _, body in (receiver.heard.get(timeout=10) for _ in range(2))}
    assert heard.keys() == {f"/hook/{bug}", "/hook/app"}
    assert heard[f"/hook/{bug}"]["issue"]["key"] == bug
    assert heard["/hook/app"]["matchedWebhookIds"] == [made["createdWebhookId"]]
    assert receiver.heard.empty()


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


def test_what_an_app_does_not_take_is_told_as_failed(api: Api, app: Api, receiver: Receiver) -> None:
    wanted = {"events": ["jira:issue_created"], "jqlFilter": ""}
    app.post(DYNAMIC, {"url": receiver.url, "webhooks": [wanted]}, status=200)
    receiver.status = 410

    first, _ = api.issue(), api.issue()
    told = [receiver.next(), receiver.next()]  # one address, one after the other: the first is settled by now

    failed = app.get(f"{DYNAMIC}/failed")["values"]
    assert failed[0]["url"] == receiver.url
    assert json.loads(failed[0]["body"]) == told[0]
    assert told[0]["issue"]["key"] == first
    assert app.get(f"{DYNAMIC}/failed", after=failed[0]["failureTime"] + 10_000)["values"] == []
    app.refused("GET", f"{DYNAMIC}/failed?after=x", 400)


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


def test_apps_register_up_to_five_webhooks_for_thirty_days(api: Api, app: Api, site: Site, receiver: Receiver) -> None:
    good = {"events": ["jira:issue_created"], "jqlFilter": "project = AUTOTEST"}
    bad = [
        good | {"jqlFilter": "watchers > 3"},
        good | {"jqlFilter": "summary ~ x"},
        good | {"jqlFilter": "project = AUTOTEST ORDER BY key"},
        good | {"jqlFilter": "project = NOSUCH"},
        good | {"events": ["worklog_created"]},
        {"events": ["jira:issue_created"]},
        "nonsense",
    ]

    body = {"url": receiver.url, "webhooks": [good, *bad, good, good, good, good, good]}
    results = app.post(DYNAMIC, body, status=200)["webhookRegistrationResult"]

    ids = [one["createdWebhookId"] for one in results if "createdWebhookId" in one]
    assert [set(one) for one in results[1:8]] == [{"errors"}] * 7
    assert (len(ids), set(results[-1])) == (5, {"errors"})
    page = app.get(DYNAMIC, maxResults=2)
    assert (page["total"], page["isLast"], len(page["values"])) == (5, False, 2)
    first_end = page["values"][0]["expirationDate"]
    site.clock.skip(3600)
    until = app.put(f"{DYNAMIC}/refresh", {"webhookIds": ids[:1]})["expirationDate"]
    assert until > first_end
    app("DELETE", DYNAMIC, status=202, json={"webhookIds": [*ids[1:], 999]})
    assert [one["id"] for one in app.get(DYNAMIC)["values"]] == ids[:1]
    assert api.get(ADMIN) == []
    api.refused("GET", DYNAMIC, 403)
    app.refused("DELETE", DYNAMIC, 400, json={"webhookIds": []})
    app.refused("POST", DYNAMIC, 400, json={"url": receiver.url, "webhooks": []})


def test_what_an_apps_person_may_not_see_is_not_told(api: Api, app_of_bob: Api, receiver: Receiver) -> None:
    events = ["comment_created", "jira:issue_updated", "jira:issue_deleted", "sprint_created", "jira:version_created"]
    wanted = {"events": events, "jqlFilter": ""}
    app_of_bob.post(DYNAMIC, {"url": receiver.url, "webhooks": [wanted]}, status=200)
    with listening() as office:
        a_webhook(api, office.url, "comment_created", "worklog_created", secret="s", excludeBody=True)
        key = api.issue()
        hidden = {"type": "role", "value": "Administrators"}
        comment = f"/rest/api/2/issue/{key}/comment"

        api.post(comment, {"body": "Fire Bob", "visibility": hidden}, status=201)
        api.post(f"/rest/api/2/issue/{key}/worklog", {"timeSpent": "1h", "visibility": hidden}, status=201)
        api.post(comment, {"body": "Hello"}, status=201)
        for method, path, body in HIDDEN_PROJECT:
            api(method, path, json=body)
        api.post("/rest/agile/1.0/sprint", {"name": "Secret", "originBoardId": 2}, status=201)
        api.post("/rest/api/3/version", {"name": "Secret", "project": "HID"}, status=201)
        api.delete(f"/rest/api/3/issue/{key}")

        told = receiver.until("jira:issue_deleted")
        heard = [office.heard.get(timeout=10) for _ in range(3)]

    assert "Fire Bob" not in json.dumps(told)
    assert "Secret" not in json.dumps(told)
    names = [(one["webhookEvent"], one.get("issue_event_type_name")) for one in told]
    assert names == [
        ("jira:issue_updated", "issue_updated"),  # the time that was logged: it shows on the issue
        ("comment_created", None),
        ("jira:issue_updated", "issue_commented"),
        ("jira:issue_deleted", "issue_deleted"),
    ]
    assert [one["user"]["displayName"] for one in told if "user" in one] == ["Alice"] * 3
    assert [body for _, _, body in heard] == [b""] * 3
    assert heard[0][1]["X-Hub-Signature"] == "sha256=" + hmac.new(b"s", b"", hashlib.sha256).hexdigest()


def test_what_was_not_taken_is_told_again_with_the_same_identifier(api: Api, site: Site, receiver: Receiver) -> None:
    a_webhook(api, receiver.url, "jira:issue_created")
    receiver.status = 503

    key = api.issue()
    _, first, _ = receiver.heard.get(timeout=10)
    receiver.status = 204
    while receiver.heard.empty():  # the first attempt may not be written down yet
        site.clock.skip(2)
        api.issue()  # wakes who delivers
    _, again, body = receiver.heard.get(timeout=10)

    assert "X-Atlassian-Webhook-Retry" not in first
    assert again["X-Atlassian-Webhook-Retry"] == "1"
    assert again["X-Atlassian-Webhook-Identifier"] == first["X-Atlassian-Webhook-Identifier"]
    assert json.loads(body)["issue"]["key"] == key
