"""The coach's words: the finding's own, and nothing that they hold is markup or a call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.model.coach import MARK_ON_ISSUES, MARK_ON_PULLS, is_coachs
from simulator.model.hygiene import Finding, Outcome, Repair
from simulator.model.keys import SeatId
from simulator.run.coach.about import useful_first
from simulator.run.coach.words import issue_comment, pull_comment, remote_lines

SITE, PAGE = "http://here", "http://here/runs/one"


def a_finding(rule: str = "CM-01", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": rule,
        "name": "conventional-header",
        "outcome": Outcome.BREACH,
        "subject": "commit:abc",
        "url": "",
        "seat": SeatId("lea"),
        "seats": (SeatId("lea"),),
        "item": "PAY-1",
        "at": datetime(2026, 1, 5, 9, tzinfo=UTC),
        "message": "“wip”: no type.",
        "why": "",
        "how_to_fix": "",
        "evidence": {},
        "credit": 0.0,
        "points_lost": 1.0,
        "repairable": Repair.SAFE,
        "open": True,
    }
    return Finding(**{**values, **changes})


def test_a_line_has_the_rule_its_words_and_where_to_read_more() -> None:
    assert remote_lines([a_finding()], branches=["x"], site=SITE, page=PAGE) == [
        "CM-01 “wip”: no type. See http://here/rules/CM-01"
    ]


def test_five_findings_are_five_lines_and_six_are_four_and_a_pointer() -> None:
    five = [a_finding(subject=f"commit:{n}") for n in range(5)]

    assert len(remote_lines(five, branches=["x"], site=SITE, page=PAGE)) == 5
    six = remote_lines([*five, a_finding(subject="commit:6")], branches=["x"], site=SITE, page=PAGE)
    assert six[4] == "… and 2 more: http://here/runs/one#findings"
    assert len(six) == 5


def test_what_can_be_mended_comes_first_then_what_costs_most() -> None:
    over = a_finding("PR-04", points_lost=9.0, repairable=Repair.NONE)
    cheap, dear = a_finding("CM-09", points_lost=0.5), a_finding("CM-01", points_lost=2.0)

    assert useful_first([over, cheap, dear, dear]) == [dear, cheap, over]


def test_a_comment_is_known_by_how_it_begins() -> None:
    for findings in ([], [a_finding()]):
        assert pull_comment(findings, site=SITE, page=PAGE).startswith(MARK_ON_PULLS)
        assert issue_comment(findings, page=PAGE).startswith(MARK_ON_ISSUES)
    assert is_coachs(pull_comment([], site=SITE, page=PAGE))
    assert not is_coachs("I say so, not the Sprintdojo coach.")


def test_what_somebody_wrote_is_no_markup_and_calls_nobody() -> None:
    written = a_finding(message="“@acme/all *x* [a](http://evil) <img> `c` {macro} !pic!”")

    on_pull, on_issue = pull_comment([written], site=SITE, page=PAGE), issue_comment([written], page=PAGE)

    assert r"\*x\* \[a\](http://evil) &lt;img&gt; \`c\`" in on_pull
    assert r"\{macro\} \!pic\!" in on_issue
    assert "@acme" not in on_pull + on_issue


def test_what_cannot_be_mended_any_more_is_said_so() -> None:
    said = pull_comment([a_finding(repairable=Repair.NONE)], site=SITE, page=PAGE)

    assert "for the next one" in said
    assert "stays; next time" in said


@given(st.lists(st.text(max_size=2_000), max_size=40))
def test_whatever_findings_say_a_comment_stays_within_what_services_take(messages: list[str]) -> None:
    findings = [a_finding(subject=f"commit:{n}", message=text) for n, text in enumerate(messages)]

    assert len(pull_comment(findings, site=SITE, page=PAGE)) < 30_000
    assert len(issue_comment(findings, page=PAGE)) < 30_000
    assert all("\n" not in line for line in remote_lines(findings, branches=["x"], site=SITE, page=PAGE))
