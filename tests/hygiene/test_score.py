"""The score: the worked example to the printed digits, and the eleven properties that it must hold."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.hygiene.curves import curve
from simulator.hygiene.score import GROUP_WEIGHTS, Score, Terms, letter, score
from simulator.hygiene.tally import Evidence
from simulator.model.hygiene import Cause, Confidence, Severity

# --- the worked example: four issues, E = 3, two reviews, the first group weights, the targets of that day ----------------------

EXAMPLE_WEIGHTS = {"BR": 10.0, "CM": 12.0, "PR": 18.0, "RV": 18.0, "IS": 14.0, "SP": 10.0, "FL": 12.0, "CI": 6.0}
_EXAMPLE = {  # code: (severity, target); where the example does not print a rule, one that agrees with its totals
    "BR-01": (Severity.LOW, 0.9),
    "BR-06": (Severity.CRITICAL, 1.0),
    "CM-01": (Severity.MEDIUM, 0.9),
    "CM-06": (Severity.MEDIUM, 0.9),
    "PR-02": (Severity.MEDIUM, 0.9),
    "PR-04": (Severity.HIGH, 0.8),
    "PR-11": (Severity.CRITICAL, 1.0),
    "PR-12": (Severity.HIGH, 1.0),
    "RV-01": (Severity.HIGH, 0.9),
    "RV-02": (Severity.HIGH, 0.8),
    "IS-01": (Severity.LOW, 0.9),
    "IS-07": (Severity.MEDIUM, 0.8),
    "IS-12": (Severity.LOW, 0.9),
    "FL-01": (Severity.MEDIUM, 1.0),
    "CI-01": (Severity.CRITICAL, 1.0),
}
_CREDITS: Mapping[str, Sequence[float]] = {
    "PR-11": (1, 1, 0, 1),
    "PR-04": tuple(curve(lines, good=200, mid=400) for lines in (120, 260, 900, 180)),
    "PR-02": (1, 1, 0.5, 1),
    "CM-06": (1, 1, 0, 1),
    "IS-07": (1, 1, 1, 0),
    "BR-01": (1, 1, 0, 1),
    "RV-01": (curve(1, good=8, mid=16), curve(14, good=8, mid=16)),
}


def _example_rules() -> list[Terms]:
    return [
        Terms(code=code, severity=severity, target=target, expected=2 if code.startswith("RV") else 3)
        for code, (severity, target) in _EXAMPLE.items()
    ]


def _example_evidence(*, copy: str = "", instead: Mapping[str, Sequence[float]] | None = None) -> list[Evidence]:
    clean = {code: (1.0,) * (2 if code.startswith("RV") else 4) for code in _EXAMPLE}
    found = []
    for code, values in {**clean, **_CREDITS, **(instead or {})}.items():
        for item, credit in enumerate(values):
            if code == "CM-01" and item == 0:  # 20 bad lines of 100
                found += [_piece(code, "good", f"0{copy}", 80, 1), _piece(code, "bad", f"0{copy}", 20, 0)]
            else:
                found.append(_piece(code, f"{item}", f"{item}{copy}", 1, credit))
    return found


def _piece(code: str, subject: str, item: str, mass: float, credit: float) -> Evidence:
    return Evidence(rule=code, subject=f"{subject} of {item}", item=item, mass=mass, credit=credit)


def _example(evidence: list[Evidence]) -> Score:
    return score(_example_rules(), evidence, group_weights=EXAMPLE_WEIGHTS)


def test_the_worked_example_comes_out_to_the_printed_digits() -> None:
    result = _example(_example_evidence())

    assert round(result.total, 1) == 92.3
    assert round(result.uncertainty, 1) == 8.6
    assert round(result.coverage, 2) == 1.00
    assert result.confidence is Confidence.MEDIUM
    assert letter(result.total, result.confidence, capped=False) == "A"
    assert letter(result.total, result.confidence, capped=True) == "C"
    assert {group: round(points, 1) for group, points in result.groups.items()} == {
        "BR": 96.7,
        "CM": 91.7,
        "PR": 76.9,
        "RV": 94.4,
        "IS": 96.9,
        "FL": 100.0,
        "CI": 100.0,
    }


def test_each_printed_row_of_the_worked_example() -> None:
    printed = {  # rule: budget, rate, score, earned
        "PR-11": (6.67, 0.750, 0.422, 2.81),
        "RV-01": (10.00, 0.799, 0.888, 8.88),
        "CM-06": (6.67, 0.750, 0.833, 5.56),
        "PR-04": (5.00, 0.693, 0.866, 4.33),
        "IS-07": (7.78, 0.750, 0.938, 7.29),
        "BR-01": (2.22, 0.750, 0.833, 1.85),
        "PR-02": (3.33, 0.875, 0.972, 3.24),
        "CM-01": (6.67, 0.950, 1.000, 6.67),
    }

    rows = {result.rule: result for result in _example(_example_evidence()).rules}

    for code, (budget, rate, share, earned) in printed.items():
        row = rows[code]
        assert round(row.budget, 2) == budget, code
        assert round(row.rate, 3) == pytest.approx(rate, abs=0.0006), code
        assert row.score == pytest.approx(share, abs=0.0006), code
        assert row.earned == pytest.approx(earned, abs=0.006), code
    others = [row for code, row in rows.items() if code not in printed]
    assert sum(row.budget for row in others) == pytest.approx(51.67, abs=0.005)
    assert all(row.score == 1 for row in others)


def test_the_worked_examples_losses_name_their_causes() -> None:
    losses = _example(_example_evidence()).losses

    assert round(losses["PR-11", "2 of 2"], 2) == 3.85
    assert round(losses["PR-04", "2 of 2"], 2) == 0.51
    assert round(losses["PR-04", "1 of 1"], 2) == 0.12
    assert round(losses["PR-04", "0 of 0"] + losses["PR-04", "3 of 3"], 2) == 0.05
    assert round(losses["RV-01", "1 of 1"], 2) == 1.12
    assert round(losses["CM-06", "2 of 2"], 2) == 1.11
    assert round(losses["IS-07", "3 of 3"], 2) == 0.49
    assert round(losses["BR-01", "2 of 2"], 2) == 0.37
    assert round(losses["PR-02", "2 of 2"], 2) == 0.09


def test_the_worked_examples_variants() -> None:
    idle = _example([])
    one = _example([piece for piece in _example_evidence() if piece.item == "0" and not piece.rule.startswith("RV")])
    relanded = _example(_example_evidence(instead={"PR-11": (1, 1, 0.5, 1)}))
    twice = _example([*_example_evidence(), *_example_evidence(copy="'")])

    assert idle.total == 0.0
    assert (round(one.total, 1), round(one.coverage, 2), one.confidence) == (21.6, 0.27, Confidence.LOW)
    assert round(relanded.total, 1) == 93.9
    assert (round(twice.total, 1), round(twice.uncertainty, 1), twice.confidence) == (92.3, 5.8, Confidence.HIGH)


def test_a_good_commit_split_in_ten_leaves_the_worked_example_where_it_was() -> None:
    whole = _example_evidence()
    parts = [
        dataclasses.replace(piece, subject=f"{piece.subject}, part {n}", mass=piece.mass / 10)
        for piece in whole
        if piece.subject == "good of 0"
        for n in range(10)
    ]

    split = _example([piece for piece in whole if piece.subject != "good of 0"] + parts)

    assert split.total == pytest.approx(_example(whole).total, abs=1e-9)


def test_the_essential_rules_are_worth_what_the_book_says() -> None:
    essential = {  # severity and points under the shipped group weights, computed for 35 rules that all apply
        Severity.CRITICAL: {"CI-01": 5.0, "PR-11": 4.6, "BR-06": 4.0},
        Severity.HIGH: {
            "RV-01": 4.9,
            "RV-02": 4.9,
            "RV-07": 4.9,
            "SP-04": 4.3,
            "PR-04": 3.4,
            "PR-12": 3.4,
            "PR-14": 3.4,
        }
        | {"FL-03": 3.3, "FL-04": 3.3, "IS-08": 3.2},
        Severity.MEDIUM: {
            "RV-05": 3.3,
            "SP-01": 2.9,
            "SP-03": 2.9,
            "PR-01": 2.3,
            "PR-02": 2.3,
            "PR-07": 2.3,
            "PR-13": 2.3,
        }
        | {
            "CM-01": 2.2,
            "CM-06": 2.2,
            "CM-08": 2.2,
            "CM-09": 2.2,
            "FL-01": 2.2,
            "FL-07": 2.2,
            "IS-02": 2.2,
            "IS-04": 2.2,
        }
        | {"IS-06": 2.2, "IS-07": 2.2, "IS-09": 2.2, "BR-02": 2.0},
        Severity.LOW: {"CM-02": 1.1, "BR-01": 1.0, "BR-05": 1.0},
    }
    terms = [Terms(code=code, severity=severity, expected=1) for severity, codes in essential.items() for code in codes]

    budgets = {result.rule: round(result.budget, 1) for result in score(terms, []).rules}

    assert len(budgets) == 35
    assert budgets == {code: worth for codes in essential.values() for code, worth in codes.items()}


# --- properties ---------------------------------------------------------------------------------------------------------------

_RULES = (
    Terms(code="BR-01", severity=Severity.LOW, target=0.9, expected=1),
    Terms(code="BR-06", severity=Severity.CRITICAL, target=1.0, expected=3),
    Terms(code="CM-01", severity=Severity.MEDIUM, target=0.9, expected=2.5),
    Terms(code="PR-04", severity=Severity.HIGH, target=0.8, expected=0),
    Terms(code="PR-11", severity=Severity.CRITICAL, target=1.0, expected=0),
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

    assert score(_RULES, better, elapsed=elapsed).total >= score(_RULES, evidence, elapsed=elapsed).total - 1e-9


@settings(max_examples=100, deadline=None)
@given(_evidence, _elapsed, _pieces)
def test_3_a_clean_addition_never_hurts(evidence: list[Evidence], elapsed: float, piece: Evidence) -> None:
    added = dataclasses.replace(piece, subject="new", credit=1.0)

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
    evidence = [_piece(terms.code, f"{n}", f"PAY-{n}", 1, 1) for terms in rules for n in range(items)]

    assert score(rules, evidence).total == pytest.approx(100 * min(1, items / expected))


def test_the_first_lapse_in_a_critical_rule_is_felt() -> None:
    rules = [Terms(code="PR-11", severity=Severity.CRITICAL, expected=4)]

    result = score(rules, [_piece("PR-11", "a", f"{n}", 1, n > 0) for n in range(4)])

    assert result.total == pytest.approx(100 * 0.75**3)


def test_a_ceiling_holds_while_its_finding_is_open_and_is_a_step_of_the_waterfall() -> None:
    rules = [Terms(code="CI-01", ceiling=60), Terms(code="BR-01")]
    fine = [_piece("BR-01", "b", f"{n}", 1, 1) for n in range(9)]
    leak = Evidence(rule="CI-01", subject="s", item="PAY-1", mass=1, credit=0.9, open=True)

    open_, closed = score(rules, [*fine, leak]), score(rules, [*fine, dataclasses.replace(leak, open=False)])

    assert open_.total == 60
    assert [step.cause for step in open_.waterfall] == [Cause.BREACH, Cause.CEILING]
    assert math.fsum(step.points for step in open_.waterfall) == pytest.approx(40)
    assert closed.total > 90


def test_nothing_to_judge_is_zero_with_a_reason_and_without_a_letter() -> None:
    result = score([Terms(code="PR-04")], [])

    assert result.total == 0
    assert [(step.cause, step.points) for step in result.waterfall] == [(Cause.NOTHING, 100.0)]
    assert letter(result.total, result.confidence, capped=False) is None


def test_a_rule_for_information_never_scores() -> None:
    rules = [Terms(code="CI-10", severity=Severity.INFO, expected=1), Terms(code="BR-01", expected=1)]

    result = score(rules, [_piece("CI-10", "x", "PAY-1", 1, 0), _piece("BR-01", "b", "PAY-1", 1, 1)])

    assert result.total == 100
    assert [row.rule for row in result.rules] == ["BR-01"]


@pytest.mark.parametrize(
    ("total", "mark"), [(100, "A"), (90, "A"), (89.99, "B"), (80, "B"), (70, "C"), (50, "D"), (49.9, "E"), (0, "E")]
)
def test_letters(total: float, mark: str) -> None:
    assert letter(total, Confidence.HIGH, capped=False) == mark
    assert letter(total, Confidence.LOW, capped=False) is None


def test_group_weights_are_the_shipped_ones() -> None:
    assert sum(GROUP_WEIGHTS.values()) == 100
    assert list(GROUP_WEIGHTS) == ["BR", "CM", "PR", "RV", "IS", "SP", "FL", "CI"]
