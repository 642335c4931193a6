"""What holds of the moments of a sprint's second half together: their names are checked, and a still sprint shows nothing."""

from __future__ import annotations

import re

import pytest

from simulator.errors import ScenarioError
from simulator.plan.moments import moments_of
from simulator.scenario.moments.moment import Sign
from simulator.testing.story import instant
from tests.scenario.moments.builders import a_scenario, a_scene, a_view, told

SECOND_HALF = (
    "{id: build, type: checks, who: tom}",
    "{id: flake, type: flaky_check, who: tom, at: day 5 10:00}",
    """{id: swap, type: priority_change, who: anna, at: day 5 10:00, sprint: sprint-1, reason: A customer leaves.,
        new: {id: one-6, summary: Refunds for the new bank, points: 5}, before: one-1}""",
    """{id: incident, type: production_bug, who: anna, at: day 6 10:00, sprint: sprint-1, alarm: Refunds are down!,
        new: {id: one-7, type: Bug, summary: Refunds fail}, details: Since ten.}""",
    """{id: waits, type: blocked_issue, who: tom, at: day 6 10:00, issue: one-1, blocker: one-5, late: Not yet.,
        ready: day 8 10:00, solved: It is there.}""",
    "{id: gone, type: absent_reviewer, who: rita, delegate: tom, at: day 7 10:00, back: day 9, reply: I am away. Ask Tom.}",
    "{id: leak, type: committed_secret, who: tom, when: {commit: {touches: '.env'}}, notice: Is that a key?}",
    "{id: red, type: red_main, who: tom, when: {check: {failed: 1, on: default_branch}}, news: Main is red.}",
    "{id: end, type: last_day, who: anna, at: day 9 09:00, sprint: sprint-1}",
    "{id: retro, type: retro, who: rita, sprint: sprint-1}",
    "{id: look-back, type: retrospective, who: rita, at: day 10 15:00, retro: retro}",
)


def test_a_scenario_with_all_of_them_is_found_whole_and_a_still_sprint_shows_nothing() -> None:
    found = list(moments_of(a_view(told(), "1 10:00", scenario=a_scenario(*SECOND_HALF))))

    assert len(found) == 9
    for moment in found:
        scene = a_scene(told(), now="1 10:00")
        assert not [*moment.well(scene), *moment.badly(scene)]
        for slip in moment.slips:
            assert isinstance(moment.consequences(scene, Sign(way=slip, at=instant("1 09:30"))), tuple)


@pytest.mark.parametrize("about", [{"pull": "99"}, {"pull": "seven"}, {"branch": "gone"}, {"person": "nobody"}])
def test_a_scene_about_what_is_not_there_is_still_and_not_an_error(about: dict[str, str]) -> None:
    story = told().at("2 10:00").move("PAY-1", to="In Progress").push("feature/PAY-1-x").open("feature/PAY-1-x")

    for moment in moments_of(a_view(story, scenario=a_scenario(*SECOND_HALF))):
        scene = a_scene(story, now="2 11:00", **about)
        assert isinstance(moment.concerns(scene), bool)
        assert not [*moment.badly(scene)]
        assert isinstance(moment.task(scene), str)
        assert isinstance(moment.where(scene), str)
        assert all(moment.hint(level, scene) for level in (1, 2, 3))
        assert isinstance(moment.obstacle(scene.view, about), str)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("{id: a, type: last_day, who: anna, at: day 9, sprint: sprint-9}", "sprint-9"),
        ("{id: a, type: blocked_issue, who: tom, at: day 6, issue: one-99, late: Not yet.}", "one-99"),
        ("{id: a, type: absent_reviewer, who: rita, delegate: zoe, at: day 7, reply: Away.}", "zoe"),
        ("{id: a, type: retrospective, who: rita, at: day 9, retro: nothing}", "nothing"),
        ("{id: a, type: committed_secret, who: tom, at: day 9, find: '('}", "regular expression"),
        ("{id: a, type: absent_reviewer, who: rita, delegate: tom, at: day 7, back: day 70, reply: Away.}", "day 70"),
    ],
)
def test_names_of_nothing_are_found(written: str, named: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(named)):
        a_scenario(written)
