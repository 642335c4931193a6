from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

import simulator
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario, scenario_files, shipped_folder
from simulator.scenario.schema import SCHEMA_PATH, Scenario, json_schema, json_schema_text
from simulator.scenario.source import read_source
from tests.scenario.builders import SMALL, a_file, problems_of

ROOT = Path(simulator.__file__).parent.parent
KEYS = """
    format id title summary level teaches uses vary calendar project repository people backlog sprints events personas hygiene
    coach
"""


def test_the_top_level_keys_are_those_of_the_language() -> None:
    assert list(Scenario.model_fields) == KEYS.split()


def test_the_schema_in_the_docs_is_the_one_that_is_used() -> None:
    assert (ROOT / SCHEMA_PATH).read_text(encoding="utf-8") == json_schema_text(), (
        f"run: sprintdojo scenario schema > {SCHEMA_PATH}"
    )


@pytest.mark.parametrize("file", scenario_files(shipped_folder()), ids=lambda file: file.parent.name)
def test_shipped_scenarios_fit_the_schema_and_name_it_in_their_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    prefix, _, path = first.partition("$schema=")

    assert prefix == "# yaml-language-server: "
    assert (file.parent / path).resolve() == (ROOT / SCHEMA_PATH).resolve()
    jsonschema_rs.Draft202012Validator(json_schema()).validate(read_source(file).value)


def broken(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = dict(read_source(find_scenario("first-sprint") / "scenario.yaml").value)
    return {**value, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"format": 2},
        {"sprints": []},
        {"calendar": {"start": "2026-01-12", "hours": "nine to five"}},
        {"events": [{"id": "x", "type": "note", "at": "noon", "who": "mira", "text": "x"}]},
        {"project": {"key": "pay", "name": "P"}},
    ],
)
def test_editors_see_the_same_faults(changes: dict[str, Any]) -> None:
    assert not jsonschema_rs.Draft202012Validator(json_schema()).is_valid(broken(**changes))


def test_every_key_explains_itself_to_an_editor() -> None:
    schema = json.loads(json_schema_text())
    event = schema["$defs"]["PullRequestEvent"]["properties"]

    assert "review" in schema["$defs"]["PersonPart"]["properties"]["review"]["description"]
    assert event["started"]["description"] == "When the branch is pushed."


def test_a_scenario_written_out_again_is_the_same(tmp_path: Path) -> None:
    scenario = load_scenario(find_scenario("first-sprint"))

    written = yaml.safe_dump(scenario.spec.model_dump(mode="json", exclude_unset=True), sort_keys=False)

    file = tmp_path / "again.yaml"
    file.write_text(written, encoding="utf-8")
    assert Scenario.model_validate(read_source(file).value) == scenario.spec


@pytest.mark.parametrize(
    ("written", "speaks"),
    [
        ("", (True, True, True, False)),
        ("coach: off", (False, False, False, False)),
        ("coach: {push: false, elsewhere: true}", (False, True, True, True)),
    ],
)
def test_a_scenario_says_where_the_coach_speaks(written: str, speaks: tuple[bool, ...], tmp_path: Path) -> None:
    voice = load_scenario(a_file(tmp_path, SMALL + written)).spec.voice

    assert (voice.push, voice.pulls, voice.issues, voice.elsewhere) == speaks


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("coach: loud", "`off` cannot be `loud`"),
        ("coach: {pulls: maybe}", "`pulls` must be true or false, not `maybe`"),
        ("coach: {mail: true}", "mail"),
    ],
)
def test_another_voice_of_the_coach_is_refused_with_its_place(written: str, said: str, tmp_path: Path) -> None:
    [problem] = problems_of(a_file(tmp_path, SMALL + written))

    assert said in problem.message
    assert problem.line == SMALL.count("\n") + 1
