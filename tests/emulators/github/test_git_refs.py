"""Refs through the API."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException
from github.Repository import Repository

from tests.emulators.conftest import Site


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments as somebody who may push sees it."""
    return site.github("bob").get_repo("acme/payments")


def tip(repository: Repository, branch: str = "main") -> str:
    return repository.get_branch(branch).commit.sha


def message(caught: pytest.ExceptionInfo[GithubException]) -> tuple[int, str]:
    return caught.value.status, caught.value.data["message"]


def test_a_ref_is_made_found_moved_and_deleted(repository: Repository) -> None:
    first = tip(repository)
    ref = repository.create_git_ref("refs/heads/feature/x", first)
    second = repository.create_file("a.txt", "m", "1")["commit"].sha

    ref.edit(second)

    assert repository.get_git_ref("heads/feature/x").object.sha == second
    assert [each.ref for each in repository.get_git_matching_refs("heads/fea")] == ["refs/heads/feature/x"]
    assert [each.ref for each in repository.get_git_refs()] == ["refs/heads/feature/x", "refs/heads/main"]
    ref.delete()
    with pytest.raises(UnknownObjectException):
        repository.get_git_ref("heads/feature/x")


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("refs/heads/main", "Reference already exists"),
        ("refs/heads/main/below", "'refs/heads/main' exists; cannot create 'refs/heads/main/below'"),
        ("main", "Reference name must start with 'refs/' and contain at least two slashes."),
        ("refs/heads/a..b", "refs/heads/a..b is not a valid ref name."),
        ("refs/heads/-x y", "refs/heads/-x y is not a valid ref name."),
        ("refs/pull/1/head", "refs/pull/1/head is not a valid ref name."),
        (f"refs/heads/{'a' * 40}", "Branch or tag names consisting of 40 hex characters are not allowed."),
    ],
)
def test_a_name_that_will_not_do_is_422(repository: Repository, ref: str, words: str) -> None:
    with pytest.raises(GithubException) as caught:
        repository.create_git_ref(ref, tip(repository))

    assert message(caught) == (422, words)


def test_a_ref_needs_an_object_that_is_there(repository: Repository) -> None:
    for sha, words in (
        ("1" * 40, "Object does not exist"),
        ("main", "The sha parameter must be exactly 40 characters and contain only [0-9a-f]."),
    ):
        with pytest.raises(GithubException) as caught:
            repository.create_git_ref("refs/heads/x", sha)
        assert message(caught) == (422, words)


def test_a_ref_goes_back_only_by_force(repository: Repository) -> None:
    first = tip(repository)
    repository.create_git_ref("refs/heads/x", repository.create_file("a.txt", "m", "1")["commit"].sha)
    ref = repository.get_git_ref("heads/x")

    with pytest.raises(GithubException) as caught:
        ref.edit(first)
    ref.edit(first, force=True)

    assert message(caught) == (422, "Update is not a fast forward")
    assert tip(repository, "x") == first


def test_protection_holds_here_too(site: Site, repository: Repository) -> None:
    first = tip(repository)
    second = repository.create_file("a.txt", "m", "1")["commit"].sha
    repository.create_git_ref("refs/heads/release", first)
    admin = site.github("alice").get_repo("acme/payments")
    admin.get_branch("release").edit_protection(required_approving_review_count=1)
    ref = repository.get_git_ref("heads/release")

    with pytest.raises(GithubException) as moved:
        ref.edit(second)
    with pytest.raises(GithubException) as deleted:
        ref.delete()
    admin.get_git_ref("heads/release").edit(second)
    with pytest.raises(GithubException) as forced:
        admin.get_git_ref("heads/release").edit(first, force=True)

    assert message(moved) == (422, "Changes must be made through a pull request.")
    assert message(deleted) == (422, "Cannot delete this protected branch")
    assert message(forced) == (422, "Cannot force-push to this protected branch")


def test_the_default_branch_stays(repository: Repository) -> None:
    with pytest.raises(GithubException) as caught:
        repository.get_git_ref("heads/main").delete()

    assert message(caught) == (422, "Cannot delete the default branch")


def test_readers_and_strangers_move_nothing(site: Site, repository: Repository) -> None:
    body = {"ref": "refs/heads/x", "sha": tip(repository)}

    statuses = [
        site.session(login).post(f"{repository.url}/git/refs", json=body).status_code for login in ("carol", None)
    ]

    assert statuses == [403, 401]


def test_an_empty_repository_says_so(site: Site) -> None:
    empty = site.github("bob").get_user().create_repo("empty")

    with pytest.raises(GithubException) as caught:
        empty.create_git_ref("refs/heads/x", "1" * 40)

    assert message(caught) == (409, "Git Repository is empty.")
