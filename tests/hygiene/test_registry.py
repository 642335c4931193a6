"""The book itself: what every rule must have, and what the decorator refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from simulator.hygiene.registry import UnknownRule, all_rules, rule_named, rules_in_play
from simulator.hygiene.rule import SECTIONS, NoOptions, Rule, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.hygiene import Pass, Severity, Verdict

FIRST = {"BR-01", "BR-02", "BR-06", "CM-01", "CM-02", "PR-01", "PR-04", "PR-11", "RV-01", "IS-02", "IS-07", "FL-01"}
DOCSTRING = "One line.\n\n" + "\n\n".join(f"{heading}\n{'-' * len(heading)}\nWords." for heading in SECTIONS)


def _decorated(*, code: str = "PR-99", name: str = "some-rule", docstring: str = DOCSTRING, **terms: Any) -> Rule:
    def judge(_pull: object, _history: object, _options: object) -> Verdict:
        return Pass()

    judge.__doc__ = docstring
    all_terms = {"severity": Severity.LOW, "target": 0.9, "quota": 1, **terms}
    decorate: Callable[..., Rule] = rule(code=code, name=name, about=READY_PULLS, options=NoOptions(), **all_terms)
    return decorate(judge)


def test_the_first_rules_are_in_the_book() -> None:
    assert {rule.code for rule in all_rules()} >= FIRST


@pytest.mark.parametrize("found", all_rules(), ids=lambda found: found.code)
def test_every_rule_has_its_page_its_sources_and_bounded_options(found: Rule) -> None:
    assert tuple(found.page.sections) == SECTIONS
    assert "https://" in found.page.sections["References"]
    assert "Good:" in found.page.sections["Example"]
    assert "Bad:" in found.page.sections["Example"]
    for name, field in type(found.options).model_fields.items():
        assert field.description, name
        assert field.metadata, f"{found.code}: option {name} has no bounds"
    with pytest.raises(ValidationError):
        found.options.some_other = 1  # type: ignore[attr-defined]


def test_codes_and_names_are_unique() -> None:
    rules = all_rules()

    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


@pytest.mark.parametrize("asked", ["PR-04", "pr-04", "pr-size"])
def test_a_rule_is_found_by_code_or_name(asked: str) -> None:
    assert rule_named(asked).code == "PR-04"


@pytest.mark.parametrize(
    ("asked", "near"), [("PR-4", "PR-04"), ("pr-sice", "pr-size"), ("branchname-convention", "branch-name")]
)
def test_an_unknown_rule_is_answered_with_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UnknownRule) as refused:
        rule_named(asked)

    assert near in refused.value.to_do


def test_rules_can_be_left_out() -> None:
    assert "PR-04" not in {rule.code for rule in rules_in_play(off=["PR-04"])}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "PR-4"}, "no rule code"),
        ({"code": "xx-01"}, "no rule code"),
        ({"name": "Some Rule"}, "no rule name"),
        ({"target": 0}, "target"),
        ({"target": 1.1}, "target"),
        ({"quota": -1}, "quota"),
        ({"docstring": "One line."}, "needs the sections"),
        ({"docstring": DOCSTRING.replace("Words.", "", 1)}, "nothing is written under What it checks"),
        ({"docstring": DOCSTRING.replace("How to fix", "Fix")}, "needs the sections"),
    ],
)
def test_terms_and_docstrings_that_do_not_do_are_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        _decorated(**wrong)
