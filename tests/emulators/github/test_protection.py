"""The parts of a branch's protection, each at its own address."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException
from github.Branch import Branch

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_collaborator, a_pull, a_repository, refusal, seen_by

BRANCH = "/repos/acme/payments/branches/main"


@pytest.fixture
def main(site: Site) -> Branch:
    """The protected default branch: one review, checks ci and lint, Bob may push."""
    branch = a_repository(site).get_branch("main")
    branch.edit_protection(
        strict=True, checks=["ci", "lint"], required_approving_review_count=1, user_push_restrictions=["bob"]
    )
    return branch


def call(site: Site, method: str, part: str, body: object = None) -> tuple[int, Any]:
    """A request about a part; the reply is checked against the description where that knows it."""
    reply = site.session().request(method, f"{site.api_url}{BRANCH}/protection{part}", json=body)
    content = reply.json() if reply.content else None
    path = f"/repos/{{owner}}/{{repo}}/branches/{{branch}}/protection{part}"
    found = flaws(method, path, reply.status_code, content)
    assert not [flaw for flaw in found if flaw.startswith("error")], found
    return reply.status_code, content


def test_admin_enforcement_and_signatures_are_switched(site: Site, main: Branch) -> None:
    assert main.get_admin_enforcement() is False
    main.set_admin_enforcement()
    assert main.get_admin_enforcement() is True
    assert call(site, "GET", "/enforce_admins")[1]["enabled"] is True
    main.remove_admin_enforcement()
    assert main.get_admin_enforcement() is False
    main.add_required_signatures()
    assert main.get_required_signatures() is True
    main.remove_required_signatures()
    assert main.get_required_signatures() is False


def test_required_checks_are_edited_one_by_one(site: Site, main: Branch) -> None:
    assert main.get_required_status_checks().contexts == ["ci", "lint"]
    main.edit_required_status_checks(strict=False)
    assert call(site, "GET", "/required_status_checks")[1]["checks"] == [
        {"context": "ci", "app_id": None},
        {"context": "lint", "app_id": None},
    ]
    checks = {"checks": [{"context": "unit"}]}
    assert call(site, "PATCH", "/required_status_checks", checks)[1]["contexts"] == ["unit"]
    contexts = "/required_status_checks/contexts"
    assert call(site, "POST", contexts, ["e2e"])[1] == ["unit", "e2e"]
    assert call(site, "DELETE", contexts, {"contexts": ["unit"]})[1] == ["e2e"]
    assert call(site, "PUT", contexts, {"contexts": ["a", "b"]})[1] == ["a", "b"]
    assert call(site, "PUT", contexts, {"contexts": "a"})[0] == 422
    main.remove_required_status_checks()
    status, body = call(site, "GET", "/required_status_checks")
    assert (status, body["message"]) == (404, "Required status checks not enabled")
    assert call(site, "PATCH", "/required_status_checks", {})[0] == 404
    assert main.get_protection().required_pull_request_reviews.required_approving_review_count == 1


def test_required_reviews_keep_what_is_not_edited(site: Site, main: Branch) -> None:
    main.edit_required_pull_request_reviews(require_code_owner_reviews=True)

    reviews = main.get_required_pull_request_reviews()

    assert (reviews.require_code_owner_reviews, reviews.required_approving_review_count) == (True, 1)
    part = "/required_pull_request_reviews"
    assert call(site, "PATCH", part, {"required_approving_review_count": 9})[0] == 422
    main.remove_required_pull_request_reviews()
    assert call(site, "GET", part)[0] == call(site, "DELETE", part)[0] == 404


def test_who_may_push_is_edited(site: Site, main: Branch) -> None:
    a_collaborator(site, "carol")
    main.add_user_push_restrictions("carol")
    assert [user.login for user in main.get_user_push_restrictions()] == ["bob", "carol"]
    main.remove_user_push_restrictions("bob")
    pull = a_pull(site)
    seen_by(site, "carol", pull).create_review(event="APPROVE")
    commit = a_repository(site, "bob").get_commit(pull.head.sha)
    for context in ("ci", "lint"):
        commit.create_status("success", context=context)

    with pytest.raises(GithubException) as caught:
        pull.merge()

    assert refusal(caught.value)[:2] == (405, "You're not authorized to push to this branch.")
    main.remove_push_restrictions()
    assert call(site, "GET", "/restrictions")[1]["message"] == "Push restrictions not enabled"
    assert "restrictions" not in main.get_protection().raw_data
    assert pull.merge().merged


def test_parts_are_for_administrators_of_protected_branches(site: Site) -> None:
    for method, part in (("GET", "/enforce_admins"), ("POST", "/enforce_admins"), ("PATCH", "/required_status_checks")):
        status, body = call(site, method, part, {})
        assert (status, body["message"]) == (404, "Branch not protected")
    address = f"{site.api_url}{BRANCH}/protection/enforce_admins"
    assert site.session("bob").post(address).status_code == 403
    assert site.session("carol").get(address).status_code == 403
    assert site.session(None).post(address).status_code == 401
