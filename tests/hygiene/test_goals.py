"""What a sprint's goal says, and which issues serve it."""

from __future__ import annotations

import time

import pytest

from simulator.hygiene.amounts import amount
from simulator.hygiene.goals import is_list_of_keys, serves
from simulator.model.keys import IssueKey
from simulator.testing.story import Story


@pytest.mark.parametrize(
    ("goal", "summary", "expected"),
    [
        ("Support can refund a payment without asking engineering", "Refund a captured payment", True),
        ("Merchants see what they were paid", "Payout page for merchants", True),
        ("Recipients hear from us on the evening before", "Remind recipients by SMS", True),
        ("Der Support erledigt Rückzahlungen allein", "Rückzahlung anstoßen", True),
        ("サポートが返金をできる", "返金画面を作る", True),
        ("CSV for the auditors", "Export as CSV", True),
        ("Customers can pay by invoice", "Upgrade the linter", False),
        ("We know what the team can do", "What the users know", False),
        ("返金を早くする", "配達時間を表示", False),
    ],
)
def test_an_issue_serves_a_goal_with_which_it_shares_a_word_of_meaning(goal: str, summary: str, expected: bool) -> None:
    issue = Story().issue("PAY-1", summary=summary).history().issues[IssueKey("PAY-1")]

    assert serves(issue.key, issue.state, goal, label="sprint-goal") is expected


def test_the_label_and_the_goals_own_words_say_so_too() -> None:
    history = Story().issue("PAY-1", labels=["Sprint-Goal"]).issue("PAY-2").issue("PAY-3", parent="PAY-9").history()
    goal = "Customers pay as they like (PAY-2, epic PAY-9)"

    assert [serves(key, issue.state, goal, label="sprint-goal") for key, issue in history.issues.items()] == [True] * 3


def test_a_goal_without_end_takes_no_time() -> None:
    started = time.perf_counter()

    for text in ("PAY-1, " * 200_000, "a" * 1_000_000, "-1" * 500_000, "返" * 1_000_000):
        is_list_of_keys(text)

    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize(
    ("size", "unit", "words"),
    [
        (1, "issues", "1 issue"),
        (3, "points", "3 points"),
        (2.5, "points", "2.5 points"),
        (12345, "lines", "12345 lines"),
    ],
)
def test_a_sum_is_said_as_people_say_it(size: float, unit: str, words: str) -> None:
    assert amount(size, unit) == words
