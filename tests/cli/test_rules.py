"""`sprintdojo rules`: the list, a page, JSON, and the nearest name for one that is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli.main import cli
from simulator.errors import SprintdojoError


def _said(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["rules", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_list_has_a_line_for_every_rule() -> None:
    lines = _said().splitlines()

    assert lines[0].split() == ["code", "name", "severity", "points", "says"]
    assert {line.split()[0] for line in lines[1:]} >= {"BR-01", "PR-04", "FL-01"}


def test_a_page_says_what_why_and_how() -> None:
    page = _said("PR-04")

    assert page.startswith("# PR-04 pr-size\n")
    assert "## Why it matters" in page
    assert "## Options" in page
    assert "## How it is computed" in page
    assert "## References\n\n- https://" in page


def test_json_for_scripts() -> None:
    one, every = json.loads(_said("pr-size", "--json")), json.loads(_said("--json"))

    assert one["code"] == "PR-04"
    assert one["options"] == {"good_lines": 200, "mid_lines": 400}
    assert one in every


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(SprintdojoError) as refused:
        CliRunner().invoke(cli, ["rules", "PR-40"], catch_exceptions=False)

    assert "did you mean PR-" in refused.value.to_do


def test_a_package_of_ones_own_rules_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(cli, ["new-rule-package", "acme-rules", "--group", "ZZ"], catch_exceptions=False)

    assert result.exit_code == 0
    assert "wrote acme-rules/src/acme_rules/zz_01_short_title.py" in result.output
    assert "now: cd acme-rules && pip install -e . && pytest && sprintdojo rules" in result.output
    assert (tmp_path / "acme-rules" / "tests" / "cases" / "ZZ-01.yaml").exists()
