"""A user story has a role and one goal; whatever is off is said in words."""

from __future__ import annotations

from time import perf_counter

import pytest

from simulator.hygiene.story_format import what_is_off


@pytest.mark.parametrize(
    "text",
    [
        "As a merchant, I want to refund a payment, so that I need not cancel the order.",
        "AS AN ADMIN I WANT TO INVITE COLLEAGUES",
        "Story\n\nAs a user\nI want to see the name and address of a customer",
        "As a user, I want to refund, so that I can save and export later",
        "Als Händlerin möchte ich Zahlungen erstatten, damit ich nicht stornieren muss",
    ],
)
def test_nothing_is_off(text: str) -> None:
    assert what_is_off(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not say who wants what"),
        ("Refund endpoint", "does not say who wants what"),
        ("As a merchant, I want to refund and export payments", "two things"),
        ("As a merchant, I want to refund payments (see wiki)", "brackets"),
        ("As a merchant, I want to", "no goal"),
        ("As a merchant, I want to .", "no goal"),
    ],
)
def test_what_is_off_is_said(text: str, words: str) -> None:
    assert words in (what_is_off(text) or "")


@pytest.mark.parametrize("piece", ["as a ", "(", "as a b i want to ", " and i add", "um "])
def test_a_long_text_takes_no_time(piece: str) -> None:
    begun = perf_counter()

    what_is_off(piece * 200_000)

    assert perf_counter() - begun < 0.5
