"""Words of somebody else in the answer to a push: few, short, harmless, and never in its way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from github import GithubException

from simulator.emulators.kit.instance import Pushed
from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.run.http_server import HttpServer, bind
from tests.emulators.conftest import Server, Site, TickingClock, a_seed
from tests.emulators.github.worktree import Clone
from tests.tables import file_with_tables

COACH = {"login": "coach", "name": "Coach", "email": "coach@example.com", "token": "coach-token", "bot": True}


@contextmanager
def counselled(folder: Path, counsels: Callable[[Pushed], Sequence[str]]) -> Iterator[Clone]:
    """Bob's clone of a repository at emulators that somebody counsels."""
    clock = TickingClock()
    database = file_with_tables(folder / "emulators.db")
    emulators = Emulators(database_url=database, folder=folder, now=clock, deliver=False, counsels=counsels)
    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, emulators.wsgi, threads=4)
    server.start()
    emulators.create_site("told", a_seed(jira={"projects": []}))
    try:
        yield Clone(Site("told", Server(emulators, clock, listener.url)), folder / "clone")
    finally:
        server.stop()
        emulators.close()


def told(clone: Clone) -> list[str]:
    """What the answer to one more commit on a branch says, without GitHub's own lines."""
    clone.git("switch", "--quiet", "-C", "topic")
    clone.commit("a.py", f"x = {threading.get_ident()}\n")
    done = clone.push("topic")
    assert done.returncode == 0, done.stderr
    lines = [line.removeprefix("remote:").strip() for line in done.stderr.splitlines() if line.startswith("remote:")]
    return [line for line in lines if line and "pull/new" not in line and "Create a pull request" not in line]


def test_who_counsels_hears_whose_push_it_is_and_what_it_moved(tmp_path: Path) -> None:
    heard: list[Pushed] = []

    def counsels(pushed: Pushed) -> list[str]:
        heard.append(pushed)
        return ["Well begun."]

    with counselled(tmp_path, counsels) as clone:
        assert told(clone) == ["Well begun."]
        tip = clone.tip()

    assert heard == [Pushed(site="told", repository="acme/payments", login="bob", tips={"topic": tip})]


def test_at_most_five_lines_are_shown_none_too_long_and_none_a_command_to_the_terminal(tmp_path: Path) -> None:
    lines = ["\x1b[2Jone\r\ntwo\u202e", "y" * 1_000, *"34567"]

    with counselled(tmp_path, lambda _: lines) as clone:
        shown = told(clone)

    assert shown[0] == "[2Jone two"
    assert shown[1] == "y" * 399 + "…"
    assert shown[2:] == ["3", "4", "5"]


def test_a_push_succeeds_though_its_counsel_fails(tmp_path: Path) -> None:
    def fails(_: Pushed) -> list[str]:
        raise RuntimeError("no idea")

    with counselled(tmp_path, fails) as clone:
        assert told(clone) == []


def test_the_push_is_taken_in_and_the_next_one_may_begin_before_anything_is_said(tmp_path: Path) -> None:
    with counselled(tmp_path, lambda _: other_tip()) as clone:

        def other_tip() -> list[str]:
            seen = clone.git("ls-remote", "origin", "topic").stdout.split()[0]
            clone.git("push", "--quiet", "origin", f"{seen}:refs/tags/t-{seen[:5]}")  # a tag gets no counsel
            return [f"there is {seen}"]

        assert told(clone) == [f"there is {clone.tip()}"]


def test_without_anybody_who_counsels_nothing_is_said(clone: Clone) -> None:
    assert told(clone) == []


class TestAnAppsAccount:
    @pytest.fixture
    def planted(self) -> Seed:
        seed = a_seed(jira={"projects": []}).model_dump(mode="json", exclude_none=True)
        return Seed.model_validate(seed | {"users": [*seed["users"], COACH]})

    def test_it_comments_and_is_no_person(self, site: Site) -> None:
        repository = site.github().get_repo("acme/payments")
        repository.add_to_collaborators("coach", "push")
        issue = repository.create_issue("Refunds")

        comment = site.github("coach").get_repo("acme/payments").get_issue(issue.number).create_comment("Hm.")

        assert comment.user.type == "Bot"
        assert "coach" not in {person.login for person in repository.get_assignees()}
        issue.add_to_assignees("coach")
        assert repository.get_issue(issue.number).assignees == []

    def test_nobody_asks_it_for_a_review(self, site: Site, clone: Clone) -> None:
        repository = site.github().get_repo("acme/payments")
        repository.add_to_collaborators("coach", "push")
        clone.git("switch", "--quiet", "-c", "topic")
        clone.commit("a.py", "x = 1\n")
        clone.push("topic")
        pull = repository.create_pull(base="main", head="topic", title="Topic", body="")

        with pytest.raises(GithubException) as refused:
            pull.create_review_request(reviewers=["coach"])

        assert refused.value.status == 422
