"""Protected branches: what a merge still needs, and who may do without."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException
from github.PullRequest import PullRequest

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_collaborator, a_commit, a_pull, a_repository, refusal, seen_by

ONE_APPROVAL = "At least 1 approving review is required by reviewers with write access."


def protect(site: Site, **wishes: Any) -> None:
    """Protect main, for administrators too unless told otherwise."""
    a_repository(site).get_branch("main").edit_protection(**{"enforce_admins": True} | wishes)


def why_not(pull: PullRequest, method: str = "merge") -> str:
    """The reason a merge is refused with 405."""
    with pytest.raises(GithubException) as caught:
        pull.merge(merge_method=method)
    status, message, _ = refusal(caught.value)
    assert status == 405
    return message


def test_a_required_review_blocks_and_then_allows(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    pull = a_pull(site)
    assert pull.mergeable_state == "blocked"
    assert why_not(pull) == ONE_APPROVAL

    seen_by(site, "alice", pull).create_review(event="APPROVE")

    assert seen_by(site, "bob", pull).mergeable_state == "clean"
    assert pull.merge().merged


def test_only_people_who_may_write_count(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    pull = a_pull(site)
    seen_by(site, "carol", pull).create_review(event="APPROVE")
    seen_by(site, "carol", pull).create_review(body="on second thought", event="REQUEST_CHANGES")

    assert why_not(pull) == ONE_APPROVAL


def test_two_approvals_are_two_people(site: Site) -> None:
    protect(site, required_approving_review_count=2)
    a_collaborator(site, "carol")
    pull = a_pull(site)
    for _ in range(2):
        seen_by(site, "alice", pull).create_review(event="APPROVE")
    assert why_not(pull) == "At least 2 approving reviews are required by reviewers with write access."


def test_requested_changes_block_until_the_same_person_approves(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    pull = a_pull(site)
    alices = seen_by(site, "alice", pull)
    alices.create_review(event="APPROVE")
    alices.create_review(body="wait", event="REQUEST_CHANGES")
    assert why_not(pull) == f"Changes have been requested. {ONE_APPROVAL}"

    alices.create_review(body="a remark", event="COMMENT")
    assert "Changes have been requested." in why_not(pull)
    alices.create_review(event="APPROVE")

    assert pull.merge().merged


def test_requested_changes_block_until_they_are_dismissed(site: Site) -> None:
    protect(site, required_approving_review_count=0)
    pull = a_pull(site)
    review = seen_by(site, "alice", pull).create_review(body="wait", event="REQUEST_CHANGES")
    assert why_not(pull) == "Changes have been requested."

    seen_by(site, "alice", pull).get_review(review.id).dismiss("fine after all")

    assert pull.merge().merged


def test_a_push_dismisses_stale_approvals_when_the_branch_wants_it(site: Site) -> None:
    protect(site, required_approving_review_count=1, dismiss_stale_reviews=True)
    pull = a_pull(site)
    seen_by(site, "alice", pull).create_review(event="APPROVE")

    head = a_commit(site, "feature", {"more.txt": "x\n"})

    assert [review.state for review in pull.get_reviews()] == ["DISMISSED"]
    assert why_not(pull) == ONE_APPROVAL
    [event] = [each for each in pull.as_issue().get_events() if each.event == "review_dismissed"]
    assert event.dismissed_review["dismissal_commit_id"] == head


def test_an_approval_survives_pushes_otherwise_and_a_merge_of_the_base_always(site: Site) -> None:
    protect(site, required_approving_review_count=1, dismiss_stale_reviews=True, enforce_admins=False)
    pull = a_pull(site)
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    a_commit(site, "main", {"main.txt": "x\n"}, login="alice")

    pull.update_branch()

    assert [review.state for review in pull.get_reviews()] == ["APPROVED"]
    protect(site, required_approving_review_count=1, dismiss_stale_reviews=False)
    a_commit(site, "feature", {"more.txt": "x\n"})
    assert [review.state for review in pull.get_reviews()] == ["APPROVED"]


def test_the_last_push_needs_somebody_elses_approval(site: Site) -> None:
    protect(site, required_approving_review_count=1, require_last_push_approval=True)
    pull = a_pull(site)
    a_collaborator(site, "carol")
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    a_commit(site, "feature", {"alice.txt": "x\n"}, login="alice")
    assert "someone other than the last pusher" in why_not(pull)

    seen_by(site, "carol", pull).create_review(event="APPROVE")

    assert pull.merge().merged


def test_required_checks_must_have_passed_on_the_head(site: Site) -> None:
    protect(site, strict=False, checks=["ci", "lint"])
    pull = a_pull(site)
    commit = a_repository(site, "bob").get_commit(pull.head.sha)
    assert why_not(pull) == "2 of 2 required status checks are expected."

    commit.create_status("pending", context="ci")
    assert why_not(pull) == ('Required status check "ci" is pending. Required status check "lint" is expected.')
    commit.create_status("failure", context="ci")
    check = a_repository(site, "bob").create_check_run("lint", pull.head.sha, status="completed", conclusion="success")
    assert why_not(pull) == 'Required status check "ci" is failing.'
    commit.create_status("success", context="ci")
    assert seen_by(site, "alice", pull).mergeable_state == "clean"
    check.edit(conclusion="failure")

    assert why_not(pull) == 'Required status check "lint" is failing.'


def test_strict_checks_want_the_head_up_to_date(site: Site) -> None:
    protect(site, strict=True, checks=["ci"], enforce_admins=False)
    pull = a_pull(site)
    a_repository(site, "bob").get_commit(pull.head.sha).create_status("success", context="ci")
    a_commit(site, "main", {"main.txt": "x\n"}, login="alice")
    protect(site, strict=True, checks=["ci"])

    assert seen_by(site, "alice", pull).mergeable_state == "behind"
    assert why_not(pull) == 'Required status check "ci" is expected.'
    pull.update_branch()
    head = seen_by(site, "bob", pull).head.sha
    a_repository(site, "bob").get_commit(head).create_status("success", context="ci")

    assert pull.merge().merged


def test_a_linear_history_has_no_merge_commits(site: Site) -> None:
    protect(site, required_linear_history=True)
    pull = a_pull(site)

    assert why_not(pull) == "This branch must not contain merge commits."
    assert pull.merge(merge_method="squash").merged


def test_protected_branches_are_not_merged_into_by_other_doors(site: Site) -> None:
    pull = a_pull(site)
    a_commit(site, "main", {"main.txt": "x\n"}, login="alice")
    protect(site, required_approving_review_count=1)
    a_repository(site).get_branch("feature").edit_protection(required_approving_review_count=1, enforce_admins=True)

    update = site.session("bob").put(f"{pull.url}/update-branch")
    with pytest.raises(GithubException) as caught:
        a_repository(site, "bob").merge("main", "feature")

    assert update.status_code == 409
    assert refusal(caught.value)[:2] == (409, "Changes must be made through a pull request.")


def test_administrators_pass_unless_they_are_included(site: Site) -> None:
    protect(site, required_approving_review_count=1, enforce_admins=False)
    pull = a_pull(site)
    a_collaborator(site, "carol", "admin")

    assert why_not(pull) == ONE_APPROVAL
    assert seen_by(site, "carol", pull).merge().merged
