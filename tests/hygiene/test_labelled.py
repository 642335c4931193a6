"""Rules that go by heuristics, on texts that people labelled: how often a breach is one, and how many breaches are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.hygiene.registry import rule_named
from simulator.hygiene.rule import Rule
from simulator.model.hygiene import Severity
from simulator.testing.labelled import LEAST_TO_SCORE, Labelled, measure, read_labelled

LABELLED = Path(__file__).parent / "labelled"


@pytest.fixture(params=sorted(LABELLED.glob("*.yaml")), ids=lambda path: path.stem)
def labelled(request: pytest.FixtureRequest) -> tuple[Rule, Labelled]:
    return rule_named(request.param.stem), read_labelled(request.param)


def test_a_heuristic_keeps_its_precision_and_its_recall(labelled: tuple[Rule, Labelled]) -> None:
    rule, texts = labelled

    measured = measure(rule, texts)

    assert measured.precision >= texts.precision, f"precision {measured.precision:.3f}; wrong: {measured.wrong}"
    assert measured.recall >= texts.recall, f"recall {measured.recall:.3f}; missed: {measured.missed}"
    assert measured.precision >= LEAST_TO_SCORE or rule.severity is Severity.INFO


def test_texts_are_many_and_each_has_one_label(labelled: tuple[Rule, Labelled]) -> None:
    good, bad = labelled[1].good, labelled[1].bad

    assert len(good) + len(bad) >= 60
    assert min(len(good), len(bad)) >= 0.4 * (len(good) + len(bad))
    assert len({*good, *bad}) == len(good) + len(bad)
