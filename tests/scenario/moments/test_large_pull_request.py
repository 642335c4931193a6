"""A pull request too large to review: splitting it in any way counts."""

from __future__ import annotations

from simulator.scenario.moments.large_pull_request import LargePullRequest
from tests.scenario.moments.builders import Told, a_moment, a_scene, seen, told

MOMENT = a_moment(LargePullRequest)


def _commit(**files: int) -> list[dict[str, object]]:
    return [{"message": "feat: a step", "files": {f"payments/{name}.py": lines for name, lines in files.items()}}]


def _large() -> Told:
    """Ada's pull request 1 of 900 lines, opened on day 2."""
    return (
        told()
        .at("2 10:00")
        .push("feature/PAY-1-all", commits=_commit(refunds=500, reports=400))
        .open("feature/PAY-1-all")
    )


def _seen(story: Told, now: str = "10 17:00") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="2 10:00", now=now, pull="1"))


def test_two_smaller_pull_requests_count() -> None:
    story = (
        _large().at("3 10:00").push("feature/PAY-1-refunds", commits=_commit(refunds=300)).open("feature/PAY-1-refunds")
    )
    story.at("3 12:00").push("feature/PAY-1-reports", commits=_commit(reports=200)).open("feature/PAY-1-reports")

    assert _seen(story) == ({"split"}, set())


def test_one_smaller_pull_request_counts_when_the_large_one_is_closed() -> None:
    story = (
        _large().at("3 10:00").push("feature/PAY-1-refunds", commits=_commit(refunds=300)).open("feature/PAY-1-refunds")
    )

    assert _seen(story) == (set(), {"left_lying"})
    assert _seen(story.at("3 11:00").close(1)) == ({"split"}, set())


def test_one_that_says_what_it_is_a_part_of_counts() -> None:
    story = _large().at("3 10:00").push("feature/PAY-1-a", commits=_commit(refunds=300))
    story.open("feature/PAY-1-a", body="Part one of #1, reports follow.")

    assert _seen(story) == ({"split"}, set())


def test_a_stack_counts() -> None:
    story = _large().at("3 10:00").push("one", commits=_commit(refunds=300)).open("one")
    story.at("3 12:00").push("two", commits=_commit(reports=200)).open("two", base="one")

    assert _seen(story) == ({"stacked"}, set())


def test_shrinking_it_counts() -> None:
    story = _large().at("3 10:00").push("feature/PAY-1-all", commits=_commit(refunds=250), force=True)

    assert _seen(story) == ({"shrunk"}, set())


def test_saying_how_it_will_be_split_and_taking_it_back_counts() -> None:
    story = _large().at("3 10:00").comment(1, body="I will split this into refunds and reports, refunds come first")

    assert _seen(story) == (set(), {"left_lying"})
    assert _seen(story.at("3 10:05").close(1)) == ({"planned"}, set())


def test_another_large_or_unrelated_pull_request_does_not_count() -> None:
    story = _large().at("3 10:00").push("other", commits=_commit(webhooks=50)).open("other").at("3 10:05").close(1)
    again = _large().at("3 10:00").push("again", commits=_commit(refunds=450)).open("again").at("3 10:05").close(1)

    assert _seen(story) == (set(), set())
    assert _seen(again) == (set(), set())


def test_growing_and_merging_it_whole_are_slips() -> None:
    grown = _large().at("2 15:00").push("feature/PAY-1-all", commits=_commit(more=300))
    touched = _large().at("2 15:00").push("feature/PAY-1-all", commits=_commit(more=20))

    assert _seen(grown, now="3 09:00") == (set(), {"grew"})
    assert _seen(touched, now="3 09:00") == (set(), set())
    assert _seen(_large().at("2 16:00").merge(1)) == (set(), {"merged_whole"})


def test_the_consequence_comes_on_the_pull_request() -> None:
    scene = a_scene(_large(), opened="2 10:00", pull="1")
    slip = next(iter(MOMENT.badly(scene)))

    (consequence,) = MOMENT.consequences(scene, slip)

    assert consequence.actions[0].actor == "rita"
    assert "900" not in MOMENT.task(scene)
    assert MOMENT.consequences(a_scene(_large().at("6 10:00").close(1), opened="2 10:00", pull="1"), slip) == ()
