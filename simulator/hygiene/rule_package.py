"""Begin a package of one's own rules: a project with a rule, its cases, its tests, and the entry point that makes it known.

What it writes is green at once. Refuses to write into a folder that holds anything.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from simulator.errors import SprintdojoError
from simulator.hygiene.packages import ENTRY_POINTS
from simulator.hygiene.scaffold import cases_text, check_name, source_name, source_text, write_new
from simulator.hygiene.score import GROUP_WEIGHTS

_PROJECT = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*\Z", re.ASCII)
_GROUP = re.compile(r"[A-Z]{2}\Z", re.ASCII)

_PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{project}"
version = "0.1.0"
description = "Rules of our own for Sprintdojo"
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["sprintdojo"]

[project.entry-points."{group_of_entry_points}"]
{project} = "{module}"

[dependency-groups]
dev = ["pytest>=8"]

[tool.hatch.build.targets.wheel]
packages = ["src/{module}"]
"""

_README = """\
# {project}

Rules of our own for Sprintdojo. Install it beside Sprintdojo, and `sprintdojo rules` lists them:

    pip install -e .
    sprintdojo rules {code}

They count where a scenario asks for them, and nowhere else:

    hygiene:
      also: [{code}]

One file in `src/{module}` is one rule; its docstring is its page. Each has a case file in `tests/cases`: small sprints, and what
the rule answers. `pytest` tries them all.
"""

_INIT = '"""Rules of our own: one file, one rule. The modules of this package are looked through by themselves."""\n'

_TESTS = '''\
"""Each rule answers as its cases say, and each has all the cases that a rule needs."""

from pathlib import Path

import pytest

from simulator.testing.cases import cases_of, installed_rules, lacks

RULES = installed_rules("{project}")
CASES = {{rule.code: cases_of(rule, Path(__file__).parent / "cases" / f"{{rule.code}}.yaml") for rule in RULES}}


@pytest.mark.parametrize("case", [case for cases in CASES.values() for case in cases], ids=str)
def test_a_rule_answers_as_its_case_says(case):
    case.check()


@pytest.mark.parametrize("code", CASES)
def test_a_rule_has_all_the_cases_that_it_needs(code):
    assert list(lacks(CASES[code])) == []
'''


def new_rule_package(folder: Path, *, group: str = "", name: str = "short-title") -> list[Path]:
    """Write a project of one rule into a new folder, whose name is the project's; returns the files.

    `group`: the two letters that its rules' codes begin with, else those that the folder's name begins with. Raises
    SprintdojoError for names that do not do and for a folder that holds something.
    """
    project = folder.absolute().name.lower()
    if not _PROJECT.match(project):
        raise SprintdojoError(
            "the folder's name is the project's, and no project can have this one",
            where=str(folder),
            to_do="lower-case letters, digits and hyphens: acme-rules",
        )
    module = project.replace("-", "_")
    if find_spec(module) is not None:
        raise SprintdojoError(
            f"there is a Python module {module} on this machine already", where=str(folder), to_do="choose another name"
        )
    letters = _letters(group or project[:2].upper())
    check_name(name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SprintdojoError("there is something already", where=str(folder), to_do="choose a new folder")
    code = f"{letters}-01"
    words = {"project": project, "module": module, "code": code, "group_of_entry_points": ENTRY_POINTS}
    texts = {
        folder / "pyproject.toml": _PYPROJECT.format(**words),
        folder / "README.md": _README.format(**words),
        folder / "src" / module / "__init__.py": _INIT,
        folder / "src" / module / source_name(code, name): source_text(code, name),
        folder / "tests" / "test_rules.py": _TESTS.format(**words),
        folder / "tests" / "cases" / f"{code}.yaml": cases_text(code),
    }
    write_new(texts)
    return list(texts)


def _letters(group: str) -> str:
    if not _GROUP.match(group) or group in GROUP_WEIGHTS:
        raise SprintdojoError(
            f"{group!r} cannot be the group of your rules",
            to_do=f"--group with two capital letters, such as AC; these are the book's: {', '.join(GROUP_WEIGHTS)}",
        )
    return group
