from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.model.actions import CommentOnPullRequest, ReviewWhenRead
from simulator.model.facts import Fact, FactKind
from simulator.plan.react import react
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from tests.plan.builders import BINDINGS, RETRY, REVIEWS, a_fact, a_scenario, at, head, opened, review


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, REVIEWS, RETRY)


def after(scenario: LoadedScenario, *facts: Fact, seed: int = 1) -> tuple[TimedAction, ...]:
    """The reactions to the last of these facts."""
    return react(facts[-1], scenario=scenario, facts=facts, bindings=BINDINGS, seed=seed)


def asked(login: str, when: float = 10.1, number: int = 3, **more: Any) -> Fact:
    return a_fact(FactKind.REVIEW_REQUESTED, f"pull:{number}", reviewer=login, when=at(1, when), **more)


def test_the_reviewer_looks_two_to_four_working_hours_after_opening(scenario: LoadedScenario) -> None:
    for seed in range(30):
        (timed,) = after(scenario, opened(when=at(1, 10)), seed=seed)

        assert at(1, 12) <= timed.at <= at(1, 14)
        assert timed.action == ReviewWhenRead(actor="mira", pull="#3")  # type: ignore[arg-type]


def test_what_opens_in_the_evening_is_read_in_the_morning(scenario: LoadedScenario) -> None:
    (timed,) = after(scenario, opened(when=at(1, 16.5)))

    assert at(2, 9) < timed.at <= at(2, 12.5)


def test_a_draft_is_left_alone_until_it_is_ready(scenario: LoadedScenario) -> None:
    draft = opened(draft=True, when=at(1, 10))

    assert after(scenario, draft) == ()
    (timed,) = after(scenario, draft, a_fact(FactKind.PULL_REQUEST_READY, "pull:3", when=at(1, 11)))
    assert timed.at >= at(1, 13)


def test_each_new_head_is_looked_at_once(scenario: LoadedScenario) -> None:
    first = (opened(when=at(1, 10)), head(when=at(1, 10)))
    pushed = (*first, review("CHANGES_REQUESTED", when=at(1, 13)), head(head_sha="b2", when=at(1, 14)))

    assert [t.id for t in after(scenario, *first)] == ["review:3:a1:mira"]
    assert [t.id for t in after(scenario, *pushed)] == ["review:3:b2:mira"]


def test_asking_the_reviewer_who_comes_anyway_does_not_bring_two(scenario: LoadedScenario) -> None:
    start = opened(when=at(1, 10))

    assert [t.id for t in after(scenario, start, asked("Mira"))] == [t.id for t in after(scenario, start)]


def test_who_never_reviews_and_is_asked_says_who_does(scenario: LoadedScenario) -> None:
    (word,) = after(scenario, opened(when=at(1, 10)), asked("anna"))

    assert isinstance(word.action, CommentOnPullRequest)
    assert word.action.actor == "anna"
    assert "Mira" in word.action.body


def test_asking_again_on_the_same_head_is_another_look(scenario: LoadedScenario) -> None:
    facts = (opened(when=at(1, 10)), review("CHANGES_REQUESTED", when=at(1, 13)), asked("mira", 14, source_id="again"))

    assert [t.id for t in after(scenario, *facts)] == ["review:3:a1:mira:again"]


def test_whoever_is_asked_reviews_if_they_review_at_all(scenario: LoadedScenario) -> None:
    start = opened(when=at(1, 10))

    (timed,) = after(scenario, start, asked("tom"))
    assert timed.action.actor == "tom"
    assert after(scenario, start, asked("sam")) == ()


def test_who_does_not_review_names_the_reviewer_but_does_not_send_to_one_who_is_asked_already(
    scenario: LoadedScenario,
) -> None:
    start = opened(when=at(1, 10))

    for seed in range(6):
        (alone,) = after(scenario, start, asked("anna"), seed=seed)
        (beside,) = after(scenario, start, asked("mira"), asked("anna", 10.2), seed=seed)
        assert isinstance(alone.action, CommentOnPullRequest)
        assert isinstance(beside.action, CommentOnPullRequest)
        assert "Mira" in alone.action.body
        assert "Mira" in beside.action.body
        assert "ask there" in alone.action.body or "the one to ask" in alone.action.body
        assert "ask there" not in beside.action.body
        assert "the one to ask" not in beside.action.body


def test_a_closed_pull_request_is_not_reviewed_but_a_reopened_one_is(scenario: LoadedScenario) -> None:
    closed = (opened(when=at(1, 10)), a_fact(FactKind.PULL_REQUEST_CLOSED, "pull:3", when=at(1, 11)))
    reopened = a_fact(FactKind.PULL_REQUEST_REOPENED, "pull:3", when=at(1, 12), source_id="reopened")

    assert after(scenario, *closed, head(head_sha="b2", when=at(1, 11.5))) == ()
    assert [t.id for t in after(scenario, *closed, reopened)] == ["review:3:a1:mira:reopened"]


def test_a_colleagues_pull_request_is_read_again_only_by_who_read_it_and_is_asked(scenario: LoadedScenario) -> None:
    toms = opened(7, actor="tom", when=at(1, 9))
    read = review("CHANGES_REQUESTED", 7, when=at(1, 10))

    assert after(scenario, toms) == ()
    assert after(scenario, toms, asked("mira", 11, 7, actor="tom")) == ()
    assert len(after(scenario, toms, read, asked("mira", 11, 7, actor="tom"))) == 1


def test_who_is_away_reviews_after_coming_back(tmp_path: Path) -> None:
    away = "- {id: away, type: absence, who: mira, since: day 1 11:00, until: day 2 13:00, text: Away.}"
    scenario = a_scenario(tmp_path, REVIEWS, away)

    for seed in range(20):
        (timed,) = after(scenario, opened(when=at(1, 10)), seed=seed)
        assert at(2, 13) <= timed.at <= at(2, 13.5)


def test_a_delegate_reviews_for_who_is_away(tmp_path: Path) -> None:
    away = "- {id: away, type: absence, who: mira, since: day 1 11:00, until: day 2 13:00, delegate: tom, text: Away.}"
    scenario = a_scenario(tmp_path, REVIEWS, away)

    (timed,) = after(scenario, opened(when=at(1, 10)))

    assert timed.action.actor == "tom"
    assert at(1, 12) <= timed.at <= at(1, 14)


def test_the_story_may_name_whose_pull_requests_are_reviewed(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, "- {id: reviews, type: review_pull_requests, who: mira, of: [second]}")

    assert after(scenario, opened(when=at(1, 10))) == ()
    assert len(after(scenario, opened(actor="second", when=at(1, 10)))) == 1
