"""The report of a run with several sprints, and the sprint that pages show, whatever it is called by now."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from simulator.model.facts import Fact
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.live import Story
from simulator.run.report import report
from simulator.run.views import sprint_view
from simulator.scenario.load import load_scenario
from tests.plan.builders import a_scenario, at
from tests.plan.meetings.builders import a_sprint, a_view, an_issue, changed, moved

WALL = datetime(2026, 1, 5, tzinfo=UTC)
TWO = """\
{id: one, name: One, goal: Be kind., days: 5, issues: [refunds]}
  - {id: two, name: Two, goal: On., days: 5, issues: [vague]}"""


def _run() -> Run:
    return Run(
        id=RunId("small-1"),
        scenario_id="small",
        title="Small *run*",
        scenario_path="",
        seed=1,
        state=RunState.FINISHED,
        services={},
        created_at=WALL,
        started_at=WALL,
        finished_at=WALL,
        seen_at=WALL,
        revision=1,
        problem=None,
        emulated=True,
        pace_s=600,
        starts_paused=False,
    )


def _facts() -> list[Fact]:
    close = at(5, 17)
    return [
        *a_sprint(closed=close),
        *a_sprint(started=at(6), number=2),
        an_issue(points=3.0),
        an_issue("PAY-2", "vague", points=5.0),
        moved("PAY-1", "Done", when=at(4)),
        changed("PAY-2", "Sprint", "1, 2", when=at(6)),
    ]


def test_each_sprint_is_told_with_its_sums_and_the_velocity_as_a_band(tmp_path: Path) -> None:
    story = Story(a_scenario(tmp_path))
    history = a_view(story.scenario, _facts(), now=at(8)).history

    told = report(_run(), story, history, {}, bindings={"sprint:one": "1"})

    assert [(s["name"], s["committed"], s["completed"], s["carried_over"]) for s in told["sprints"]] == [
        ("Sprint 1", 8, 3, 5),
        ("Sprint 2", 5, 0, 0),
    ]
    assert told["velocity"] == {
        "unit": "points",
        "low": 2,
        "high": 4,
        "sprints": [{"name": "Sprint 1", "committed": 8, "completed": 3}],
    }
    assert "| Sprint 1 | 8 | 3 | 0 | 0 | 5 |" in told["markdown"]
    assert "2 to 4 points are likely in the next one" in told["markdown"]
    assert "PAY-2]() Summary of PAY-2 (To Do, 5 points, carried over)" in told["markdown"]


def test_a_renamed_sprint_is_known_by_its_number(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    file = tmp_path / "scenario.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "{id: one, name: One, goal: Be kind., days: 10, issues: [refunds, vague, retry]}", TWO
        ),
        encoding="utf-8",
    )
    story = Story(load_scenario(tmp_path))
    history = a_view(scenario, _facts(), now=at(8)).history

    view = sprint_view(history, story, {"sprint:one": "1", "sprint:two": "2"})

    assert view is not None
    assert (view["name"], view["start"][:10], view["end"][:10]) == ("Sprint 2", "2026-01-19", "2026-01-23")
