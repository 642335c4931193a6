"""Forks: made once, kept in step with where they came from, outliving it; and pull requests from them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.asking import PAYMENTS, ask
from tests.emulators.github.pulls import a_commit
from tests.emulators.github.worktree import Clone, git


@pytest.fixture
def forked(site: Site) -> Site:
    """A site where Carol has forked acme/payments."""
    ask(site, "POST", f"{PAYMENTS}/forks", 202, login="carol")
    return site


def a_change(site: Site, folder: Path, branch: str = "fix", file: str = "fix.txt") -> Clone:
    """Carol's clone of her fork with one commit on a branch, pushed."""
    clone = Clone(site, folder / f"carol-{branch}", login="carol", repository="carol/payments")
    clone.git("checkout", "-q", "-b", branch)
    clone.commit(file, "1\n")
    assert clone.push(branch).returncode == 0
    return clone


def test_a_fork_has_the_code_and_says_where_it_comes_from(site: Site, tmp_path: Path) -> None:
    a_commit(site, "topic", {"a.txt": "1"})

    made = ask(site, "POST", f"{PAYMENTS}/forks", 202, login="carol")

    assert (made["full_name"], made["fork"], made["has_issues"]) == ("carol/payments", True, False)
    assert (made["parent"]["full_name"], made["source"]["full_name"]) == ("acme/payments", "acme/payments")
    assert {each["name"] for each in ask(site, "GET", "/repos/carol/payments/branches", 200)} == {"main", "topic"}
    assert ask(site, "GET", PAYMENTS, 200)["forks_count"] == 1
    assert [each["full_name"] for each in ask(site, "GET", f"{PAYMENTS}/forks?sort=oldest", 200)] == ["carol/payments"]
    assert (Clone(site, tmp_path / "c", "carol", "carol/payments").folder / "README.md").exists()


def test_forking_twice_gives_the_same_fork_and_one_s_own_is_no_fork(forked: Site) -> None:
    again = ask(forked, "POST", f"{PAYMENTS}/forks", 202, {"name": "other"}, login="carol")
    own = ask(forked, "POST", "/repos/carol/payments/forks", 202, login="carol")
    second = ask(forked, "POST", "/repos/carol/payments/forks", 202, login="bob")

    assert again["full_name"] == own["full_name"] == "carol/payments"
    assert (second["parent"]["full_name"], second["source"]["full_name"]) == ("carol/payments", "acme/payments")


def test_a_fork_takes_another_name_a_free_one_or_only_the_default_branch(site: Site) -> None:
    a_commit(site, "topic", {"a.txt": "1"})
    site.github("carol").get_user().create_repo("payments")

    free = ask(site, "POST", f"{PAYMENTS}/forks", 202, login="carol")
    wish = {"organization": "acme", "name": "lib", "default_branch_only": True}
    inside = ask(site, "POST", f"{PAYMENTS}/forks", 202, wish, login="bob")

    assert free["full_name"] == "carol/payments-1"
    assert (inside["full_name"], inside["owner"]["login"]) == ("acme/lib", "acme")
    assert [each["name"] for each in ask(site, "GET", "/repos/acme/lib/branches", 200)] == ["main"]


def test_what_can_not_be_forked_is_refused(site: Site) -> None:
    site.github("carol").get_user().create_repo("empty")
    site.github("alice").get_organization("acme").create_repo("vault", private=True, auto_init=True)

    assert "Empty repositories" in ask(site, "POST", "/repos/carol/empty/forks", 403, login="bob")["message"]
    ask(site, "POST", "/repos/acme/vault/forks", 403, login="bob")
    ask(site, "POST", "/repos/acme/vault/forks", 404, login="carol")
    ask(site, "POST", f"{PAYMENTS}/forks", 401, login=None)
    ask(site, "POST", f"{PAYMENTS}/forks", 403, {"organization": "acme"}, login="carol")
    words = ask(site, "POST", f"{PAYMENTS}/forks", 422, {"organization": "bob"}, login="carol")["message"]
    assert words.startswith("'bob' is the login for a user account.")
    for name in (7, "..", "x" * 101):
        ask(site, "POST", f"{PAYMENTS}/forks", 422, {"name": name}, login="carol")


def test_a_deleted_parent_harms_no_fork_and_the_oldest_fork_takes_its_place(forked: Site, tmp_path: Path) -> None:
    ask(forked, "POST", f"{PAYMENTS}/forks", 202, login="bob")

    forked.github().get_repo("acme/payments").delete()

    carols = ask(forked, "GET", "/repos/carol/payments", 200)
    bobs = ask(forked, "GET", "/repos/bob/payments", 200)
    assert ("parent" in carols, carols["fork"], carols["forks_count"]) == (False, False, 1)
    assert bobs["parent"]["full_name"] == bobs["source"]["full_name"] == "carol/payments"
    assert "dangling" not in Clone(forked, tmp_path / "c", "carol", "carol/payments").git("fsck", "--full").stdout


def test_private_forks_go_with_what_they_were_forked_from(site: Site) -> None:
    vault = site.github("alice").get_organization("acme").create_repo("vault", private=True, auto_init=True)
    vault.edit(allow_forking=True)
    fork = ask(site, "POST", "/repos/acme/vault/forks", 202, login="bob")

    vault.delete()

    assert fork["private"]
    ask(site, "GET", "/repos/bob/vault", 404, login="bob")


def test_a_pull_request_from_a_fork_follows_it_and_is_merged(forked: Site, tmp_path: Path) -> None:
    clone = a_change(forked, tmp_path)
    wanted = {"title": "Fix", "head": "carol:fix", "base": "main"}

    made = ask(forked, "POST", f"{PAYMENTS}/pulls", 201, wanted, login="carol")
    clone.commit("more.txt", "2\n")
    clone.push("fix")

    pull = ask(forked, "GET", f"{PAYMENTS}/pulls/1", 200)
    assert (made["head"]["label"], made["head"]["repo"]["full_name"]) == ("carol:fix", "carol/payments")
    assert (pull["head"]["sha"], pull["commits"], pull["changed_files"]) == (clone.tip(), 2, 2)
    assert clone.tip() in git(tmp_path, "ls-remote", forked.clone_url("bob"), "refs/pull/1/head").stdout
    assert [each["number"] for each in ask(forked, "GET", f"{PAYMENTS}/pulls?head=carol:fix", 200)] == [1]
    assert ask(forked, "GET", f"{PAYMENTS}/pulls?head=acme:fix", 200) == []
    assert ask(forked, "GET", f"{PAYMENTS}/compare/main...carol:fix", 200)["ahead_by"] == 2
    assert ask(forked, "GET", f"{PAYMENTS}/compare/main...carol:payments:fix", 200)["ahead_by"] == 2
    ask(forked, "POST", f"{PAYMENTS}/pulls", 422, wanted, login="carol")
    ask(forked, "PUT", f"{PAYMENTS}/pulls/1/merge", 200, {"merge_method": "merge"}, login="bob")
    message = ask(forked, "GET", f"{PAYMENTS}/commits/main", 200)["commit"]["message"]
    assert message.startswith("Merge pull request #1 from carol/fix")


def test_only_who_may_write_to_the_head_offers_it(forked: Site, tmp_path: Path) -> None:
    a_change(forked, tmp_path)
    wanted = {"title": "Fix", "head": "carol:fix", "base": "main"}

    refused = ask(forked, "POST", f"{PAYMENTS}/pulls", 422, wanted, login="bob")
    unknown = ask(forked, "POST", f"{PAYMENTS}/pulls", 422, wanted | {"head": "bob:fix"}, login="bob")

    assert refused["errors"][0]["message"] == "must be a collaborator"
    assert unknown["errors"][0]["field"] == "head"


def test_maintainers_push_to_the_branch_of_a_pull_request_if_its_author_lets_them(forked: Site, tmp_path: Path) -> None:
    a_change(forked, tmp_path)
    wanted = {"title": "Fix", "head": "carol:fix", "base": "main"}
    ask(forked, "POST", f"{PAYMENTS}/pulls", 201, wanted, login="carol")
    bobs = Clone(forked, tmp_path / "bob", "bob", "carol/payments")
    bobs.git("checkout", "-q", "fix")
    bobs.commit("bob.txt", "3\n")

    before = bobs.push("fix")
    ask(forked, "PATCH", f"{PAYMENTS}/pulls/1", 200, {"maintainer_can_modify": True}, login="carol")
    after, elsewhere = bobs.push("fix"), bobs.push("fix:other")

    assert "denied to bob" in before.stderr
    assert after.returncode == 0
    assert elsewhere.returncode == 1
    assert "You may only push to the branch of the pull request" in elsewhere.stderr
    assert ask(forked, "GET", f"{PAYMENTS}/pulls/1", 200)["head"]["sha"] == bobs.tip()


def test_a_pull_request_outlives_the_fork_it_came_from(forked: Site, tmp_path: Path) -> None:
    clone = a_change(forked, tmp_path)
    ask(forked, "POST", f"{PAYMENTS}/pulls", 201, {"title": "x", "head": "carol:fix", "base": "main"}, login="carol")

    ask(forked, "DELETE", "/repos/carol/payments", 204, login="carol")

    pull = forked.session().get(f"{forked.api_url}{PAYMENTS}/pulls/1").json()
    head = pull["head"]
    assert (pull["state"], head["repo"], head["label"], head["sha"]) == ("closed", None, "carol:fix", clone.tip())
    assert ask(forked, "GET", f"{PAYMENTS}/pulls/1/files", 200)[0]["filename"] == "fix.txt"
    ask(forked, "PATCH", f"{PAYMENTS}/pulls/1", 422, {"state": "open"})


def test_a_fork_s_branch_is_synced_forward_by_a_merge_or_not_at_all(forked: Site, tmp_path: Path) -> None:
    where, body = "/repos/carol/payments/merge-upstream", {"branch": "main"}
    a_commit(forked, "main", {"up.txt": "1"}, login="alice")

    forward = ask(forked, "POST", where, 200, body, login="carol")
    nothing = ask(forked, "POST", where, 200, body, login="carol")
    clone = Clone(forked, tmp_path / "c", "carol", "carol/payments")
    clone.commit("own.txt", "1")
    clone.push("main")
    a_commit(forked, "main", {"up.txt": "2"}, login="alice")
    merged = ask(forked, "POST", where, 200, body, login="carol")
    clone.git("pull", "--quiet")
    clone.commit("up.txt", "mine")
    clone.push("main")
    a_commit(forked, "main", {"up.txt": "3"}, login="alice")
    conflict = ask(forked, "POST", where, 409, body, login="carol")

    assert (forward["merge_type"], forward["base_branch"]) == ("fast-forward", "acme:main")
    assert (nothing["merge_type"], merged["merge_type"]) == ("none", "merge")
    assert "conflict" in conflict["message"]
    ask(forked, "POST", where, 404, {"branch": "nope"}, login="carol")
    ask(forked, "POST", where, 403, body, login="bob")
    ask(forked, "POST", f"{PAYMENTS}/merge-upstream", 422, body)


def test_pygithub_forks(site: Site) -> None:
    made = site.github("carol").get_user().create_fork(site.github("carol").get_repo("acme/payments"))

    assert made.parent.full_name == "acme/payments"
    assert [fork.full_name for fork in site.github().get_repo("acme/payments").get_forks()] == ["carol/payments"]
    with pytest.raises(GithubException):
        site.github("carol").get_repo("carol/payments").get_branch("nope")


def test_two_wishes_at_once_make_one_fork(site: Site) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: ask(site, "POST", f"{PAYMENTS}/forks", 202, login="carol")["id"], range(4)))

    assert len(set(made)) == 1
    assert ask(site, "GET", PAYMENTS, 200)["forks_count"] == 1
    ask(site, "PATCH", "/repos/carol/payments", 422, {"private": True}, login="carol")
