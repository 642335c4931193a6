"""Blobs, trees and commits through PyGithub."""

from __future__ import annotations

import base64

import pytest
from github import GithubException, InputGitTreeElement
from github.Repository import Repository

from tests.emulators.conftest import Site


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments as somebody who may push sees it."""
    return site.github("bob").get_repo("acme/payments")


def test_a_commit_is_made_of_blobs_and_trees(repository: Repository) -> None:
    tip = repository.get_git_commit(repository.get_branch("main").commit.sha)
    blob = repository.create_git_blob(base64.b64encode(b"\0\xff").decode(), "base64")
    elements = [
        InputGitTreeElement("bin/data", "100644", "blob", sha=blob.sha),
        InputGitTreeElement("run.sh", "100755", "blob", content="echo ä\n"),
        InputGitTreeElement("README.md", "100644", "blob", sha=None),
    ]

    tree = repository.create_git_tree(elements, tip.tree)
    commit = repository.create_git_commit("feat: all", tree, [tip])
    repository.get_git_ref("heads/main").edit(commit.sha)

    seen = {entry.path: entry.mode for entry in repository.get_git_tree("main", recursive=True).tree}
    assert seen == {"bin": "040000", "bin/data": "100644", "run.sh": "100755"}
    assert base64.b64decode(repository.get_git_blob(blob.sha).content) == b"\0\xff"
    assert [parent.sha for parent in repository.get_git_commit(commit.sha).parents] == [tip.sha]
    assert repository.get_contents("run.sh").decoded_content == "echo ä\n".encode()


def test_the_same_content_has_the_sha_that_git_gives_it(repository: Repository) -> None:
    assert repository.create_git_blob("hello\n", "utf-8").sha == "ce013625030ba8dba906f756967f9e9ca394464a"


@pytest.mark.parametrize(
    "entry",
    [
        {"path": "../x", "mode": "100644", "type": "blob", "content": "x"},
        {"path": ".git", "mode": "100644", "type": "blob", "content": "x"},
        {"path": "x", "mode": "100600", "type": "blob", "content": "x"},
        {"path": "x", "mode": "100644", "type": "blob", "sha": "1" * 40},
        {"path": "x", "mode": "100644", "type": "blob"},
        {"mode": "100644", "type": "blob", "content": "x"},
        "x",
    ],
)
def test_a_tree_entry_that_will_not_do_is_422(site: Site, repository: Repository, entry: object) -> None:
    answer = site.session("bob").post(f"{repository.url}/git/trees", json={"tree": [entry]})

    assert answer.status_code == 422


def test_a_commit_needs_a_tree_and_parents_that_are_there(site: Site, repository: Repository) -> None:
    tip = repository.get_git_commit(repository.get_branch("main").commit.sha)

    def status(**body: object) -> int:
        return site.session("bob").post(f"{repository.url}/git/commits", json={"message": "m", **body}).status_code

    assert status(tree="1" * 40) == 422
    assert status(tree=tip.sha) == 422
    assert status(tree=tip.tree.sha, parents=["1" * 40]) == 422
    assert status(tree=tip.tree.sha, parents=["main"]) == 422
    assert status(tree=tip.tree.sha, author={"name": "x", "email": "x", "date": "soon"}) == 422
    assert status(tree=tip.tree.sha, parents=[tip.sha]) == 201


def test_what_is_not_there_is_404_and_readers_write_nothing(site: Site, repository: Repository) -> None:
    for path in ("blobs/1", f"blobs/{'a' * 40}", "trees/none", f"commits/{'a' * 40}", "commits/main"):
        assert site.session("bob").get(f"{repository.url}/git/{path}").status_code == 404, path
    with pytest.raises(GithubException) as caught:
        site.github("carol").get_repo("acme/payments").create_git_blob("x", "utf-8")
    assert caught.value.status == 403
    assert (
        site.session("bob").post(f"{repository.url}/git/blobs", json={"content": "!", "encoding": "base64"}).status_code
        == 422
    )
