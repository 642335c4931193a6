"""Branches and their protection through PyGithub."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException
from github.Branch import Branch

from tests.emulators.conftest import Site


@pytest.fixture
def main(site: Site) -> Branch:
    """The branch main as an administrator sees it."""
    return site.github().get_repo("acme/payments").get_branch("main")


def put(site: Site, **changes: object) -> tuple[int, str]:
    """Protect main with a whole body; gives status and message."""
    body = {
        "required_status_checks": None,
        "enforce_admins": None,
        "required_pull_request_reviews": None,
        "restrictions": None,
        **changes,
    }
    answer = site.session().put(f"{site.api_url}/repos/acme/payments/branches/main/protection", json=body)
    return answer.status_code, answer.json().get("message", "")


def test_branches_with_slashes_are_listed_and_found(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    sha = repository.get_branch("main").commit.sha
    repository.create_git_ref("refs/heads/feature/ä#1", sha)

    assert [branch.name for branch in repository.get_branches()] == ["feature/ä#1", "main"]
    assert repository.get_branch("feature/ä#1").commit.sha == sha
    with pytest.raises(UnknownObjectException):
        repository.get_branch("feature")


def test_a_protection_is_given_back_as_it_was_set(main: Branch) -> None:
    main.edit_protection(
        strict=True,
        checks=["ci", "lint"],
        enforce_admins=True,
        dismiss_stale_reviews=True,
        required_approving_review_count=2,
        required_linear_history=True,
        allow_deletions=True,
        required_conversation_resolution=True,
    )

    protection = main.get_protection()

    assert protection.required_status_checks.strict
    assert protection.required_status_checks.contexts == ["ci", "lint"]
    assert protection.enforce_admins
    reviews = protection.required_pull_request_reviews
    assert (reviews.required_approving_review_count, reviews.dismiss_stale_reviews) == (2, True)
    assert (protection.required_linear_history, protection.allow_deletions) == (True, True)
    assert (protection.allow_force_pushes, protection.required_conversation_resolution) == (False, True)


def test_what_is_not_required_is_left_out(main: Branch) -> None:
    main.edit_protection(enforce_admins=False)

    raw = main.get_protection().raw_data

    assert not {"required_status_checks", "required_pull_request_reviews", "restrictions"} & raw.keys()


def test_a_branch_says_that_it_is_protected(site: Site, main: Branch) -> None:
    main.edit_protection(strict=False, checks=["ci"])

    again = site.github("bob").get_repo("acme/payments").get_branch("main")

    assert again.protected
    assert again.raw_data["protection"]["required_status_checks"]["contexts"] == ["ci"]
    main.remove_protection()
    assert not site.github().get_repo("acme/payments").get_branch("main").protected


def test_people_in_a_protection_are_shown_with_their_accounts(site: Site) -> None:
    reviews = {"dismissal_restrictions": {"users": ["bob", "nobody"], "teams": []}}

    assert put(site, restrictions={"users": ["alice"], "teams": []}, required_pull_request_reviews=reviews)[0] == 200

    protection = site.github().get_repo("acme/payments").get_branch("main").get_protection()
    assert [user["login"] for user in protection.raw_data["restrictions"]["users"]] == ["alice"]
    dismissal = protection.raw_data["required_pull_request_reviews"]["dismissal_restrictions"]
    assert [user["login"] for user in dismissal["users"]] == ["bob"]


def test_a_body_without_its_four_keys_or_with_wrong_ones_is_422(site: Site) -> None:
    address = f"{site.api_url}/repos/acme/payments/branches/main/protection"

    short = site.session().put(address, json={"enforce_admins": True})

    assert short.status_code == 422
    assert '"restrictions" wasn\'t supplied.' in short.json()["message"]
    assert put(site, enforce_admins="yes")[0] == 422
    assert put(site, required_pull_request_reviews={"required_approving_review_count": 7})[0] == 422
    assert put(site, required_pull_request_reviews=[])[0] == 422
    assert put(site, required_status_checks={"strict": True})[0] == 422
    assert put(site, required_status_checks={"strict": True, "checks": [{}]})[0] == 422


def test_people_can_not_be_named_in_a_person_s_own_repository(site: Site) -> None:
    site.github("bob").get_user().create_repo("own", auto_init=True)

    answer = site.session("bob").put(
        f"{site.api_url}/repos/bob/own/branches/main/protection",
        json={
            "required_status_checks": None,
            "enforce_admins": None,
            "required_pull_request_reviews": None,
            "restrictions": {"users": [], "teams": []},
        },
    )

    assert answer.status_code == 422
    assert answer.json()["errors"] == ["Only organization repositories can have users and team restrictions"]


def test_protection_is_for_administrators_and_for_branches_that_exist(site: Site, main: Branch) -> None:
    with pytest.raises(GithubException) as none:
        main.get_protection()
    with pytest.raises(GithubException) as reader:
        site.github("bob").get_repo("acme/payments").get_branch("main").get_protection()
    missing = site.session().get(f"{site.api_url}/repos/acme/payments/branches/none/protection")

    assert none.value.data["message"] == "Branch not protected"
    assert reader.value.status == 403
    assert (missing.status_code, missing.json()["message"]) == (404, "Branch not found")
