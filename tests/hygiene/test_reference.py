"""Each rule has a page that is fresh, with all that there is to say of it; and none is there without a rule."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from simulator.hygiene.reference import points, rule_json, rule_page, worth_of
from simulator.hygiene.registry import all_rules, rule_named
from simulator.hygiene.rule import SECTIONS, Rule
from simulator.hygiene.score import CRITICAL_FLOOR, GROUP_WEIGHTS
from simulator.model.hygiene import Severity

ROOT = Path(__file__).parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "scripts" / "rule_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _pages() -> dict[str, str]:
    return dict(_script().rule_pages())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_fresh_page_with_its_sources_and_cases(rule: Rule) -> None:
    name = f"docs/reference/rules/{rule.code}.md"
    written = (ROOT / name).read_text(encoding="utf-8")

    assert written == _pages()[name], "run `make docs`"
    for heading in (*SECTIONS, "How it is computed", "Options", "Cases"):
        assert f"\n## {heading}\n" in written
    assert written.rpartition("## References")[2].count("https://") >= 1
    assert written.rpartition("## Cases")[2].count("\n| ") >= 6
    assert f"({name.removeprefix('docs/reference/')})" in _pages()["docs/reference/rules.md"]


def test_the_overview_is_fresh_and_no_page_is_without_a_rule() -> None:
    overview = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")

    assert overview == _pages()["docs/reference/rules.md"], "run `make docs`"
    assert {path.stem for path in (ROOT / "docs/reference/rules").iterdir()} == {rule.code for rule in all_rules()}


def test_a_heuristics_page_says_how_sure_it_is() -> None:
    labelled = [path.stem for path in (ROOT / "tests/hygiene/labelled").glob("*.yaml")]

    assert labelled
    for code in labelled:
        assert "precision **" in _pages()[f"docs/reference/rules/{code}.md"]


def test_a_page_says_what_a_rule_is_worth_and_what_can_be_set() -> None:
    rule = rule_named("PR-04")
    page = rule_page(rule)

    assert f"**{worth_of(rule):.1f} points**" in page
    assert "| `good_lines` | 200 | 20 to 2000 |" in page
    assert "- Whose: everybody who wrote something of it" in page
    assert "by their substantive lines" in rule_page(rule_named("CM-01"))
    assert "It informs and is worth no points." in rule_page(rule_named("CI-10"))


def test_a_rules_json_has_its_terms_and_sources() -> None:
    told = rule_json(rule_named("PR-04"))

    assert told["options"] == {"good_lines": 200, "mid_lines": 400}
    assert [option["allowed"] for option in told["option_terms"]] == ["20 to 2000", "40 to 4000"]
    assert told["sources"][0] == "https://smartbear.com/learn/code-review/best-practices-for-peer-code-review/"
    assert told["essential"] is True


def test_points_add_up_and_no_low_rule_outweighs_a_higher_one_of_its_group() -> None:
    rules = all_rules()
    worth = points(rules)
    order = list(Severity)

    assert sum(worth.values()) == pytest.approx(100)
    for rule in rules:
        if rule.severity is Severity.CRITICAL:
            assert worth[rule.code] >= min(CRITICAL_FLOOR, GROUP_WEIGHTS[rule.group] / 2)
    for group, weight in GROUP_WEIGHTS.items():
        assert sum(worth[rule.code] for rule in rules if rule.group == group) == pytest.approx(weight)
    for one in rules:
        for other in rules:
            alike = one.group == other.group and one.essential == other.essential
            if alike and order.index(one.severity) < order.index(other.severity):
                assert worth[one.code] > worth[other.code]
