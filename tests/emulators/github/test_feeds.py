"""Public events: written where things happen, newest first, for those who may see them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.emulators.conftest import Site
from tests.emulators.github.description import misfits
from tests.emulators.github.pulls import a_pull, a_repository, seen_by
from tests.emulators.github.worktree import Clone

EVENTS = "/repos/acme/payments/events"


def _events(site: Site, path: str = EVENTS, login: str | None = "alice") -> list[dict[str, Any]]:
    answer = site.session(login).get(site.api_url + path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def _kinds(found: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(event["type"], event["payload"].get("action")) for event in reversed(found)]


def lives(site: Site) -> None:
    """What happens to issues, pull requests and stars comes to the feed."""
    repository = a_repository(site, "bob")
    issue = repository.create_issue("Broken", labels=["bug"], assignees=["alice"])
    issue.create_comment("Really.")
    issue.edit(state="closed")
    pull = a_pull(site)
    alices = seen_by(site, "alice", pull)
    commit = repository.get_commit(pull.head.sha)
    alices.create_review(body="Hm", event="COMMENT", comments=[{"path": "feature.txt", "position": 1, "body": "Why?"}])
    pull.create_review_comment("Look", commit, "feature.txt", line=1)
    alices.merge()
    site.github("carol").get_user().add_to_starred(repository)

    assert _kinds(_events(site)) == [
        ("IssuesEvent", "opened"),
        ("IssuesEvent", "labeled"),
        ("IssuesEvent", "assigned"),
        ("IssueCommentEvent", "created"),
        ("IssuesEvent", "closed"),
        ("CreateEvent", None),
        ("PullRequestEvent", "opened"),
        ("PullRequestReviewEvent", "created"),
        ("PullRequestReviewCommentEvent", "created"),
        ("PullRequestReviewEvent", "created"),
        ("PullRequestReviewCommentEvent", "created"),
        ("PushEvent", None),
        ("PullRequestEvent", "merged"),
        ("WatchEvent", "started"),
    ]


def test_what_happens_comes_to_the_feed(site: Site) -> None:
    lives(site)

    found = _events(site)

    for event in found:
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", event["type"]).lower()
        # not against the whole description: its schema of PublicEvent fits any payload, and only one may fit
        assert misfits(name, event["payload"]) == [], event["type"]
        assert set(event) == {"id", "type", "actor", "repo", "org", "payload", "public", "created_at"}
        assert event["repo"]["name"] == "acme/payments"
        assert event["actor"]["login"] in ("alice", "bob", "carol")
    opened, labeled = found[-1]["payload"], found[-2]["payload"]
    assert (opened["issue"]["number"], opened["issue"]["title"]) == (1, "Broken")
    assert (labeled["label"]["name"], found[-3]["payload"]["assignee"]["login"]) == ("bug", "alice")
    merged = found[1]["payload"]
    assert (merged["number"], merged["pull_request"]["head"]["ref"]) == (2, "feature")
    assert next(event.type for event in a_repository(site).get_events()) == "WatchEvent"


def test_pushes_branches_and_tags_are_told_of(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    before = clone.tip()
    after = clone.commit("a.txt", "1")
    clone.push("main", "main:topic", "HEAD:refs/tags/v1")
    clone.push(":topic")

    found = _events(site)

    pushed = next(event["payload"] for event in found if event["type"] == "PushEvent")
    assert (pushed["ref"], pushed["before"], pushed["head"]) == ("refs/heads/main", before, after)
    created = [event["payload"] for event in found if event["type"] == "CreateEvent"]
    assert {(each["ref_type"], each["ref"]) for each in created} == {("branch", "topic"), ("tag", "v1")}
    deleted = [event["payload"] for event in found if event["type"] == "DeleteEvent"]
    assert [(each["ref_type"], each["full_ref"]) for each in deleted] == [("branch", "refs/heads/topic")]


def test_a_feed_is_paged_and_made_for_polling(site: Site) -> None:
    repository = a_repository(site, "bob")
    for number in range(3):
        repository.create_issue(f"Issue {number}")
    session = site.session()

    first = session.get(f"{site.api_url}{EVENTS}?per_page=2")
    second = session.get(f"{site.api_url}{EVENTS}?per_page=2&page=2")
    again = session.get(f"{site.api_url}{EVENTS}?per_page=2", headers={"If-None-Match": first.headers["ETag"]})

    assert [event["payload"]["issue"]["number"] for event in first.json() + second.json()] == [3, 2, 1]
    assert 'rel="next"' in first.headers["Link"]
    assert first.headers["X-Poll-Interval"] == "60"
    assert again.status_code == 304
    assert session.get(f"{site.api_url}{EVENTS}?page=99").json() == []


def test_private_events_are_for_those_who_may_see_them(site: Site) -> None:
    secret = site.github("alice").get_user().create_repo("secret", private=True)
    secret.create_issue("Plans")
    a_repository(site, "alice").create_issue("Open")

    def repositories(path: str, login: str | None) -> set[str]:
        return {event["repo"]["name"] for event in _events(site, path, login)}

    assert repositories("/users/alice/events", "alice") == {"alice/secret", "acme/payments"}
    assert repositories("/users/alice/events", "bob") == {"acme/payments"}
    assert repositories("/users/alice/events/public", "alice") == {"acme/payments"}
    assert repositories("/events", None) == {"acme/payments"}
    assert repositories("/orgs/acme/events", "carol") == {"acme/payments"}
    assert site.session("bob").get(f"{site.api_url}/repos/alice/secret/events").status_code == 404
    assert site.session().get(f"{site.api_url}/users/nobody/events").status_code == 404
    assert site.session().get(f"{site.api_url}/orgs/bob/events").status_code == 404


def test_who_watches_a_repository_receives_what_happens_there(site: Site) -> None:
    secret = site.github("alice").get_user().create_repo("secret", private=True)
    secret.create_issue("Plans")
    watched = a_repository(site, "alice")
    watched.create_issue("Open")
    for repository in (secret, watched):
        site.github("alice").get_user().add_to_watched(repository)

    def received(path: str, login: str | None) -> set[str]:
        return {event["repo"]["name"] for event in _events(site, path, login)}

    assert received("/users/alice/received_events", "alice") == {"acme/payments", "alice/secret"}
    assert received("/users/alice/received_events", "bob") == {"acme/payments"}
    assert received("/users/alice/received_events/public", "alice") == {"acme/payments"}
    assert received("/users/carol/received_events", "carol") == set()
    assert site.session().get(f"{site.api_url}/users/nobody/received_events").status_code == 404


def test_what_is_gone_is_left_out(site: Site) -> None:
    comment = a_repository(site, "bob").create_issue("Broken").create_comment("Oops")

    comment.delete()

    assert _kinds(_events(site)) == [("IssuesEvent", "opened")]


def test_releases_forks_members_and_comments_on_commits_are_told_of(site: Site) -> None:
    repository = a_repository(site)
    release = repository.create_git_release("v1", "One", "First")
    repository.get_commit("main").create_comment("Nice")
    repository.add_to_collaborators("alice", "push")  # who is a member already, so that nobody need be invited
    a_repository(site, "carol").create_fork()
    site.session().post(
        f"{site.api_url}/repos/acme/payments/releases/{release.id}/reactions", json={"content": "rocket"}
    )

    found = _events(site)

    assert {event["type"] for event in found} >= {"ReleaseEvent", "CommitCommentEvent", "MemberEvent", "ForkEvent"}
    for event in found:
        name = re.sub(r"(?<!^)(?=[A-Z])", "-", event["type"]).lower()
        assert misfits(name, event["payload"]) == [], event["type"]
    payloads = {event["type"]: event["payload"] for event in found}
    assert payloads["ReleaseEvent"]["release"]["reactions"]["rocket"] == 1
    assert payloads["MemberEvent"]["member"]["login"] == "alice"
    assert payloads["ForkEvent"]["forkee"]["full_name"] == "carol/payments"
    assert payloads["CommitCommentEvent"]["comment"]["body"] == "Nice"
