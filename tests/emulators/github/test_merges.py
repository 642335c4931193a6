"""Merges: what ends up in the repository, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_clone, a_commit, a_pull, a_repository, git, refusal, seen_by


def contents(folder: Path) -> dict[str, str]:
    """The files of a fresh checkout of main."""
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def log(folder: Path, form: str, *arguments: str) -> list[str]:
    """The log of main, newest first."""
    return git(folder, "log", f"--format={form}", *arguments, "main").splitlines()


def a_diverged_pull(site: Site, **wishes: str) -> int:
    """A pull request of two commits by Bob and Carol's address, with main moved on meanwhile. Gives its number."""
    a_commit(site, "feature", {"a.txt": "one\n"}, message="feat: a\n\nBecause of a.")
    a_commit(site, "feature", {"b.txt": "two\n"}, message="feat: b")
    pull = a_repository(site, "bob").create_pull(base="main", head="feature", title="Two things", **wishes)
    a_commit(site, "main", {"main.txt": "main\n"}, login="alice", message="chore: on main")
    return pull.number


EVERYTHING = {"README.md": "# Payments\n", "a.txt": "one\n", "b.txt": "two\n", "main.txt": "main\n"}


def test_a_merge_commit_has_both_parents_and_both_sides(site: Site, tmp_path: Path) -> None:
    pull = a_repository(site).get_pull(a_diverged_pull(site))

    status = pull.merge()

    assert (status.merged, status.message) == (True, "Pull Request successfully merged")
    folder = a_clone(site, tmp_path)
    assert contents(folder) == EVERYTHING
    assert log(folder, "%H", "-1") == [status.sha]
    assert log(folder, "%s|%an|%cn", "-1") == ["Merge pull request #1 from acme/feature|Alice|GitHub"]
    assert git(folder, "log", "-1", "--format=%b").strip() == "Two things"
    assert len(git(folder, "rev-list", "--parents", "-1", "HEAD").split()) == 3
    again = seen_by(site, "bob", pull)
    assert (again.merged, again.merged_by.login, again.merge_commit_sha) == (True, "alice", status.sha)
    assert (again.state, again.commits, again.changed_files, again.mergeable_state) == ("closed", 2, 2, "unknown")
    assert again.is_merged()


def test_a_squash_makes_one_commit_by_the_author(site: Site, tmp_path: Path) -> None:
    pull = a_repository(site).get_pull(a_diverged_pull(site))

    pull.merge(merge_method="squash")

    folder = a_clone(site, tmp_path)
    assert contents(folder) == EVERYTHING
    assert log(folder, "%s|%an|%ae|%cn", "-2") == [
        "Two things (#1)|Bob|bob@example.com|GitHub",
        "chore: on main|Alice|alice@example.com|Alice",
    ]
    assert git(folder, "log", "-1", "--format=%b").strip() == "* feat: a\n\nBecause of a.\n\n* feat: b"


def test_a_squash_of_one_commit_takes_its_subject_and_names_its_author(site: Site, tmp_path: Path) -> None:
    a_commit(site, "feature", {"a.txt": "one\n"}, login="alice", message="feat: by Alice\n\nWhy.")
    pull = a_repository(site, "bob").create_pull(base="main", head="feature", title="Something else")

    pull.merge(merge_method="squash")

    text = git(a_clone(site, tmp_path), "log", "-1", "--format=%B").strip()
    assert text == "feat: by Alice (#1)\n\nWhy.\n\nCo-authored-by: Alice <alice@example.com>"


def test_a_rebase_replays_the_commits(site: Site, tmp_path: Path) -> None:
    pull = a_repository(site).get_pull(a_diverged_pull(site))

    pull.merge(merge_method="rebase")

    folder = a_clone(site, tmp_path)
    assert contents(folder) == EVERYTHING
    assert log(folder, "%s|%an|%cn", "-3") == [
        "feat: b|Bob|Alice",
        "feat: a|Bob|Alice",
        "chore: on main|Alice|Alice",
    ]
    assert log(folder, "%p", "--merges") == []


def test_title_and_message_can_be_given(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site)

    seen_by(site, "alice", pull).merge(commit_title="Ship it 🚀", commit_message="")

    assert git(a_clone(site, tmp_path), "log", "-1", "--format=%B").strip() == "Ship it 🚀"


def test_a_conflict_is_405_and_changes_nothing(site: Site) -> None:
    pull = a_pull(site, files={"README.md": "# Bob's\n"})
    tip = a_commit(site, "main", {"README.md": "# Alice's\n"}, login="alice")

    for method in ("merge", "squash", "rebase"):
        with pytest.raises(GithubException) as caught:
            pull.merge(merge_method=method)
        assert refusal(caught.value)[:2] == (405, "Pull Request is not mergeable")

    assert a_repository(site).get_branch("main").commit.sha == tip
    assert seen_by(site, "alice", pull).state == "open"


def test_what_cannot_be_merged_is_refused_with_the_reason(site: Site) -> None:
    pull = a_pull(site)
    draft = a_pull(site, "draft", draft=True)
    closed = a_pull(site, "closed")
    closed.edit(state="closed")

    def reason(wish: object) -> tuple[int, str]:
        with pytest.raises(GithubException) as caught:
            wish()  # type: ignore[operator]
        return refusal(caught.value)[:2]

    moved = "Head branch was modified. Review and try the merge again."
    assert reason(lambda: pull.merge(sha="0" * 40)) == (409, moved)
    assert reason(draft.merge) == (405, "Pull Request is still a draft")
    assert reason(closed.merge) == (405, "Pull Request is not mergeable")
    assert reason(lambda: pull.merge(merge_method="octopus"))[0] == 422
    assert reason(seen_by(site, "carol", pull).merge)[0] == 403
    assert reason(lambda: a_repository(site).get_pull(99)) == (404, "Not Found")
    pull.merge(sha=pull.head.sha)
    assert reason(pull.merge) == (405, "Pull Request is not mergeable")


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("merge", "Merge commits are not allowed on this repository."),
        ("squash", "Squash merges are not allowed on this repository."),
        ("rebase", "Rebase merges are not allowed on this repository."),
    ],
)
def test_methods_that_the_repository_switched_off_are_refused(site: Site, method: str, message: str) -> None:
    pull = a_pull(site)
    option = "allow_merge_commit" if method == "merge" else f"allow_{method}_merge"
    a_repository(site).edit(**{option: False})

    with pytest.raises(GithubException) as caught:
        pull.merge(merge_method=method)

    assert refusal(caught.value)[:2] == (405, message)


def test_of_two_merges_at_once_one_wins(site: Site, tmp_path: Path) -> None:
    first, second = a_pull(site, "f1", {"same.txt": "1\n"}), a_pull(site, "f2", {"same.txt": "2\n"})

    def merged(pull_number: int) -> int:
        reply = site.session("alice").put(f"{site.api_url}/repos/acme/payments/pulls/{pull_number}/merge", json={})
        return reply.status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(merged, [first.number, second.number, first.number, second.number]))

    assert sorted(statuses) == [200, 405, 405, 405]
    assert len(log(a_clone(site, tmp_path), "%H", "--merges")) == 1


def test_merging_closes_the_issues_it_promised(site: Site) -> None:
    repository = a_repository(site)
    for title in ("One", "Two", "Three"):
        repository.create_issue(title)
    pull = a_pull(site, body="Fixes #1, mentions #2.\n\nCloses acme/payments#3")

    status = seen_by(site, "alice", pull).merge()

    assert [repository.get_issue(number).state for number in (1, 2, 3)] == ["closed", "open", "closed"]
    events = list(repository.get_issue(1).get_events())
    assert [(event.event, event.commit_id) for event in events] == [("closed", status.sha)]


def test_merging_into_another_branch_closes_no_issue(site: Site) -> None:
    repository = a_repository(site, "bob")
    repository.create_issue("One")
    repository.create_git_ref("refs/heads/release", repository.get_branch("main").commit.sha)
    a_commit(site, "feature", {"a.txt": "x"})
    pull = repository.create_pull(base="release", head="feature", title="Fixes #1", body="Fixes #1")

    pull.merge()

    assert repository.get_issue(1).state == "open"


def test_the_branch_is_deleted_when_the_repository_says_so(site: Site) -> None:
    a_repository(site).edit(delete_branch_on_merge=True)
    pull = a_pull(site)

    pull.merge()

    with pytest.raises(GithubException):
        a_repository(site).get_branch("feature")
    kinds = [event.event for event in pull.as_issue().get_events()]
    assert kinds == ["merged", "closed", "head_ref_deleted"]


def test_the_merge_is_in_the_activity_of_the_base(site: Site) -> None:
    pull = a_pull(site)
    status = seen_by(site, "alice", pull).merge()

    reply = site.session().get(f"{site.api_url}/repos/acme/payments/activity?ref=main")

    newest = reply.json()[0]
    assert (newest["activity_type"], newest["after"], newest["actor"]["login"]) == ("pr_merge", status.sha, "alice")


def test_update_branch_merges_the_base_into_the_head(site: Site) -> None:
    pull = a_pull(site)
    tip = a_commit(site, "main", {"main.txt": "x\n"}, login="alice")

    assert pull.update_branch()

    again = seen_by(site, "alice", pull)
    head = a_repository(site).get_commit(again.head.sha)
    assert [parent.sha for parent in head.parents] == [pull.head.sha, tip]
    assert head.commit.message == "Merge branch 'main' into feature"
    assert (again.commits, again.changed_files) == (2, 1)
    for expected, message in ((None, "There are no new commits on the base branch."), (tip, "expected head sha")):
        refused = site.session("bob").put(f"{pull.url}/update-branch", json={"expected_head_sha": expected})
        assert refused.status_code == 422
        assert message in refused.json()["message"]


def test_branches_are_merged(site: Site) -> None:
    repository = a_repository(site)
    head = a_commit(site, "feature", {"a.txt": "x\n"})
    a_commit(site, "main", {"main.txt": "x\n"}, login="alice")

    commit = repository.merge("main", "feature", "Take it")
    assert commit is not None
    assert (commit.commit.message, commit.parents[1].sha) == ("Take it", head)
    assert repository.merge("main", head) is None
    for base, named in (("gone", "feature"), ("main", "gone")):
        with pytest.raises(GithubException) as caught:
            repository.merge(base, named)
        assert caught.value.status == 404


def test_branches_in_conflict_are_409(site: Site) -> None:
    a_commit(site, "feature", {"README.md": "1\n"})
    a_commit(site, "main", {"README.md": "2\n"}, login="alice")

    with pytest.raises(GithubException) as caught:
        a_repository(site).merge("main", "feature")

    assert refusal(caught.value)[:2] == (409, "Merge conflict")
