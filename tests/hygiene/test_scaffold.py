"""A new rule, begun by the scaffold, is true and green before anybody edits it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from simulator.errors import SprintdojoError
from simulator.hygiene.rule import Rule
from simulator.hygiene.scaffold import main, scaffold
from simulator.testing.cases import check_cases


def _rule_of(path: Path) -> Rule:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return next(value for value in vars(module).values() if isinstance(value, Rule))


@pytest.mark.parametrize("group", ["BR", "CM", "PR", "RV", "IS", "SP", "FL", "CI"])
def test_a_scaffolded_rule_answers_its_own_cases_and_has_all_that_it_needs(group: str, tmp_path: Path) -> None:
    source, cases = scaffold(f"{group}-98", "brand-new-rule", root=tmp_path)

    assert source.name == f"{group.lower()}_98_brand_new_rule.py"
    check_cases(_rule_of(source), cases)


@pytest.mark.parametrize(
    ("code", "name"),
    [("PR-04", "brand-new"), ("PR-98", "pr-size"), ("PR98", "brand-new"), ("PR-98", "Brand New"), ("", "")],
)
def test_codes_and_names_that_do_not_do_are_refused(code: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(SprintdojoError) as refused:
        scaffold(code, name, root=tmp_path)

    assert refused.value.to_do
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    scaffold("PR-98", "brand-new", root=tmp_path)

    with pytest.raises(SprintdojoError, match="there already"):
        scaffold("PR-98", "brand-new", root=tmp_path)


def test_the_command_reads_make_style_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["CODE=RV-97", "NAME=kind-words"]) == 0
    assert "rv_97_kind_words.py" in capsys.readouterr().out
    assert main(["CODE=RV-97"]) == 2
    assert "to do" in capsys.readouterr().err
