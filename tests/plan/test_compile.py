from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.model import actions as do
from simulator.plan.compile import compile_plan
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario
from simulator.scenario.timed import TimedAction
from tests.plan.builders import ANSWERS, RETRY, REVIEWS, a_scenario, at

EVERYTHING = (
    RETRY,
    REVIEWS,
    ANSWERS,
    "- {id: hello, type: note, at: day 1 09:00, who: anna, text: Hello}",
    "- {id: first, type: reprioritise, at: day 5 10:00, who: anna, issue: vague, priority: High, before: refunds, comment: Now}",
    "- {id: fire, type: new_issue, at: day 6 10:00, who: anna, sprint: one, new: {id: bug, type: Bug, summary: Fire}}",
    "- {id: away, type: absence, who: mira, since: day 7 09:00, until: day 7 13:00, text: Back at one.}",
)


def whats(timed: tuple[TimedAction, ...], kind: type[do.Action]) -> list[Any]:
    return [t.action for t in timed if isinstance(t.action, kind)]


def test_setting_up_goes_in_its_order_at_the_beginning_of_the_sprint(tmp_path: Path) -> None:
    plan = compile_plan(a_scenario(tmp_path), seed=1)

    assert [type(t.action).__name__ for t in plan.setup] == [
        "CreateRepository",
        "AddCollaborators",
        "CreateLabels",
        "ProtectBranch",
        "CreateProject",
        "CreateIssues",
        "CreateSprint",
        "StartSprint",
    ]
    assert {t.at for t in plan.setup} == {at(1, 9)}
    assert {t.action.actor for t in plan.setup} == {"mira"}


def test_a_sprint_closes_at_its_last_working_instant_and_the_run_ends_after_it(tmp_path: Path) -> None:
    plan = compile_plan(a_scenario(tmp_path), seed=1)

    close, finish = plan.timed
    assert isinstance(close.action, do.CloseSprint)
    assert isinstance(finish.action, do.FinishRun)
    assert close.at == finish.at == at(10, 17)
    assert close.priority < finish.priority


def test_an_event_may_close_the_sprint_instead(tmp_path: Path) -> None:
    event = "- {id: end, type: close_sprint, sprint: one, who: anna, note: Thank you.}"

    plan = compile_plan(a_scenario(tmp_path, event), seed=1)

    closings = whats(plan.timed, do.CloseSprint)
    assert [closing.actor for closing in closings] == ["anna"]


def test_sprints_follow_one_another_and_carry_over(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    text = scenario.file.read_text().replace(
        "events:", "  - {id: two, name: Two, goal: g, days: 5, issues: [bug]}\nevents:"
    )
    text = text.replace("sprints:", "  - {id: bug, summary: B}\nsprints:")
    scenario.file.write_text(text)

    plan = compile_plan(load_scenario(tmp_path), seed=1)

    kinds = [(type(t.action).__name__, t.at) for t in plan.timed]
    assert kinds == [
        ("CloseSprint", at(10, 17)),
        ("StartSprint", at(11, 9)),
        ("CloseSprint", at(15, 17)),
        ("FinishRun", at(15, 17)),
    ]
    assert [action.carry_to for action in whats(plan.timed, do.CloseSprint)] == ["two", None]


def test_a_colleagues_branch_is_there_before_others_can_have_merged(tmp_path: Path) -> None:
    plan = compile_plan(a_scenario(tmp_path, RETRY), seed=1)

    by_id = {t.id: t for t in plan.timed}
    assert by_id["retry-pull:push-1"].at == at(1, 9 + 5 / 60)
    assert by_id["retry-pull:open"].at == at(2, 10)
    assert isinstance(by_id["retry-pull:stand-in"].action, do.ReviewWhenRead)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31 - 1))
def test_everything_happens_within_the_sprint_once_each_and_in_working_hours(tmp_path: Path, seed: int) -> None:
    scenario = a_scenario(tmp_path, *EVERYTHING)

    plan = compile_plan(scenario, seed=seed)

    ids = [t.id for t in (*plan.setup, *plan.timed)]
    assert len(ids) == len(set(ids))
    for timed in plan.timed:
        assert scenario.starts_at <= timed.at <= scenario.ends_at
        assert scenario.calendar.is_working(timed.at) or timed.at == scenario.ends_at
    assert [t.at for t in plan.timed] == sorted(t.at for t in plan.timed)
    assert plan == compile_plan(scenario, seed=seed)


def test_another_event_changes_no_draw() -> None:
    scenario = load_scenario(find_scenario("first-sprint"))
    fewer = scenario.spec.model_copy(update={"events": scenario.spec.events[3:]})
    trimmed = replace(scenario, spec=fewer)

    whole = {t.id: t for t in compile_plan(scenario, seed=5).timed}

    for timed in compile_plan(trimmed, seed=5).timed:
        assert whole[timed.id] == timed


def test_seeds_differ_in_what_is_left_to_chance() -> None:
    scenario = load_scenario(find_scenario("first-sprint"))

    approvals = {
        next(t.at for t in compile_plan(scenario, seed=seed).timed if t.id == "toms-routes:approve")
        for seed in range(20)
    }

    assert len(approvals) > 5
    assert max(approvals) - min(approvals) <= timedelta(hours=1)


def test_packed_actions_are_the_same_after_unpacking() -> None:
    plan = compile_plan(load_scenario(find_scenario("first-sprint")), seed=1)

    for timed in (*plan.setup, *plan.timed):
        assert do.unpack(do.pack(timed.action)) == timed.action


def test_a_patch_that_vanished_is_a_scenario_error(tmp_path: Path) -> None:
    shutil.copytree(find_scenario("first-sprint"), tmp_path / "copy")
    scenario = load_scenario(tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "patches" / "tom" / "routes")

    with pytest.raises(ScenarioError, match="routes"):
        compile_plan(scenario, seed=1)
