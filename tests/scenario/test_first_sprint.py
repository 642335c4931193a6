"""The shipped first sprint: what issue texts promise of it, and that its code and patches are sound."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.scenario.assembling.settle import settle
from simulator.scenario.events.note import NoteEvent
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.packs import find_scenario

FOLDER = find_scenario("first-sprint")
PATCHES = sorted(path.relative_to(FOLDER).as_posix() for path in (FOLDER / "patches").glob("*/*"))
# A patch replaces whole files, so it is tried on what it was written for: the starter code and these patches before it.
BEFORE = {
    "patches/tom/webhook-retry-reviewed": ("patches/tom/webhook-retry",),
    "patches/model/refund-route": ("patches/tom/routes", "patches/model/refund-service"),
    "patches/model/error-answers": (
        "patches/model/exact-amounts",
        "patches/tom/routes",
        "patches/model/refund-service",
        "patches/model/refund-route",
    ),
    "patches/model/cancel-captured": ("patches/model/refund-service",),
}
BEFORE["patches/model/error-answers-reviewed"] = (*BEFORE["patches/model/error-answers"], "patches/model/error-answers")


SEED = 5


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> LoadedScenario:
    """As a run with a seed of its own has it."""
    return load_scenario(settle(load_scenario(FOLDER, seed=SEED), tmp_path_factory.mktemp("settled")))


def passes_its_tests(code: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "unittest"], cwd=code, capture_output=True, text=True, check=False
    )
    return "" if ran.returncode == 0 and "Ran 0 tests" not in ran.stderr else ran.stderr


def test_the_starter_code_passes_its_own_tests(scenario: LoadedScenario) -> None:
    assert passes_its_tests(scenario.folder / "repo") == ""


@pytest.mark.parametrize("patch", PATCHES)
def test_every_patch_applies_and_leaves_the_tests_green(scenario: LoadedScenario, tmp_path: Path, patch: str) -> None:
    code = tmp_path / "code"
    shutil.copytree(scenario.folder / "repo", code)

    for folder in (*BEFORE.get(patch, ()), patch):
        shutil.copytree(scenario.folder / folder, code, dirs_exist_ok=True)

    assert passes_its_tests(code) == ""


def test_every_patch_folder_is_used(scenario: LoadedScenario) -> None:
    text = scenario.file.read_text(encoding="utf-8")

    assert [patch for patch in PATCHES if not re.search(rf"{re.escape(patch)}(?![\w-])", text)] == []


def test_three_colleagues_and_a_sprint_of_ten_days_with_six_issues_of_three_types(scenario: LoadedScenario) -> None:
    types = {issue.id: issue.type for issue in scenario.spec.backlog}
    (sprint,) = scenario.spec.sprints

    assert sum(person.kind == "teammate" for person in scenario.spec.people.values()) == 3
    assert (sprint.days, len(sprint.issues)) == (10, 6)
    assert {types[issue] for issue in sprint.issues} == {"Story", "Task", "Bug"}


def test_one_story_is_vague_on_purpose(scenario: LoadedScenario) -> None:
    vague = [issue.id for issue in scenario.spec.backlog if issue.type == "Story" and not issue.criteria]

    assert vague == ["error-messages"]


def test_the_bug_that_learners_are_to_mend_is_there_whatever_the_seed_chose(scenario: LoadedScenario) -> None:
    euros = load_scenario(FOLDER).spec.vary["euros"]
    amounts = [f"{euro}.{cents}" for euro in euros for cents in (99, 98)]
    code = f"from payments.money import Money; print(*(Money.parse(each, 'EUR') for each in {amounts}), sep=',')"

    said = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=scenario.folder / "repo", capture_output=True, text=True, check=True
    )

    assert said.stdout.strip().split(",") == [f"{euro}.98 EUR" for euro in euros for _ in (99, 98)]


def test_things_happen_on_most_days(scenario: LoadedScenario) -> None:
    days = {moment.day for event in scenario.spec.story if (moment := getattr(event, "at", None))}

    assert len(scenario.spec.story) >= 8
    assert days == {1, 2, 3, 4, 5, 6, 7, 9, 10}


def test_there_is_a_good_a_bad_and_an_idle_persona(scenario: LoadedScenario) -> None:
    bands = {name: persona.band for name, persona in scenario.spec.personas.items()}

    assert bands["model"][0] > bands["sloppy"][1] > bands["idle"][1]
    assert bands["idle"] == (0, 0)


def test_what_people_read_is_there_in_german_too_and_in_no_half_of_each() -> None:
    english, german = (load_scenario(FOLDER, language=language) for language in ("en", "de"))
    told = [[issue.summary for issue in each.spec.backlog] for each in (english, german)]
    said = [[event.text for event in each.spec.story if isinstance(event, NoteEvent)] for each in (english, german)]

    assert "Refund a captured payment, in full or in part" in told[0]
    assert "Eine eingezogene Zahlung ganz oder teilweise erstatten" in told[1]
    assert not set(told[0]) & set(told[1])
    assert not set(said[0]) & set(said[1])
