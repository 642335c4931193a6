"""Auto-merge: it waits for the last requirement, whatever that is, and is refused as GitHub refuses it."""

from __future__ import annotations

import pytest
from github.PullRequest import PullRequest

from simulator.emulators.github.announce import announce
from simulator.emulators.github.errors import GitHubError
from simulator.emulators.github.state import auto_merge, pulls, threads
from simulator.emulators.github.state.merge_making import MergeWish
from simulator.emulators.github.state.pull_rows import find_pull
from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, a_work, seen_by


def enable(site: Site, pull: PullRequest, login: str = "bob", **wish: str) -> None:
    """Enable auto-merge, which only GraphQL can."""
    with site.emulators.instance.database.writing() as connection:
        work = a_work(site, connection, login)
        found = find_pull(work, pull.number)
        assert found is not None
        auto_merge.enable(work, found, MergeWish(**wish))
        announce(work)


def refused(site: Site, pull: PullRequest, **wish: str) -> str:
    with pytest.raises(GitHubError) as caught:
        enable(site, pull, **wish)
    return caught.value.message


def protect(site: Site, **settings: object) -> None:
    """Let auto-merge be, and main ask for something."""
    repository = a_repository(site)
    repository.edit(allow_auto_merge=True)
    repository.get_branch("main").edit_protection(**{"enforce_admins": False, **settings})


def test_it_merges_with_the_last_check(site: Site) -> None:
    protect(site, strict=False, checks=["ci"])
    pull = a_pull(site)

    enable(site, pull, method="squash", title="feat: by itself")

    shown = seen_by(site, "alice", pull).raw_data
    assert not flaws("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", 200, shown)
    assert shown["auto_merge"]["enabled_by"]["login"] == "bob"
    assert (shown["auto_merge"]["merge_method"], shown["auto_merge"]["commit_title"]) == ("squash", "feat: by itself")
    a_repository(site).get_commit(pull.head.sha).create_status("pending", context="ci")
    assert not seen_by(site, "alice", pull).merged
    a_repository(site).get_commit(pull.head.sha).create_status("success", context="ci")
    done = seen_by(site, "alice", pull)
    assert (done.merged, done.merged_by.login, done.raw_data["auto_merge"]) == (True, "bob", None)
    assert a_repository(site).get_commit(done.merge_commit_sha).commit.message == "feat: by itself"
    assert [each.event for each in pull.as_issue().get_events()] == ["auto_squash_enabled", "merged", "closed"]


def test_an_administrator_who_enables_it_passes_nothing_over(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    pull = a_pull(site)

    enable(site, pull, "alice")
    pull.create_issue_comment("ready?")

    assert not seen_by(site, "alice", pull).merged
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    assert seen_by(site, "alice", pull).merged


def test_it_merges_with_the_last_conversation_and_with_a_check_run(site: Site) -> None:
    protect(site, strict=False, checks=["ci"], required_conversation_resolution=True)
    pull = a_pull(site)
    commit = a_repository(site).get_commit(pull.head.sha)
    remark = seen_by(site, "alice", pull).create_review_comment("Why?", commit, "feature.txt", line=1)
    enable(site, pull)

    a_repository(site).create_check_run("ci", pull.head.sha, status="completed", conclusion="success")
    waiting = seen_by(site, "alice", pull)
    assert (waiting.merged, waiting.mergeable_state) == (False, "blocked")
    with site.emulators.instance.database.writing() as connection:
        work = a_work(site, connection, "bob")
        thread = threads.find_thread(work, remark.id, viewer_id=None)
        assert thread is not None
        threads.resolve(work, thread)
        announce(work)

    assert seen_by(site, "alice", pull).merged


def test_it_is_refused_in_github_s_words(site: Site) -> None:
    pull = a_pull(site)
    assert refused(site, pull) == "Auto merge is not allowed for this repository"
    a_repository(site).edit(allow_auto_merge=True, allow_rebase_merge=False)
    assert refused(site, pull) == "Pull request Pull request is in clean status"
    assert "Rebase merges are not allowed" in refused(site, pull, method="rebase")
    assert refused(site, pull, head_sha="0" * 40).startswith("Head branch was modified.")
    pull.edit(state="closed")
    assert refused(site, pull) == "Pull request is not in the correct state to enable auto-merge"


def test_a_conflict_a_new_base_and_a_draft_stop_it(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    first, second = a_pull(site, "first", {"same.txt": "1\n"}), a_pull(site, "second")
    a_repository(site, "bob").create_git_ref("refs/heads/other", first.base.sha)
    enable(site, first)
    enable(site, second)
    a_repository(site).get_branch("main").edit_protection(required_approving_review_count=1, enforce_admins=False)
    a_commit(site, "main", {"same.txt": "2\n"}, login="alice")

    seen_by(site, "alice", first).create_review(event="APPROVE")
    second.edit(base="other")

    assert not seen_by(site, "alice", first).merged
    assert seen_by(site, "alice", second).raw_data["auto_merge"] is None
    with site.emulators.instance.database.writing() as connection:
        work = a_work(site, connection, "bob")
        found = find_pull(work, first.number)
        assert found is not None
        pulls.set_draft(work, found, True)
        announce(work)
    assert seen_by(site, "alice", first).raw_data["auto_merge"] is None
    kinds = [each.event for each in first.as_issue().get_events()]
    assert kinds == ["auto_merge_enabled", "convert_to_draft", "auto_merge_disabled"]


def test_a_push_by_somebody_without_write_access_stops_it(site: Site) -> None:
    protect(site, required_approving_review_count=1)
    fork = site.github("carol").get_user().create_fork(a_repository(site, "carol"))
    name = "feature"
    fork.create_git_ref(f"refs/heads/{name}", fork.get_branch("main").commit.sha)
    fork.create_file("a.txt", "feat: a", "a", branch=name)
    pull = a_repository(site, "carol").create_pull(base="main", head=f"carol:{name}", title="From outside")
    enable(site, pull)

    fork.create_file("b.txt", "feat: b", "b", branch=name)

    assert seen_by(site, "alice", pull).raw_data["auto_merge"] is None
    assert [each.event for each in pull.as_issue().get_events()] == ["auto_merge_enabled", "auto_merge_disabled"]
