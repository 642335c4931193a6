"""The rule book as pages: one a rule, with its cases and, for a heuristic, what was measured; and the overview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.hygiene.reference import rule_page, worth_of
from simulator.hygiene.registry import all_rules, rules_version
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS
from simulator.model.hygiene import Repair
from simulator.testing.cases import RuleCase, cases_of
from simulator.testing.labelled import LEAST_TO_SCORE, measure, read_labelled

OVERVIEW = "docs/reference/rules.md"
FOLDER = "docs/reference/rules"
_TESTS = Path(__file__).resolve().parent.parent / "tests" / "hygiene"
_WRITTEN = "<!-- Written by `make docs` from the rules themselves: do not edit. -->"
_WON = {Repair.SAFE: "all of it", Repair.PARTIAL: "a part", Repair.NONE: "no"}
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
_INTRODUCTION = f"""\
# The rule book

{_WRITTEN}

A rule judges one subject at a time: a branch, a commit, a pull request, a review request, an issue. What is well done counts as
much as what is not, so the score is a rate and not a count of sins: more work at the same quality leaves it where it is, and
doing nothing earns nothing. Each rule earns full points from its *target* rate on; the rest is an error budget. A critical
rule's share is cubed, so that the first lapse is felt.

The points are those of a sprint in which all of these rules apply; where some do not, the others of their group share theirs. A ★
marks the essential rules, which weigh in full; the others support them at a third. `sprintdojo rules PR-04` prints a page.
[Your own rules](../guide/own-rules.md) come from a package.
"""


def rule_pages() -> Iterator[tuple[str, str]]:
    """Name and text of each page."""
    yield OVERVIEW, _overview(all_rules())
    for rule in all_rules():
        yield f"{FOLDER}/{rule.code}.md", _page(rule)


def _overview(rules: Sequence[Rule]) -> str:
    parts = [_INTRODUCTION]
    for group, title in _GROUPS.items():
        parts += [f"## {group}: {title}", "", f"{GROUP_WEIGHTS[group]:g} points.", ""]
        parts += ["| Rule | Says | Severity | Points |", "|---|---|---|---|"]
        parts += [_line(rule) for rule in rules if rule.group == group]
        parts.append("")
    return "\n".join([*parts, f"Version of this rule set: `{rules_version(rules, {})}`"]) + "\n"


def _line(rule: Rule) -> str:
    star = " ★" if rule.essential else ""
    link = f"[{rule.code} {rule.name}](rules/{rule.code}.md){star}"
    return f"| {link} | {rule.page.summary} | {rule.severity} | {worth_of(rule):.1f} |"


def _page(rule: Rule) -> str:
    more = "\n".join([*_measured(rule), "## Cases", "", *_cases(rule), "", ""])
    text = rule_page(rule, more=more).replace("\n", f"\n\n{_WRITTEN} [All rules](../rules.md)\n", 1)
    return text.rstrip() + "\n"


def _measured(rule: Rule) -> Iterator[str]:
    file = _TESTS / "labelled" / f"{rule.code}.yaml"
    if not file.exists():
        return
    measured = measure(rule, read_labelled(file))
    texts = measured.labelled
    yield from ("## How sure it is", "")
    every = len(texts.good) + len(texts.bad)
    yield f"It goes by a heuristic. On {every} texts that people labelled, {len(texts.bad)} of them as a breach:"
    yield f"precision **{measured.precision:.2f}** (so many of its breaches are one),"
    yield f"recall **{measured.recall:.2f}** (so many of the breaches it finds)."
    yield f"A heuristic whose precision is under {LEAST_TO_SCORE} informs and does not score."
    yield ""


def _cases(rule: Rule) -> Iterator[str]:
    yield "What it answers, as every build tries it; *can be won*: by mending it now."
    yield from ("", "| Case | Outcome | Credit | Can be won |", "|---|---|---|---|")
    for case in cases_of(rule, _TESTS / "cases" / f"{rule.code}.yaml"):
        yield from _rows(case)


def _rows(case: RuleCase) -> Iterator[str]:
    found, fixed = case.finding(), case.case.fixed
    if found is None:
        yield f"| {_cell(case.case.name)} | nothing to judge | | |"
        return
    mended = ", mended" if found.outcome == "breach" and not found.open else ", too early" if found.waiting else ""
    won = _WON[found.repairable] if found.open else ""
    yield f"| {_cell(case.case.name)} | {_outcome(found.outcome)}{mended} | {_credit(found.credit)} | {won} |"
    if fixed and fixed.outcome != "none":
        yield f"| … and after the advice was followed | {_outcome(fixed.outcome)} | {_credit(fixed.credit)} | |"


def _outcome(outcome: str) -> str:
    return str(outcome).replace("_", " ")


def _credit(credit: float | None) -> str:
    return "" if credit is None else f"{credit:.3g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<")
