"""Comments on commits; and what webhooks hear of these, of releases, forks and repositories."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github import webhook_description
from tests.emulators.github.asking import PAYMENTS, ask


def test_a_comment_on_a_commit_is_made_changed_and_deleted(site: Site) -> None:
    commit = site.github("carol").get_repo("acme/payments").get_commit("main")

    made = commit.create_comment("Why?", line=1, path="README.md", position=1)
    made.edit("Why not?")

    (found,) = commit.get_comments()
    assert (found.body, found.user.login, found.commit_id) == ("Why not?", "carol", commit.sha)
    assert ask(site, "GET", f"{PAYMENTS}/comments", 200)[0]["path"] == "README.md"
    assert ask(site, "GET", f"{PAYMENTS}/commits/main", 200)["commit"]["comment_count"] == 1
    with pytest.raises(GithubException) as caught:
        site.github("carol").get_repo("acme/payments").get_comment(99)
    assert caught.value.status == 404
    ask(site, "PATCH", f"{PAYMENTS}/comments/{made.id}", 200, {"body": "Because."}, login="bob")
    made.delete()
    assert ask(site, "GET", f"{PAYMENTS}/commits/main/comments", 200) == []


def test_comments_that_can_not_be_are_refused(site: Site) -> None:
    site.github("bob").get_user().create_repo("secret", private=True, auto_init=True)
    where = f"{PAYMENTS}/commits/main/comments"
    made = ask(site, "POST", where, 201, {"body": "x"}, login="bob")

    for body in ({}, {"body": " "}, {"body": 7}, {"body": "x", "line": "1"}, {"body": "x", "path": "p" * 5000}):
        ask(site, "POST", where, 422, body)
    ask(site, "POST", f"{PAYMENTS}/commits/{'0' * 40}/comments", 422, {"body": "x"})
    ask(site, "POST", where, 401, {"body": "x"}, login=None)
    ask(site, "POST", "/repos/bob/secret/commits/main/comments", 404, {"body": "x"}, login="carol")
    ask(site, "PATCH", f"{PAYMENTS}/comments/{made['id']}", 403, {"body": "y"}, login="carol")
    ask(site, "DELETE", f"{PAYMENTS}/comments/{made['id']}", 403, login="carol")


def test_webhooks_hear_of_comments_releases_forks_and_edits(site: Site) -> None:
    hook = {"config": {"url": "http://127.0.0.1:9/", "content_type": "json"}, "events": ["*"]}
    hook_id = ask(site, "POST", f"{PAYMENTS}/hooks", 201, hook)["id"]

    ask(site, "POST", f"{PAYMENTS}/commits/main/comments", 201, {"body": "x"})
    made = ask(site, "POST", f"{PAYMENTS}/releases", 201, {"tag_name": "v1", "name": "One", "body": "x"})
    ask(site, "PATCH", f"{PAYMENTS}/releases/{made['id']}", 200, {"body": "y"})
    ask(site, "DELETE", f"{PAYMENTS}/releases/{made['id']}", 204)
    ask(site, "POST", f"{PAYMENTS}/forks", 202, login="carol")
    for change in (
        {"description": "New"},
        {"private": True},
        {"private": False},
        {"archived": True},
        {"archived": False},
    ):
        ask(site, "PATCH", PAYMENTS, 200, change)
    ask(site, "PATCH", PAYMENTS, 200, {"name": "pay"})

    told = _told(site, "/repos/acme/pay", hook_id)
    assert [name for name, _ in told if name.startswith(("release", "commit", "fork", "rep", "pub"))] == [
        "commit_comment.created",
        "release.created",
        "release.published",
        "release.released",
        "release.edited",
        "release.deleted",
        "fork",
        "repository.edited",
        "repository.privatized",
        "public",
        "repository.publicized",
        "repository.archived",
        "repository.unarchived",
        "repository.renamed",
    ]
    assert [webhook_description.flaws(name.partition(".")[0], body) for name, body in told] == [[]] * len(told)


def _told(site: Site, where: str, hook_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Event and payload of each delivery, the oldest first."""
    found = ask(site, "GET", f"{where}/hooks/{hook_id}/deliveries?per_page=100", 200)
    told = []
    for each in sorted(found, key=lambda delivery: delivery["id"]):
        whole = ask(site, "GET", f"{where}/hooks/{hook_id}/deliveries/{each['id']}", 200)
        name = each["event"] + (f".{each['action']}" if each["action"] else "")
        told.append((name, whole["request"]["payload"]))
    return told
