"""Locked conversations."""

from __future__ import annotations

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository, refusal, seen_by

LOCK = "/repos/acme/payments/issues/1/lock"


def test_a_locked_conversation_is_for_those_who_may_push(site: Site) -> None:
    issue = a_repository(site, "bob").create_issue("Heated")
    carols = a_repository(site, "carol").get_issue(1)

    issue.lock("too heated")

    locked = a_repository(site).get_issue(1)
    assert (locked.locked, locked.active_lock_reason) == (True, "too heated")
    with pytest.raises(GithubException) as caught:
        carols.create_comment("But!")
    assert refusal(caught.value)[:2] == (403, "Unable to create comment because issue is locked.")
    with pytest.raises(GithubException) as caught:
        carols.create_reaction("-1")
    assert caught.value.status == 403
    issue.create_comment("Calm down.")
    issue.unlock()
    carols.create_comment("Sorry.")
    again = a_repository(site).get_issue(1)
    assert (again.locked, again.active_lock_reason) == (False, None)
    events = list(issue.get_events())
    assert next((event.event, event.lock_reason) for event in events if "lock" in event.event) == (
        "locked",
        "too heated",
    )
    assert [event.event for event in events] == ["locked", "unlocked"]
    path = "/repos/acme/payments/issues/1/events"
    assert flaws("GET", path, 200, site.session().get(site.api_url + path).json()) == []


def test_a_lock_needs_no_reason_but_takes_only_known_ones(site: Site) -> None:
    a_repository(site).create_issue("Heated")
    session = site.session("bob")

    assert session.put(site.api_url + LOCK).status_code == 204
    assert a_repository(site).get_issue(1).active_lock_reason is None
    assert session.put(site.api_url + LOCK, json={"lock_reason": "spam"}).status_code == 204
    assert a_repository(site).get_issue(1).active_lock_reason == "spam"
    for reason in ("boring", 7, ["spam"]):
        assert session.put(site.api_url + LOCK, json={"lock_reason": reason}).status_code == 422
    assert session.delete(site.api_url + LOCK).status_code == 204
    assert session.delete(site.api_url + LOCK).status_code == 204


def test_readers_lock_nothing(site: Site) -> None:
    a_repository(site, "carol").create_issue("Mine")

    assert site.session("carol").put(site.api_url + LOCK).status_code == 403
    assert site.session("bob").put(site.api_url + LOCK.replace("1", "9")).status_code == 404


def test_a_locked_pull_request_is_reviewed_by_those_who_may_push(site: Site) -> None:
    pull = a_pull(site, files={"a.txt": "one\n"})
    pull.as_issue().lock("resolved")
    carols = seen_by(site, "carol", pull)

    with pytest.raises(GithubException) as caught:
        carols.create_review(body="Hm", event="COMMENT")
    assert caught.value.status == 403
    with pytest.raises(GithubException) as caught:
        carols.create_review_comment("Why?", a_repository(site).get_commit(pull.head.sha), "a.txt", line=1)
    assert caught.value.status == 403
    assert seen_by(site, "alice", pull).create_review(body="Fine", event="APPROVE").state == "APPROVED"
