"""Webhooks of apps: registered for thirty days, by what their person may see, told again until they are taken."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import ADMIN, Receiver, a_webhook, listening

DYNAMIC = "/rest/api/3/webhook"
HIDDEN_PROJECT: list[tuple[str, str, Any]] = [
    ("POST", "/rest/api/3/project", {"key": "HID", "name": "Hidden", "projectTypeKey": "software"}),
    ("DELETE", "/rest/api/3/project/HID/role/10003?group=jira-software-users", None),
]
"""What makes a project that only administrators see; its board has the number 2."""


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
