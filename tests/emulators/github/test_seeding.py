"""What a seed puts into a repository, as clients find it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.emulators.kit.seed import SeedError
from tests.emulators.conftest import Site

REPOSITORY: dict[str, Any] = {
    "name": "acme/shop",
    "topics": ["payments", "python"],
    "files": {"README.md": "# Shop\n"},
    "collaborators": {"bob": "write", "carol": "triage"},
    "labels": [{"name": "billing", "color": "ff0000"}, {"name": "bug", "color": "00ff00", "description": "Ouch"}],
    "milestones": [{"title": "v1", "due_on": "2026-06-01T00:00:00Z"}],
    "branches": [
        {"name": "feat/cart", "author": "bob", "message": "Add a cart", "files": {"src/cart.py": "cart = []\n"}},
        {"name": "feat/later", "base": "feat/cart"},
    ],
    "issues": [
        {"title": "A cart", "author": "bob", "labels": ["billing"], "assignees": ["carol"], "milestone": "v1"},
        {"title": "Old", "state": "closed", "comments": [{"author": "carol", "body": "Done"}]},
    ],
    "pull_requests": [
        {"title": "Add a cart", "head": "feat/cart", "author": "bob", "body": "Closes #1", "reviewers": ["alice"]}
    ],
    "protection": {"main": {"approvals": 1, "checks": ["ci"], "up_to_date": True}},
    "releases": [{"tag": "v0.1", "name": "First"}],
    "hooks": [{"url": "http://127.0.0.1:1/hook", "events": ["push"], "secret": "hush-hush"}],
}


def plant(site: Site, **changes: Any) -> None:
    site.emulators.worlds.extend(site.key, {"github": {"repositories": [REPOSITORY | changes]}})


def test_everything_is_there_as_if_made_by_its_people(site: Site) -> None:
    plant(site)

    repo = site.github().get_repo("acme/shop")
    issue, old, pull = repo.get_issue(1), repo.get_issue(2), repo.get_pull(3)
    assert repo.get_topics() == ["payments", "python"]
    assert (repo.get_label("bug").color, repo.get_label("billing").color) == ("00ff00", "ff0000")
    assert {branch.name for branch in repo.get_branches()} == {"main", "feat/cart", "feat/later"}
    assert repo.get_branch("feat/cart").commit.commit.message == "Add a cart"
    assert repo.get_branch("feat/cart").commit.author.login == "bob"
    assert repo.get_branch("feat/later").commit.sha == repo.get_branch("feat/cart").commit.sha
    assert issue.milestone is not None
    assert (issue.user.login, issue.milestone.title) == ("bob", "v1")
    assert [who.login for who in issue.assignees] == ["carol"]
    assert (old.state, old.user.login, next(iter(old.get_comments())).user.login) == ("closed", "alice", "carol")
    assert (pull.user.login, pull.head.ref, pull.changed_files) == ("bob", "feat/cart", 1)
    assert [who.login for who in pull.requested_reviewers] == ["alice"]
    assert pull.mergeable_state == "blocked"
    assert repo.get_latest_release().tag_name == "v0.1"
    assert [hook.config["url"] for hook in repo.get_hooks()] == ["http://127.0.0.1:1/hook"]


def test_a_reset_brings_the_same_numbers_and_commits_back(site: Site) -> None:
    plant(site)
    repo = site.github().get_repo("acme/shop")
    before = [repo.get_pull(3).id, repo.get_issue(1).id]
    repo.get_issue(1).edit(state="closed")

    site.emulators.reset_site(site.key)

    assert [repo.get_pull(3).id, repo.get_issue(1).id] == before
    assert repo.get_issue(1).state == "open"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"branches": []}, "there is no branch feat/cart"),
        ({"branches": [{"name": "x", "base": "nowhere"}], "pull_requests": []}, "there is no branch nowhere before it"),
        ({"issues": [{"title": "x", "milestone": "v9"}]}, "there is no milestone v9"),
        ({"issues": [{"title": "x", "author": "eve"}]}, "nobody is called eve"),
        ({"issues": [{"title": "x", "comments": [{"author": "eve", "body": "x"}]}]}, "nobody is called eve"),
        ({"issues": [{"titel": "x"}]}, "unknown key, did you mean title?"),
        ({"labels": [{"name": "x", "color": "red"}]}, "should be six hexadecimal digits"),
        ({"hooks": [{"url": "ftp://x"}]}, "should be an http or https address"),
        ({"hooks": [{"url": "http://x", "events": ["nothing"]}]}, "Validation Failed"),
        ({"pull_requests": [{"title": "x", "head": "main"}]}, "github.repositories acme/shop"),
        ({"files": {}}, "there is no branch main before it"),
    ],
)
def test_what_cannot_be_planted_is_said_and_nothing_is(site: Site, changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(SeedError) as caught:
        plant(site, **changes)

    assert problem in str(caught.value)
    assert [repo.full_name for repo in site.github().get_organization("acme").get_repos()] == ["acme/payments"]
