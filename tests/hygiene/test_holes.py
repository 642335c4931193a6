"""Histories with holes and facts nobody would believe: nothing may crash, no rule may fail."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.hygiene.linter import Scorer
from simulator.model.facts import Fact, FactKind
from simulator.model.hygiene import Outcome, Scorecard
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_roster, history_of, instant, sha_of
from tests.hygiene.sprints import a_mixed_sprint
from tests.hygiene.test_cases import TABLES

ADA = SeatId("ada")
K = FactKind
_TEXTS = ("", "x", "PAY-1", "PAY-99", "ada", "nobody@example.com", "main", "1", "-7", "In Progress", "Done", "0" * 40)
_SUBJECTS = {
    "pull": ("pull:1", "pull:2", "pull:99"),
    "issue": ("issue:PAY-1", "issue:PAY-2", "issue:ZZ-9"),
    "branch": ("branch:main", "branch:a/b", "branch:stuff"),
    "commit": ("commit:" + "0" * 40, f"commit:{sha_of('main')}"),
    "sprint": ("sprint:1", "sprint:2", "sprint:4711"),
}


def judged(facts: Sequence[Fact], *, now: str = "10 17:00") -> Scorecard:
    """The team's card; no rule may have failed on the way."""
    history = history_of(facts, a_roster(("ada", "ben")), now=instant(now))
    cards = Scorer({}).score(history, seats=[ADA, None], elapsed=1.0)
    for card in cards.values():
        assert 0 <= card.score <= 100
        failed = [(found.rule, found.subject) for found in card.findings if found.outcome is Outcome.ERROR]
        assert failed == []
    return cards[None]


@pytest.mark.parametrize("kind", sorted({fact.kind for fact in a_mixed_sprint().facts}))
def test_a_history_without_any_fact_of_one_kind_is_judged(kind: FactKind) -> None:
    judged([fact for fact in a_mixed_sprint().facts if fact.kind is not kind])


@pytest.mark.parametrize("code", sorted(TABLES))
def test_breaches_of_a_rule_are_judged_whichever_kind_of_fact_is_missing(code: str) -> None:
    for case in [case for case in TABLES[code] if case.case.outcome == "breach"][:2]:
        facts = Story(a_roster(teammates=case.case.teammates)).tell(case.case.story).facts
        for kind in {fact.kind for fact in facts}:
            judged([fact for fact in facts if fact.kind is not kind])


def test_every_fact_of_a_sprint_may_be_the_one_that_is_missing() -> None:
    facts = a_mixed_sprint().facts

    for n in range(0, len(facts), 3):
        judged([*facts[:n], *facts[n + 1 :]])


def test_facts_that_know_nobody_and_nothing_are_judged() -> None:
    facts = a_mixed_sprint().facts
    bare = [dataclasses.replace(fact, detail=dict.fromkeys(fact.detail), actor=None, url="") for fact in facts]

    judged(bare)
    judged([*facts[::2], *bare[1::2]])


def test_a_merge_without_an_opening_a_review_of_an_unknown_pull_request_and_an_issue_changed_before_it_was_made() -> (
    None
):
    story = a_mixed_sprint()
    early = [
        fact for fact in story.facts if fact.kind not in {K.PULL_REQUEST_OPENED, K.ISSUE_CREATED, K.SPRINT_STARTED}
    ]
    later = [dataclasses.replace(f, at=f.at + timedelta(days=9)) for f in story.facts if f not in early]
    strangers = (
        Story().review(77, by="rita").thread(78, name="t").comment(79).settle(78, remark="t").move("PAY-77", to="Done")
    )

    judged([*early, *strangers.facts])
    judged([*early, *later])


def test_clocks_that_jump_back_are_judged() -> None:
    facts = a_mixed_sprint().facts
    back = [
        dataclasses.replace(fact, at=fact.at - timedelta(days=40 * (n % 3), hours=n % 7))
        for n, fact in enumerate(facts)
    ]

    judged(back)
    judged(facts, now="1 09:00")


def test_people_nobody_knows_and_sprints_with_other_ids_are_judged() -> None:
    story = Story().issue("PAY-1", by="stranger", assignee="stranger", sprints=[4711, 1, 99]).at("2 10:00")
    story.push("feature/PAY-1-a", by="stranger", commits=[{"message": "feat: a", "by": None, "email": "", "name": ""}])
    story.open("feature/PAY-1-a", by="stranger").ask(1, reviewer="ghost").review(1, by="ghost").merge(1, by="ghost")
    story.plan("PAY-1", sprints="4711, 88").close_sprint(4711).start_sprint(123456).aim("", number=42).drop("PAY-1")

    judged(story.facts)


def test_commits_that_were_pushed_away_and_merges_of_five_parents_are_judged() -> None:
    story = Story().issue("PAY-1", assignee="ada").at("2 10:00")
    story.push("feature/PAY-1-a", commits=[{"message": "feat: a", "parents": parents} for parents in (0, 1, 2, 5)])
    story.open("feature/PAY-1-a").review(1).at("3 10:00")
    story.push("feature/PAY-1-a", commits=[{"message": "feat: b"}], force=True).push(
        "feature/PAY-1-a", commits=[], force=True
    )
    story.merge(1, method="merge").delete("feature/PAY-1-a").push("feature/PAY-1-a")

    judged(story.facts)


@cache
def _examples() -> tuple[Fact, ...]:
    """A fact of every kind and shape that the rules' cases tell."""
    shapes: dict[tuple[object, ...], Fact] = {}
    for cases in TABLES.values():
        for case in cases:
            for fact in Story(a_roster(teammates=case.case.teammates)).tell(case.case.story).facts:
                shapes.setdefault((fact.kind, *sorted(map(str, fact.detail.items()))), fact)
    return tuple(shapes.values())


@st.composite
def _facts(draw: st.DrawFn) -> list[Fact]:
    """Facts as they come, out of their stories, with other values of the same types here and there."""
    found = draw(st.lists(st.sampled_from(_examples()), min_size=1, max_size=40))
    some = draw(st.randoms(use_true_random=False))
    return [
        dataclasses.replace(
            fact,
            source_id=f"fuzz:{n}",
            at=fact.at + timedelta(minutes=some.randint(-9000, 9000)),
            actor=some.choice((fact.actor, fact.actor, None, ADA)),
            subject=some.choice(
                (
                    fact.subject,
                    fact.subject,
                    some.choice(_SUBJECTS.get(fact.subject.partition(":")[0], (fact.subject,))),
                )
            ),
            detail={key: _other(value, some.choice) for key, value in fact.detail.items() if some.random() < 0.95},
        )
        for n, fact in enumerate(found)
    ]


def _other(value: Any, choose: Callable[[Sequence[Any]], Any]) -> Any:  # Any: what a fact's detail holds
    if choose((True, True, True, False)):
        return value
    match value:
        case bool():
            return choose((True, False, None))
        case int() | float():
            return choose((0, 1, -1, 99, 10**9))
        case str():
            return choose((value[::-1], value * 2, None, *_TEXTS))
        case list():
            return choose(([], value * 2, value[:1]))
        case _:
            return None


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(_facts())
def test_no_rule_fails_whatever_facts_come(facts: list[Fact]) -> None:
    judged(facts)


def test_nothing_is_logged_about_rules_that_do_their_work(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        judged(a_mixed_sprint().facts)

    assert caplog.records == []
