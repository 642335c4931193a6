"""Pull requests follow their branches, through pushes with git and through the API."""

from __future__ import annotations

from pathlib import Path

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_clone, a_commit, a_pull, a_repository, git, seen_by


def a_file(folder: Path, name: str, text: str, message: str) -> str:
    """Write and commit a file in a working copy; gives the commit."""
    (folder / name).write_text(text)
    git(folder, "add", name)
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD").strip()


def kinds(site: Site, number: int) -> list[str]:
    """The kinds of a pull request's timeline entries, in order."""
    return [event.event for event in a_repository(site).get_issue(number).get_timeline()]


def test_the_head_follows_a_push(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site)
    folder = a_clone(site, tmp_path)
    git(folder, "checkout", "-q", "feature")
    first = a_file(folder, "more.txt", "more\n", "feat: more")
    second = a_file(folder, "evenmore.txt", "more\n", "feat: even more")

    git(folder, "push", "-q", "origin", "feature")

    again = seen_by(site, "alice", pull)
    assert (again.head.sha, again.commits, again.changed_files) == (second, 3, 3)
    assert again.updated_at >= pull.updated_at
    assert git(folder, "ls-remote", "origin", "refs/pull/1/head").split()[0] == second
    timeline = list(a_repository(site).get_issue(1).get_timeline())
    assert [event.raw_data["sha"] for event in timeline] == [pull.head.sha, first, second]


def test_a_force_push_is_noted_and_drops_the_old_commits(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site)
    folder = a_clone(site, tmp_path)
    git(folder, "checkout", "-q", "-b", "feature", "origin/main")
    head = a_file(folder, "rewritten.txt", "new\n", "feat: rewritten")

    git(folder, "push", "-q", "--force", "origin", "feature")

    assert seen_by(site, "alice", pull).head.sha == head
    assert kinds(site, 1) == ["head_ref_force_pushed", "committed"]
    [event] = pull.as_issue().get_events()
    assert (event.event, event.commit_id, event.actor.login) == ("head_ref_force_pushed", head, "bob")


def test_deleting_the_branch_closes_it(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site)
    folder = a_clone(site, tmp_path)

    said = git(folder, "push", "origin", "--delete", "feature")

    again = seen_by(site, "alice", pull)
    assert (again.state, again.merged, again.commits, again.changed_files) == ("closed", False, 1, 1)
    assert kinds(site, 1) == ["committed", "closed", "head_ref_deleted"]
    assert "Pull request #1 is closed: its branch feature is deleted." in said


def test_a_branch_that_comes_back_is_noted(site: Site) -> None:
    pull = a_pull(site)
    repository = a_repository(site, "bob")
    repository.get_git_ref("heads/feature").delete()

    repository.create_git_ref("refs/heads/feature", pull.head.sha)
    pull.edit(state="open")

    assert seen_by(site, "alice", pull).state == "open"
    assert kinds(site, 1) == ["committed", "closed", "head_ref_deleted", "head_ref_restored", "reopened"]


def test_a_merge_made_with_git_and_pushed_marks_it_merged(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site, body="Closes #2")
    issue = a_repository(site).create_issue("Wanted")
    a_commit(site, "main", {"other.txt": "x\n"}, login="alice")
    folder = a_clone(site, tmp_path, login="alice")
    git(folder, "merge", "-q", "--no-ff", "-m", "merge it", "origin/feature")
    merge = git(folder, "rev-parse", "HEAD").strip()
    a_file(folder, "after.txt", "x", "chore: after")

    said = git(folder, "push", "origin", "main")

    again = seen_by(site, "bob", pull)
    assert (again.merged, again.merge_commit_sha, again.merged_by.login) == (True, merge, "alice")
    assert (again.commits, again.changed_files) == (1, 1)
    assert a_repository(site).get_issue(issue.number).state == "closed"
    assert "Pull request #1 is merged: main contains its commits." in said


def test_a_fast_forward_of_the_base_marks_it_merged(site: Site) -> None:
    pull = a_pull(site)

    a_repository(site).get_git_ref("heads/main").edit(pull.head.sha)

    again = seen_by(site, "bob", pull)
    assert (again.merged, again.merge_commit_sha) == (True, pull.head.sha)


def test_a_branch_reset_to_its_base_closes_it_unmerged(site: Site) -> None:
    pull = a_pull(site)

    a_repository(site, "bob").get_git_ref("heads/feature").edit(pull.base.sha, force=True)

    again = seen_by(site, "alice", pull)
    assert (again.state, again.merged, again.head.sha) == ("closed", False, pull.head.sha)


def test_a_commit_message_on_the_default_branch_closes_issues(site: Site) -> None:
    issue = a_repository(site).create_issue("Broken")

    sha = a_commit(site, "main", {"fix.txt": "x\n"}, login="alice", message="fix: it\n\nFixes #1")

    again = a_repository(site).get_issue(issue.number)
    assert (again.state, again.state_reason, again.closed_by.login) == ("closed", "completed", "alice")
    assert [(event.event, event.commit_id) for event in again.get_events()] == [("referenced", sha), ("closed", sha)]


def test_a_base_that_is_deleted_hands_its_pull_requests_on(site: Site) -> None:
    below = a_pull(site, "below")
    a_commit(site, "above", {"above.txt": "x\n"}, onto=below.head.sha)
    above = a_repository(site, "bob").create_pull(base="below", head="above", title="On top")
    lone = a_pull(site, "lone")
    lone.create_issue_comment("unrelated")
    seen_by(site, "alice", below).merge()

    a_repository(site, "bob").get_git_ref("heads/below").delete()

    again = seen_by(site, "alice", above)
    assert (again.state, again.base.ref, again.commits) == ("open", "main", 1)
    assert seen_by(site, "alice", lone).state == "open"


def test_a_base_that_is_deleted_unmerged_closes_its_pull_requests(site: Site) -> None:
    a_commit(site, "base", {"base.txt": "x\n"})
    a_commit(site, "above", {"above.txt": "x\n"}, onto=a_repository(site).get_branch("base").commit.sha)
    pull = a_repository(site, "bob").create_pull(base="base", head="above", title="On top")

    a_repository(site, "bob").get_git_ref("heads/base").delete()

    assert seen_by(site, "alice", pull).state == "closed"
