"""A check that fails now and then: running it once more, making it known, and leaving the test alone."""

from __future__ import annotations

from simulator.scenario.moments.flaky_check import FlakyCheck
from tests.scenario.moments.builders import Told, a_file, a_moment, a_scene, seen, told
from tests.scenario.moments.steps import check, tip

BRANCH = "feature/PAY-1-x"
MOMENT = a_moment(FlakyCheck, reruns=3)


def _failed() -> Told:
    """Ada's pull request 1, whose check has failed on day 5 at 10:00."""
    story = told().at("4 15:00").push(BRANCH).open(BRANCH).at("5 10:00")
    return check(story, tip(story, BRANCH), "failure").at("5 10:30")


def _seen(story: Told) -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="5 10:00", pull="1"))


def _again(story: Told, *conclusions: str) -> Told:
    for conclusion in conclusions:
        check(story.at(None), tip(story, BRANCH), conclusion)
    return story


def test_one_more_run_that_passes_counts() -> None:
    assert _seen(_again(_failed(), "success")) == ({"ran_it_again"}, set())


def test_a_run_that_passes_on_another_commit_does_not_count() -> None:
    story = _failed().push(BRANCH, commits=[{"message": "fix: more", "lines": 5}])

    assert _seen(_again(story, "success")) == (set(), set())


def test_trying_again_and_again_is_a_slip_even_if_it_passes_in_the_end() -> None:
    assert _seen(_again(_failed(), "failure", "failure", "failure", "success")) == (set(), {"tried_and_tried"})


def test_pushing_empty_commits_to_try_again_is_the_same_slip() -> None:
    story = _failed()
    for number in range(3):
        story.at(None).push(BRANCH, commits=[{"message": f"chore: again {number}", "files": {}}])

    assert _seen(story) == (set(), {"tried_and_tried"})


def test_an_issue_about_the_flake_counts_and_one_about_something_else_does_not() -> None:
    filed = _failed().issue("PAY-7", by="ada", type="Bug", summary="Webhook retry test is flaky, log attached")
    other = _failed().issue("PAY-7", by="ada", type="Bug", summary="Random refund ids have the wrong length")

    assert _seen(filed) == ({"filed_it"}, set())
    assert _seen(other) == (set(), set())


def test_telling_the_others_counts_and_a_sigh_does_not() -> None:
    told_them = _failed().note("tests failed on #1 with a timeout in webhooks, nothing I touched; see the log")

    assert _seen(told_them) == ({"told_the_team"}, set())
    assert _seen(_failed().note("flaky again")) == (set(), set())


def test_mending_the_test_in_a_pull_request_of_its_own_counts() -> None:
    files = {"tests/test_hooks.py": a_file("def test_retry(): wait_for(job)")}
    story = _failed().push("fix/hooks", commits=[{"message": "test: wait", "files": files}]).open("fix/hooks")

    assert _seen(story) == ({"mended_it_apart"}, set())


def test_skipping_the_test_is_a_slip_and_so_is_a_change_of_the_workflow() -> None:
    skipped = {"tests/test_hooks.py": a_file("@pytest.mark.skip", "def test_retry(): ...")}
    workflow = {".github/workflows/ci.yml": a_file("run: pytest || true")}
    for files in (skipped, workflow):
        story = _failed().push(BRANCH, commits=[{"message": "chore: green", "files": files}])

        assert _seen(story) == (set(), {"silenced_it"})


def test_merging_while_it_is_red_is_a_slip() -> None:
    assert _seen(_failed().merge(1)) == (set(), {"merged_while_red"})
    assert _seen(_again(_failed(), "success").merge(1)) == ({"ran_it_again"}, set())
