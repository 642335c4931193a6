"""The score: lapses, ceilings, letters, and what is not scored."""

from __future__ import annotations

import dataclasses
import math
from itertools import combinations

import pytest

from simulator.hygiene.score import GROUP_WEIGHTS, Terms, letter, score
from simulator.hygiene.tally import Evidence
from simulator.model.hygiene import Cause, Confidence, Severity
from tests.hygiene.evidence import a_piece


def test_the_first_lapse_in_a_critical_rule_is_felt() -> None:
    rules = [Terms(code="PR-11", severity=Severity.CRITICAL, expected=4)]

    result = score(rules, [a_piece("PR-11", "a", f"{n}", 1, n > 0) for n in range(4)])

    assert result.total == pytest.approx(100 * 0.75**3)


def test_a_ceiling_holds_while_its_finding_is_open_and_is_a_step_of_the_waterfall() -> None:
    rules = [Terms(code="CI-01", ceiling=60), Terms(code="BR-01")]
    fine = [a_piece("BR-01", "b", f"{n}", 1, 1) for n in range(9)]
    leak = Evidence(rule="CI-01", subject="s", item="PAY-1", mass=1, credit=0.9, open=True)

    open_, closed = score(rules, [*fine, leak]), score(rules, [*fine, dataclasses.replace(leak, open=False)])

    assert open_.total == 60
    assert [step.cause for step in open_.waterfall] == [Cause.BREACH, Cause.CEILING]
    assert math.fsum(step.points for step in open_.waterfall) == pytest.approx(40)
    assert closed.total > 90


def test_nothing_to_judge_is_zero_with_a_reason_and_without_a_letter() -> None:
    result = score([Terms(code="PR-04")], [])

    assert result.total == 0
    assert [(step.cause, step.points) for step in result.waterfall] == [(Cause.NOTHING, 100.0)]
    assert letter(result.total, result.confidence, capped=False) is None


def test_a_rule_for_information_never_scores() -> None:
    rules = [Terms(code="CI-10", severity=Severity.INFO, expected=1), Terms(code="BR-01", expected=1)]

    result = score(rules, [a_piece("CI-10", "x", "PAY-1", 1, 0), a_piece("BR-01", "b", "PAY-1", 1, 1)])

    assert result.total == 100
    assert [row.rule for row in result.rules] == ["BR-01"]


@pytest.mark.parametrize(
    ("total", "mark"), [(100, "A"), (90, "A"), (89.99, "B"), (80, "B"), (70, "C"), (50, "D"), (49.9, "E"), (0, "E")]
)
def test_letters(total: float, mark: str) -> None:
    assert letter(total, Confidence.HIGH, capped=False) == mark
    assert letter(total, Confidence.LOW, capped=False) is None


def test_group_weights_are_the_shipped_ones() -> None:
    assert sum(GROUP_WEIGHTS.values()) == 100
    assert list(GROUP_WEIGHTS) == ["BR", "CM", "PR", "RV", "IS", "SP", "FL", "CI"]


def test_budgets_that_add_up_to_a_hair_above_a_hundred_break_nothing() -> None:
    rules = [Terms(code=f"{group}-01") for group in GROUP_WEIGHTS]
    for some in combinations(rules, 3):
        result = score(some, [a_piece(terms.code, "a", "PAY-1", 1, 1) for terms in some])

        assert result.total == pytest.approx(100)
        assert result.total <= 100
