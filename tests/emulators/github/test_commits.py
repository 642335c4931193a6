"""Commits and comparisons."""

from __future__ import annotations

import pytest
from github import GithubException
from github.Repository import Repository

from tests.emulators.conftest import Site


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments with two more commits on main, one by Alice, and a branch with one."""
    repository = site.github("bob").get_repo("acme/payments")
    repository.create_file("src/a.py", "feat: a\n\nBecause.", "1\n2\n")
    site.github("alice").get_repo("acme/payments").create_file("b.txt", "feat: b", "b\n")
    repository.create_git_ref("refs/heads/topic/x", repository.get_branch("main").commit.sha)
    repository.create_file("c.txt", "feat: c", "c\n", branch="topic/x")
    return repository


def messages(repository: Repository, **wanted: object) -> list[str]:
    """First lines of the listed commits."""
    return [commit.commit.message.partition("\n")[0] for commit in repository.get_commits(**wanted)]


def test_a_list_goes_back_from_a_branch_and_can_be_narrowed(repository: Repository) -> None:
    assert messages(repository) == ["feat: b", "feat: a", "Initial commit"]
    assert messages(repository, sha="topic/x")[0] == "feat: c"
    assert messages(repository, path="src") == ["feat: a"]
    assert messages(repository, author="alice") == ["feat: b"]
    assert messages(repository, author="bob@example.com") == ["feat: a"]


def test_a_list_can_be_bounded_by_dates(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")
    site.clock.skip(10)
    made = repository.create_file("a.txt", "feat: a", "1")["commit"]
    site.clock.skip(10)
    repository.create_file("b.txt", "feat: b", "1")
    at = repository.get_commit(made.sha).commit.committer.date

    assert messages(repository, since=at, until=at) == ["feat: a"]


def test_a_commit_has_its_files_and_numbers(repository: Repository) -> None:
    commit = repository.get_commit("topic/x")

    assert (commit.stats.total, commit.stats.additions, commit.stats.deletions) == (1, 1, 0)
    assert [(file.filename, file.status, file.patch) for file in commit.files] == [
        ("c.txt", "added", "@@ -0,0 +1 @@\n+c")
    ]
    assert (commit.author.login, commit.committer.login) == ("bob", "bob")
    assert repository.get_commit(commit.sha[:8]).sha == commit.sha


def test_a_commit_by_a_stranger_has_no_account(site: Site, repository: Repository) -> None:
    tip = repository.get_git_commit(repository.get_branch("main").commit.sha)
    body = {"message": "m", "tree": tip.tree.sha, "parents": [tip.sha], "author": {"name": "Z", "email": "z@z.example"}}
    made = site.session("bob").post(f"{repository.url}/git/commits", json=body).json()

    assert repository.get_commit(made["sha"]).author is None


def test_a_comparison_tells_what_the_head_has_more(repository: Repository) -> None:
    repository.create_file("d.txt", "feat: d", "d\n")

    found = repository.compare("main", "topic/x")

    assert (found.status, found.ahead_by, found.behind_by, found.total_commits) == ("diverged", 1, 1, 1)
    assert [commit.commit.message for commit in found.commits] == ["feat: c"]
    assert [file.filename for file in found.files] == ["c.txt"]
    assert repository.compare("main", "main").status == "identical"
    assert repository.compare("topic/x", found.merge_base_commit.sha).status == "behind"
    assert repository.compare("acme:main", "acme:topic/x").ahead_by == 1


def test_commits_and_comparisons_come_as_diff_patch_and_sha(site: Site, repository: Repository) -> None:
    session = site.session("bob")

    def text(path: str, form: str) -> str:
        answer = session.get(f"{repository.url}/{path}", headers={"Accept": f"application/vnd.github.{form}"})
        assert answer.status_code == 200
        return answer.text

    assert text("commits/main", "sha") == repository.get_branch("main").commit.sha
    assert text("commits/topic/x", "diff").startswith("diff --git a/c.txt b/c.txt\nnew file mode 100644\n")
    assert text("commits/topic/x", "v3.patch").startswith(f"From {repository.get_commit('topic/x').sha} Mon Sep 17")
    assert text("compare/main...topic/x", "diff") == text("commits/topic/x", "diff")
    assert "Subject: [PATCH] feat: c\n" in text("compare/main...topic/x", "patch")


def test_what_is_not_there_is_refused_as_github_does(site: Site, repository: Repository) -> None:
    with pytest.raises(GithubException) as commit:
        repository.get_commit("none")
    with pytest.raises(GithubException) as comparison:
        repository.compare("main", "none")
    empty = site.github("bob").get_user().create_repo("empty")
    with pytest.raises(GithubException) as nothing:
        empty.get_commit("main")

    assert (commit.value.status, commit.value.data["message"]) == (422, "No commit found for SHA: none")
    assert comparison.value.status == 404
    assert (nothing.value.status, nothing.value.data["message"]) == (409, "Git Repository is empty.")
    assert site.session().get(f"{repository.url}/commits?since=yesterday").status_code == 422


def test_a_long_list_comes_in_pages(site: Site, repository: Repository) -> None:
    answer = site.session().get(f"{repository.url}/commits?per_page=1&page=2&sha=main")

    assert [commit["commit"]["message"] for commit in answer.json()] == ["feat: a\n\nBecause."]
    assert set(answer.links) == {"prev", "next", "last", "first"}
    assert answer.links["next"]["url"] == f"{repository.url}/commits?per_page=1&sha=main&page=3"
    assert repository.get_commits().totalCount == 3
