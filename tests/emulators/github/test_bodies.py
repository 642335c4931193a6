"""Bodies of issues, pull requests, reviews and comments, held against GitHub's own description."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by

ROOT = "/repos/acme/payments"


@pytest.fixture
def lived_in(site: Site) -> Site:
    """A site with a pull request of every sort of activity (1), an issue (2), and a merged pull request (3)."""
    pull = a_pull(site, files={"a.txt": "one\ntwo\n"}, body="Closes #2")
    issue = a_repository(site).create_issue("Wanted", body="see #1", labels=["bug"], assignees=["bob"])
    issue.create_comment("hello")
    pull.create_review_request(reviewers=["alice"])
    alices = seen_by(site, "alice", pull)
    alices.create_review(
        body="no", event="REQUEST_CHANGES", comments=[{"path": "a.txt", "line": 2, "side": "RIGHT", "body": "Why?"}]
    )
    pull.as_issue().edit(labels=["bug"], assignees=["alice"])
    a_commit(site, "feature", {"a.txt": "one\nthree\n"})
    other = a_pull(site, "other")
    other.merge()
    return site


def test_replies_are_as_described(lived_in: Site) -> None:
    for path in (
        "/pulls?state=all",
        "/pulls/1",
        "/pulls/3",
        "/pulls/1/commits",
        "/pulls/1/files",
        "/pulls/1/reviews",
        "/pulls/1/reviews/1",
        "/pulls/1/requested_reviewers",
        "/issues?state=all",
        "/issues/1",
        "/issues/2",
        "/issues/2/labels",
        "/issues/2/comments",
        "/issues/comments/1",
        "/issues/comments",
        "/issues/events",
        "/issues/1/events",
        "/assignees",
        "/commits/main/pulls",
    ):
        reply = lived_in.session().get(lived_in.api_url + ROOT + path)

        assert reply.status_code == 200, path
        assert reply.json(), path
        assert flaws("GET", ROOT + path.partition("?")[0], 200, reply.json()) == [], path


def test_line_comments_are_as_described_but_for_outdated_lines(lived_in: Site) -> None:
    for path in ("/pulls/1/comments", "/pulls/comments", "/pulls/comments/1", "/pulls/1/reviews/1/comments"):
        reply = lived_in.session().get(lived_in.api_url + ROOT + path)

        assert reply.status_code == 200
        found = flaws("GET", ROOT + path, 200, reply.json())
        # The description forgets that position and line of an outdated comment are null; GitHub's replies have it so.
        assert [flaw for flaw in found if "null is not of type" not in flaw] == []


def test_an_event_is_as_described(lived_in: Site) -> None:
    session = lived_in.session()
    newest = session.get(f"{lived_in.api_url}{ROOT}/issues/events").json()[0]

    reply = session.get(newest["url"])

    assert flaws("GET", f"{ROOT}/issues/events/{newest['id']}", 200, reply.json()) == []
    assert reply.json()["event"] == newest["event"] == "closed"


def test_the_timeline_is_as_described(lived_in: Site) -> None:
    for number in (1, 2, 3):
        for entry in lived_in.session().get(f"{lived_in.api_url}{ROOT}/issues/{number}/timeline").json():
            assert flaws("GET", f"{ROOT}/issues/{number}/timeline", 200, [entry]) == [], entry["event"]


def test_what_is_made_is_as_described(site: Site) -> None:
    session = site.session("bob")
    a_commit(site, "feature", {"a.txt": "one\n"})

    def made(where: str, status: int, method: str = "POST", **body: Any) -> Any:
        reply = session.request(method, site.api_url + ROOT + where, json=body)
        assert reply.status_code == status, reply.text
        assert flaws(method, ROOT + where, status, reply.json()) == []
        if status == 201 and where != "/pulls/2/requested_reviewers":
            assert reply.headers["Location"] == reply.json()["url"]
        return reply.json()

    made("/issues", 201, title="One", labels=["bug"])
    made("/issues/1", 200, "PATCH", state="closed")
    made("/issues/1/comments", 201, body="hi")
    made("/issues/1/labels", 200, labels=["question"])
    made("/issues/1/assignees", 201, assignees=["alice"])
    pull = made("/pulls", 201, title="Two", head="feature", base="main", body=None)
    made("/pulls/2", 200, "PATCH", title="Three")
    made("/pulls/2/requested_reviewers", 201, reviewers=["alice"])
    made("/pulls/2/requested_reviewers", 200, "DELETE", reviewers=["alice"])
    made("/pulls/2/reviews", 200, body="hm", event="COMMENT")
    sha = pull["head"]["sha"]
    comment = made("/pulls/2/comments", 201, body="why", path="a.txt", line=1, commit_id=sha)
    made(f"/pulls/2/comments/{comment['id']}/replies", 201, body="so")
    made("/pulls/2/merge", 200, "PUT", merge_method="squash")
    assert session.get(f"{site.api_url}{ROOT}/pulls/2/merge").status_code == 204


def test_refusals_are_as_described(site: Site) -> None:
    pull = a_pull(site)
    session = site.session("bob")

    for method, path, body, status in (
        ("POST", "/pulls", {"title": "x", "head": "gone", "base": "main"}, 422),
        ("POST", "/pulls/1/reviews", {"event": "APPROVE"}, 422),
        ("PUT", "/pulls/1/merge", {"sha": "0" * 40}, 409),
        ("GET", "/pulls/77", None, 404),
        ("POST", "/issues", {}, 422),
    ):
        reply = session.request(method, site.api_url + ROOT + path, json=body)
        assert reply.status_code == status
        assert flaws(method, ROOT + path, status, reply.json()) == []
        assert reply.json()["status"] == str(status)
    assert pull.number == 1


def test_instants_are_whole_seconds_and_lists_have_entity_tags(site: Site) -> None:
    a_pull(site)
    session = site.session()

    first = session.get(f"{site.api_url}{ROOT}/pulls")
    second = session.get(f"{site.api_url}{ROOT}/pulls", headers={"If-None-Match": first.headers["ETag"]})

    assert first.json()[0]["created_at"].endswith("Z")
    assert "." not in first.json()[0]["created_at"]
    assert (second.status_code, second.content) == (304, b"")
