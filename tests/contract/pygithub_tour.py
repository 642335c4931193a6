"""What the parts of the tour with PyGithub have in common."""

from __future__ import annotations

import pytest
from github import GithubException
from github.PullRequest import PullRequest
from github.Repository import Repository


def refusal(wanted: int, call: object, *args: object, **kwargs: object) -> GithubException:
    """The exception of a call that must fail with a status."""
    with pytest.raises(GithubException) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.status == wanted, caught.value
    return caught.value


def a_pull(repo: Repository, branch: str = "feat/refunds", text: str = "def refund(): ...\n") -> PullRequest:
    """A pull request that adds refunds.py."""
    repo.create_git_ref(f"refs/heads/{branch}", repo.get_branch("main").commit.sha)
    repo.create_file(f"{branch.rpartition('/')[2]}.py", "feat: add refunds", text, branch=branch)
    return repo.create_pull(base="main", head=branch, title="feat: refunds", body="Refunds.")
