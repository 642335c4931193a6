"""Notifications: for those who are concerned, never for one's own doings."""

from __future__ import annotations

from typing import Any

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository


def _threads(site: Site, login: str, **wishes: Any) -> list[tuple[str, str]]:
    answer = site.session(login).get(f"{site.api_url}/notifications", params=wishes)
    assert answer.status_code == 200, answer.text
    assert flaws("GET", "/notifications", 200, answer.json()) == []
    return [(thread["subject"]["title"], thread["reason"]) for thread in answer.json()]


def concerns_people(site: Site) -> None:
    """Assignments, mentions, requests and conversations reach those concerned."""
    repository = a_repository(site, "bob")
    repository.create_issue("Assigned", assignees=["alice", "bob"])
    repository.create_issue("Mentioned", body="ask @Carol, not @caroline or a@carol.com")
    pull = a_pull(site, title="Review me")
    pull.create_review_request(reviewers=["alice"])

    assert _threads(site, "alice") == [("Review me", "review_requested"), ("Assigned", "assign")]
    assert _threads(site, "bob") == []
    assert _threads(site, "carol") == [("Mentioned", "mention")]
    a_repository(site, "carol").get_issue(2).create_comment("@alice knows")
    assert _threads(site, "bob") == [("Mentioned", "author")]
    assert ("Mentioned", "mention") in _threads(site, "alice")
    repository.get_issue(2).create_comment("Thanks.")
    assert _threads(site, "carol")[0] == ("Mentioned", "mention")


def test_people_are_told_of_what_concerns_them(site: Site) -> None:
    concerns_people(site)


def test_watchers_are_told_of_new_threads(site: Site) -> None:
    repository = a_repository(site, "carol")
    site.github("carol").get_user().add_to_watched(repository)

    a_repository(site, "bob").create_issue("News")

    assert _threads(site, "carol") == [("News", "subscribed")]
    assert _threads(site, "carol", participating="true") == []


def test_threads_are_read_one_by_one_and_all_at_once(site: Site) -> None:
    repository = a_repository(site, "bob")
    for title in ("One", "Two", "Three"):
        repository.create_issue(title, assignees=["alice"])
    alice = site.github("alice").get_user()
    newest = alice.get_notifications()[0]

    newest.mark_as_read()
    assert _threads(site, "alice") == [("Two", "assign"), ("One", "assign")]
    assert len(_threads(site, "alice", all="true")) == 3
    thread = alice.get_notification(newest.id)
    assert (thread.unread, thread.subject.title, thread.last_read_at is not None) == (False, "Three", True)
    repository.get_issue(3).create_comment("Ping")
    assert ("Three", "assign") in _threads(site, "alice")
    session = site.session("alice")
    assert session.put(f"{site.api_url}/repos/acme/payments/notifications").status_code == 205
    assert _threads(site, "alice") == []
    repository.create_issue("Four", assignees=["alice"])
    assert (
        session.put(f"{site.api_url}/notifications", json={"last_read_at": "2020-01-01T00:00:00Z"}).status_code == 205
    )
    assert _threads(site, "alice") == [("Four", "assign")]
    assert session.put(f"{site.api_url}/notifications").status_code == 205
    assert _threads(site, "alice") == []


def test_they_are_one_s_own(site: Site) -> None:
    a_repository(site, "bob").create_issue("One", assignees=["alice"])
    (thread,) = site.session("alice").get(f"{site.api_url}/notifications").json()

    assert site.session("bob").get(thread["url"]).status_code == 404
    assert site.session("bob").patch(thread["url"]).status_code == 404
    assert site.session(None).get(f"{site.api_url}/notifications").status_code == 401
    assert site.session("alice").get(f"{site.api_url}/notifications?since=soon").status_code == 422
    assert site.session("alice").put(f"{site.api_url}/notifications", json={"last_read_at": "x"}).status_code == 422


def test_what_one_may_no_longer_see_is_not_told(site: Site) -> None:
    secret = site.github("alice").get_user().create_repo("secret", private=True)
    secret.create_issue("For @carol", body="@carol")

    assert _threads(site, "carol") == []
    secret.edit(private=False)
    assert _threads(site, "carol") == [("For @carol", "mention")]
