import subprocess

import pytest
from github import GithubException

TEAM = {
    "users": [{"login": "dora", "email": "dora@example.com", "token": "dora-token", "admin": True}],
    "github": {
        "repositories": [
            {
                "name": "dora/shop",
                "files": {"README.md": "# Shop\n"},
                "branches": [{"name": "feat/cart", "files": {"cart.py": "cart = []\n"}}],
                "issues": [{"title": "A cart", "labels": ["enhancement"]}],
                "pull_requests": [{"title": "Add a cart", "head": "feat/cart", "body": "Closes #1"}],
                "protection": {"main": {"checks": ["ci"]}},
            }
        ]
    },
}


@pytest.mark.emulator_seed(TEAM)
def test_a_protected_branch_waits_for_its_check(github_emulator):
    repository = github_emulator.client("dora").get_repo("dora/shop")
    pull = repository.get_pull(2)
    github_emulator.snapshot("open")

    with pytest.raises(GithubException):
        repository.create_file("x.txt", "x", "x", branch="no-such-branch")
    repository.get_commit(pull.head.sha).create_status("success", context="ci")
    assert pull.merge().merged
    assert repository.get_issue(1).state == "closed"

    github_emulator.restore("open")
    assert repository.get_issue(1).state == "open"


def test_a_push_is_a_push(github_emulator, tmp_path):
    subprocess.run(
        ["git", "clone", "-q", github_emulator.clone_url("bob", "acme/payments"), tmp_path / "it"], check=True
    )
    assert (tmp_path / "it" / "README.md").read_text() == "# Payments\n"


def test_a_bad_day_at_github(github_emulator):
    github_emulator.fault(method="POST", path="/repos/{owner}/{repo}/issues", status=502, times=1)
    repository = github_emulator.client("alice").get_repo("acme/payments")

    with pytest.raises(GithubException) as caught:
        repository.create_issue("Lost")

    assert caught.value.status == 502
    assert repository.create_issue("Kept").number == 1


def test_both_services_know_the_same_people(github_emulator, jira_emulator):
    github_emulator.seed({"users": [{"login": "zoe", "email": "zoe@example.com", "token": "zoe-token"}]})

    assert github_emulator.client("zoe").get_user().login == "zoe"
    assert jira_emulator.client("zoe").myself()["emailAddress"] == "zoe@example.com"
    assert [project.key for project in jira_emulator.client("alice").projects()] == ["PAY"]


def test_each_test_has_a_world_of_its_own(github_emulator):
    assert github_emulator.client("alice").get_repo("acme/payments").get_issues().totalCount == 0
    assert github_emulator.journal()[-1]["path"].startswith("/api/v3/repos/acme/payments/issues")
    github_emulator.client("alice").get_repo("acme/payments").create_issue("Gone in a moment")
    github_emulator.reset()
    assert github_emulator.client("alice").get_repo("acme/payments").get_issues().totalCount == 0
