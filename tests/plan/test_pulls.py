from __future__ import annotations

from simulator.model.facts import FactKind
from simulator.model.keys import PullRef
from simulator.plan.pulls import PullState, number_of, standing
from tests.plan.builders import a_fact, a_file, at, head, opened, review


def test_an_unknown_pull_request_is_none() -> None:
    assert standing([opened(4)], "3") is None


def test_heads_follow_one_another_without_repetition() -> None:
    pull = standing([opened(), head(files=[a_file()]), head(head_sha="b2"), head(head_sha="b2", when=at(1, 12))], "3")

    assert pull is not None
    assert pull.heads == ["a1", "b2"]
    assert len(pull.pushes) == 2
    assert pull.files == ()


def test_a_closed_one_can_be_reopened_and_a_merged_one_stays_merged() -> None:
    closed = a_fact(FactKind.PULL_REQUEST_CLOSED, "pull:3")
    reopened = a_fact(FactKind.PULL_REQUEST_REOPENED, "pull:3")
    merged = a_fact(FactKind.PULL_REQUEST_MERGED, "pull:3")

    states = [standing([opened(), *facts], "3") for facts in ([closed], [closed, reopened], [merged, closed])]

    assert [pull.state for pull in states if pull] == [PullState.CLOSED, PullState.OPEN, PullState.MERGED]


def test_the_last_word_of_each_reviewer_counts() -> None:
    pull = standing(
        [
            opened(),
            review("CHANGES_REQUESTED"),
            review("APPROVED", actor="tom"),
            review("APPROVED"),
            review("COMMENTED"),
            review("APPROVED", actor="learner"),
        ],
        "3",
    )

    assert pull is not None
    assert {seat: word.detail["state"] for seat, word in pull.last_words().items()} == {
        "mira": "APPROVED",
        "tom": "APPROVED",
    }


def test_a_reference_is_a_number_or_a_bound_id() -> None:
    assert number_of(PullRef("#12"), {}) == "12"
    assert number_of(PullRef("retry"), {"pull:retry": "7"}) == "7"
    assert number_of(PullRef("retry"), {}) is None
