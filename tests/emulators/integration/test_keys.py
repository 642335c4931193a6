"""Issue keys in names, messages and titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.integration.keys import MOST, keys_in


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("PAY-12 Add refunds", ["PAY-12"]),
        ("feature/pay-12-refunds", ["PAY-12"]),
        ("[PAY-12][PAY-3]: (PAY-12)", ["PAY-12", "PAY-3"]),
        ("hotfix_PAY-12_now", ["HOTFIX_PAY-12", "PAY-12"]),
        ("P2P-7", ["P2P-7"]),
        ("release-PAY-12", ["PAY-12"]),
        ("PAY-12a PAY-012 PAY-0 A-1 1PAY-1 PAY-x PAY- -12", []),
        ("", []),
    ],
)
def test_keys_are_found_whatever_stands_around_them(text: str, keys: list[str]) -> None:
    assert keys_in(text) == keys


@given(st.text())
def test_whatever_is_written_gives_few_keys_each_once_and_in_capitals(text: str) -> None:
    found = keys_in(text)

    assert len(found) == len(set(found)) <= MOST
    assert all(key == key.upper() and key.rpartition("-")[2].isdigit() for key in found)


def test_a_hostile_text_is_looked_at_for_a_moment_only() -> None:
    assert len(keys_in(" ".join(f"A{n}-1" for n in range(100_000)))) == MOST
    assert keys_in("_" * 200_000 + "-1") == []
    assert keys_in("A_" * 100_000 + "-1") == []
