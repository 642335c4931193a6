"""What webhooks are told of issues, pull requests, reviews and comments."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from simulator.emulators.kit.tables import outbox
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by

NOWHERE = "http://127.0.0.1:9/hook"


def a_hook(site: Site, *events: str) -> None:
    """A hook on some events; nobody takes its deliveries, they stay in the outbox."""
    a_repository(site).create_hook("web", {"url": NOWHERE, "content_type": "json"}, list(events), active=True)


def told(site: Site) -> list[tuple[str, dict[str, Any]]]:
    """Events and payloads in the outbox, oldest first, without the ping."""
    query = select(outbox.c.headers, outbox.c.body).where(outbox.c.site == site.key).order_by(outbox.c.id)
    with site.emulators.instance.database.reading() as connection:
        rows = [(json.loads(row.headers)["X-GitHub-Event"], json.loads(row.body)) for row in connection.execute(query)]
    return [(event, payload) for event, payload in rows if event != "ping"]


def test_the_life_of_a_pull_request_is_told(site: Site) -> None:
    a_hook(site, "pull_request", "pull_request_review", "pull_request_review_comment")
    pull = a_pull(site, files={"a.txt": "one\n"})
    pull.create_review_request(reviewers=["alice"])
    seen_by(site, "alice", pull).create_review(
        body="no", event="REQUEST_CHANGES", comments=[{"path": "a.txt", "line": 1, "body": "Why?"}]
    )
    first, head = pull.head.sha, a_commit(site, "feature", {"b.txt": "x\n"})
    pull.edit(title="Better")
    status = pull.merge()

    events = told(site)

    assert [(event, payload["action"]) for event, payload in events] == [
        ("pull_request", "opened"),
        ("pull_request", "review_requested"),
        ("pull_request_review", "submitted"),
        ("pull_request_review_comment", "created"),
        ("pull_request", "synchronize"),
        ("pull_request", "edited"),
        ("pull_request", "closed"),
    ]
    payloads = [payload for _, payload in events]
    assert payloads[1]["requested_reviewer"]["login"] == "alice"
    assert (payloads[2]["review"]["state"], payloads[2]["sender"]["login"]) == ("changes_requested", "alice")
    assert payloads[3]["comment"]["body"] == "Why?"
    assert (payloads[4]["before"], payloads[4]["after"]) == (first, head)
    assert payloads[4]["pull_request"]["head"]["sha"] == head
    assert payloads[5]["changes"] == {"title": {"from": "Add a feature"}}
    assert (payloads[6]["pull_request"]["merged"], payloads[6]["number"]) == (True, 1)
    assert payloads[6]["pull_request"]["merge_commit_sha"] == status.sha
    assert all(payload["repository"]["full_name"] == "acme/payments" for payload in payloads)
    assert all(payload["organization"]["login"] == "acme" for payload in payloads)


def test_a_merge_is_a_push_to_the_base(site: Site) -> None:
    pull = a_pull(site)
    a_hook(site, "push")

    status = pull.merge()

    [(event, payload)] = told(site)
    assert (event, payload["ref"], payload["after"]) == ("push", "refs/heads/main", status.sha)


def test_issues_and_comments_are_told(site: Site) -> None:
    a_hook(site, "issues", "issue_comment")
    issue = a_repository(site).create_issue("One", labels=["bug"], assignees=["bob"])
    comment = issue.create_comment("hi")
    comment.edit("hello")
    comment.delete()
    issue.edit(state="closed")
    issue.edit(state="open")

    events = told(site)

    assert [(event, payload["action"]) for event, payload in events] == [
        ("issues", "opened"),
        ("issues", "labeled"),
        ("issues", "assigned"),
        ("issue_comment", "created"),
        ("issue_comment", "edited"),
        ("issue_comment", "deleted"),
        ("issues", "closed"),
        ("issues", "reopened"),
    ]
    assert events[1][1]["label"]["name"] == "bug"
    assert events[2][1]["assignee"]["login"] == "bob"
    assert events[4][1]["changes"] == {"body": {"from": "hi"}}
    assert events[5][1]["comment"]["body"] == "hello"


def test_nobody_is_told_what_was_refused(site: Site) -> None:
    pull = a_pull(site)
    a_hook(site, "*")

    refused = site.session("bob").post(f"{pull.url}/reviews", json={"event": "APPROVE"})

    assert refused.status_code == 422
    assert told(site) == []


def test_urls_in_payloads_are_the_senders(site: Site) -> None:
    a_hook(site, "issues")

    a_repository(site).create_issue("One")

    [(_, payload)] = told(site)
    assert payload["issue"]["url"] == f"{site.api_url}/repos/acme/payments/issues/1"
    assert payload["issue"]["html_url"] == f"{site.html_url}/acme/payments/issues/1"
