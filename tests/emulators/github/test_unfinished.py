"""Merges and renamings that a process left half done are finished by the next one, whoever asks it for whatever."""

from __future__ import annotations

from pathlib import Path

import pytest
from github.PullRequest import PullRequest

from simulator.emulators.github.state import branch_names, merges, notes
from simulator.emulators.github.state.merge_making import MergeWish
from simulator.emulators.github.state.pull_rows import find_pull
from simulator.emulators.gitserver.errors import RefMoved
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull, a_repository, a_work, seen_by


class Killed(BaseException):
    """Stands for the end of the process."""


def die_after_the_base_moved(site: Site, pull: PullRequest, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """Let Alice merge in a process that is killed before its transaction is through."""

    def killed(*_: object) -> None:
        raise Killed

    def merge() -> None:
        with site.emulators.instance.database.writing() as connection:
            work = a_work(site, connection, "alice")
            found = find_pull(work, pull.number)
            assert found is not None
            merges.merge_pull(work, found, MergeWish(method=method))

    with monkeypatch.context() as patched:
        patched.setattr(notes, "after_commit", killed)
        with pytest.raises(Killed):
            merge()


def left(site: Site) -> list[Path]:
    return list(site.emulators.instance.repository_path(site.key, 1).glob("sprintdojo-unfinished/*"))


def begin_a_new_process(site: Site) -> None:
    """Let the server know as little of the site as when it has just begun."""
    site.emulators._forget(site.key)


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merge_whose_process_died_is_merged(site: Site, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    a_repository(site).create_issue("Broken")
    pull = a_pull(site, body="Fixes #1")
    session = site.session("carol")

    die_after_the_base_moved(site, pull, monkeypatch, method)

    assert len(left(site)) == 1
    tip = session.get(f"{site.html_url}/acme/payments.git/info/refs?service=git-upload-pack")
    assert tip.status_code == 200
    found = seen_by(site, "carol", pull)
    assert (found.merged, found.merged_by.login) == (True, "alice")
    assert found.merge_commit_sha == a_repository(site).get_branch("main").commit.sha
    assert a_repository(site).get_issue(1).state == "closed"
    newest = session.get(f"{site.api_url}/repos/acme/payments/activity?ref=main").json()[0]
    assert (newest["activity_type"], newest["actor"]["login"]) == ("pr_merge", "alice")
    assert left(site) == []


def test_a_note_without_a_merge_is_thrown_away(site: Site) -> None:
    pull = a_pull(site)
    folder = site.emulators.instance.repository_path(site.key, 1) / "sprintdojo-unfinished"
    folder.mkdir()
    (folder / "merge-7.json").write_text('{"number": 7')
    (folder / f"merge-{pull.number}.json").write_text(
        f'{{"number": {pull.number}, "actor_id": 1, "before": "{pull.base.sha}", "after": "{pull.head.sha}"}}'
    )

    assert site.session().get(f"{site.html_url}/acme/payments.git/info/refs?service=git-upload-pack").status_code == 200

    assert not seen_by(site, "alice", pull).merged
    assert left(site) == []


_QUERY = '{repository(owner: "acme", name: "payments") {pullRequest(number: %d) {merged}}}'


@pytest.mark.parametrize("door", ["graphql", "page", "list"])
def test_whoever_asks_first_sees_the_merge(site: Site, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    pull, session = a_pull(site), site.session("bob")
    asked = {
        "graphql": lambda: session.post(f"{site.html_url}/api/graphql", json={"query": _QUERY % pull.number}).text,
        "page": lambda: session.get(f"{site.html_url}/acme/payments/pull/{pull.number}").text,
        "list": lambda: session.get(f"{site.api_url}/search/issues?q=is:merged").text,
    }
    die_after_the_base_moved(site, pull, monkeypatch, "merge")

    begin_a_new_process(site)

    assert {"graphql": '"merged":true', "page": "Merged", "list": '"total_count":1'}[door] in asked[door]()
    assert left(site) == []


@pytest.mark.parametrize("step", ["_leave_old_name", "_write_down"])
def test_a_renaming_whose_process_died_is_finished(site: Site, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    repository, pull = a_repository(site), a_pull(site)

    def killed(*_: object) -> None:
        raise Killed

    def rename() -> None:
        with site.emulators.instance.database.writing() as connection:
            branch_names.rename_branch(a_work(site, connection, "alice"), "main", "trunk")

    with monkeypatch.context() as patched:
        patched.setattr(branch_names, step, killed)
        with pytest.raises(Killed):
            rename()
    assert len(left(site)) == 1

    begin_a_new_process(site)

    assert sorted(branch.name for branch in repository.get_branches()) == sorted(["trunk", pull.head.ref])
    assert a_repository(site).default_branch == "trunk"
    found = seen_by(site, "carol", pull)
    assert (found.state, found.base.ref) == ("open", "trunk")
    activity = site.session().get(f"{repository.url}/activity").json()[:2]
    assert [(each["activity_type"], each["actor"]["login"]) for each in activity] == [
        ("branch_deletion", "alice"),
        ("branch_creation", "alice"),
    ]
    assert left(site) == []


def test_a_branch_that_was_pushed_to_in_that_moment_keeps_its_name(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = a_repository(site)

    def moved(*_: object, expected: str) -> None:
        monkeypatch.undo()
        raise RefMoved("refs/heads/main", expected)

    monkeypatch.setattr(branch_names.refs, "delete_ref", moved)

    reply = site.session().post(f"{repository.url}/branches/main/rename", json={"new_name": "trunk"})

    assert reply.status_code == 422
    assert [branch.name for branch in repository.get_branches()] == ["main"]
    assert left(site) == []
