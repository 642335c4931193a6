"""Rulesets: kept, shown, and in force against pushes, writes through the API and merges alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository, refusal, seen_by
from tests.emulators.github.worktree import Clone

PATH = "/repos/{owner}/{repo}/rulesets"
PULL_REQUEST = {
    "required_approving_review_count": 1,
    "dismiss_stale_reviews_on_push": True,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_review_thread_resolution": False,
}


def call(site: Site, method: str, rest: str, body: object = None, login: str = "alice") -> tuple[int, Any]:
    """One request below the repository; a reply that the description knows is checked against it."""
    path = rest.partition("?")[0]
    reply = site.session(login).request(method, f"{site.api_url}/repos/acme/payments{rest}", json=body)
    content = reply.json() if reply.content else None
    form = path.replace("/rulesets/", "/rulesets/{ruleset_id}", 1) if path.startswith("/rulesets/") else path
    form = form.partition("}")[0] + "}" if "}" in form else form
    form = "/rules/branches/{branch}" if path.startswith("/rules/branches/") else form
    if reply.status_code < 500:
        found = flaws(method, "/repos/{owner}/{repo}" + form, reply.status_code, content)
        assert not [flaw for flaw in found if flaw.startswith("error")], found
    return reply.status_code, content


def a_ruleset(site: Site, *rules: dict[str, Any], **values: Any) -> dict[str, Any]:
    """An active ruleset for all branches, unless told otherwise."""
    names = {"ref_name": {"include": ["~ALL"], "exclude": []}}
    body = {"name": f"rules-{rules[0]['type']}", "enforcement": "active", "conditions": names, "rules": list(rules)}
    status, made = call(site, "POST", "/rulesets", body | values)
    assert status == 201, made
    return dict(made)


def test_a_ruleset_is_kept_shown_changed_and_deleted(site: Site) -> None:
    made = a_ruleset(
        site,
        {"type": "deletion"},
        {"type": "pull_request", "parameters": PULL_REQUEST},
        conditions={"ref_name": {"include": ["~DEFAULT_BRANCH", "refs/heads/release/**/*"], "exclude": []}},
        bypass_actors=[{"actor_id": 5, "actor_type": "RepositoryRole", "bypass_mode": "pull_request"}],
    )
    address = f"/rulesets/{made['id']}"

    assert made["source"] == "acme/payments"
    assert made["current_user_can_bypass"] == "pull_requests_only"
    assert made["rules"][1]["parameters"]["allowed_merge_methods"] == ["merge", "squash", "rebase"]
    assert call(site, "GET", "/rulesets")[1][0].keys().isdisjoint({"rules", "conditions", "bypass_actors"})
    assert call(site, "GET", "/rulesets?targets=tag")[1] == []
    assert [rule["type"] for rule in call(site, "GET", "/rules/branches/main")[1]] == ["deletion", "pull_request"]
    assert len(call(site, "GET", "/rules/branches/release/1/x")[1]) == 2
    assert call(site, "GET", "/rules/branches/other")[1] == []
    stranger = call(site, "GET", address, login="carol")[1]
    assert "bypass_actors" not in stranger
    assert stranger["current_user_can_bypass"] == "never"
    changed = call(site, "PUT", address, {"enforcement": "disabled", "name": "Off"})[1]
    assert (changed["enforcement"], changed["name"], len(changed["rules"])) == ("disabled", "Off", 2)
    assert call(site, "GET", "/rules/branches/main")[1] == []
    assert call(site, "DELETE", address) == (204, None)
    assert call(site, "GET", address)[0] == 404


def test_only_administrators_change_rulesets(site: Site) -> None:
    body = {"name": "x", "enforcement": "active"}

    assert call(site, "POST", "/rulesets", body, login="bob")[0] == 403
    assert call(site, "POST", "/rulesets", body, login="alice")[0] == 201
    taken = call(site, "POST", "/rulesets", body, login="alice")[1]["errors"]
    assert [(error["field"], error["message"]) for error in taken] == [("name", "Name must be unique")]


BAD: list[dict[str, Any]] = [
    {"name": None},
    {"name": "  "},
    {"name": "x" * 101},
    {"enforcement": "sometimes"},
    {"target": "repository"},
    {"rules": [{"type": "no_such_rule"}]},
    {"rules": [{"type": 5}]},
    {"rules": ["deletion"]},
    {"rules": [{"type": "deletion"}, {"type": "deletion"}]},
    {"rules": [{"type": "max_file_size", "parameters": {"max_file_size": 5}}]},
    {"rules": [{"type": "pull_request", "parameters": {}}]},
    {"rules": [{"type": "pull_request", "parameters": PULL_REQUEST | {"required_approving_review_count": 11}}]},
    {"rules": [{"type": "pull_request", "parameters": PULL_REQUEST | {"allowed_merge_methods": []}}]},
    {"rules": [{"type": "pull_request", "parameters": PULL_REQUEST | {"more": True}}]},
    {"rules": [{"type": "commit_message_pattern", "parameters": {"operator": "regex", "pattern": "("}}]},
    {"rules": [{"type": "commit_message_pattern", "parameters": {"operator": "like", "pattern": "x"}}]},
    {"rules": [{"type": "required_status_checks", "parameters": {"required_status_checks": [{}]}}]},
    {"conditions": {"ref_name": {"include": ["main"], "exclude": []}}},
    {"conditions": {"ref_name": {"include": ["refs/tags/x"], "exclude": []}}},
    {"conditions": {"ref_name": {"include": "~ALL"}}},
    {"conditions": {}},
    {"conditions": []},
    {"bypass_actors": [{"actor_id": 5}]},
    {"bypass_actors": [{"actor_type": "Team"}]},
    {"bypass_actors": [{"actor_type": "User", "actor_id": "1"}]},
]
"""What is wrong, put into a body that would do."""


def test_a_body_that_will_not_do_is_422_and_nothing_is_kept(site: Site) -> None:
    body = {"name": "x", "enforcement": "active", "rules": [{"type": "deletion"}]}

    taken = [change for change in BAD if call(site, "POST", "/rulesets", body | change)[0] != 422]

    assert taken == []
    assert call(site, "GET", "/rulesets")[1] == []


def test_a_push_is_told_each_broken_rule_and_what_to_do_instead(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    pattern = {"operator": "regex", "pattern": r"^feat\("}
    a_ruleset(
        site,
        {"type": "pull_request", "parameters": PULL_REQUEST},
        {"type": "commit_message_pattern", "parameters": pattern},
        {"type": "non_fast_forward"},
        conditions={"ref_name": {"include": ["refs/heads/main"], "exclude": []}},
    )
    sha = clone.commit("a.txt", "1\n")

    done = clone.push("main", "HEAD:refs/heads/mine")

    said = [line.removeprefix("remote: ").strip() for line in done.stderr.splitlines() if line.startswith("remote:")]
    assert "error: GH013: Repository rule violations found for refs/heads/main." in said
    page = f"{site.html_url}/acme/payments/rules?ref=refs%2Fheads%2Fmain"
    assert f"Review all repository rules at {page}" in said
    assert "- Changes must be made through a pull request." in said
    assert "- Commit message must match a given regex pattern: ^feat\\(" in said
    assert sha in said
    assert any(line.startswith("hint: Push your commits to a branch of their own") for line in said)
    assert "! [remote rejected] main -> main (push declined due to repository rule violations)" in done.stderr
    assert "[new branch]" in done.stderr
    assert a_repository(site).get_branch("mine").commit.sha == sha


def test_creation_update_and_deletion_are_restricted_by_name(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    clone.git("push", "-q", "origin", "HEAD:refs/heads/kept")
    names = {"ref_name": {"include": ["refs/heads/*"], "exclude": ["refs/heads/feature*"]}}
    a_ruleset(site, *({"type": kind} for kind in ("creation", "update", "deletion")), conditions=names)
    a_ruleset(site, {"type": "deletion"}, target="tag")

    clone.git("tag", "v1")
    assert clone.push("v1", "HEAD:refs/heads/feature-1", "HEAD:refs/heads/deep/er").returncode == 0
    assert "- Cannot create ref due to creations being restricted." in clone.push("HEAD:refs/heads/new").stderr
    assert "- Cannot delete this branch" in clone.push(":kept").stderr
    assert "- Cannot delete this tag" in clone.push(":v1").stderr
    clone.commit("a", "1")
    assert "- Cannot update this protected ref." in clone.push("HEAD:main").stderr
    with pytest.raises(GithubException) as caught:
        a_repository(site, "bob").create_git_ref("refs/heads/new", clone.tip("origin/main"))
    message = "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n"
    assert refusal(caught.value)[:2] == (422, message)


def test_names_files_and_sizes_are_restricted(site: Site, tmp_path: Path) -> None:
    clone = Clone(site, tmp_path / "clone")
    a_ruleset(site, {"type": "branch_name_pattern", "parameters": {"operator": "starts_with", "pattern": "feature/"}})
    a_ruleset(
        site,
        {"type": "file_path_restriction", "parameters": {"restricted_file_paths": [".github/**/*"]}},
        {"type": "file_extension_restriction", "parameters": {"restricted_file_extensions": ["*.exe"]}},
        {"type": "max_file_path_length", "parameters": {"max_file_path_length": 30}},
        {"type": "max_file_size", "parameters": {"max_file_size": 1}},
        target="push",
    )
    clone.commit(".github/x/y.yml", "1")
    clone.commit("run.EXE", "1")
    clone.commit("a/very/long/path/to/some/file.txt", "1")
    clone.commit("big.bin", b"\0" * (1024 * 1024 + 1))

    said = clone.push("HEAD:refs/heads/feature/x").stderr

    for reason in (
        "File path is restricted",
        "File extension is restricted",
        "File path is longer than 30 characters",
        "File is larger than 1 MB",
    ):
        assert f"- {reason}" in said
    assert "Branch name must start with a matching pattern: feature/" in clone.push("HEAD:refs/heads/y").stderr
    file = {"message": "x", "content": "eA==", "branch": "main"}
    refused = site.session("bob").put(f"{site.api_url}/repos/acme/payments/contents/x.exe", json=file)
    assert (refused.status_code, refused.json()["message"]) == (
        409,
        "Repository rule violations found\n\nBranch name must start with a matching pattern: feature/\n\n"
        "File extension is restricted\n\n",
    )


def test_those_who_may_pass_a_ruleset_by_are_told_that_they_did(site: Site, tmp_path: Path) -> None:
    a_ruleset(
        site,
        {"type": "pull_request", "parameters": PULL_REQUEST},
        bypass_actors=[{"actor_id": 1, "actor_type": "OrganizationAdmin"}],
    )
    clone = Clone(site, tmp_path / "bob", "bob")
    clone.commit("a", "1")
    owner = Clone(site, tmp_path / "alice", "alice")
    owner.commit("b", "1")

    assert "push declined due to repository rule violations" in clone.push("main").stderr
    done = owner.push("main")
    site.github().get_organization("acme").add_to_members(site.github().get_user("alice"), role="admin")
    assert ("Bypassed rule violations for refs/heads/main:" in done.stderr) == (done.returncode == 0)


def test_a_merge_waits_for_the_rules_of_all_rulesets_and_for_the_protection(site: Site) -> None:
    pull = a_pull(site)
    a_repository(site).get_branch("main").edit_protection(strict=False, checks=["ci"], enforce_admins=True)
    a_ruleset(site, {"type": "pull_request", "parameters": PULL_REQUEST | {"allowed_merge_methods": ["squash"]}})
    checks = {"strict_required_status_checks_policy": False, "required_status_checks": [{"context": "lint"}]}
    a_ruleset(site, {"type": "required_status_checks", "parameters": checks | {"do_not_enforce_on_create": True}})
    mine = seen_by(site, "alice", pull)

    def why_not(method: str = "merge") -> tuple[int, str]:
        with pytest.raises(GithubException) as caught:
            mine.merge(merge_method=method)
        return refusal(caught.value)[:2]

    assert why_not() == (405, 'Required status check "ci" is expected.')
    commit = a_repository(site, "bob").get_commit(pull.head.sha)
    commit.create_status("success", context="ci")
    approval = "At least 1 approving review is required by reviewers with write access."
    only = "This branch does not take the merge method merge; allowed: squash."
    lint = 'Required status check "lint" is expected.'
    assert why_not() == (405, f"Repository rule violations found\n\n{approval}\n\n{lint}\n\n{only}\n\n")
    assert seen_by(site, "bob", pull).mergeable_state == "blocked"
    mine.create_review(event="APPROVE")
    commit.create_status("success", context="lint")
    assert why_not() == (405, f"Repository rule violations found\n\n{only}\n\n")
    assert seen_by(site, "bob", pull).mergeable_state == "clean"
    assert mine.merge(merge_method="squash").merged


def test_the_message_of_a_merge_has_to_fit_too(site: Site) -> None:
    a_ruleset(
        site,
        {"type": "commit_message_pattern", "parameters": {"operator": "contains", "pattern": "PAY-", "name": "Jira"}},
        {"type": "required_signatures"},
        {"type": "required_linear_history"},
        conditions={"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}},
    )
    pull = seen_by(site, "alice", a_pull(site))

    def why_not(**wish: str) -> str:
        with pytest.raises(GithubException) as caught:
            pull.merge(**wish)
        return str(refusal(caught.value)[1])

    assert "This branch must not contain merge commits." in why_not()
    assert "Commits must have verified signatures." in why_not(merge_method="rebase")
    assert "Commit message must contain a matching pattern: Jira" in why_not(merge_method="squash")
    assert pull.merge(merge_method="squash", commit_title="feat: PAY-1").merged


def test_stale_reviews_are_dismissed_by_a_ruleset(site: Site) -> None:
    a_ruleset(site, {"type": "pull_request", "parameters": PULL_REQUEST}, conditions=None, enforcement="evaluate")
    names = {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}
    a_ruleset(site, {"type": "pull_request", "parameters": PULL_REQUEST}, name="main", conditions=names)
    pull = a_pull(site)
    seen_by(site, "alice", pull).create_review(event="APPROVE")

    a_repository(site, "bob").create_file("more.txt", "feat: more", "x", branch="feature")

    assert [review.state for review in pull.get_reviews()] == ["DISMISSED"]
