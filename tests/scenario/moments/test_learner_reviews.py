"""The learner reviews: pointing at what is wrong counts in any form, a rubber stamp is a slip."""

from __future__ import annotations

import pytest

from simulator.scenario.moments.learner_reviews import LearnerReviews
from tests.scenario.moments.builders import Told, a_file, a_moment, a_scene, a_view, seen, told

PATH = "payments/hooks.py"
FAULTY = a_file("def deliver(shop):", "    for attempt in range(6):", *["    #"] * 20, "    log(shop.token)")
MENDED = a_file("def deliver(shop):", "    for attempt in range(5):", *["    #"] * 20, "    log(shop.name)")
MOMENT = a_moment(
    LearnerReviews,
    pull="toms",
    who="tom",
    bug={"path": "payments/*.py", "find": r"range\(6\)", "about": ["six", "attempts", "попыток"]},
    security={"path": "payments/*.py", "find": r"log\(.*token", "about": ["token", "secret"]},
)


def _asked() -> Told:
    """Tom's pull request 7, Ada's review asked for on day 2 at 10:00."""
    story = told().at("2 09:30")
    for number in range(6):
        story.push(f"other-{number}", by="tom").open(f"other-{number}", by="tom")
    story.push("retry", commits=[{"message": "feat: retry", "files": {PATH: FAULTY}}], by="tom").open("retry", by="tom")
    return story.at("2 10:00").ask(7, reviewer="ada", by="tom")


def _seen(story: Told, now: str = "10 17:00") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="2 10:00", now=now))


@pytest.mark.parametrize(("line", "way"), [(2, "found_the_bug"), (5, "found_the_bug"), (23, "found_the_security_slip")])
def test_a_remark_near_a_defect_counts(line: int, way: str) -> None:
    story = _asked().at("2 12:00").remark(7, path=PATH, line=line, body="This looks wrong to me", by="ada")

    assert _seen(story) == ({way}, set())


def test_a_remark_elsewhere_or_without_words_does_not_count() -> None:
    elsewhere = _asked().at("2 12:00").remark(7, path=PATH, line=14, body="A blank line would help here", by="ada")
    other_file = _asked().at("2 12:00").remark(7, path="README.md", line=2, body="A typo in the heading", by="ada")
    wordless = _asked().at("2 12:00").remark(7, path=PATH, line=2, body="ok?", by="ada")

    assert [_seen(story) for story in (elsewhere, other_file, wordless)] == [(set(), set())] * 3


@pytest.mark.parametrize(
    "words", ["The criterion says five attempts, I count more", "Здесь больше попыток, чем в критерии"]
)
def test_naming_the_defect_in_words_counts(words: str) -> None:
    assert _seen(_asked().at("2 12:00").comment(7, body=words)) == ({"found_the_bug"}, set())
    in_review = _asked().at("2 12:00").review(7, state="COMMENTED", by="ada", body=words)
    assert _seen(in_review) == ({"found_the_bug"}, set())


def test_asking_for_changes_with_a_reason_counts_and_without_one_does_not() -> None:
    reasoned = (
        _asked()
        .at("2 12:00")
        .review(7, state="CHANGES_REQUESTED", by="ada", body="The pauses never end for a dead shop")
    )
    bare = _asked().at("2 12:00").review(7, state="CHANGES_REQUESTED", by="ada", body="no")

    assert _seen(reasoned) == ({"asked_for_changes"}, set())
    assert _seen(bare) == (set(), set())


def test_a_question_counts() -> None:
    story = _asked().at("2 12:00").comment(7, body="What happens when the shop answers with a redirect?")

    assert _seen(story) == ({"asked_a_question"}, set())


def test_approving_once_it_is_mended_counts() -> None:
    story = _asked().at("2 12:00").comment(7, body="looks odd").at("3 10:00")
    story.push("retry", commits=[{"message": "fix: retry", "files": {PATH: MENDED}}], by="tom").at("3 11:00").review(
        7, by="ada"
    )

    assert _seen(story) == ({"approved_when_fixed"}, set())


def test_approving_with_the_fault_in_it_is_a_slip_even_with_praise() -> None:
    stamped = _asked().at("2 10:02").review(7, by="ada", body="lgtm")
    half = (
        _asked()
        .at("2 12:00")
        .remark(7, path=PATH, line=2, body="One attempt too many here", by="ada")
        .review(7, by="ada")
    )

    assert _seen(stamped) == (set(), {"rubber_stamp"})
    assert _seen(half) == ({"found_the_bug"}, {"rubber_stamp"})


def test_making_a_colleague_wait_is_a_slip_and_a_merge_meanwhile_is_none() -> None:
    late = _asked().at("3 15:00").comment(7, body="The token should not be in the log")

    assert _seen(_asked(), now="3 09:59") == (set(), set())
    assert _seen(late) == ({"found_the_security_slip"}, {"kept_waiting"})
    assert _seen(_asked().at("2 15:00").merge(7, by="rita")) == (set(), set())


def test_it_concerns_who_was_asked_and_does_not_open_on_what_is_merged() -> None:
    story = _asked()

    assert MOMENT.concerns(a_scene(story))
    assert not MOMENT.concerns(a_scene(story, seat="ben"))
    assert "merged" in MOMENT.obstacle(a_view(story.at("2 15:00").merge(7, by="rita")), {})


def test_nobody_waits_where_somebody_else_answered() -> None:
    story = _asked().at("2 12:00").review(7, by="ben", state="COMMENTED", body="What happens after six attempts?")

    assert "kept_waiting" not in _seen(story, "4 17:00")[1]
