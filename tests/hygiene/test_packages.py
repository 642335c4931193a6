"""Rules of other packages: begun from the template, found by their entry point, told when they do not do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import SprintdojoError
from simulator.hygiene.registry import UnknownRule, all_rules, rules_in_play
from simulator.hygiene.rule_package import new_rule_package
from simulator.hygiene.score import OWN_GROUP_WEIGHT, Terms, score

Run = Callable[..., subprocess.CompletedProcess[str]]
_SCORED = """
import json
from simulator.hygiene.linter import score_run
from simulator.model.keys import SeatId
from simulator.testing.story import a_clean_sprint
history = a_clean_sprint().history()
for hygiene in ({}, {"also": ["AC-01"]}, {"also": ["AC-01"], "off": ["AC-01"]}):
    card = score_run(history, seat=SeatId("ada"), elapsed=1.0, hygiene=hygiene)
    print(json.dumps([card.rules_version, {rule.rule: rule.budget for rule in card.rules}]))
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run Python with the given projects installed, as an installer would have written it down."""

    def run(*words: str, projects: tuple[Path, ...], version: str = "0.1.0") -> subprocess.CompletedProcess[str]:
        site = tmp_path / f"site-{version}"
        for project in projects:
            _install(project, site, version)
        places = [str(site), *(str(project / "src") for project in projects), str(Path.cwd())]
        known = {"PYTHONPATH": os.pathsep.join(places), "SPRINTDOJO_DATA": str(tmp_path / "data")}
        return subprocess.run(
            [sys.executable, *words],
            env=os.environ | known,
            cwd=projects[0],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def _install(project: Path, site: Path, version: str) -> None:
    """What `pip install -e` leaves of a project, but for its path."""
    name = project.name.replace("-", "_")
    info = site / f"{name}-{version}.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project.name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[sprintdojo.rules]\n{project.name} = {name}\n")


def test_the_template_is_green_and_its_rule_is_in_the_list_and_has_a_page(tmp_path: Path, run: Run) -> None:
    project = tmp_path / "acme-rules"
    new_rule_package(project)

    tested = run("-m", "pytest", "-q", "-p", "no:cacheprovider", projects=(project,))
    assert tested.returncode == 0, tested.stdout
    assert "7 passed" in tested.stdout

    listed = run("-m", "simulator", "rules", projects=(project,))
    assert "\nAC-01  short-title " in listed.stdout
    assert listed.stderr == ""
    page = run("-m", "simulator", "rules", "ac-01", projects=(project,)).stdout
    assert page.startswith("# AC-01 short-title\n")
    assert "`hygiene: {also: [AC-01]}`" in page


def _of_groups(budgets: dict[str, float]) -> dict[str, float]:
    groups = {code[:2] for code in budgets}
    return {group: sum(points for code, points in budgets.items() if code[:2] == group) for group in groups}


def test_its_rules_count_only_where_they_are_asked_for_and_leave_the_groups_of_the_book_in_proportion(
    tmp_path: Path, run: Run
) -> None:
    project = tmp_path / "acme-rules"
    new_rule_package(project)

    lines = run("-c", _SCORED, projects=(project,)).stdout.splitlines()
    (plain, without), (asked, with_it), (off, without_again) = map(json.loads, lines)
    newer = json.loads(run("-c", _SCORED, projects=(project,), version="0.2.0").stdout.splitlines()[1])[0]

    assert (plain, without) == (off, without_again)
    assert len({plain, asked, newer}) == 3, "the version of a package is part of the version of the rules"
    ratios = {
        round(_of_groups(without)[group] / points, 9) for group, points in _of_groups(with_it).items() if group != "AC"
    }
    assert ratios == {1 + OWN_GROUP_WEIGHT / 100}
    assert set(with_it) - set(without) == {"AC-01"}


_BROKEN = {
    "not-there": ("import nowhere", "cannot be imported (ModuleNotFoundError: No module named 'nowhere')"),
    "leaves": ("raise SystemExit(3)", "cannot be imported (SystemExit: 3)"),
    "slips": ("1 / 0", "cannot be imported (ZeroDivisionError: division by zero)"),
    "hollow": ("", "there is no rule in hollow"),
    "same": ("from acme_rules.ac_01_short_title import short_title", "AC-01: AC-01 is taken by acme-rules 0.1.0"),
    "books": ("from simulator.hygiene.rules.pr_04_pr_size import pr_size", "PR-04: PR is a group of the rule book"),
}


def test_packages_that_do_not_do_are_told_and_stop_nothing(tmp_path: Path, run: Run) -> None:
    good = tmp_path / "acme-rules"
    new_rule_package(good)
    for name, (source, _) in _BROKEN.items():
        module = tmp_path / name / "src" / name.replace("-", "_")
        module.mkdir(parents=True)
        (module / "__init__.py").write_text(source)

    projects = (good, *(tmp_path / name for name in _BROKEN))

    listed, told = (run("-m", "simulator", command, projects=projects) for command in ("rules", "doctor"))

    assert listed.returncode == 0
    assert "\nAC-01 " in listed.stdout
    assert "Traceback" not in listed.stderr
    for _, words in _BROKEN.values():
        assert words in listed.stderr
        assert words in told.stdout


@pytest.mark.parametrize(
    ("folder", "more", "words"),
    [
        ("prefs", {}, "'PR' cannot be the group"),
        ("acme-rules", {"group": "A1"}, "'A1' cannot be the group"),
        ("acme-rules", {"name": "Short"}, "no rule name"),
        ("Über", {}, "no project can have this one"),
        ("taken", {}, "there is something already"),
        ("simulator", {}, "there is a Python module simulator"),
        ("json", {}, "there is a Python module json"),
    ],
)
def test_names_that_do_not_do_and_full_folders_are_refused(
    folder: str, more: dict[str, str], words: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(SprintdojoError, match=words) as refused:
        new_rule_package(tmp_path / folder, **more)

    assert refused.value.to_do
    assert sorted(tmp_path.rglob("*")) == before


def test_a_rule_that_no_package_has_is_refused_by_name() -> None:
    with pytest.raises(UnknownRule, match="ZZ-01") as refused:
        rules_in_play(also=["ZZ-01"])

    assert "rules of ZZ come from a package" in refused.value.to_do


def test_asking_for_a_rule_of_the_book_changes_nothing() -> None:
    assert rules_in_play(also=["PR-04"]) == all_rules()


def test_a_group_of_ones_own_weighs_as_the_smallest_of_the_book() -> None:
    result = score([Terms(code="PR-04", expected=1), Terms(code="ZZ-01", expected=1)], [])

    assert {rule.rule: round(rule.budget, 2) for rule in result.rules} == {"PR-04": 82.76, "ZZ-01": 17.24}
