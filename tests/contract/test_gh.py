"""A tour of the emulated GitHub with `gh`, unmodified: each command for what it prints and for what it does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.contract.coverage import check_coverage
from tests.contract.exchanges import Recorder
from tests.contract.gh import Shell, need_gh
from tests.contract.gh_world import OPEN, PAYMENTS, World, a_team
from tests.emulators.conftest import Server

_numbers = itertools.count(1)


@pytest.fixture
def world(recorder_and_server: tuple[Recorder, Server], tmp_path: Path) -> Iterator[World]:
    """A fresh site, whose every REST exchange must be as GitHub describes it."""
    need_gh()
    recorder, server = recorder_and_server
    key = f"gh-{next(_numbers)}"
    server.emulators.create_site(key, a_team(key))
    yield World(server, key, tmp_path)
    exchanges = recorder.take(key)
    flaws = {flaw for exchange in exchanges for flaw in exchange.flaws()}
    assert not flaws, "\n".join(sorted(flaws))
    check_coverage(exchanges)


@pytest.fixture
def alice(world: World) -> Shell:
    """Alice's shell: she administers."""
    return world.shell("alice")


@pytest.fixture
def bob(world: World) -> Shell:
    """Bob's shell: he writes."""
    return world.shell("bob")


def test_issues(world: World, alice: Shell) -> None:
    repository, there = world.repository(), ("-R", PAYMENTS)

    created = alice.gh("issue", "create", "-t", "Second", "-b", "Body", "-l", "billing", "-a", "@me", *there)
    alice.gh("issue", "comment", "3", "-b", "Looking", *there)
    viewed = alice.gh("issue", "view", "3", "--comments", *there)
    alice.gh("issue", "edit", "3", "-t", "Renamed", "--add-label", "bug", "--remove-label", "billing", *there)
    listed = alice.gh("issue", "list", *there)
    of_label = alice.gh("issue", "list", "-l", "bug", "--json", "number,title,labels", *there)

    assert created.out == f"http://github.localhost/{PAYMENTS}/issues/3\n"
    assert "Looking" in viewed.out
    assert [row[:4] for row in listed.rows] == [
        ["3", "OPEN", "Renamed", "bug"],
        ["1", "OPEN", "Refund a payment", "billing"],
    ]
    assert [(row["number"], row["title"]) for row in of_label.json] == [(3, "Renamed")]
    issue = repository.get_issue(3)
    assert (issue.title, issue.body, issue.user.login, issue.comments) == ("Renamed", "Body", "alice", 1)
    assert ([label.name for label in issue.labels], [who.login for who in issue.assignees]) == (["bug"], ["alice"])

    alice.gh("issue", "close", "3", "-r", "not planned", *there)
    assert (repository.get_issue(3).state, repository.get_issue(3).state_reason) == ("closed", "not_planned")
    assert [row[0] for row in alice.gh("issue", "list", "-s", "closed", *there).rows] == ["3"]
    alice.gh("issue", "reopen", "3", *there)
    assert repository.get_issue(3).state == "open"
    assert "Issues assigned to you\n  3\tOPEN\tRenamed\tbug" in alice.gh("issue", "status", *there).out
    assert [row[0] for row in alice.gh("search", "issues", "Renamed").rows] == [PAYMENTS]


def test_labels(world: World, alice: Shell) -> None:
    alice.gh("label", "create", "later", "-c", "00ff00", "-d", "Not now", "-R", PAYMENTS)

    listed = alice.gh("label", "list", "-R", PAYMENTS, "-L", "100")

    assert ["later", "Not now", "#00ff00"] in listed.rows
    assert world.repository().get_label("later").description == "Not now"
    again = alice.gh("label", "create", "later", "-R", PAYMENTS, status=1)
    assert "already exists" in again.err


def test_a_review_from_the_checkout_to_the_squash(world: World, alice: Shell) -> None:
    repository = world.repository()

    alice.gh("repo", "clone", PAYMENTS)
    listed = alice.gh("pr", "list", folder="payments")
    viewed = alice.gh("pr", "view", "2", folder="payments")
    diff = alice.gh("pr", "diff", "2", folder="payments")
    unchecked = alice.gh("pr", "checks", "2", status=1, folder="payments")
    repository.get_commit(repository.get_pull(2).head.sha).create_status("success", context="ci", description="green")
    checks = alice.gh("pr", "checks", "2", folder="payments")
    alice.gh("pr", "checkout", "2", folder="payments")

    assert [row[:4] for row in listed.rows] == [["2", "feat: refunds", "feat/refunds", "OPEN"]]
    assert "author:\tbob\n" in viewed.out
    assert "Closes #1" in viewed.out
    assert "+def refund(): ..." in diff.out
    assert "no checks reported on the 'feat/refunds' branch" in unchecked.err
    assert [row[:2] for row in checks.rows] == [["ci", "pass"]]
    assert alice.git("branch", "--show-current", folder="payments") == "feat/refunds"

    alice.gh("pr", "review", "2", "--approve", "-b", "Good", folder="payments")
    alice.gh("pr", "comment", "2", "-b", "Thank you", folder="payments")
    alice.gh("pr", "edit", "2", "--add-label", "bug", "-t", "feat: refund payments", folder="payments")
    assert "Thank you" in alice.gh("pr", "view", "2", "--comments", folder="payments").out
    assert [(review.state, review.body) for review in repository.get_pull(2).get_reviews()] == [("APPROVED", "Good")]
    assert [label.name for label in repository.get_pull(2).labels] == ["bug"]

    alice.gh("pr", "merge", "2", "--squash", "--delete-branch", folder="payments")
    pull = repository.get_pull(2)
    assert pull.merged
    squashed = repository.get_commit(pull.merge_commit_sha)
    assert (squashed.commit.message, len(squashed.parents)) == ("Add refunds.py (#2)", 1)  # of a single commit its own
    assert [branch.name for branch in repository.get_branches()] == ["main"]
    assert repository.get_issue(1).state == "closed"
    assert alice.git("branch", "--show-current", folder="payments") == "main"
    assert alice.git("log", "-1", "--format=%s", folder="payments") == "Add refunds.py (#2)"


def test_a_pull_request_from_the_push_to_the_merge(world: World, alice: Shell, bob: Shell) -> None:
    bob.gh("repo", "clone", PAYMENTS)
    bob.git("checkout", "-q", "-b", "feat/more", folder="payments")
    (bob.folder / "payments" / "more.txt").write_text("more\n")
    bob.git("add", ".", folder="payments")
    bob.git("commit", "-q", "-m", "Add more", folder="payments")
    bob.git("push", "-q", "-u", "origin", "feat/more", folder="payments")

    created = bob.gh(
        "pr", "create", "-t", "More", "-b", "Body", "-r", "alice", "-l", "bug", "-a", "@me", folder="payments"
    )
    again = bob.gh("pr", "create", "-f", status=1, folder="payments")
    status = bob.gh("pr", "status", folder="payments")
    own = bob.gh("pr", "review", "--approve", status=1, folder="payments")

    assert created.out == f"http://github.localhost/{PAYMENTS}/pull/3\n"
    assert "already exists" in again.err
    assert "#3  More [feat/more]" in status.out
    assert "Can not approve your own pull request" in own.err
    pull = world.repository().get_pull(3)
    assert (pull.title, pull.body, pull.user.login) == ("More", "Body", "bob")
    assert [who.login for who in pull.requested_reviewers] == ["alice"]

    bob.gh("pr", "ready", "--undo", folder="payments")
    assert world.repository().get_pull(3).draft
    refused = alice.gh("pr", "merge", "3", "--merge", "-R", PAYMENTS, status=1)
    assert "draft" in refused.err
    bob.gh("pr", "ready", folder="payments")
    bob.gh("pr", "close", "3", folder="payments")
    assert world.repository().get_pull(3).state == "closed"
    bob.gh("pr", "reopen", "3", folder="payments")
    alice.gh("pr", "merge", "3", "--merge", "-R", PAYMENTS)
    assert len(world.repository().get_branch("main").commit.parents) == 2


def test_repositories(world: World, alice: Shell, bob: Shell) -> None:
    status = alice.gh("auth", "status", "--hostname", "github.localhost")
    viewed = alice.gh("repo", "view", PAYMENTS)
    created = alice.gh("repo", "create", "acme/fresh", "--private", "-d", "New")
    listed = alice.gh("repo", "list", "acme")
    forked = bob.gh("repo", "fork", OPEN, "--clone", "--remote")
    private = bob.gh("repo", "fork", PAYMENTS, "--clone=false", status=1)

    assert "Logged in to github.localhost as alice" in status.out + status.err
    assert "Missing required token scopes" not in status.out + status.err
    assert "# Payments" in viewed.out
    assert created.out == "http://github.localhost/acme/fresh\n"
    assert {(row[0], row[2]) for row in listed.rows} == {
        (PAYMENTS, "private"),
        (OPEN, "public"),
        ("acme/fresh", "private"),
    }
    fresh, fork = world.repository("acme/fresh"), world.hub("bob").get_repo("bob/open")
    assert (fresh.private, fresh.description) == (True, "New")
    assert (fork.fork, fork.parent.full_name) == (True, OPEN)
    assert "Forking is disabled" in private.err
    assert forked.err.count("Cloning into") == 1
    assert bob.git("remote", "get-url", "upstream", folder="open") == f"http://github.localhost/{OPEN}.git"
    missing = alice.gh("repo", "view", "acme/none", status=1)
    assert "Could not resolve to a Repository with the name 'acme/none'." in missing.err


def test_releases_and_runs(world: World, alice: Shell) -> None:
    released = alice.gh("release", "create", "v1.0", "-t", "One", "-n", "Notes", "-R", PAYMENTS)
    listed = alice.gh("release", "list", "-R", PAYMENTS)
    viewed = alice.gh("release", "view", "v1.0", "-R", PAYMENTS)
    runs = alice.gh("run", "list", "-R", PAYMENTS)
    workflows = alice.gh("workflow", "list", "-R", PAYMENTS)

    assert released.out == f"http://github.localhost/{PAYMENTS}/releases/tag/v1.0\n"
    assert [row[:3] for row in listed.rows] == [["One", "Latest", "v1.0"]]
    assert "Notes" in viewed.out
    assert [tag.name for tag in world.repository().get_tags()] == ["v1.0"]
    assert runs.out == ""
    assert [row[:2] for row in workflows.rows] == [["Tests", "active"]]


def test_the_api_command(alice: Shell) -> None:
    viewer = alice.gh("api", "graphql", "-f", "query={viewer{login}}", "--jq", ".data.viewer.login")
    labels = alice.gh("api", "--paginate", f"repos/{PAYMENTS}/labels?per_page=4", "--jq", ".[].name")
    refused = alice.gh("api", f"repos/{PAYMENTS}/labels", "-f", "name=bug", status=1)

    assert viewer.out == "alice\n"
    assert len(labels.out.split("\n")) > 9
    assert "Validation Failed (HTTP 422)" in refused.err


def test_an_unknown_token_gets_nowhere(world: World) -> None:
    stranger = world.shell("eve", token="unknown-token")

    status = stranger.gh("auth", "status", "--hostname", "github.localhost", status=1)
    refused = stranger.gh("repo", "view", PAYMENTS, status=1)

    assert "authentication failed" in status.out + status.err
    assert "HTTP 401" in refused.err
    assert world.key not in refused.err


def test_what_is_no_address_of_ours_is_not_fetched(world: World) -> None:
    server = world.url.partition("/sites/")[0]
    answer = requests.get("http://example.com/", proxies={"http": server}, timeout=10)

    assert answer.status_code == 501
    assert "no proxy" in answer.json()["message"]


def test_a_clone_by_the_server_s_own_address_is_one_of_the_repository(world: World, bob: Shell) -> None:
    scheme, _, rest = world.url.partition("://")
    for number, who in enumerate(("", "bob@", f"bob:bob-{world.key}-token@")):
        bob.git("clone", "-q", f"{scheme}://{who}{rest}/{PAYMENTS}.git", f"clone-{number}")
        bob.git("switch", "-qc", f"topic-{number}", folder=f"clone-{number}")
        bob.git("commit", "-q", "--allow-empty", "-m", "feat: nothing", folder=f"clone-{number}")
        bob.git("push", "-q", "origin", "HEAD", folder=f"clone-{number}")
        assert f"topic-{number}" in bob.git("ls-remote", "origin", folder=f"clone-{number}")
        assert bob.gh("pr", "status", folder=f"clone-{number}").out
