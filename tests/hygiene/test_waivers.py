"""Waivers: what they take out, what they never do, and those that nobody needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.hygiene.card import Frame, make_card
from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.judgement import Judgement
from simulator.hygiene.linter import Scorer, score_run
from simulator.hygiene.outputs import Card, markdown, page
from simulator.hygiene.registry import rule_named
from simulator.hygiene.rule import Rule, always
from simulator.hygiene.subjects import Opportunity
from simulator.hygiene.tally import Evidence
from simulator.hygiene.waivers import Waiver, Waivers
from simulator.model.hygiene import Breach, Disputed, DisputeState, Pass, Scorecard, Waived, finding_id
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint, instant

ADA = SeatId("ada")
RULES = tuple(
    dataclasses.replace(rule_named(code), expects=always)
    for code in ("BR-01", "BR-06", "CM-01", "PR-04", "PR-11", "IS-07", "CI-01", "CI-04")
)
HISTORY = Story().push("feature/PAY-1-refund").history()
REASON = "made by the release tool"


def a_waiver(rule: str, subject: str, *, is_pattern: bool = False) -> Waiver:
    waived = Waived(by="Tina", reason=REASON, at=instant("3"))
    return Waiver(rule=rule, subject=subject, waived=waived, is_pattern=is_pattern)


def a_judgement(rule: Rule, subject: str, *, item: str = "PAY-1", mass: float = 1.0, credit: float = 0.0) -> Judgement:
    opportunity = Opportunity(
        subject=None, name=subject, url="https://git.test/1", seats=(ADA,), item=item, at=instant("2"), mass=mass
    )
    verdict = Pass(credit=1.0) if credit == 1.0 else Breach(message="so", how_to_fix="do", credit=credit)
    evidence = Evidence(
        rule=rule.code, subject=subject, item=item, mass=mass, credit=credit, open=isinstance(verdict, Breach)
    )
    return Judgement(rule=rule, opportunity=opportunity, verdict=verdict, evidence=evidence)


_judgements = st.lists(
    st.builds(
        a_judgement,
        st.sampled_from(RULES),
        st.sampled_from("abcdefgh"),
        item=st.sampled_from(("PAY-1", "PAY-2", "PAY-3", "UNPLANNED")),
        mass=st.one_of(st.just(1.0), st.floats(0.01, 5000)),
        credit=st.one_of(st.sampled_from((0.0, 0.3, 0.5, 1.0)), st.floats(0, 1)),
    ),
    max_size=30,
    unique_by=lambda one: (one.rule.code, one.opportunity.name),
)
_quotas = st.fixed_dictionaries({rule.code: st.sampled_from((0.0, 1.0, 2.5, 3.0)) for rule in RULES})


def _scored(
    judgements: Sequence[Judgement],
    quotas: Mapping[str, float],
    elapsed: float,
    waived: Collection[tuple[str, str]] = (),
) -> Scorecard:
    judged: dict[str, list[Judgement]] = {rule.code: [] for rule in RULES}
    for judgement in judgements:
        judged[judgement.rule.code].append(judgement)
    waivers = Waivers(a_waiver(rule, subject) for rule, subject in sorted(waived))
    frame = Frame(seat=ADA, elapsed=elapsed, quotas=quotas, waivers=waivers)
    return make_card(HISTORY, judged, rules=RULES, frame=frame)[0]


@settings(max_examples=400, deadline=None)
@given(_judgements, _quotas, st.floats(0, 1), st.data())
def test_a_waiver_never_lowers_a_score_and_never_scores_better_than_clean_work(
    judgements: list[Judgement], quotas: dict[str, float], elapsed: float, data: st.DataObject
) -> None:
    every = sorted({(one.rule.code, one.opportunity.name) for one in judgements})
    waived = data.draw(st.sets(st.sampled_from(every))) if every else set()
    clean = [
        a_judgement(one.rule, one.opportunity.name, item=one.opportunity.item, mass=one.opportunity.mass, credit=1.0)
        if (one.rule.code, one.opportunity.name) in waived
        else one
        for one in judgements
    ]

    with_waivers, without = _scored(judgements, quotas, elapsed, waived), _scored(clean, quotas, elapsed)

    assert _scored(judgements, quotas, elapsed).score - 1e-9 <= with_waivers.score <= without.score + 1e-9
    assert with_waivers.if_ended_now <= without.if_ended_now + 1e-9
    assert 100 - sum(step.points for step in with_waivers.waterfall) == pytest.approx(with_waivers.score, abs=1e-6)
    assert not {finding.id for finding in with_waivers.findings if finding.waived and finding.points_lost}


def test_what_was_earned_of_a_waived_finding_stays_evidence() -> None:
    rule = RULES[3]
    quotas = {each.code: 0.0 for each in RULES}
    judgements = [
        a_judgement(rule, "pull:1", item="PAY-1", mass=4.0, credit=0.25),
        a_judgement(rule, "pull:2", item="PAY-1", mass=1.0),
    ]

    row = _scored(judgements, quotas, 1.0, {(rule.code, "pull:1")}).rules[0]

    assert (row.items, row.rate) == (1, 0.5)  # one part of four with full credit, beside one without


def test_what_is_waived_is_no_evidence_and_is_not_expected_any_more() -> None:
    rule = RULES[0]
    quotas = {each.code: 0.0 for each in RULES} | {rule.code: 2.0}
    judgements = [a_judgement(rule, "branch:a", item="PAY-1"), a_judgement(rule, "branch:b", item="PAY-2", credit=1.0)]

    before, after = _scored(judgements, quotas, 1.0), _scored(judgements, quotas, 1.0, {(rule.code, "branch:a")})

    assert [(row.items, row.expected) for row in (before.rules[0], after.rules[0])] == [(2, 2.0), (1, 1.0)]
    assert before.score < after.score == 100


def test_a_waived_finding_is_neither_open_nor_does_it_cost_anything_and_says_why() -> None:
    story = a_clean_sprint().at("6 10:00").push_main("oops")
    scorer = Scorer({})
    before = scorer.score(story.history(), seats=[ADA], elapsed=1.0)[ADA]
    broken = next(finding for finding in before.findings if finding.rule == "BR-06" and finding.open)

    after = scorer.score(story.history(), seats=[ADA], elapsed=1.0, waivers=[a_waiver(broken.rule, broken.subject)])[
        ADA
    ]

    found = next(finding for finding in after.findings if finding.id == broken.id)
    assert (found.open, found.points_lost) == (False, 0.0)
    assert found.waived == Waived(by="Tina", reason=REASON, at=instant("3"))
    assert "BR-06" in before.letter_capped_by
    assert "BR-06" not in after.letter_capped_by
    told = next(finding for finding in scorecard_json(after)["findings"] if finding["id"] == broken.id)
    assert told["waived"] == {"by": "Tina", "reason": REASON, "at": "2026-01-07T09:00:00+00:00"}
    assert scorer.score(story.history(), seats=[ADA], elapsed=1.0)[ADA] == before


@pytest.mark.parametrize(
    ("pattern", "waived"),
    [("branch:Release_*", ["branch:Release_1"]), ("branch:wip", ["branch:wip"]), ("branch:[", [])],
)
def test_the_scenario_waives_breaches_by_subject_or_pattern(pattern: str, waived: list[str]) -> None:
    story = Story().push("Release_1").push("wip").push("feature/PAY-1-refund")
    hygiene = {"waivers": [{"rule": "BR-01", "subject": pattern, "reason": REASON}]}

    card = score_run(story.history(), seat=ADA, elapsed=1.0, hygiene=hygiene)

    assert [finding.subject for finding in card.findings if finding.waived] == waived
    assert [unused.subject for unused in card.waivers_unused] == ([] if waived else [pattern])
    assert all(finding.waived.by == "the scenario" for finding in card.findings if finding.waived)


def test_a_waiver_that_no_breach_needs_is_told() -> None:
    hygiene: dict[str, Any] = {"waivers": [{"rule": "BR-01", "subject": "branch:feature/*", "reason": REASON}]}

    card = score_run(a_clean_sprint().history(), seat=ADA, elapsed=1.0, hygiene=hygiene)

    values = scorecard_json(card)
    assert values["waivers_unused"] == [
        {"rule": "BR-01", "subject": "branch:feature/*", "reason": REASON, "by": "the scenario"}
    ]
    assert "Waivers that nothing needs: BR-01 on branch:feature/\\*." in markdown(Card(title="x", values=values))
    assert "BR-01 on branch:feature/*." in page(Card(title="x", values=values))


def test_a_dispute_stands_beside_its_finding_and_changes_no_score() -> None:
    story = Story().push("wip")
    said = Disputed(state=DisputeState.OPEN, reason="the name was given to me", at=instant("4"))

    plain = Scorer({}).score(story.history(), seats=[ADA], elapsed=1.0)[ADA]
    card = Scorer({}).score(
        story.history(), seats=[ADA], elapsed=1.0, disputed={finding_id("BR-01", "branch:wip"): said}
    )[ADA]

    assert [finding.disputed for finding in card.findings if finding.rule == "BR-01"] == [said]
    assert (card.score, card.waterfall) == (plain.score, plain.waterfall)
