"""What a push meets on protected branches and names, in words."""

from __future__ import annotations

import os
from pathlib import Path

from tests.emulators.conftest import Site
from tests.emulators.github.test_rulesets import a_ruleset
from tests.emulators.github.worktree import Clone, protect


def test_a_protected_branch_is_refused_in_the_push_and_the_rest_goes_through(site: Site, clone: Clone) -> None:
    protect(site)
    clone.commit("a.txt", "1")

    done = clone.push("main", "main:other")

    assert done.returncode == 1
    assert "remote: error: GH006: Protected branch update failed for refs/heads/main." in done.stderr
    assert "remote: error: Changes must be made through a pull request." in done.stderr
    assert "! [remote rejected] main -> main (protected branch hook declined)" in done.stderr
    assert "* [new branch]      main -> other" in done.stderr
    assert "hook declined to update" not in done.stderr
    assert {branch.name for branch in site.github().get_repo("acme/payments").get_branches()} == {"main", "other"}


def test_an_atomic_push_with_a_protected_branch_moves_nothing(site: Site, clone: Clone) -> None:
    protect(site)
    clone.commit("a.txt", "1")

    assert clone.push("--atomic", "main", "main:other").returncode == 1

    assert [branch.name for branch in site.github().get_repo("acme/payments").get_branches()] == ["main"]


def test_an_administrator_passes_and_is_told_unless_the_rule_includes_them(site: Site, tmp_path: Path) -> None:
    protect(site)
    clone = Clone(site, tmp_path / "clone", login="alice")
    clone.commit("a.txt", "1")

    passed = clone.push("main")
    protect(site, enforce_admins=True)
    clone.commit("a.txt", "2")
    refused = clone.push("main")

    assert passed.returncode == 0
    assert "remote: Bypassed rule violations for refs/heads/main:" in passed.stderr
    assert "remote: - Changes must be made through a pull request." in passed.stderr
    assert refused.returncode == 1


def test_a_protected_branch_can_neither_be_forced_nor_deleted(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone", login="alice")
    clone.commit("a.txt", "1")
    clone.push("main", "main:release")
    release = site.github().get_repo("acme/payments").get_branch("release")
    release.edit_protection(enforce_admins=False)
    clone.git("commit", "--quiet", "--amend", "-m", "other")

    forced, deleted = clone.push("--force", "main:release"), clone.push(":release")
    release.edit_protection(enforce_admins=False, allow_force_pushes=True, allow_deletions=True)

    assert "remote: error: Cannot force-push to this protected branch" in forced.stderr
    assert "remote: error: Cannot delete this protected branch" in deleted.stderr
    assert (forced.returncode, deleted.returncode) == (1, 1)
    assert clone.push("--force", "main:release").returncode == 0
    assert clone.push(":release").returncode == 0


def test_a_required_check_lets_the_commit_pass_that_has_passed_it(site: Site, clone: Clone) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.get_branch("main").edit_protection(strict=False, checks=["ci"])
    sha = clone.commit("a.txt", "1")
    clone.push("main:topic")

    refused = clone.push("main")
    repository.get_commit(sha).create_status("success", context="ci")

    assert 'remote: error: Required status check "ci" is expected.' in refused.stderr
    assert clone.push("main").returncode == 0


def test_only_named_people_may_push_to_a_restricted_branch(site: Site, clone: Clone) -> None:
    body = {
        "required_status_checks": None,
        "enforce_admins": False,
        "required_pull_request_reviews": None,
        "restrictions": {"users": ["alice"], "teams": []},
    }
    site.session().put(f"{site.api_url}/repos/acme/payments/branches/main/protection", json=body)
    clone.commit("a.txt", "1")

    assert "You're not authorized to push to this branch." in clone.push("main").stderr


def test_the_default_branch_refs_of_pulls_and_hexadecimal_names_are_out_of_reach(clone: Clone) -> None:
    hexadecimal = "1" * 40

    default, pull, name = (
        clone.push(spec) for spec in (":main", "main:refs/pull/1/head", f"main:refs/heads/{hexadecimal}")
    )

    assert "[remote rejected] main (refusing to delete the current branch: refs/heads/main)" in default.stderr
    assert "remote: error" not in default.stderr
    assert "deny updating a hidden ref" in pull.stderr
    assert "GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed." in name.stderr


def test_names_that_are_too_long_or_no_utf_8_are_refused(site: Site, clone: Clone) -> None:
    long, latin = "/".join(["x" * 60] * 5), os.fsdecode(b"caf\xe9")

    refused = [clone.push(f"main:refs/heads/{name}") for name in (long, latin)]

    assert "must not be longer than 255 bytes" in refused[0].stderr
    assert "must be UTF-8" in refused[1].stderr
    assert all("[remote rejected]" in each.stderr for each in refused)
    assert [branch.name for branch in site.github().get_repo("acme/payments").get_branches()] == ["main"]


def test_what_an_administrator_passes_over_is_said_and_others_are_told_what_to_do(site: Site, tmp_path: Path) -> None:
    protect(site, enforce_admins=False, required_linear_history=True)
    owner, clone = Clone(site, tmp_path / "alice", "alice"), Clone(site, tmp_path / "bob")
    clone.commit("b.txt", "1")
    owner.commit("a.txt", "1")

    refused, passed = clone.push("main"), owner.push("main")

    assert "remote: error: Changes must be made through a pull request." in refused.stderr
    assert "remote: hint: Push your commits to a branch of their own" in refused.stderr
    assert "(protected branch hook declined)" in refused.stderr
    assert passed.returncode == 0
    assert "remote: Bypassed rule violations for refs/heads/main:" in passed.stderr


def test_a_branch_that_would_be_a_folder_too_is_refused_with_the_reason(clone: Clone) -> None:
    clone.push("HEAD:refs/heads/feat")

    told = clone.push("HEAD:refs/heads/feat/one").stderr

    assert "[remote rejected] HEAD -> feat/one (cannot lock ref 'refs/heads/feat/one': 'refs/heads/feat' exists" in told
    assert "remote: error" not in told


def test_a_new_branch_is_judged_by_what_no_branch_has_and_a_moved_one_by_all_it_gets(site: Site, clone: Clone) -> None:
    first = clone.tip()
    clone.commit("a.txt", "a\n", "no good message")
    assert clone.push("main").returncode == 0
    names = {"ref_name": {"include": ["refs/heads/strict/**"], "exclude": []}}
    a_ruleset(
        site,
        {"type": "commit_message_pattern", "parameters": {"operator": "starts_with", "pattern": "feat"}},
        conditions=names,
    )

    made = clone.push("main:refs/heads/strict/one", f"{first}:refs/heads/strict/two")
    moved = clone.push("main:refs/heads/strict/two")

    assert made.returncode == 0, made.stderr
    assert "Commit message must start with a matching pattern: feat" in moved.stderr
    assert clone.tip() in moved.stderr
