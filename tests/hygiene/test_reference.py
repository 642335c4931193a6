"""The written rule book is fresh, and says of each rule all that there is to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.hygiene.reference import main, points, rule_book, rule_page
from simulator.hygiene.registry import all_rules, rule_named
from simulator.hygiene.rule import SECTIONS
from simulator.model.hygiene import Severity

ROOT = Path(__file__).parents[2]


def test_the_written_book_is_fresh() -> None:
    written = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")

    assert written == rule_book(all_rules()), "run `make docs`"


def test_check_says_whether_a_file_is_fresh_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deep" / "rules.md"

    assert main(["--check", str(path)]) == 1
    assert "make docs" in capsys.readouterr().err
    assert not path.exists()
    assert main([str(path)]) == 0
    assert main(["--check", str(path)]) == 0


def test_a_page_has_everything() -> None:
    page = rule_page(rule_named("PR-04"), 9.4)

    for heading in (*SECTIONS, "How it is computed", "Options"):
        assert f"# {heading}\n" in page
    assert "9.4 points" in page
    assert "| `good_lines` | 200 | 20 to 2000 |" in page


def test_points_add_up_and_no_low_rule_outweighs_a_higher_one_of_its_group() -> None:
    rules = all_rules()
    worth = points(rules)
    order = list(Severity)

    assert sum(worth.values()) == pytest.approx(100)
    assert all(worth[rule.code] >= 4 for rule in rules if rule.severity is Severity.CRITICAL)
    for one in rules:
        for other in rules:
            if one.group == other.group and order.index(one.severity) < order.index(other.severity):
                assert worth[one.code] > worth[other.code]
