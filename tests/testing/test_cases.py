"""The kit for the tests of rules: it says in words what is wrong with a case, and passes over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import SprintdojoError
from simulator.hygiene.registry import rule_named
from simulator.testing.cases import cases_of, check_cases, installed_rules, lacks

RULE = rule_named("PR-04")
LARGE = """
- name: six hundred lines
  story:
    - push: {branch: a, commits: [{message: "feat: x", lines: 600}]}
    - open: a
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "PR-04.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("{outcome: pass}", "pass was expected: breach, #1 changes 600 lines"),
        ("none", "nothing was to be judged, but #1 changes 600 lines"),
        ("{outcome: breach, credit: 0.9}", "credit 0.9 was expected: 0.22"),
        ("{outcome: breach, open: false}", "open: True"),
        ("{outcome: breach, repairable: none}", "repairable: safe"),
        ("{outcome: breach, message: of no use}", "'of no use' is not in '#1 changes 600 lines"),
        ("{outcome: breach, fix_says: pray}", "'pray' is not in 'git fetch"),
    ],
)
def test_a_case_that_does_not_hold_says_what_was_answered(expected: str, words: str, tmp_path: Path) -> None:
    (case,) = cases_of(RULE, _file(tmp_path, f"{LARGE}  expect: {expected}\n"))

    with pytest.raises(AssertionError) as failed:
        case.check()

    assert words in str(failed.value)


def test_a_fix_that_mends_nothing_is_told(tmp_path: Path) -> None:
    text = f"{LARGE}  expect: {{outcome: breach}}\n  fix: [{{comment: 1}}]\n  fixed: {{outcome: pass}}\n"
    (case,) = cases_of(RULE, _file(tmp_path, text))

    with pytest.raises(AssertionError, match="pass was expected: breach"):
        case.check()


def test_several_subjects_need_to_be_told_apart(tmp_path: Path) -> None:
    two = LARGE + "    - push: b\n    - open: b\n  expect: {outcome: breach}\n"
    (case,) = cases_of(RULE, _file(tmp_path, two))

    with pytest.raises(AssertionError, match="`subject` must say which: pull:1, pull:2"):
        case.check()

    (told,) = cases_of(RULE, _file(tmp_path, f"{two}  subject: pull:1\n"))
    told.check()


def test_a_file_says_all_that_it_lacks_and_all_cases_that_fail(tmp_path: Path) -> None:
    path = _file(
        tmp_path, f"{LARGE}  expect: {{outcome: breach, repairable: safe}}\n{LARGE}  expect: {{outcome: pass}}\n"
    )

    assert list(lacks(cases_of(RULE, path))) == [
        "no case expects a skip",
        "2 cases; write at least 6",
        "two cases are called 'six hundred lines'",
        "a breach can be repaired, and no case does so: give one `fix` and `fixed`",
    ]
    with pytest.raises(AssertionError) as failed:
        check_cases(RULE, path)
    assert "PR-04: six hundred lines: pass was expected" in str(failed.value)
    assert "write at least 6" in str(failed.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{LARGE}  expect: {{outcom: pass}}\n", "outcom"),
        (f"{LARGE}  expects: none\n", "expects"),
        (f"{LARGE}  expect: {{outcome: fail}}\n", "outcome"),
        ("name: no list\n", "valid list"),
        ("- [\n", "no YAML"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    path = _file(tmp_path, text)

    with pytest.raises(SprintdojoError, match=words) as refused:
        cases_of(RULE, path)

    assert refused.value.where == str(path)


def test_a_file_that_is_not_there_and_a_package_that_is_not_installed_are_told(tmp_path: Path) -> None:
    with pytest.raises(SprintdojoError, match="cannot be read"):
        cases_of(RULE, tmp_path / "nowhere.yaml")
    with pytest.raises(SprintdojoError, match="no package with the entry point 'nowhere'"):
        installed_rules("nowhere")
