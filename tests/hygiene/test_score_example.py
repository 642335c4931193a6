"""The score's worked example, to the printed digits: four issues, E = 3, two reviews, the group weights of that day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import pytest

from simulator.hygiene.curves import curve
from simulator.hygiene.score import Score, Terms, letter, score
from simulator.hygiene.tally import Evidence
from simulator.model.hygiene import Confidence, Severity
from tests.hygiene.evidence import a_piece

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
                found += [a_piece(code, "good", f"0{copy}", 80, 1), a_piece(code, "bad", f"0{copy}", 20, 0)]
            else:
                found.append(a_piece(code, f"{item}", f"{item}{copy}", 1, credit))
    return found


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
