"""Rules that go by heuristics, on texts that people labelled: how often a breach is one, and how many breaches are found.

A file of `labelled/` has `story`, the steps that put a `{text}` where the rule looks; `good` and `bad` texts; and the least
`precision` and `recall` of “is a breach” that the rule must keep on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.hygiene.registry import rule_named
from simulator.model.hygiene import Breach, Severity
from tests.hygiene.story import Story

LABELLED = Path(__file__).parent / "labelled"
SCORED_FROM = 0.9


@pytest.fixture(params=sorted(LABELLED.glob("*.yaml")), ids=lambda path: path.stem)
def labelled(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    return request.param.stem, yaml.safe_load(request.param.read_text(encoding="utf-8"))


def test_a_heuristic_keeps_its_precision_and_its_recall(labelled: tuple[str, dict[str, Any]]) -> None:
    code, texts = labelled
    steps = texts["story"]

    found = [text for text in texts["bad"] if _is_breach(code, steps, text)]
    wrong = [text for text in texts["good"] if _is_breach(code, steps, text)]

    precision = len(found) / max(1, len(found) + len(wrong))
    recall = len(found) / len(texts["bad"])
    missed = [text for text in texts["bad"] if text not in found]
    assert precision >= texts["precision"], f"precision {precision:.3f}; wrong: {wrong}"
    assert recall >= texts["recall"], f"recall {recall:.3f}; missed: {missed}"
    assert precision >= SCORED_FROM or rule_named(code).severity is Severity.INFO


def test_texts_are_many_and_each_has_one_label(labelled: tuple[str, dict[str, Any]]) -> None:
    _, texts = labelled
    good, bad = texts["good"], texts["bad"]

    assert len(good) + len(bad) >= 60
    assert min(len(good), len(bad)) >= 0.4 * (len(good) + len(bad))
    assert len({*good, *bad}) == len(good) + len(bad)


def _is_breach(code: str, steps: Sequence[Any], text: str) -> bool:
    rule = rule_named(code)
    history = Story().tell(_with_text(steps, text)).history()
    verdicts = [rule(each.subject, history) for each in rule.about.find(history) if each.mass > 0]
    assert verdicts, f"nothing to judge in {text!r}"
    return any(isinstance(verdict, Breach) for verdict in verdicts)


def _with_text(steps: Any, text: str) -> Any:  # Any: YAML
    if isinstance(steps, str):
        return steps.replace("{text}", text)
    if isinstance(steps, dict):
        return {key: _with_text(value, text) for key, value in steps.items()}
    return [_with_text(each, text) for each in steps] if isinstance(steps, list) else steps
