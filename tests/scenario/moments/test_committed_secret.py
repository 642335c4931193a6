"""A secret in a commit: out of the history before the merge, and rotated."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.scenario.moments.committed_secret import CommittedSecret
from tests.scenario.moments.builders import Told, a_file, a_moment, a_scene, seen, told

BRANCH = "feature/PAY-1-x"
PATH = "payments/bank.py"
TOKEN = 'BANK_TOKEN = "ghp_' + "a1B2c3D4e5" * 4 + '"'
CLEAN = 'BANK_TOKEN = os.environ["BANK_TOKEN"]'
MOMENT = a_moment(CommittedSecret, notice="Is that a key?")


def _commit(message: str, *lines: str, path: str = PATH, removed: int = 0) -> dict[str, Any]:
    return {"message": message, "files": {path: {**a_file(*lines), "deletions": removed}}}


LEAK = _commit("feat: call the bank", TOKEN, "def call(): ...")


def _leaked(*before: dict[str, Any]) -> Told:
    """Ada's pull request 1 holds a token; somebody notices on day 4 at 10:00."""
    return told().at("4 09:00").push(BRANCH, commits=[*before, LEAK]).open(BRANCH).at("4 11:00")


def _seen(story: Told, now: str = "4 16:00", **about: str) -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="4 10:00", now=now, **about))


@pytest.mark.parametrize("before", [(), (_commit("feat: a start", "BANK = 1"),)])
def test_a_rewritten_branch_counts(before: tuple[dict[str, Any], ...]) -> None:
    amended = _commit("feat: call the bank", CLEAN, "def call(): ...")

    assert _seen(_leaked(*before).push(BRANCH, commits=[*before, amended], force=True)) == (
        {"rewrote_the_branch"},
        set(),
    )


def test_a_commit_on_top_is_a_slip_and_so_is_rebasing_it_with_the_leak() -> None:
    on_top = _commit("fix: remove token", CLEAN, removed=1)
    carried = _leaked().push(BRANCH, commits=[LEAK, on_top], force=True)

    assert _seen(_leaked().push(BRANCH, commits=[on_top])) == (set(), {"removed_on_top"})
    assert _seen(carried) == (set(), {"removed_on_top"})


def test_merging_it_is_a_slip_and_what_is_rewritten_afterwards_does_not_count() -> None:
    assert _seen(_leaked().merge(1)) == (set(), {"merged"})
    rewritten = _leaked().push(BRANCH, commits=[_commit("feat: call", CLEAN)], force=True).merge(1)
    assert _seen(rewritten) == ({"rewrote_the_branch"}, set())


def test_a_new_branch_that_never_held_it_counts_when_the_old_one_is_closed() -> None:
    story = _leaked().push("feature/PAY-1-y", commits=[_commit("feat: call the bank", CLEAN)]).open("feature/PAY-1-y")

    assert _seen(story) == (set(), set())
    assert _seen(story.close(1)) == ({"started_afresh"}, set())


def test_asking_for_another_key_counts_as_an_issue_and_in_words() -> None:
    issue = _leaked().issue("PAY-7", by="ada", summary="Rotate the bank's sandbox token")

    assert _seen(issue) == ({"had_it_rotated"}, set())
    assert _seen(_leaked().note("Please revoke that bank token, it was pushed by me")) == ({"had_it_rotated"}, set())
    assert _seen(_leaked().note("I replace the token by a variable of the environment")) == (set(), set())


def test_a_rule_to_ignore_the_file_counts() -> None:
    story = _leaked().push(BRANCH, commits=[_commit("chore: ignore", ".env", path=".gitignore")])

    assert _seen(story) == ({"ignored_the_file"}, set())


def test_leaving_it_there_for_a_day_is_a_slip() -> None:
    assert _seen(_leaked(), "5 11:00") == (set(), {"left_there"})
    assert _seen(_leaked().close(1), "5 11:00") == (set(), set())


def test_a_file_that_is_a_secret_counts_by_its_name_and_an_example_of_it_does_not() -> None:
    def pushed(path: str) -> Told:
        story = told().at("4 09:00").push(BRANCH, commits=[_commit("feat: settings", "A=1", path=path)]).open(BRANCH)
        return story.at("4 11:00").push(BRANCH, commits=[{"message": "fix", "files": {path: _gone()}}])

    assert _seen(pushed(".env")) == (set(), {"removed_on_top"})
    assert _seen(pushed(".env.example")) == (set(), set())


def _gone() -> dict[str, Any]:
    return {"status": "removed", "additions": 0, "deletions": 1}


def test_the_scenario_may_name_the_secret_by_a_pattern() -> None:
    named = a_moment(CommittedSecret, find="hunter2")
    story = told().at("4 09:00").push(BRANCH, commits=[_commit("feat: x", "pin = 'hunter2'")]).open(BRANCH)

    assert seen(named, a_scene(story.at("4 11:00").merge(1), opened="4 10:00")) == (set(), {"merged"})
    assert _seen(story) == (set(), set())


def test_it_is_the_moment_of_whoever_pushed_it() -> None:
    assert MOMENT.concerns(a_scene(_leaked(), pull="1"))
    assert not MOMENT.concerns(a_scene(_leaked(), seat="ben", branch=BRANCH))
    assert seen(MOMENT, a_scene(_leaked().merge(1), opened="4 10:00", seat="ben")) == (set(), set())
