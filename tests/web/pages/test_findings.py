from __future__ import annotations

from typing import Any

from web.pages.findings import choose


def a_finding(rule: str = "BR-01", outcome: str = "breach", *, mended: bool = False) -> dict[str, Any]:
    return {"rule": rule, "outcome": outcome, "open": not mended and outcome == "breach"}


SOME = [
    a_finding("BR-01"),
    a_finding("PR-04", mended=True),
    a_finding("CM-01", "pass"),
    a_finding("CM-02", "skip"),
    a_finding("PR-11", "skip") | {"waiting": True},
    a_finding("CM-02"),
]


def test_what_can_be_mended_shows_first() -> None:
    chosen = choose(SOME, {})

    assert [finding["rule"] for finding in chosen.listed] == ["BR-01", "CM-02"]
    assert chosen.shows == {"open": 2, "mended": 1, "waiting": 1, "waived": 0, "pass": 1, "other": 1, "all": 6}
    assert chosen.groups == {"BR": 1, "CM": 1, "PR": 0}


def test_a_group_and_an_outcome_can_be_asked_for() -> None:
    chosen = choose(SOME, {"show": "all", "group": "cm"})

    assert [finding["rule"] for finding in chosen.listed] == ["CM-01", "CM-02", "CM-02"]
    assert (chosen.show, chosen.group) == ("all", "CM")
    assert chosen.shows["all"] == 3


def test_unknown_words_ask_for_what_can_be_mended() -> None:
    chosen = choose(SOME, {"show": "<script>", "group": "☃" * 500})

    assert (chosen.show, chosen.group) == ("open", "")


def test_a_flood_is_cut() -> None:
    chosen = choose([a_finding()] * 150, {})

    assert (len(chosen.listed), chosen.left_out) == (100, 50)
