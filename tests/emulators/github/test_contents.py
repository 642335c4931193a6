"""Files through PyGithub: reading, writing, deleting; UTF-8, binary, empty, in folders."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from github import GithubException, InputGitAuthor, UnknownObjectException
from github.Repository import Repository

from tests.emulators.conftest import Site


@pytest.fixture
def repository(site: Site) -> Repository:
    """acme/payments as somebody who may push sees it."""
    return site.github("bob").get_repo("acme/payments")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("src/größe.py", "print('€')\n".encode()),
        ("a b/c+d%20.txt", b"x"),
        ("empty", b""),
        ("image.png", bytes(range(256))),
    ],
)
def test_a_file_comes_back_as_it_was_written(repository: Repository, path: str, content: bytes) -> None:
    made = repository.create_file(path, "feat: file", content)

    found = repository.get_contents(path)

    assert not isinstance(found, list)
    assert found.decoded_content == content
    assert (found.path, found.size, found.sha) == (path, len(content), made["content"].sha)
    assert repository.get_branch("main").commit.sha == made["commit"].sha


def test_a_folder_lists_what_is_in_it(repository: Repository) -> None:
    repository.create_file("src/a.py", "m", "1")
    repository.create_file("src/deep/b.py", "m", "2")

    listed = repository.get_contents("src")

    assert isinstance(listed, list)
    assert [(each.path, each.type) for each in listed] == [("src/a.py", "file"), ("src/deep", "dir")]
    assert {each.name for each in repository.get_contents("")} == {"README.md", "src"}


def test_a_file_is_changed_and_deleted_with_the_sha_one_saw(repository: Repository) -> None:
    made = repository.create_file("a.txt", "feat: a", "1")["content"]

    changed = repository.update_file("a.txt", "feat: b", "2", made.sha)
    with pytest.raises(GithubException) as stale:
        repository.update_file("a.txt", "feat: c", "3", made.sha)
    repository.delete_file("a.txt", "feat: gone", changed["content"].sha)

    assert (stale.value.status, stale.value.data["message"]) == (409, f"a.txt does not match {made.sha}")
    with pytest.raises(UnknownObjectException):
        repository.get_contents("a.txt")
    assert [commit.commit.message for commit in repository.get_commits(path="a.txt")] == [
        "feat: gone",
        "feat: b",
        "feat: a",
    ]


def test_a_present_file_can_not_be_written_unseen(repository: Repository) -> None:
    with pytest.raises(GithubException) as unseen:
        repository.create_file("README.md", "m", "x")
    with pytest.raises(GithubException) as imagined:
        repository.update_file("none.txt", "m", "x", "1" * 40)
    with pytest.raises(GithubException) as folder:
        repository.create_file("README.md/x", "m", "x")

    assert unseen.value.status == 422
    assert '"sha" wasn\'t supplied' in unseen.value.data["message"]
    assert (imagined.value.status, folder.value.status) == (409, 422)


def test_people_and_branches_are_taken_from_the_request(repository: Repository) -> None:
    repository.create_git_ref("refs/heads/topic", repository.get_branch("main").commit.sha)

    made = repository.create_file(
        "a.txt", "m", "x", branch="topic", author=InputGitAuthor("Zoë", "zoe@example.com", "2026-01-02T03:04:05Z")
    )

    commit = repository.get_commit(made["commit"].sha).commit
    assert (commit.author.name, commit.author.date.isoformat()) == ("Zoë", "2026-01-02T03:04:05+00:00")
    assert commit.committer.name == "Bob"
    assert repository.get_contents("a.txt", ref="topic").decoded_content == b"x"
    with pytest.raises(UnknownObjectException):
        repository.get_contents("a.txt")


def test_a_protected_branch_refuses_single_files_too(site: Site, repository: Repository) -> None:
    site.github().get_repo("acme/payments").get_branch("main").edit_protection(required_approving_review_count=1)

    with pytest.raises(GithubException) as caught:
        repository.create_file("a.txt", "m", "x")

    assert caught.value.status == 409
    assert caught.value.data["message"] == "Could not create file: Changes must be made through a pull request."


def test_the_first_file_of_an_empty_repository_makes_its_branch(site: Site) -> None:
    repository = site.github("bob").get_user().create_repo("fresh")

    repository.create_file("a.txt", "feat: first", "x")

    assert [branch.name for branch in repository.get_branches()] == ["main"]


@pytest.mark.parametrize("path", ["../x", "a/../../x", ".git/config", "a//b", "x/.GIT/y"])
def test_a_path_that_leads_out_is_refused(site: Site, path: str) -> None:
    body = {"message": "m", "content": base64.b64encode(b"x").decode()}
    address = f"{site.api_url}/repos/acme/payments/contents/{path.replace('..', '%2e%2e').replace('/', '%2f')}"

    assert site.session("bob").put(address, json=body).status_code == 422
    assert site.session("bob").get(address).status_code == 404


def test_bodies_that_make_no_sense_are_422(site: Site) -> None:
    address = f"{site.api_url}/repos/acme/payments/contents/a.txt"

    for body in (
        {"content": "eA=="},
        {"message": "m"},
        {"message": "m", "content": "not base 64!"},
        {"message": "m", "content": "eA==", "author": "Bob"},
        {"message": "m", "content": "eA==", "author": {"name": "Bob"}},
        {"message": 1, "content": "eA=="},
    ):
        assert site.session("bob").put(address, json=body).status_code == 422, body
    missing_branch = {"message": "m", "content": "eA==", "branch": "none"}
    assert site.session("bob").put(address, json=missing_branch).status_code == 404


def test_raw_files_readmes_and_large_files_have_their_own_forms(site: Site, repository: Repository) -> None:
    repository.create_file("large.txt", "m", "0123456789" * 150_000)
    session = site.session("bob")
    address = f"{site.api_url}/repos/acme/payments"

    raw = session.get(f"{address}/contents/README.md", headers={"Accept": "application/vnd.github.raw"})
    large = session.get(f"{address}/contents/large.txt").json()

    assert raw.content == b"# Payments\n"
    assert raw.headers["Content-Type"].startswith("application/vnd.github.v3.raw")
    assert (large["encoding"], large["content"], large["size"]) == ("none", "", 1_500_000)
    assert repository.get_readme().decoded_content == b"# Payments\n"
    folder = session.get(f"{address}/contents/", headers={"Accept": "application/vnd.github.object"}).json()
    assert [each["name"] for each in folder["entries"]] == ["README.md", "large.txt"]


def test_of_many_who_write_a_file_at_once_each_is_told_the_truth(site: Site, repository: Repository) -> None:
    sha = repository.get_contents("README.md").sha
    body = {"message": "m", "sha": sha}

    def write(number: int) -> int:
        content = base64.b64encode(str(number).encode()).decode()
        address = f"{site.api_url}/repos/acme/payments/contents/README.md"
        return site.session("bob").put(address, json={**body, "content": content}).status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(write, range(4)))

    assert statuses == [200, 409, 409, 409]
    assert repository.get_commits().totalCount == 2
