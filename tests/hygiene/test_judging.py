"""Judging one history after another comes to what judging each by itself comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.hygiene.judging import Judge
from simulator.hygiene.linter import Scorer
from simulator.hygiene.registry import all_rules
from simulator.hygiene.rule import Rule
from simulator.hygiene.watched import WHOLE, changed, watch
from simulator.model.facts import Fact
from simulator.model.history import FactBook, History
from simulator.model.keys import SeatId
from tests.model.test_fact_book import STORY, told

SEAT = SeatId("ada")


def verdicts(judge: Judge, history: History) -> list[tuple[Any, ...]]:
    told = ((code, each.opportunity, each.verdict) for code, found in judge.judge(history).items() for each in found)
    return [(code, replace(opportunity, subject=None), verdict) for code, opportunity, verdict in told]


@given(st.lists(st.integers(0, len(STORY.facts)), max_size=4))
@settings(max_examples=25, deadline=None)
def test_what_was_judged_before_makes_no_difference(stops: list[int]) -> None:
    judge, book = Judge(all_rules()), FactBook(STORY.roster, project="PAY", default_branch="main")

    for stop in [*stops, len(STORY.facts)]:
        history = told(STORY.facts[:stop], book=book)
        assert verdicts(judge, history) == verdicts(Judge(all_rules()), history)


@given(st.permutations(STORY.facts), st.integers(1, 12))
@settings(max_examples=8, deadline=None)
def test_facts_in_any_order_a_few_at_a_time_come_to_the_card_of_all_at_once(facts: list[Fact], step: int) -> None:
    scorer, book = Scorer({}), FactBook(STORY.roster, project="PAY", default_branch="main")

    for stop in [*range(step, len(facts), step), len(facts)]:
        cards = scorer.score(told(facts[:stop], book=book), seats=[SEAT, None], elapsed=1.0)

    assert cards == Scorer({}).score(told(STORY.facts), seats=[SEAT, None], elapsed=1.0)


def test_one_more_fact_asks_only_the_rules_about_what_it_touches() -> None:
    asked: list[str] = []

    def counting(rule: Rule) -> Rule:
        def judge(subject: Any, history: History, options: Any) -> Any:
            asked.append(rule.code)
            return rule.judge(subject, history, options)

        return Rule(**{name: getattr(rule, name) for name in rule.__slots__ if name != "judge"}, judge=judge)

    judge = Judge([counting(rule) for rule in all_rules() if rule.code in {"PR-01", "PR-11", "CM-01"}])
    judge.judge(told(STORY.facts[:-1]))
    everything = len(asked)
    asked.clear()

    judge.judge(told(STORY.facts))  # the last fact closes the sprint

    assert everything > 5
    assert asked == []


def test_what_is_read_of_a_history_is_noted_and_compared() -> None:
    early, before, after = told(STORY.facts[:6]), told(STORY.facts[:-30]), told(STORY.facts)
    watched, notes = watch(before)

    assert watched.pulls[1] is before.pulls[1]
    assert watched.pulls.get(999) is None
    assert watched.keys_in("PAY-1 and PAY-999") == ("PAY-1",)
    assert changed(notes, before, after) == []
    assert ("pulls", 1) in changed(notes, before, early)

    assert len(watched.pulls) == len(before.pulls)
    assert changed(notes, before, told(STORY.facts[:-30])) == []
    assert ("pulls", WHOLE) in changed(notes, before, early)
