"""All rules together: whose findings they are, what doing nothing is worth, and what must not make a difference."""

from __future__ import annotations

import dataclasses
import json
import shlex
from typing import Any

import pytest

from simulator.errors import SprintdojoError
from simulator.hygiene.card import expected_items
from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import Scorer, score_run
from simulator.hygiene.registry import all_rules
from simulator.model.hygiene import Confidence, Outcome, Scorecard, Severity
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint, a_roster
from tests.hygiene.sprints import a_mixed_sprint

ADA, BEN = SeatId("ada"), SeatId("ben")
INFORMS = frozenset(rule.code for rule in all_rules() if rule.severity is Severity.INFO)
"""Rules that tell how a team shares its work, and cost nobody points."""


def _card(
    story: Story, seat: SeatId | None = ADA, *, now: str = "10 17:00", elapsed: float = 1.0, **hygiene: Any
) -> Scorecard:
    return score_run(story.history(now), seat=seat, elapsed=elapsed, hygiene=hygiene)


def test_clean_work_earns_everything() -> None:
    card = _card(a_clean_sprint())

    assert card.score == pytest.approx(100, abs=0.01)
    assert card.letter == "A"
    assert card.coverage == 1.0
    assert {f.rule for f in card.findings if f.points_lost} == set()
    assert {f.rule for f in card.findings if f.outcome is Outcome.BREACH} <= INFORMS
    assert Outcome.ERROR not in {f.outcome for f in card.findings}


def test_doing_nothing_is_worth_nothing_at_every_hour() -> None:
    story = Story().issue("PAY-1", assignee="ada").issue("PAY-2")

    for day, elapsed in ((1, 0.0), (3, 0.25), (10, 1.0)):
        card = _card(story, now=f"{day} 16:00", elapsed=elapsed)
        assert card.score == 0.0
        assert card.letter is None
        assert card.confidence is Confidence.LOW


def test_slips_cost_points_and_every_point_is_accounted_for() -> None:
    card = _card(a_mixed_sprint())

    assert 50 < card.score < _card(a_clean_sprint()).score - 2
    assert 100 - sum(step.points for step in card.waterfall) == pytest.approx(card.score, abs=1e-9)
    by_findings = sum(finding.points_lost for finding in card.findings)
    assert by_findings == pytest.approx(100 - card.score, abs=1e-9)
    assert [f.points_lost for f in card.findings] == sorted((f.points_lost for f in card.findings), reverse=True)


def test_an_open_critical_breach_caps_the_letter_until_it_is_mended() -> None:
    story = a_clean_sprint(issues=8)
    story.at("9 10:00").push("feature/PAY-8-b").open("feature/PAY-8-b").merge(11)

    capped = _card(story)
    story.at("9 12:00").review(11, by="rita")
    mended = _card(story)

    assert capped.letter_capped_by == ("PR-11",)
    assert capped.score > 80
    assert capped.letter == "C"
    assert mended.letter_capped_by == ()
    assert mended.letter in {"A", "B"}


def test_each_seat_answers_for_its_own_work_and_the_team_for_all() -> None:
    story = a_clean_sprint(roster=a_roster(humans=("ada", "ben")))
    story.at("5 10:00").push("stuff", by="ben").open("stuff", title="stuff", by="ben")

    ada, ben, team = (_card(story, seat) for seat in (ADA, BEN, None))

    assert {f.rule for f in ada.findings if f.outcome is Outcome.BREACH} <= INFORMS
    assert not [f for f in ada.findings if f.points_lost]
    assert {f.rule for f in ben.findings if f.outcome is Outcome.BREACH} >= {"BR-01", "FL-01", "PR-01"}
    assert ada.score > team.score > ben.score
    assert {f.seat for f in team.findings} == {ADA, BEN}
    assert {(f.rule, f.subject) for f in team.findings} == {(f.rule, f.subject) for c in (ada, ben) for f in c.findings}


def test_shared_work_counts_for_everybody_who_did_it() -> None:
    story = Story(a_roster(humans=("ada", "ben"))).issue("PAY-1")
    commits = [
        {"message": "feat: a first half", "lines": 10, "by": "ada"},
        {"message": "feat: a second half", "lines": 10, "by": "ben"},
    ]
    story.push("feature/PAY-1-pair", commits=commits).open("feature/PAY-1-pair", title="feat: both halves of it")

    found = {
        seat: {f.rule: f.outcome for f in _card(story, seat).findings if f.subject == "pull:1"} for seat in (ADA, BEN)
    }

    assert found[ADA].keys() >= {"PR-01", "PR-04"}
    assert found[ADA] == found[BEN]


def test_teammates_cost_and_earn_the_learner_nothing() -> None:
    story = a_clean_sprint()
    before = _card(story)
    story.at("8 10:00").push("TEAM", by="tom").open("TEAM", title="x", by="tom").merge(7, by="tom").push_main(
        "x", by="tom"
    )

    assert _without_rules(_card(story), INFORMS) == _without_rules(before, INFORMS)


def _without_rules(card: Scorecard, codes: frozenset[str]) -> Scorecard:
    return dataclasses.replace(card, findings=tuple(f for f in card.findings if f.rule not in codes))


def test_scoring_all_seats_at_once_is_scoring_each() -> None:
    history = a_mixed_sprint().history()

    cards = Scorer({}).score(history, seats=[ADA, None], elapsed=0.5)

    assert cards == {seat: score_run(history, seat=seat, elapsed=0.5, hygiene={}) for seat in (ADA, None)}


def test_a_live_card_is_provisional_and_says_what_it_would_be_at_the_end() -> None:
    story = a_clean_sprint(issues=6)

    card = _card(story, now="1 17:00", elapsed=0.1)

    assert card.provisional
    assert card.if_ended_now < card.score
    assert card.if_ended_now == pytest.approx(_card(story, now="1 17:00", elapsed=1.0).score)


def test_switched_off_rules_neither_find_nor_weigh() -> None:
    card = _card(a_mixed_sprint(), off=["PR-04", "BR-06"])

    assert {"PR-04", "BR-06"}.isdisjoint({row.rule for row in card.rules} | {f.rule for f in card.findings})
    assert sum(row.budget for row in card.rules) == pytest.approx(100)


def test_a_scenario_may_ask_for_more_or_less_evidence() -> None:
    story = a_clean_sprint(issues=2)

    much, none = _card(story, quotas={"PR-11": 4}), _card(story, quotas={"RV-01": 0})

    rows = {row.rule: row for row in much.rules}
    assert (rows["PR-11"].items, rows["PR-11"].expected, rows["PR-11"].rate) == (2, 4, 0.5)
    assert {row.rule: row.expected for row in none.rules}["RV-01"] == 0
    assert much.rules_version != none.rules_version != _card(story).rules_version


@pytest.mark.parametrize("hygiene", [{"off": ["PR-40"]}, {"options": {"PR-40": {"good_lines": 2}}}])
def test_an_unknown_rule_is_said_with_the_nearest(hygiene: dict[str, Any]) -> None:
    with pytest.raises(SprintdojoError) as refused:
        score_run(Story().history(), seat=ADA, elapsed=1, hygiene=hygiene)

    assert "did you mean PR-" in refused.value.to_do


def test_what_is_expected_grows_with_the_sprint_but_not_without_end() -> None:
    few = Story().issue("PAY-1", assignee="ada").issue("PAY-2", assignee="tom")
    some = Story()
    many = Story()
    for number in range(1, 5):
        some.issue(f"PAY-{number}")
    for number in range(1, 13):
        many.issue(f"PAY-{number}")

    assert [expected_items(story.history(), ADA) for story in (few, some, many)] == [1.0, 2.0, 3.0]
    shared = Story(a_roster(humans=("ada", "ben")))
    for number in range(1, 9):
        shared.issue(f"PAY-{number}")
    assert expected_items(shared.history(), ADA) == 2.0
    shared.at("2").assign("PAY-1", to="ada")
    assert expected_items(shared.history(), ADA) == 3.0  # Ben has not joined: nothing is left to him
    shared.assign("PAY-2", to="ben", by="ben")
    assert expected_items(shared.history(), ADA) == 2.0


def test_what_is_expected_does_not_depend_on_what_the_learner_takes() -> None:
    story = Story().issue("PAY-1").issue("PAY-2").issue("PAY-3").issue("PAY-4")
    before = expected_items(story.history(), ADA)

    story.at("2").assign("PAY-1", to="ada").assign("PAY-2", to="tom")

    assert expected_items(story.history(), ADA) == before == 2.0


def test_evidence_sticks_when_it_is_deleted_or_closed() -> None:
    story = Story().issue("PAY-1").push("Bad_Name").open("Bad_Name", title="stuff")
    expected = {("BR-01", "branch:Bad_Name"), ("FL-01", "branch:Bad_Name"), ("PR-01", "pull:1")}

    story.close(1).delete("Bad_Name")

    breaches = {(f.rule, f.subject) for f in _card(story).findings if f.outcome is Outcome.BREACH}
    assert expected <= breaches


def test_closing_and_opening_again_adds_nothing() -> None:
    story = a_mixed_sprint()
    before = scorecard_json(_card(story))

    story.at("7 12:00").close(8).reopen(8)

    assert scorecard_json(_card(story)) == before


def test_the_same_facts_give_the_same_card() -> None:
    assert scorecard_json(_card(a_mixed_sprint())) == scorecard_json(_card(a_mixed_sprint()))


def test_following_the_advice_on_a_title_breaks_no_link() -> None:
    story = Story().issue("PAY-1", summary="Refund a payment").push("stuff").open("stuff", title="PAY-1 refunds")
    before = _card(story)
    advice = next(finding.how_to_fix for finding in before.findings if finding.rule == "PR-01")

    words = shlex.split(advice)
    story.retitle(1, title=json.loads(words[words.index("-d") + 1])["title"])

    after = _card(story)
    assert after.score > before.score
    assert {f.rule: f.credit for f in after.findings}["FL-01"] == 0.5
