from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.run.wording import in_words

_NOON = datetime(2026, 1, 5, 11, tzinfo=UTC)


def a_fact(kind: FactKind, subject: str = "pull:3", actor: str | None = "tom", **detail: Any) -> Fact:
    seat = SeatId(actor) if actor else None
    return Fact(
        source_id="1", kind=kind, subject=subject, actor=seat, url="", recorded_at=_NOON, at=_NOON, detail=detail
    )


def said(fact: Fact) -> str | None:
    return in_words(fact, lambda seat: "Tom" if seat == "tom" else "somebody")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (a_fact(FactKind.PULL_REQUEST_OPENED, title="feat: x"), "Tom opened #3 “feat: x”"),
        (a_fact(FactKind.REVIEW_SUBMITTED, state="CHANGES_REQUESTED"), "Tom asked for changes on #3"),
        (a_fact(FactKind.REVIEW_SUBMITTED, state="APPROVED"), "Tom approved #3"),
        (a_fact(FactKind.REVIEW_DISMISSED), "Tom dismissed a review of #3"),
        (
            a_fact(FactKind.REVIEW_DISMISSED, by_push=True),
            "a review of #3 is from before Tom's last push, and counts no more",
        ),
        (a_fact(FactKind.PUSHED, "branch:fix/a", forced=True), "Tom force-pushed to fix/a"),
        (a_fact(FactKind.BRANCH_CREATED, "branch:fix/a"), "Tom pushed the new branch fix/a"),
        (a_fact(FactKind.PULL_REQUEST_MERGED, actor=None), "somebody merged #3"),
        (
            a_fact(
                FactKind.CHECK_COMPLETED,
                "check:1",
                name="tests",
                conclusion="failure",
                sha="1a2b3c4d5e",
                summary="2 of 9",
            ),
            "The check tests failed on 1a2b3c4: 2 of 9",
        ),
        (a_fact(FactKind.REVIEW_SUBMITTED, state="COMMENTED", body="Why?"), "Tom commented on #3: “Why?”"),
        (a_fact(FactKind.PULL_REQUEST_MERGEABLE, actor=None, mergeable=True), "#3 merges cleanly again"),
        (a_fact(FactKind.NOTE_POSTED, "run:1", text="Good *morning*\nall"), "Good *morning*\nall"),
    ],
)
def test_a_fact_is_told_in_a_sentence(fact: Fact, words: str) -> None:
    assert said(fact) == words


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("status", "Tom moved PAY-1 from To Do to Done"),
        ("priority", "Tom changed priority of PAY-1 from To Do to Done"),
        ("description", "Tom edited the description of PAY-1"),
        ("Rank", None),
    ],
)
def test_a_change_of_an_issue_is_told_by_its_field(field: str, words: str | None) -> None:
    fact = a_fact(FactKind.ISSUE_CHANGED, "issue:PAY-1", key="PAY-1", field=field, from_text="To Do", to_text="Done")

    assert said(fact) == words


@pytest.mark.parametrize(
    ("field", "before", "after", "words"),
    [
        ("assignee", "", "Tom", "Tom took PAY-1"),
        ("assignee", "Tom", "Mira", "Tom gave PAY-1 to Mira"),
        ("assignee", "Tom", "", "Tom left PAY-1 to nobody"),
        ("Link", "", "This issue is blocked by PAY-2", "Tom linked: PAY-1 is blocked by PAY-2"),
        ("Link", "This issue blocks PAY-2", "", "Tom took back a link: PAY-1 blocks PAY-2"),
    ],
)
def test_people_and_links_are_told_as_people_say_it(field: str, before: str, after: str, words: str) -> None:
    fact = a_fact(FactKind.ISSUE_CHANGED, "issue:PAY-1", field=field, from_text=before, to_text=after)

    assert said(fact) == words


def test_a_change_of_sprint_says_where_the_issue_is_now() -> None:
    away = a_fact(FactKind.ISSUE_CHANGED, "issue:PAY-1", field="Sprint", from_text="Sprint 1", to_text="")
    back = a_fact(FactKind.ISSUE_CHANGED, "issue:PAY-1", field="Sprint", from_text="", to_text="Sprint 1")

    over = a_fact(
        FactKind.ISSUE_CHANGED, "issue:PAY-1", field="Sprint", from_text="Sprint 1", to_text="Sprint 1, Sprint 2"
    )

    assert said(over) == "Tom moved PAY-1 to Sprint 2"
    assert said(away) == "Tom moved PAY-1 to the backlog"
    assert said(back) == "Tom moved PAY-1 to Sprint 1"


def test_a_long_text_is_cut_at_its_first_line() -> None:
    told = said(a_fact(FactKind.PULL_REQUEST_COMMENTED, body="a" * 500 + "\nsecond")) or ""

    assert told.endswith("a…”")
    assert len(told) < 200


def test_what_nobody_needs_to_be_told_is_silent() -> None:
    assert said(a_fact(FactKind.SPRINT_CREATED, "sprint:1")) is None
