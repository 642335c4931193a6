"""Commit statuses through PyGithub."""

from __future__ import annotations

import pytest
from github import GithubException
from github.Commit import Commit

from tests.emulators.conftest import Site


@pytest.fixture
def commit(site: Site) -> Commit:
    """The tip of main as somebody who may push sees it."""
    return site.github("bob").get_repo("acme/payments").get_commit("main")


def test_the_last_word_of_each_context_counts(commit: Commit) -> None:
    commit.create_status("pending", context="ci")
    commit.create_status("success", "https://example.com/1", "All good", context="lint")
    assert commit.get_combined_status().state == "pending"

    commit.create_status("success", context="ci")

    combined = commit.get_combined_status()
    assert (combined.state, combined.total_count) == ("success", 2)
    assert {status.context: status.state for status in combined.statuses} == {"ci": "success", "lint": "success"}
    assert [status.state for status in commit.get_statuses()] == ["success", "success", "pending"]
    assert commit.get_statuses()[1].creator.login == "bob"


def test_one_failure_fails_the_commit_and_nothing_is_pending(commit: Commit) -> None:
    assert commit.get_combined_status().state == "pending"

    commit.create_status("success", context="ci")
    commit.create_status("error", context="lint")

    assert commit.get_combined_status().state == "failure"


def test_a_status_that_will_not_do_is_422(site: Site, commit: Commit) -> None:
    address = f"{site.api_url}/repos/acme/payments/statuses/"

    for sha, body in (
        (commit.sha, {"state": "fine"}),
        (commit.sha, {}),
        (commit.sha, {"state": "success", "description": "x" * 141}),
        ("a" * 40, {"state": "success"}),
    ):
        assert site.session("bob").post(address + sha, json=body).status_code == 422
    with pytest.raises(GithubException) as caught:
        site.github("carol").get_repo("acme/payments").get_commit("main").create_status("success")
    assert caught.value.status == 403
