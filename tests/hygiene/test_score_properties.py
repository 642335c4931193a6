"""The eleven properties that the score must hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.hygiene.curves import curve
from simulator.hygiene.score import Terms, score
from simulator.hygiene.tally import Evidence
from simulator.model.hygiene import Severity
from tests.hygiene.evidence import a_piece

_RULES = (
    Terms(code="BR-01", severity=Severity.LOW, target=0.9, expected=1),
    Terms(code="BR-06", severity=Severity.CRITICAL, target=1.0, expected=3),
    Terms(code="CM-01", severity=Severity.MEDIUM, target=0.9, expected=2.5),
    Terms(code="PR-04", severity=Severity.HIGH, target=0.8, expected=0),
    Terms(code="PR-11", severity=Severity.CRITICAL, target=1.0, expected=0),
    Terms(code="PR-05", severity=Severity.MEDIUM, target=0.9, expected=2, essential=False),
    Terms(code="CI-01", severity=Severity.CRITICAL, target=1.0, expected=0, ceiling=60.0),
    Terms(code="CI-02", severity=Severity.HIGH, target=0.9, expected=0, essential=False),
    Terms(code="IS-07", severity=Severity.MEDIUM, target=0.8, expected=3),
    Terms(code="CI-10", severity=Severity.INFO, target=0.9, expected=1),
)
_credits = st.one_of(st.sampled_from((0.0, 0.3, 0.5, 0.8, 1.0)), st.floats(0, 1))
_pieces = st.builds(
    Evidence,
    rule=st.sampled_from([terms.code for terms in _RULES]),
    subject=st.sampled_from("abcdefgh"),
    item=st.sampled_from(("PAY-1", "PAY-2", "PAY-3", "PAY-4", "UNPLANNED")),
    mass=st.one_of(st.just(1.0), st.floats(0.01, 5000)),
    credit=_credits,
    open=st.booleans(),
)
_evidence = st.lists(_pieces, max_size=40, unique_by=lambda piece: (piece.rule, piece.subject))
_elapsed = st.floats(0, 1)


def _free(rules: Sequence[Terms] = _RULES) -> list[Terms]:
    return [dataclasses.replace(terms, expected=0) for terms in rules]


@settings(max_examples=100, deadline=None)
@given(_evidence, _elapsed)
def test_1_a_score_lies_between_0_and_100_and_the_waterfall_leads_to_it(
    evidence: list[Evidence], elapsed: float
) -> None:
    result = score(_RULES, evidence, elapsed=elapsed)

    assert 0 <= result.total <= 100
    assert 100 - sum(step.points for step in result.waterfall) == pytest.approx(result.total, abs=1e-6)
    assert all(step.points >= 0 for step in result.waterfall)


@settings(max_examples=100, deadline=None)
@given(_evidence.filter(bool), _elapsed, st.integers(0, 1000), _credits)
def test_2_a_fix_never_hurts(evidence: list[Evidence], elapsed: float, which: int, credit: float) -> None:
    n = which % len(evidence)
    better = [*evidence]
    better[n] = dataclasses.replace(evidence[n], credit=max(credit, evidence[n].credit))
    closed = [*evidence]
    closed[n] = dataclasses.replace(evidence[n], open=False)

    before = score(_RULES, evidence, elapsed=elapsed).total
    assert score(_RULES, better, elapsed=elapsed).total >= before - 1e-9
    assert score(_RULES, closed, elapsed=elapsed).total >= before - 1e-9


@settings(max_examples=100, deadline=None)
@given(_evidence, _elapsed, _pieces)
def test_3_a_clean_addition_never_hurts(evidence: list[Evidence], elapsed: float, piece: Evidence) -> None:
    added = dataclasses.replace(piece, subject="new", credit=1.0, open=False)

    assert (
        score(_RULES, [*evidence, added], elapsed=elapsed).total
        >= score(_RULES, evidence, elapsed=elapsed).total - 1e-9
    )


@settings(max_examples=100, deadline=None)
@given(_evidence, _elapsed)
def test_4_twice_the_work_at_the_same_quality_never_hurts(evidence: list[Evidence], elapsed: float) -> None:
    twin = [dataclasses.replace(piece, subject=f"{piece.subject}'", item=f"{piece.item}'") for piece in evidence]

    once, twice = score(_RULES, evidence, elapsed=elapsed), score(_RULES, [*evidence, *twin], elapsed=elapsed)
    assert twice.total >= once.total - 1e-9
    assert score(_free(), [*evidence, *twin]).total == pytest.approx(score(_free(), evidence).total, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(_evidence.filter(bool), st.integers(0, 1000), st.integers(2, 12))
def test_5_splitting_changes_nothing(evidence: list[Evidence], which: int, parts: int) -> None:
    piece = evidence[which % len(evidence)]
    split = [dataclasses.replace(piece, subject=f"{piece.subject}.{n}", mass=piece.mass / parts) for n in range(parts)]
    others = [other for other in evidence if other is not piece]

    assert score(_RULES, [*others, *split]).total == pytest.approx(score(_RULES, evidence).total, abs=1e-9)


@given(st.floats(0.001, 1))
def test_6_no_evidence_is_exactly_nothing(elapsed: float) -> None:
    assert score(_RULES, [], elapsed=elapsed).total == 0.0


@settings(max_examples=100, deadline=None)
@given(_evidence, st.randoms(use_true_random=False), _elapsed)
def test_7_order_and_repetition_do_not_matter(evidence: list[Evidence], shuffler: object, elapsed: float) -> None:
    mixed = [*evidence, *evidence[::2]]
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own random.Random, which ruff bans by name

    assert score(_RULES, mixed, elapsed=elapsed) == score(_RULES, evidence, elapsed=elapsed)


@settings(max_examples=100, deadline=None)
@given(_evidence, _pieces, _elapsed)
def test_8_what_weighs_nothing_changes_nothing(evidence: list[Evidence], piece: Evidence, elapsed: float) -> None:
    empty = dataclasses.replace(piece, subject="empty", item="PAY-99", mass=0.0)

    assert score(_RULES, [*evidence, empty], elapsed=elapsed) == score(_RULES, evidence, elapsed=elapsed)


@given(st.floats(0.1, 1000), st.floats(1.01, 10), st.floats(0, 5000), st.floats(0, 5000))
def test_9_curves_fall_and_meet_their_two_points(good: float, ratio: float, one: float, other: float) -> None:
    mid = good * ratio

    assert curve(good, good=good, mid=mid) == 0.9
    assert curve(mid, good=good, mid=mid) == pytest.approx(0.5)
    assert curve(min(one, other), good=good, mid=mid) >= curve(max(one, other), good=good, mid=mid) - 1e-12
    assert 0 <= curve(one, good=good, mid=mid) <= 1


@settings(max_examples=100, deadline=None)
@given(_evidence, _elapsed)
def test_10_time_only_adds_demand(evidence: list[Evidence], elapsed: float) -> None:
    judged = {piece.rule for piece in evidence}
    rules = [terms for terms in _RULES if terms.code in judged]  # the same rules apply at both instants

    assert score(rules, evidence, elapsed=elapsed).total >= score(rules, evidence, elapsed=1.0).total - 1e-9


@given(st.integers(0, 20), st.integers(1, 10))
def test_11_perfect_items_earn_their_share_of_what_is_expected(items: int, expected: int) -> None:
    rules = [
        Terms(code=code, severity=severity, target=1.0, expected=expected)
        for code, severity in (("BR-01", Severity.LOW), ("CM-01", Severity.MEDIUM), ("RV-01", Severity.HIGH))
    ]
    evidence = [a_piece(terms.code, f"{n}", f"PAY-{n}", 1, 1) for terms in rules for n in range(items)]

    assert score(rules, evidence).total == pytest.approx(100 * min(1, items / expected))
