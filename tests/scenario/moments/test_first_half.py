"""What holds of moments 1 to 9 together: nothing there is no error, an opening needs what it is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.plan.moments import moments_of
from simulator.testing.story import Story
from tests.scenario.moments.builders import K, a_scenario, a_scene, a_view, told

TOMS = """\
id: toms-pull
type: pull_request
who: tom
issue: one-3
started: day 1 09:05
at: day 2 10:00
pull: toms
branch: feature/toms
commits: [{message: "feat: again", files: {hooks.py: "x = 1"}}]
title: "feat: again"
body: Resolves it.
"""
REMARK = "{path: a.py, find: x, text: Please take this out}"
FIRST_HALF = (
    TOMS,
    "{id: m1, type: vague_issue, at: day 1 09:00, who: anna, issue: one-5}",
    "{id: m2, type: over_commitment, at: day 1 09:00, who: anna, sprint: sprint-2, capacity: 5}",
    "{id: m3, type: first_branch, at: day 1 09:00, who: rita, issue: one-5}",
    "{id: m4, type: stand_ups, at: day 1 09:00, who: rita}",
    "{id: m5, type: large_pull_request, when: {opened: toms}, who: rita}",
    f"{{id: m6, type: wrong_review_comment, when: {{opened: toms}}, who: rita, remark: {REMARK}, harm: {{find: y}}}}",
    f"{{id: m7, type: nit_flood, when: {{opened: toms}}, who: rita, blocking: {REMARK}, nits: [{REMARK}, {REMARK}]}}",
    "{id: m8, type: conflicting_merge, when: {opened: toms}, who: tom, pull: toms, keep: {find: x}}",
    "{id: m9, type: learner_reviews, when: {opened: toms}, who: tom, pull: toms, bug: {find: x}}",
)
SCENARIO = a_scenario(*FIRST_HALF)


def _odd() -> Story:
    """A sprint in which things are gone or half there."""
    story = told().at("1 09:10").fact(K.ISSUE_DELETED, "issue:PAY-5", by="anna", key="PAY-5")
    story.push("x").open("x").at("1 09:20").close(1).delete("x").at("1 09:30").comment_on("PAY-1", body="")
    return story.note("").prompt("gone").at("1 09:40").remark(1, path="a.py", line=0, body="?", by="ada", to="404")


@pytest.mark.parametrize(
    "about", [{}, {"pull": "99"}, {"pull": "seven"}, {"pull": "1"}, {"issue": "PAY-5"}, {"person": "x"}]
)
@pytest.mark.parametrize("story", [Story, told, _odd], ids=["nothing", "a beginning", "odd"])
def test_what_is_not_there_is_no_error_and_no_sign(story: Callable[[], Story], about: dict[str, str]) -> None:
    for moment in moments_of(a_view(story(), "1 10:00", scenario=SCENARIO)):
        scene = a_scene(story(), now="1 10:00", **about)

        assert isinstance(moment.concerns(scene), bool)
        assert not [*moment.well(scene), *moment.badly(scene)]
        assert isinstance(moment.task(scene) + moment.where(scene), str)
        assert all(moment.hint(level, scene) for level in (1, 2, 3))


def test_what_needs_something_does_not_open_without_it() -> None:
    view = a_view(_odd(), "1 10:00", scenario=SCENARIO)

    refused = {moment.id for moment in moments_of(view) if moment.obstacle(view, {"pull": "1"})}

    assert refused == {"m1", "m6", "m7", "m8"}
