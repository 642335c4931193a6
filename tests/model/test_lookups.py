"""What is looked up in a history that goes on from another one is what is looked up in a history by itself."""

from __future__ import annotations

from functools import cached_property

import pytest

from simulator.model.history import FactBook, History
from simulator.model.history.lookups import Lookups
from tests.model.test_fact_book import STORY, a_busy_sprint, told

NAMES = sorted(
    name
    for of in Lookups.__mro__
    for name, found in vars(of).items()
    if isinstance(found, cached_property) and name != "pieces"
)


def all_of(history: History) -> dict[str, object]:
    return {name: getattr(history, name) for name in NAMES}


@pytest.mark.parametrize("step", [1, 7, 40])
def test_histories_that_go_on_look_up_what_each_by_itself_does(step: int) -> None:
    book, before = FactBook(STORY.roster, project="PAY", default_branch="main"), None

    for stop in [*range(0, len(STORY.facts), step), len(STORY.facts)]:
        history = told(STORY.facts[:stop], book=book)
        if before is not None:
            history.take_over(before)
        assert all_of(history) == all_of(told(STORY.facts[:stop]))
        before = history


def test_a_history_with_fewer_facts_looks_up_nothing_of_the_one_that_it_follows() -> None:
    whole, early = told(STORY.facts), told(STORY.facts[: len(STORY.facts) // 2])
    all_of(whole)

    early.take_over(whole)

    assert all_of(early) == all_of(told(STORY.facts[: len(STORY.facts) // 2]))


def test_a_branch_that_nothing_happened_to_is_the_very_same_in_the_next_history() -> None:
    story, book = a_busy_sprint(), FactBook(STORY.roster, project="PAY", default_branch="main")
    before = told(list(story.facts), book=book)

    story.at("8 09:00").push("feature/PAY-77-better", by="ada")
    after = told(list(story.facts), book=book)

    assert after.branches["feature/PAY-77-better"] != before.branches["feature/PAY-77-better"]
    others = [name for name in before.branches if name != "feature/PAY-77-better"]
    assert others
    assert all(after.branches[name] is before.branches[name] for name in others)
