"""A rule's page, made from the rule itself: its docstring, its terms, its options, what it is worth. As Markdown and as JSON.

Refuses to say anything that is not in a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from simulator.hygiene.registry import added_rules, all_rules
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS, Terms, score
from simulator.model.hygiene import Severity

_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
_LAST = "References"


def points(rules: Sequence[Rule]) -> Mapping[str, float]:
    """What each rule is worth, of 100, when all of them apply."""
    terms = [
        Terms(code=r.code, severity=r.severity, target=r.target, expected=1.0, essential=r.essential) for r in rules
    ]
    return dict.fromkeys((rule.code for rule in rules), 0.0) | {
        result.rule: result.budget for result in score(terms, []).rules
    }


def worth_of(rule: Rule) -> float:
    """Points of 100 that a rule is worth when the whole book applies; one of a package, when all of its group are asked for."""
    if rule.group in GROUP_WEIGHTS:
        return _points_of_the_book()[rule.code]
    return points((*all_rules(), *(added for added in added_rules() if added.group == rule.group)))[rule.code]


def rule_page(rule: Rule, *, more: str = "") -> str:
    """One rule's page as Markdown. `more`: sections that come before the last, from what is not in the rule."""
    lines = [f"# {rule.code} {rule.name}", "", rule.page.summary, "", f"{_standing(rule)}.", ""]
    for heading, text in rule.page.sections.items():
        if heading == _LAST:
            computed, options = [f"- {line}" for line in _computed(rule)], list(_option_table(rule))
            lines += ["## How it is computed", "", *computed, "", "## Options", "", *options, "", *more.splitlines()]
        lines += [f"## {heading}", "", text, ""]
    return "\n".join(lines)


def rule_json(rule: Rule) -> dict[str, Any]:
    """One rule as JSON values."""
    return {
        "code": rule.code,
        "name": rule.name,
        "group": rule.group,
        "summary": rule.page.summary,
        "severity": rule.severity.value,
        "essential": rule.essential,
        "points": round(worth_of(rule), 2),
        "target": rule.target,
        "quota": rule.quota,
        "about": rule.about.name,
        "opportunity": rule.about.opportunity,
        "computed": list(_computed(rule)),
        "options": rule.options.model_dump(mode="json"),
        "option_terms": list(_option_terms(rule)),
        "sections": dict(rule.page.sections),
        "sources": _ADDRESS.findall(rule.page.sections[_LAST]),
    }


@lru_cache(maxsize=1)
def _points_of_the_book() -> Mapping[str, float]:
    return points(all_rules())


def _standing(rule: Rule) -> str:
    if rule.severity is Severity.INFO:
        return "It informs and is worth no points"
    essential = "an essential rule" if rule.essential else "a supporting rule"
    ours = rule.group in GROUP_WEIGHTS
    applies = "when all rules apply" if ours else f"in a scenario that asks for it (`hygiene: {{also: [{rule.code}]}}`)"
    return f"Severity {rule.severity.value}, {essential}, **{worth_of(rule):.1f} points** of 100 {applies}"


def _computed(rule: Rule) -> Iterator[str]:
    """How evidence becomes points, a sentence each."""
    yield f"Judged: {rule.about.opportunity}."
    if rule.about.whose:
        yield f"Whose: {rule.about.whose}."
    yield f"Each has a credit from 0 to 1. Within a work item they weigh {rule.about.weighs}, and work items weigh all the same."
    yield f"Full points from a rate of {rule.target:g} on" + (
        "; below it, the cube of the share." if rule.severity is Severity.CRITICAL else "; below it, in proportion."
    )
    yield _expected(rule)
    if rule.caps_letter:
        yield "While one of its breaches is open, the letter is at most C."
    if rule.ceiling is not None:
        yield f"While one of its breaches is open, the score is at most {rule.ceiling:g}."


def _expected(rule: Rule) -> str:
    if not rule.quota:
        return "Judged only where there is something to judge."
    each = f"{rule.quota:g} times " if rule.quota != 1 else ""
    unit = (
        f"{each}half of the learner's sprint issues, at least {rule.quota:g}, at most {3 * rule.quota:g}"
        if rule.about.per_sprint_item
        else f"{rule.quota:g}"
    )
    return f"Expected in a whole sprint: work items with evidence, {unit}; a scenario may set another number."


def _option_table(rule: Rule) -> Iterator[str]:
    terms = list(_option_terms(rule))
    if not terms:
        yield "None."
        return
    yield "| Option | Default | Allowed | Meaning |\n|---|---|---|---|"
    for option in terms:
        meaning = str(option["meaning"]).replace("|", "\\|")
        yield f"| `{option['name']}` | {option['default']} | {option['allowed']} | {meaning} |"


def _option_terms(rule: Rule) -> Iterator[dict[str, Any]]:
    for name, field in type(rule.options).model_fields.items():
        yield {
            "name": name,
            "default": getattr(rule.options, name),
            "allowed": _allowed(field.metadata),
            "meaning": field.description or "",
        }


def _allowed(bounds: Sequence[Any]) -> str:  # Any: annotated_types' Ge, Le, MaxLen
    limits = {
        name: getattr(bound, name) for bound in bounds for name in ("ge", "le", "max_length") if hasattr(bound, name)
    }
    if "max_length" in limits:
        return f"up to {limits['max_length']} characters"
    return f"{limits.get('ge', 'any')} to {limits.get('le', 'any')}"
