"""The rule book as Markdown, made from the rules themselves. `python -m simulator.hygiene.reference [--check] [PATH]`.

Refuses to say anything that is not in a rule. With --check nothing is written; exit status 1 when the file is not fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.hygiene.registry import all_rules, rules_version
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS, Terms, score

DEFAULT_PATH = Path("docs/reference/rules.md")
_GROUPS = {
    "BR": "Branch",
    "CM": "Commit",
    "PR": "Pull request",
    "RV": "Review",
    "IS": "Issue",
    "SP": "Sprint",
    "FL": "Flow and traceability",
    "CI": "Repository and CI",
}
_INTRODUCTION = """\
# The rule book

<!-- Written by `make docs` from the rules' own docstrings: do not edit. -->

A rule judges one subject at a time: a branch, a commit, a pull request, a review request, an issue. What is well done counts as
much as what is not, so the score is a rate and not a count of sins: more work at the same quality leaves it where it is, and
doing nothing earns nothing. Each rule earns full points from its *target* rate on; the rest is an error budget. A critical
rule's share is cubed, so that the first lapse is felt. How the points are computed stands in `simulator/hygiene/score.py`.

Points in the table are those of a sprint in which all of these rules apply.
"""


def points(rules: Sequence[Rule]) -> Mapping[str, float]:
    """What each rule is worth, of 100, when all of them apply."""
    terms = [Terms(code=rule.code, severity=rule.severity, target=rule.target, expected=1.0) for rule in rules]
    return dict.fromkeys((rule.code for rule in rules), 0.0) | {
        result.rule: result.budget for result in score(terms, []).rules
    }


def rule_book(rules: Sequence[Rule]) -> str:
    """The whole book."""
    worth = points(rules)
    parts = [_INTRODUCTION, *_table(rules, worth), f"\nVersion of this rule set: `{rules_version(rules, {})}`\n"]
    for group, title in _GROUPS.items():
        members = [rule for rule in rules if rule.group == group]
        if members:
            parts.append(f"\n## {group} – {title} (group weight {GROUP_WEIGHTS[group]:g})\n")
            parts.extend(f"\n{rule_page(rule, worth[rule.code], level=3)}" for rule in members)
    return "\n".join(part.rstrip() for part in parts).rstrip() + "\n"


def rule_page(rule: Rule, worth: float, *, level: int = 1) -> str:
    """One rule's page. `worth` are its points of 100 when all rules apply."""
    mark = "#" * level
    lines = [f"{mark} {rule.code} {rule.name}", "", rule.page.summary, ""]
    lines.append(f"{rule.severity.value}, {worth:.1f} points")
    for heading, text in rule.page.sections.items():
        if heading == "References":
            lines += [
                "",
                f"{mark}# How it is computed",
                "",
                *_computed(rule),
                "",
                f"{mark}# Options",
                "",
                *_options(rule),
            ]
        lines += ["", f"{mark}# {heading}", "", text]
    return "\n".join(lines) + "\n"


def rule_json(rule: Rule, worth: float) -> dict[str, Any]:
    """One rule as JSON values."""
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.page.summary,
        "severity": rule.severity.value,
        "points": round(worth, 2),
        "target": rule.target,
        "quota": rule.quota,
        "about": rule.about.name,
        "opportunity": rule.about.opportunity,
        "options": rule.options.model_dump(mode="json"),
        "sections": dict(rule.page.sections),
    }


def _table(rules: Iterable[Rule], worth: Mapping[str, float]) -> Iterator[str]:
    yield ""
    yield "| Rule | Says | Severity | Points |\n|---|---|---|---|"
    for rule in rules:
        anchor = f"{rule.code}-{rule.name}".lower()
        yield f"| [{rule.code} {rule.name}](#{anchor}) | {rule.page.summary} | {rule.severity.value} | {worth[rule.code]:.1f} |"


def _computed(rule: Rule) -> Iterator[str]:
    yield f"- Judged: {rule.about.opportunity}."
    yield f"- Full points from a rate of {rule.target:g} on" + (
        "; below it, the cube of the share." if rule.severity == "critical" else "."
    )
    if rule.quota:
        unit = (
            "half of the learner's sprint issues, at least 1, at most 3"
            if rule.about.per_sprint_item
            else f"{rule.quota:g}"
        )
        yield f"- Expected in a whole sprint: evidence from {unit}; a scenario may set another number."
    else:
        yield "- Judged only where there is something to judge."
    if rule.caps_letter:
        yield "- While one of its breaches is open, the letter is at most C."
    if rule.ceiling is not None:
        yield f"- While one of its breaches is open, the score is at most {rule.ceiling:g}."


def _options(rule: Rule) -> Iterator[str]:
    fields = type(rule.options).model_fields
    if not fields:
        yield "None."
        return
    yield "| Option | Value | Allowed | Meaning |\n|---|---|---|---|"
    for name, field in fields.items():
        yield f"| `{name}` | {getattr(rule.options, name)} | {_allowed(field.metadata)} | {field.description} |"


def _allowed(bounds: Sequence[Any]) -> str:  # Any: annotated_types' Ge, Le, MaxLen
    limits = {
        name: getattr(bound, name) for bound in bounds for name in ("ge", "le", "max_length") if hasattr(bound, name)
    }
    if "max_length" in limits:
        return f"up to {limits['max_length']} characters"
    return f"{limits.get('ge', 'any')} to {limits.get('le', 'any')}"


def main(arguments: Sequence[str]) -> int:
    """Write the book, or check that it is fresh; returns the exit status."""
    check = "--check" in arguments
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    path = paths[0] if paths else DEFAULT_PATH
    book = rule_book(all_rules())
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(book, encoding="utf-8")
        return 0
    if path.exists() and path.read_text(encoding="utf-8") == book:
        return 0
    sys.stderr.write(f"{path} is not fresh: run `make docs`\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
