"""Expressions of authors: linear in the text, and refused with a reason when they are none."""

from __future__ import annotations

import pytest

from simulator.scenario.expressions import check_expression, finds
from simulator.scenario.values import Unreadable


def test_an_expression_that_would_try_everything_looks_once() -> None:
    assert not finds(r"((([a-z: ])*)*)*#", "feat: " + "a" * 5_000)
    assert finds(r"\bfloat\(", "value = float(amount)")


@pytest.mark.parametrize("pattern", ["(", r"(a)\1", "a(?=b)", "\ud83d"])
def test_what_is_no_expression_here_is_refused(pattern: str) -> None:
    with pytest.raises(Unreadable, match="not a regular expression"):
        check_expression(pattern)


def test_half_a_character_in_a_text_is_no_fault() -> None:
    assert finds("x", "\ud83dx")
