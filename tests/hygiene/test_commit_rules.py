"""Rules on commits meet whatever a history may hold: no exception, and no message that keeps them busy."""

from __future__ import annotations

import dataclasses
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.hygiene.registry import all_rules
from simulator.hygiene.rule import Rule
from simulator.model.history import History
from simulator.model.hygiene import Breach, NotAvailable, Pass, Skip
from simulator.testing.story import Story, history_of

RULES = [rule for rule in all_rules() if rule.group == "CM"]
MONSTERS = {
    "a megabyte in one line": "feat: " + "a" * 1_000_000,
    "a megabyte of lines": "feat: a\n\n" + "Refs: PAY-3\n" * 90_000,
    "blanks": "feat:" + " " * 100_000 + "x",
    "keys": "PAY-1 " * 50_000 + "#comment",
    "commands": "PAY-1 " + "#time 1h " * 50_000,
    "brackets": "feat(" + "(" * 100_000 + "): a",
    "wip": "wip " * 100_000,
    "review": "address " + "the last more all " * 50_000 + "review",
    "dashes": "fix: " + "a-" * 100_000,
    "addresses": "feat: a\n\n" + "http" * 100_000 + "://",
    "marks": "feat: a\n\n" + "* " * 100_000,
    "nothing": "",
    "control signs": "\x00\x01\ufeff\u202e\n\r\n\t",
}


def _judged(rule: Rule, history: History) -> list[object]:
    return [rule(found.subject, history) for found in rule.about.find(history)]


def _told(message: str, *, patch: str | None = None) -> Story:
    files = {"shop/__init__.py": {"status": "modified", "additions": 60, "deletions": 1, "patch": patch}}
    story = Story().issue("PAY-1", assignee="ada")
    story.push(
        "a",
        commits=[
            {"message": message, "files": files},
            {"message": message, "parents": 5},
            {"message": "b", "files": {}},
        ],
    )
    return story.open("a", title=message[:300]).label_pull(1, label="breaking")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("message", MONSTERS.values(), ids=MONSTERS)
def test_no_message_keeps_a_rule_busy(rule: Rule, message: str) -> None:
    story = _told(message)
    history = story.history()

    begun = perf_counter()
    verdicts = _judged(rule, history)

    assert perf_counter() - begun < 2.0
    assert all(isinstance(verdict, Pass | Breach | Skip | NotAvailable) for verdict in verdicts)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize(
    "patch",
    [
        "",
        "@@",
        "+" * 300_000,
        "-" + "'/a" * 100_000,
        "-" + "@a.get(" * 50_000,
        "-    a, " * 50_000,
        "-__all__ = ['a'" + ", 'a'" * 50_000,
    ],
)
def test_no_diff_keeps_a_rule_busy(rule: Rule, patch: str) -> None:
    history = _told("style: a\n\nPAY-1 #comment", patch=patch).history()

    begun = perf_counter()
    _judged(rule, history)

    assert perf_counter() - begun < 2.0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_authors_that_nobody_knows_and_holes_do_no_harm(rule: Rule) -> None:
    story = _told("feat: refund a payment").merge(1, method="merge")
    facts = [dataclasses.replace(fact, actor=None, url="") for fact in story.facts]

    for step in range(2, len(facts), 3):  # every third fact was never seen
        kept = [fact for number, fact in enumerate(facts) if number % step]
        _judged(rule, history_of(kept, story.roster, now=story.now))


@settings(max_examples=60, deadline=None)
@given(message=st.text(max_size=300))
def test_any_message_is_judged(message: str) -> None:
    history = _told(message).history()

    for rule in RULES:
        _judged(rule, history)
