"""Mutants of the scoring code: each change of one expression must be noticed by what the score is known to give.

The sources of the four modules are changed in memory and executed; the checks run against each mutant and must fail.
"""

from __future__ import annotations

import importlib.util
import inspect
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from simulator.hygiene import curves, score, tally
from simulator.model.hygiene import Cause, Confidence, Severity

_ORDER: tuple[ModuleType, ...] = (curves, tally, score)  # each after those that it imports

MUTANTS: Sequence[tuple[str, ModuleType, str, str]] = (
    ("the quota is dropped from the denominator", score, "max(float(self.items), self.due)", "float(self.items)"),
    ("missing evidence costs nothing", score, "math.fsum([self.tally.lacking, self.missing])", "self.tally.lacking"),
    ("critical rules are not cubed", score, "CRITICAL_EXPONENT = 3.0", "CRITICAL_EXPONENT = 1.0"),
    ("all rules are cubed", score, "if self.severity is Severity.CRITICAL else 1.0", "if self.severity else 1.0"),
    ("critical rules have no floor", score, "CRITICAL_FLOOR = 4.0", "CRITICAL_FLOOR = 0.0"),
    ("supporting rules weigh in full", score, "SUPPORTING_SHARE = 1 / 3", "SUPPORTING_SHARE = 1.0"),
    ("the target is ignored", score, "(min(1.0, self.rate / self.terms.target) **", "(min(1.0, self.rate) **"),
    (
        "there is no ceiling",
        score,
        "return self.terms.ceiling if self.tally.is_open",
        "return None if self.tally.is_open",
    ),
    (
        "ceilings hold when all is mended",
        score,
        "self.terms.ceiling if self.tally.is_open else None",
        "self.terms.ceiling",
    ),
    ("a ceiling is not in the waterfall", score, "if total < earned:", "if total < 0:"),
    ("groups weigh all the same", score, "group_weights.get(group, OWN_GROUP_WEIGHT)", "1.0"),
    ("budgets do not know groups", score, "100.0 * weights[group] / whole", "100.0 / len(weights)"),
    ("a waterfall step takes it all", score, "result.lost * (share / ledger.lacking)", "result.lost"),
    ("missing evidence has no step", score, "if ledger.missing > 0:", "if ledger.missing < 0:"),
    (
        "coverage has no limit",
        score,
        "min(1.0, self.items / self.due) if self.due",
        "self.items / self.due if self.due",
    ),
    ("the band is twice as wide", score, "_BAND_Z = 1.28", "_BAND_Z = 2.56"),
    ("the band has no prior", score, "(1 - self.rate) * self.demand + 0.5", "(1 - self.rate) * self.demand + 5"),
    (
        "the band forgets the target",
        score,
        "self.terms.exponent / self.terms.target * relative",
        "self.terms.exponent * relative",
    ),
    ("A begins at 95", score, '("A", 90)', '("A", 95)'),
    ("a capped letter is not capped", score, 'max(mark, "C") if capped', "mark if capped"),
    ("low confidence gets a letter", score, "if confidence is Confidence.LOW:", "if confidence is None:"),
    ("elapsed time is ignored", score, "self.due = terms.expected * elapsed", "self.due = terms.expected"),
    ("rules that inform are scored", score, "self.terms.severity is not Severity.INFO and ", ""),
    ("a rule without evidence does not apply", score, "(self.items > 0 or self.due > 0)", "(self.items > 0)"),
    ("nothing to judge is full marks", score, "points=100.0)", "points=0.0)"),
    ("high confidence is given away", score, "coverage >= 0.9 and uncertainty <= 6", "coverage >= 0.5"),
    ("the best credit of a subject counts", tally, "_key(piece) < _key(once", "_key(piece) > _key(once"),
    ("mass is ignored", tally, "(1.0 - piece.credit) * piece.mass / mass", "(1.0 - piece.credit) / len(pieces)"),
    ("what weighs nothing counts", tally, "if piece.mass > 0]", "if True]"),
    ("items are not kept apart", tally, "{piece.item for piece in counted}", '{"" for piece in counted}'),
    ("the order of steps is left to chance", tally, "iter(sorted(", "iter(list("),
    ("nothing is ever open", tally, "any(piece.open for piece in counted", "any(False for piece in counted"),
    ("the curve rises", curves, "return 1.0 - _NORMAL.cdf", "return _NORMAL.cdf"),
    ("the curve is not logarithmic", curves, "(math.log(value) - math.log(mid))", "(value - mid)"),
    ("good is worth it all", curves, "return 0.9", "return 1.0"),
    ("nothing is worth nothing", curves, "return 1.0\n", "return 0.0\n"),
)


@contextmanager
def changed(which: ModuleType | None = None, old: str = "", new: str = "") -> Iterator[SimpleNamespace]:
    """Fresh copies of the modules, one of them changed; the real ones stand again afterwards."""
    real = {module.__name__: sys.modules[module.__name__] for module in _ORDER}
    try:
        copies = {}
        for module in _ORDER:
            source = inspect.getsource(module)
            if module is which:
                assert source.count(old) == 1, f"{source.count(old)} places in {module.__name__} for {old!r}"
                source = source.replace(old, new)
            copy = importlib.util.module_from_spec(module.__spec__)  # type: ignore[arg-type]
            sys.modules[module.__name__] = copy
            exec(compile(source, module.__name__, "exec"), copy.__dict__)
            copies[module.__name__.rpartition(".")[2]] = copy
        yield SimpleNamespace(**copies)
    finally:
        sys.modules.update(real)


def check(it: Any) -> None:  # Any: the modules, as they are or changed
    """What the score is known to give; an AssertionError where it does not."""
    for one in (_curves, _items, _quota, _critical, _budgets, _ceiling, _waterfall, _band, _letters, _nothing):
        one(it)


def _curves(it: Any) -> None:
    values = [it.curves.curve(lines, good=200, mid=400) for lines in (0, 100, 200, 300, 400, 600, 1000)]
    assert [round(value, 3) for value in values] == [1.0, 0.995, 0.9, 0.703, 0.5, 0.227, 0.045]


def _piece(it: Any, rule: str, item: str, credit: float, **more: Any) -> Any:
    return it.tally.Evidence(
        **{"rule": rule, "subject": f"of {item}", "item": item, "mass": 1.0, "credit": credit, **more}
    )


def _items(it: Any) -> None:
    rules = [it.score.Terms(code="CM-01")]
    bad = [
        _piece(it, "CM-01", "1", 0.0, subject="bad", mass=20.0),
        _piece(it, "CM-01", "1", 1.0, subject="good", mass=80.0),
    ]
    assert it.score.score(rules, bad).rules[0].rate == pytest.approx(0.8)
    twice = [*bad, _piece(it, "CM-01", "1", 1.0, subject="bad", mass=20.0), _piece(it, "CM-01", "2", 1.0)]
    assert it.score.score(rules, twice).rules[0].rate == pytest.approx(0.9)
    assert it.score.score(rules, [*twice, _piece(it, "CM-01", "3", 0.0, mass=0.0)]).rules[0].items == 2
    names = [subject for subject, _ in it.tally.Tally([_piece(it, "x", n, 0.0) for n in "cab"]).lacks()]
    assert names == ["of a", "of b", "of c"]


def _quota(it: Any) -> None:
    rules = [it.score.Terms(code="PR-04", expected=4.0, target=0.8)]
    evidence = [_piece(it, "PR-04", "1", 1.0), _piece(it, "PR-04", "2", 0.5)]
    assert [it.score.score(rules, evidence, elapsed=f).rules[0].rate for f in (1.0, 0.5, 0.0)] == [0.375, 0.75, 0.75]
    assert it.score.score(rules, evidence).rules[0].score == pytest.approx(0.375 / 0.8)
    assert it.score.score(rules, evidence).coverage == 0.5
    assert it.score.score(rules, evidence, elapsed=0.25).coverage == 1.0


def _critical(it: Any) -> None:
    evidence = [_piece(it, code, str(n), float(n > 0)) for code in ("PR-11", "PR-12") for n in range(4)]
    terms = [
        it.score.Terms(code="PR-11", severity=Severity.CRITICAL),
        it.score.Terms(code="PR-12", severity=Severity.HIGH),
    ]
    assert [row.score for row in it.score.score(terms, evidence).rules] == [pytest.approx(0.75**3), 0.75]


def _budgets(it: Any) -> None:
    terms = [
        it.score.Terms(code="PR-01", expected=1),
        it.score.Terms(code="PR-11", expected=1, severity=Severity.CRITICAL),
        it.score.Terms(code="CI-01", expected=1, severity=Severity.CRITICAL),
        *(it.score.Terms(code=f"CI-1{n}", expected=1, severity=Severity.HIGH) for n in range(9)),
        it.score.Terms(code="BR-01", expected=1, essential=False),
        it.score.Terms(code="BR-02", expected=1),
        it.score.Terms(code="BR-03", expected=1, severity=Severity.INFO),
    ]
    budget = {row.rule: row.budget for row in it.score.score(terms, []).rules}
    assert (budget["PR-01"], budget["PR-11"]) == (
        pytest.approx(100 * 24 / 37 / 3),
        pytest.approx(100 * 24 / 37 * 2 / 3),
    )
    assert (budget["CI-01"], budget["CI-10"]) == (pytest.approx(4), pytest.approx((100 * 5 / 37 - 4) / 9))
    assert budget["BR-02"] == pytest.approx(3 * budget["BR-01"])
    assert "BR-03" not in budget


def _ceiling(it: Any) -> None:
    terms = [it.score.Terms(code="CI-01", ceiling=60.0), it.score.Terms(code="PR-01")]
    found = {
        is_open: [_piece(it, "CI-01", "1", 0.9, open=is_open), _piece(it, "PR-01", "1", 1.0)]
        for is_open in (True, False)
    }
    live, mended = it.score.score(terms, found[True]), it.score.score(terms, found[False])
    assert (live.total, live.waterfall[-1].cause) == (60.0, Cause.CEILING)
    assert mended.total == pytest.approx(100 - 100 * 5 / 29 * 0.1)
    assert 100 - math.fsum(step.points for step in live.waterfall) == pytest.approx(60.0)


def _waterfall(it: Any) -> None:
    terms = [it.score.Terms(code="PR-04", expected=4.0)]
    steps = it.score.score(terms, [_piece(it, "PR-04", "1", 0.0), _piece(it, "PR-04", "2", 0.5)]).waterfall
    told: Mapping[Any, float] = {(step.cause, step.subject): step.points for step in steps}
    assert told == {
        (Cause.BREACH, "of 1"): pytest.approx(25),
        (Cause.BREACH, "of 2"): pytest.approx(12.5),
        (Cause.MISSING, None): pytest.approx(50),
    }


def _band(it: Any) -> None:
    evidence = [_piece(it, "PR-04", str(n), 0.5) for n in range(4)]
    result = it.score.score([it.score.Terms(code="PR-04", target=0.8)], evidence)
    assert result.uncertainty == pytest.approx(1.28 * 100 * 1.25 * math.sqrt(2.5 * 2.5 / (25 * 6)))
    assert result.confidence is Confidence.LOW


def _letters(it: Any) -> None:
    told = [it.score.letter(total, Confidence.HIGH, capped=False) for total in (90, 89.9, 80, 70, 69.9, 50, 49.9)]
    assert told == ["A", "B", "B", "C", "D", "D", "E"]
    assert [it.score.letter(total, Confidence.HIGH, capped=True) for total in (95, 60)] == ["C", "D"]
    assert it.score.letter(95, Confidence.LOW, capped=False) is None


def _nothing(it: Any) -> None:
    empty = it.score.score([it.score.Terms(code="PR-04")], [])
    assert (empty.total, [step.points for step in empty.waterfall]) == (0.0, [100.0])
    assert it.score.score([it.score.Terms(code="PR-04", expected=2)], []).total == 0.0
    assert len(it.score.score([it.score.Terms(code="PR-04", expected=2)], []).rules) == 1


def test_the_code_as_it_is_passes_every_check() -> None:
    with changed() as copies:
        check(copies)


@pytest.mark.parametrize(("what", "module", "old", "new"), MUTANTS, ids=[mutant[0] for mutant in MUTANTS])
def test_each_mutant_is_caught(what: str, module: ModuleType, old: str, new: str) -> None:
    with changed(module, old, new) as copies:
        try:
            check(copies)
        except (AssertionError, ArithmeticError, LookupError, ValueError):
            return
    pytest.fail(f"nobody notices that {what}")
