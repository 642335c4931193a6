"""What another look tells: each thing that is another than before, in points."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.run.coach.checking import about, changes


def a_finding(rule: str, points: float = 0.0, *, state: str = "open", **changes: Any) -> dict[str, Any]:
    return {
        "rule": rule,
        "subject": "pull:3",
        "message": f"{rule} says so",
        "points_lost": points,
        "open": state == "open",
        "waiting": state == "waiting",
        "waived": None,
        "at": "2026-01-05T09:00:00+00:00",
    } | changes


def a_card(score: float, *findings: dict[str, Any]) -> dict[str, Any]:
    return {"score": score, "findings": list(findings)}


def test_what_was_mended_brings_its_points() -> None:
    before, after = a_card(70.0, a_finding("PR-04", 1.2)), a_card(71.2, a_finding("PR-04", state="mended"))

    assert changes(before, after) == [
        "The score went from 70.0 to 71.2 (+1.2 points).",
        "PR-04 on #3: repaired, +1.2 points",
    ]


def test_what_is_new_open_or_waited_for_is_told_with_its_words() -> None:
    before = a_card(70.0, a_finding("PR-04", 1.2))
    after = a_card(69.0, a_finding("PR-04", 1.2), a_finding("CM-01", 1.0), a_finding("RV-01", state="waiting"))

    assert changes(before, after)[1:] == [
        "CM-01 on #3: new, −1.0 point: CM-01 says so",
        "PR-04 on #3: still open: PR-04 says so",
        "RV-01 on #3: waits: RV-01 says so",
    ]


def test_what_is_no_longer_there_is_gone_and_what_is_excused_is_waived() -> None:
    before = a_card(70.0, a_finding("CM-01", 2.0), a_finding("PR-02", 1.0))
    after = a_card(73.0, a_finding("PR-02", state="breach", waived={"by": "trainer"}))

    assert changes(before, after)[1:] == [
        "CM-01 on #3: gone, +2.0 points",
        "PR-02 on #3: waived, +1.0 point",
    ]


def test_a_look_that_finds_nothing_new_says_so() -> None:
    assert changes(a_card(70.0), a_card(70.04)) == ["The score is still 70.0."]


def test_a_long_list_is_cut() -> None:
    many = [a_finding("CM-01", subject=f"commit:{n:040d}") for n in range(30)]

    assert changes(a_card(70.0), a_card(40.0, *many))[-1] == "… and 22 more like that"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("pull:3", "#3"),
        ("pull:3/reviews", "#3"),
        ("commit:0123456789abcdef", "commit 0123456"),
        ("branch:feature/a-b", "branch feature/a-b"),
        ("issue:PAY-1/move:2", "PAY-1"),
        ("sprint:1", "sprint 1"),
    ],
)
def test_a_subject_in_words(subject: str, words: str) -> None:
    assert about(subject) == words
