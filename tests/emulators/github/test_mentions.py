"""What texts say about other issues."""

from __future__ import annotations

import pytest

from simulator.emulators.github.state.mentions import closed_by, mentioned

HERE = "acme/payments"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Fixes #3", {3}),
        ("closes: #1, resolves #2 and FIXED acme/payments#4", {1, 2, 4}),
        ("close #1\nclosed #2\nresolve #3\nfix #5", {1, 2, 3, 5}),
        ("fixes other/repo#3", set()),
        ("prefixes #3, fixes#4, fixing #5, fixes 6", set()),
        ("`fixes #3`", set()),
        ("```\nfixes #3\n```\nfixes #4", {4}),
        ("fixes #0, fixes #12345678901", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_closing_words(text: str | None, numbers: set[int]) -> None:
    assert closed_by(text, full_name=HERE) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("see #3 and (#4), Acme/Payments#5", {3, 4, 5}),
        ("x#3, /#4, PAY-#5, &#39;", set()),
        ("other/repo#3", set()),
        ("```unclosed #3", set()),
    ],
)
def test_mentions(text: str, numbers: set[int]) -> None:
    assert mentioned(text, full_name=HERE) == numbers


def test_a_hostile_text_is_read_quickly() -> None:
    assert mentioned("`" * 60_000 + "#1" * 1_000, full_name=HERE) == {1}
    assert closed_by("fixes " * 10_000, full_name=HERE) == set()
