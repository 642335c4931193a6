"""Every case of every rule's table: a small sprint is told, and the rule answers as the table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.hygiene.registry import all_rules
from simulator.testing.cases import RuleCase, cases_of, lacks

CASES = Path(__file__).parent / "cases"
TABLES = {rule.code: cases_of(rule, CASES / f"{rule.code}.yaml") for rule in all_rules()}


@pytest.mark.parametrize("case", [case for cases in TABLES.values() for case in cases], ids=str)
def test_a_rule_answers_as_its_table_says_and_doing_what_the_advice_says_repairs(case: RuleCase) -> None:
    case.check()


@pytest.mark.parametrize("code", TABLES)
def test_every_rule_has_a_table_with_all_that_a_table_needs(code: str) -> None:
    assert list(lacks(TABLES[code])) == []


def test_there_is_no_table_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(TABLES)
