"""Evidence is expected only where it can come: of somebody whom nobody asks, no answer is missing."""

from __future__ import annotations

import pytest

from simulator.hygiene.linter import score_run
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_roster

ADA = SeatId("ada")


def _expected(story: Story, code: str, *, now: str = "10 17:00") -> float:
    card = score_run(story.history(now), seat=ADA, elapsed=1.0, hygiene={})
    return next((rule.expected for rule in card.rules if rule.rule == code), 0.0)


def _a_pull_of_tom(*, lines: int = 100, day: int = 2) -> Story:
    story = Story().at(f"{day} 09:00").push("a", by="tom", commits=[{"message": "feat: some", "lines": lines}])
    return story.at(f"{day} 09:30").open("a", by="tom").at("1 10:00").push("mine", by="ada")


@pytest.mark.parametrize("code", ["RV-01", "RV-02", "RV-07"])
def test_no_review_is_expected_where_nobody_else_opens_a_pull_request(code: str) -> None:
    alone = Story().at("2 10:00").push("a").open("a").at("2 14:00").merge(1)

    assert _expected(alone, code) == 0


def test_one_request_asks_for_one_answer_and_not_for_two() -> None:
    asked = _a_pull_of_tom().at("2 10:00").ask(1, reviewer="ada", by="tom")

    assert _expected(asked, "RV-01") == 1
    assert _expected(asked, "RV-02") == 1
    assert _expected(asked, "RV-01", now="2 12:00") == 0, "there is still time"


def test_a_second_look_at_a_few_lines_is_no_diff_to_read() -> None:
    story = _a_pull_of_tom().at("2 10:00").ask(1, reviewer="ada", by="tom")
    story.at("2 12:00").review(1, by="ada", state="CHANGES_REQUESTED", body="Zero cents must be refused, please")
    story.at("2 13:00").push("a", by="tom", commits=[{"message": "fix: refuse zero", "lines": 4}])
    story.at("2 14:00").review(1, by="ada")

    assert _expected(story, "RV-02") == 0


def test_who_only_comments_still_owes_a_verdict() -> None:
    story = _a_pull_of_tom().at("2 12:00").review(1, by="ada", state="COMMENTED", body="Some remarks on the names here")

    assert _expected(story, "RV-02") == 1
    assert _expected(story, "RV-02", now="2 13:00") == 0, "a remark alone brings no demand"


def test_a_colleagues_pull_request_that_was_gone_at_once_was_nobodys_to_review() -> None:
    gone = _a_pull_of_tom().at("2 09:40").merge(1, by="tom")

    assert _expected(gone, "RV-07") == 0


def test_nobody_is_expected_to_be_approved_by_nobody() -> None:
    lone = Story(a_roster(teammates=())).at("2 10:00").push("a").open("a").at("2 14:00").merge(1)

    for code in ("PR-07", "PR-11", "PR-14"):
        assert _expected(lone, code) == 0
    assert score_run(lone.history(), seat=ADA, elapsed=1.0, hygiene={}).letter_capped_by == ()


def test_no_closing_is_expected_where_the_product_owner_closes_every_issue() -> None:
    story = Story().issue("PAY-1", assignee="ada", summary="Shops refund a part")
    story.at("2 10:00").push("feature/PAY-1-a").open("feature/PAY-1-a").at("2 14:00").merge(1)

    assert _expected(story, "IS-08") == 1

    story.at("2 15:00").move("PAY-1", to="Done", by="rita")

    assert _expected(story, "IS-08") == 0


def test_who_commits_in_small_steps_owes_no_bodies() -> None:
    small = Story().at("2 10:00").push("a", commits=[{"message": "feat: some", "lines": 30}]).open("a")
    large = Story().at("2 10:00").push("a", commits=[{"message": "feat: all", "lines": 80}]).open("a")

    assert _expected(small, "CM-06") == 0
    assert _expected(large, "CM-06") == 1
