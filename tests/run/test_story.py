"""What the engine and the pages take from a scenario."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from simulator.model.facts import Fact, FactKind
from simulator.run.live import Story
from simulator.scenario.load import load_scenario
from tests.run.conftest import SCENARIO

NEW_YORK = ZoneInfo("America/New_York")


def _story(folder: Path) -> Story:
    """Two sprints of two and three days, over the night in which New York sets its clocks back."""
    text = SCENARIO.replace("2026-01-05", "2026-10-29").replace("Europe/Berlin", "America/New_York")
    second = "  - {id: second, name: Sprint 2, goal: More of it, days: 3, issues: [more]}\nevents:"
    more = "  - {id: more, type: Story, summary: Refund more, points: 2}\nsprints:"
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n")
    (folder / "scenario.yaml").write_text(text.replace("events:", second, 1).replace("sprints:", more, 1))
    return Story(load_scenario(folder))


def _started(story: Story, sprint: int) -> Fact:
    window = story.scenario.sprints[sprint - 1]
    return Fact(
        source_id=f"jira:sprint:{sprint}:started",
        kind=FactKind.SPRINT_STARTED,
        subject=f"sprint:{sprint}",
        actor=None,
        url="",
        recorded_at=window.start,
        at=window.start,
        detail={"id": sprint, "name": f"Sprint {sprint}", "goal": "A goal", "start": None, "end": None},
    )


def test_each_sprint_burns_down_over_its_own_days(tmp_path: Path) -> None:
    story = _story(tmp_path)

    first = story.history((_started(story, 1),), now=story.scenario.starts_at + timedelta(hours=1)).burndown()
    both = (_started(story, 1), _started(story, 2))
    second = story.history(both, now=story.scenario.ends_at).burndown()

    assert first is not None
    assert second is not None
    assert [day.day for day in first.days] == [0, 1, 2]
    assert [day.day for day in second.days] == [0, 1, 2, 3]


def test_a_day_ends_at_five_o_clock_also_after_the_clocks_were_changed(tmp_path: Path) -> None:
    story = _story(tmp_path)

    history = story.history((_started(story, 1), _started(story, 2)), now=story.scenario.ends_at)

    burndown = history.burndown()
    assert burndown is not None
    assert {day.at.astimezone(NEW_YORK).hour for day in burndown.days[1:]} == {17}
