"""Many remarks, one of which matters: the fault first, a word to each, and then asking again."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from simulator.model.actions import SubmitReview
from simulator.plan.compile import ScenarioStage
from simulator.scenario.moments.nit_flood import NitFlood
from tests.scenario.moments.builders import Told, a_file, a_moment, a_scenario, a_scene, seen, told

PATH = "payments/refunds.py"
NITS = [{"path": PATH, "line": 1, "text": f"Nit {number}: another name would read better"} for number in range(6)]
FAULT = {"path": PATH, "line": 2, "text": "This refunds twice when the request is repeated"}
MOMENT = a_moment(
    NitFlood,
    at=None,
    when={"opened": "mine"},
    blocking=FAULT,
    fault={"path": "payments/*.py", "find": r"refund_now\("},
    nits=NITS,
)


def _reviewed() -> Told:
    """Ada's pull request 1 with a fault and seven remarks on it, from day 3 at 10:00."""
    story = (
        told()
        .at("2 10:00")
        .push("feature/PAY-1-x", commits=_commit("def refund():", "    refund_now(x)"))
        .open("feature/PAY-1-x")
    )
    story.at("2 10:05").ask(1).at("3 10:00").review(1, state="CHANGES_REQUESTED", body="A few remarks")
    for number, remark in enumerate([*NITS, FAULT]):
        story.remark(1, path=PATH, line=2, body=str(remark["text"]), id=f"r{number}")
    return story


def _commit(*lines: str) -> list[dict[str, object]]:
    return [{"message": "fix: as asked", "files": {PATH: a_file(*lines)}}]


MENDED = _commit("def refund(key):", "    refund_once(x, key)")
POLISHED = _commit("def give_back():", "    refund_now(x)")


def _seen(story: Told) -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="3 10:00", pull="1"))


def test_mending_the_fault_first_counts() -> None:
    assert _seen(_reviewed().at("3 11:00").push("feature/PAY-1-x", commits=MENDED)) == ({"fault_first"}, set())


def test_polishing_first_does_not_count_but_asking_again_when_it_is_mended_does() -> None:
    story = _reviewed().at("3 11:00").push("feature/PAY-1-x", commits=POLISHED)
    story.at("3 12:00").push("feature/PAY-1-x", commits=MENDED).at("3 13:00").ask(1)

    assert _seen(story) == ({"asked_again_when_mended"}, set())


def test_a_word_to_most_remarks_counts_and_to_two_does_not() -> None:
    def answered(count: int) -> Told:
        story = _reviewed().at("3 11:00")
        for number in range(count):
            story.remark(1, path=PATH, body="Renamed" if number else "I prefer it this way", by="ada", to=f"r{number}")
        return story

    assert _seen(answered(6)) == ({"answered_each"}, set())
    assert _seen(answered(2)) == (set(), set())


def test_one_comment_that_sums_up_counts() -> None:
    words = (
        "- the double refund is prevented by a key now, with a test\n- names: took four of the six suggestions\n"
        "- the blank lines stay, the formatter wants them that way"
    )

    assert _seen(_reviewed().at("3 11:00").comment(1, body=words)) == ({"summed_up"}, set())
    assert _seen(_reviewed().at("3 11:00").comment(1, body="- done\n- done\n- ok thanks")) == (set(), set())


def test_asking_again_without_a_change_is_a_slip() -> None:
    assert _seen(_reviewed().at("3 11:00").ask(1)) == (set(), {"asked_without_change"})


def test_asking_again_with_the_small_things_only_is_a_slip() -> None:
    story = _reviewed().at("3 11:00").push("feature/PAY-1-x", commits=POLISHED).at("3 12:00").ask(1)

    assert _seen(story) == (set(), {"nits_only"})


def test_merging_with_the_fault_is_a_slip() -> None:
    assert _seen(_reviewed().at("3 12:00").merge(1)) == (set(), {"merged_with_it"})


def test_the_weighty_remark_stands_among_the_others() -> None:
    (review,) = MOMENT.acts(ScenarioStage(a_scenario(), 1), {"pull": "1"})

    assert isinstance(review, SubmitReview)
    assert [remark.body for remark in review.remarks].index(str(FAULT["text"])) == 3
    assert len(review.remarks) == 7


def test_where_the_remark_is_found_may_say_what_the_fault_is() -> None:
    by_find = a_moment(
        NitFlood,
        at=None,
        when={"opened": "mine"},
        blocking={"path": PATH, "find": r"refund_now\(", "text": FAULT["text"]},
        nits=NITS,
    )
    story = _reviewed().at("3 11:00").push("feature/PAY-1-x", commits=MENDED)

    assert seen(by_find, a_scene(story, opened="3 10:00", pull="1")) == ({"fault_first"}, set())
    with pytest.raises(ValidationError, match="what the fault is"):
        a_moment(NitFlood, pull="mine", blocking=FAULT, nits=NITS)


def test_asking_somebody_else_or_giving_a_reason_first_is_no_empty_request() -> None:
    assert _seen(_reviewed().at("3 11:00").ask(1, reviewer="tom"))[1] == set()
    reason = "It cannot be repeated: the gateway refuses a second refund of one capture"
    story = _reviewed().at("3 11:00").remark(1, path=PATH, body=reason, by="ada", to="r6")
    assert _seen(story.ask(1))[1] == set()
    assert _seen(_reviewed().at("3 11:00").ask(1))[1] == {"asked_without_change"}


def test_a_pull_request_that_the_story_names_is_its_author_s_alone() -> None:
    moment = a_moment(NitFlood, pull="#1", blocking=FAULT, nits=NITS, fault={"path": PATH, "find": "refund_now"})

    assert moment.concerns(a_scene(_reviewed(), opened="3 10:00"))
    assert not moment.concerns(a_scene(_reviewed(), opened="3 10:00", seat="ben"))


def test_a_nit_about_what_is_not_there_stays_unsaid() -> None:
    nits = [{"path": PATH, "find": f"word{n}", "text": f"Nit {n}"} for n in range(2)]
    moment = a_moment(NitFlood, pull="toms", blocking=FAULT, nits=nits, fault={"path": PATH, "find": "refund_now"})

    (review,) = moment.acts(ScenarioStage(a_scenario(), 1), {})

    assert isinstance(review, SubmitReview)
    assert [remark.only_if_found for remark in review.remarks] == [True, False, True]
