"""No rule promises a repair that nobody here has tried with the real clients."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from simulator.hygiene.registry import all_rules
from simulator.hygiene.rule import Rule
from simulator.model.hygiene import Repair
from tests.hygiene.test_cases import TABLES

HERE = Path(__file__).parent
_OFFERS = {f"Repair.{repair.name}" for repair in Repair if repair is not Repair.NONE}


def _followed() -> Iterator[str]:
    """The rules whose advice a test follows: `mended(desk, "PR-04", …)`, or `mended(desk, rule, …)` with codes as parameters."""
    for file in HERE.glob("test_*.py"):
        for test in ast.parse(file.read_text()).body:
            if isinstance(test, ast.FunctionDef):
                yield from _mended_by(test)


def _mended_by(test: ast.FunctionDef) -> Iterator[str]:
    calls = [node for node in ast.walk(test) if isinstance(node, ast.Call) and ast.unparse(node.func) == "mended"]
    given = [call.args[1] for call in calls]
    if any(isinstance(rule, ast.Name) for rule in given):
        given += [
            node for decorator in test.decorator_list for node in ast.walk(decorator) if isinstance(node, ast.expr)
        ]
    for node in given:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in TABLES:
            yield node.value


def _promised() -> Iterator[str]:
    """The rules of which some case has a breach that can be repaired, for all or a part."""
    for code, cases in TABLES.items():
        found = (case.finding() for case in cases)
        if any(finding is not None and finding.repairable is not Repair.NONE for finding in found):
            yield code


def _names_a_repair(rule: Rule) -> bool:
    source = Path(inspect.getfile(rule.judge)).read_text()
    return any(word in source for word in _OFFERS)


def test_the_advice_of_every_rule_that_offers_a_repair_is_followed_here() -> None:
    assert set(_promised()) - set(_followed()) == set()


def test_every_rule_that_can_offer_a_repair_does_so_in_a_case() -> None:
    offering = {rule.code for rule in all_rules() if _names_a_repair(rule)}

    assert offering - set(_promised()) == set()
