"""Moments as they stand: what counts, whom they concern, how many at once, and what follows from a slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from simulator.model.actions import FollowSlip, PostNote
from simulator.model.history import Seen
from simulator.model.keys import SeatId
from simulator.plan.moments import (
    MOST_LIVE,
    State,
    consequences,
    followed,
    live,
    moments_of,
    new_signs,
    opening,
    scenes_of,
    standings,
)
from simulator.scenario.moments.moment import Moment
from simulator.scenario.values import read_hours
from simulator.scenario.view import View
from simulator.testing.story import instant
from tests.scenario.moments.builders import K, Told, a_file, a_scenario, a_view, told

VAGUE = "{id: vague, type: vague_issue, at: day 1 09:00, who: anna, issue: one-2, of: [ada]}"
STAND_UPS = "{id: daily, type: stand_ups, at: day 1 09:00, who: rita}"
FIRST = "{id: first, type: first_branch, at: day 1 09:00, who: rita, of: [ada]}"
LARGE = "{id: large, type: large_pull_request, when: {opened: toms}, who: rita}"
MORE = "{id: more, type: over_commitment, at: day 2 09:00, who: anna, sprint: sprint-1, capacity: 12, deadline: day 2 15:00}"
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
SCENARIO = a_scenario(VAGUE, STAND_UPS, FIRST, LARGE, MORE, TOMS)
ADA, BEN = SeatId("ada"), SeatId("ben")


def _view(story: Told, now: str = "10 17:00") -> View:
    return a_view(story, now, scenario=SCENARIO)


def _states(view: View, seat: SeatId = ADA) -> dict[str, State]:
    return {standing.moment.id: standing.state for standing in standings(view, seat)}


def _write_down(story: Told, now: str = "10 17:00") -> tuple[Seen, ...]:
    """Write the new signs down, as the run does."""
    signs = new_signs(_view(story, now))
    for sign in signs:
        story.saw(sign)
    return signs


def _moment(name: str) -> Moment:
    return next(moment for moment in moments_of(_view(told())) if moment.id == name)


def test_a_moment_waits_is_live_goes_well_or_badly_is_made_good_or_passes() -> None:
    story = told()
    assert _states(_view(story, "1 12:00"))["vague"] is State.WAITING

    story.at("1 09:00").happened("vague").happened("daily").happened("first")
    assert _states(_view(story, "1 12:00"))["vague"] is State.LIVE
    assert _states(_view(story))["first"] is State.OVER

    story.at("2 10:00").push("feature/PAY-2-x")
    _write_down(story, "2 11:00")
    assert _states(_view(story))["vague"] is State.BADLY
    assert _states(_view(story))["first"] is State.WELL

    story.at("3 10:00").comment_on("PAY-2", body="Which messages are meant, Anna?")
    _write_down(story)
    assert _states(_view(story))["vague"] is State.RECOVERED


def test_each_sign_is_new_once() -> None:
    story = told().at("1 09:00").happened("vague").at("1 10:00").comment_on("PAY-2", body="Which messages are meant?")

    assert [(sign.moment, sign.seat, sign.outcome, sign.way) for sign in _write_down(story)] == [
        ("vague", "ada", "well", "asked")
    ]
    assert new_signs(_view(story)) == ()


def test_everybody_whose_moment_it_is_has_their_own() -> None:
    story = told().at("1 09:00").happened("daily").happened("vague")

    assert {seen.seat for seen in _write_down(story) if seen.moment == "daily"} == {"ada", "ben"}
    assert "vague" not in _states(_view(story), BEN)


def test_a_moment_about_somebody_s_pull_request_is_theirs_alone() -> None:
    story = told().at("2 10:00").push("feature/PAY-1-x", commits=[{"message": "feat: x", "lines": 900}], by="ben")
    story.open("feature/PAY-1-x", by="ben").happened("large", pull="1")
    large = _moment("large")

    assert [scene.seat for scene in scenes_of(large, _view(story))] == ["ben"]


def test_it_closes_at_the_end_of_its_sprint() -> None:
    story = told().at("2 10:00").happened("first")

    assert next(scenes_of(_moment("first"), _view(story))).closes == instant("10 17:00")


def test_a_slip_has_its_consequence_once_and_not_when_it_was_made_good() -> None:
    story = told().at("1 09:00").happened("vague").at("2 10:00").push("feature/PAY-2-x")
    _write_down(story, "2 12:00")

    timed = consequences(_view(story, "2 12:00"))
    (follow,) = (one for one in timed if one.id.startswith("moment:vague"))
    assert follow.at == instant("4 10:01") - timedelta(minutes=1)
    assert consequences(_view(story, "3 12:00")) == timed
    assert isinstance(follow.action, FollowSlip)
    (said,) = followed(follow.action, _view(story, "4 10:00"))
    assert said.actor == "anna"

    story.at("3 10:00").comment_on("PAY-2", body="Which messages are meant, Anna?")
    _write_down(story, "3 12:00")
    assert followed(follow.action, _view(story, "4 10:00")) == ()


def test_what_follows_from_a_slip_comes_in_the_hours_of_who_says_it() -> None:
    story = told().at("1 09:00").happened("vague").at("2 10:00").push("feature/PAY-2-x")
    _write_down(story, "2 12:00")
    people = dict(SCENARIO.spec.people)
    people["anna"] = people["anna"].model_copy(update={"hours": read_hours("13:00-15:00")})
    other = replace(SCENARIO, spec=SCENARIO.spec.model_copy(update={"people": people}))

    (follow,) = (one for one in consequences(a_view(story, "2 12:00", scenario=other)) if "vague" in one.id)

    assert instant("4 13:00") <= follow.at <= instant("4 13:30")


def test_silence_is_asked_about_in_the_chat() -> None:
    story = told().at("1 09:00").happened("daily")
    _write_down(story, "3 12:00")

    asked = [timed for timed in consequences(_view(story, "3 12:00")) if isinstance(timed.action, FollowSlip)]

    assert len({timed.id for timed in asked}) == 2
    assert all(isinstance(followed(t.action, _view(story, "3 12:00"))[0], PostNote) for t in asked)  # type: ignore[arg-type]


def test_a_fifth_moment_is_put_off_and_dropped_at_its_deadline() -> None:
    crowded = a_scenario(
        *(f"{{id: first-{n}, type: first_branch, at: day 1 09:00, who: rita}}" for n in range(MOST_LIVE)), MORE
    )
    story = told().at("1 09:00").note("Good morning")
    for number in range(MOST_LIVE):
        story.happened(f"first-{number}")
    more = next(m for m in moments_of(a_view(story, scenario=crowded)) if m.id == "more")

    def at(now: str) -> View:
        return a_view(story, now, scenario=crowded)

    assert len(live(at("2 09:00"), ADA)) == MOST_LIVE
    put_off = opening(more, at("2 09:00"), {})
    assert (put_off.why, put_off.again) == ("4 moments are live already", instant("2 10:00"))
    assert opening(more, at("2 14:30"), {}).again is None
    story.at("2 09:30").push("feature/PAY-1-x")
    for sign in new_signs(at("2 10:00")):
        story.saw(sign)
    assert opening(more, at("2 10:00"), {}).why == ""


def test_somebody_who_has_not_come_keeps_nothing_from_opening() -> None:
    crowded = a_scenario(
        *(f"{{id: first-{n}, type: first_branch, at: day 1 09:00, who: rita, of: [ben]}}" for n in range(MOST_LIVE)),
        MORE,
    )
    story = told().at("1 09:00")
    for number in range(MOST_LIVE):
        story.happened(f"first-{number}")
    more = next(m for m in moments_of(a_view(story, scenario=crowded)) if m.id == "more")

    assert opening(more, a_view(story, "2 09:00", scenario=crowded), {}).again is not None
    story.at("1 10:00").note("Good morning, Ada here")
    assert opening(more, a_view(story, "2 09:00", scenario=crowded), {}).why == ""


def test_what_needs_something_that_is_gone_does_not_open_and_says_why() -> None:
    story = told().at("1 10:00").fact(K.ISSUE_DELETED, "issue:PAY-2", by="anna", key="PAY-2")

    refused = opening(_moment("vague"), _view(story, "2 09:00"), {})

    assert "one-2" in refused.why
    assert refused.again is None


def _busy() -> Told:
    """A sprint in which everything happens, from before the moments to after they close."""
    story = (
        told()
        .at("1 09:01")
        .comment_on("PAY-2", body="Which messages hurt the shops most?")
        .note("Early words of mine here")
    )
    story.at("1 09:30").push("early-stuff").at("2 09:00").happened("vague").happened("daily").happened("first")
    story.happened("more").at("2 10:00").push("feature/PAY-2-x").at("2 11:00").open("feature/PAY-2-x")
    story.at("3 10:00").note("PAY-2 is done").at("4 10:00").comment_on("PAY-2", body="Which of them are meant, Anna?")
    story.at("5 10:00").plan("PAY-1", sprints="").note("PAY-1 will not fit, we have capacity for less")
    return story.at("8 10:00").push("my-stuff").at("9 10:00").note("Today the review of the messages, nothing blocks")


BUSY = tuple(_busy().facts)


@settings(max_examples=25, deadline=None)
@given(order=some.permutations(range(len(BUSY))), hour=some.integers(0, 79))
def test_signs_lie_within_their_scene_and_the_order_of_collection_does_not_matter(order: list[int], hour: int) -> None:
    now = instant(f"{hour // 8 + 1} {9 + hour % 8:02}:59")
    story, shuffled = Told(), Told()
    story.facts, shuffled.facts = list(BUSY), [BUSY[place] for place in order]

    signs = new_signs(a_view(story, now, scenario=SCENARIO))

    assert signs == new_signs(a_view(shuffled, now, scenario=SCENARIO))
    opened: datetime = instant("2 09:00")
    assert all(opened <= sign.at <= min(now, instant("10 17:00")) for sign in signs)


def test_a_slip_after_a_good_day_can_be_made_good_in_the_same_way() -> None:
    story = told().at("1 09:00").happened("daily")
    for day in (1, 2):
        story.at(f"{day} 10:00").note("The refund endpoint today, nothing in my way")
    _write_down(story, "2 12:00")
    assert _states(_view(story, "2 12:00"))["daily"] is State.WELL

    _write_down(story, "6 12:00")
    assert _states(_view(story, "6 12:00"))["daily"] is State.BADLY
    story.at("6 14:00").note("Filters are done and merged, the table comes next")
    _write_down(story, "6 15:00")
    assert _states(_view(story, "6 15:00"))["daily"] is State.RECOVERED
    assert not [sign for sign in new_signs(_view(story, "6 15:00")) if sign.seat == ADA]


def test_whoever_has_not_come_is_not_judged_while_others_are_there() -> None:
    story = told().at("1 09:00").happened("daily").at("1 10:00").note("Refunds today, nothing in my way")

    assert {sign.seat for sign in new_signs(_view(story))} == {"ada"}
    story.at("6 10:00").note("Hello, I am new here", by="ben")
    assert [sign.way for sign in new_signs(_view(story, "6 12:00")) if sign.seat == BEN] == []


def test_two_slips_with_the_same_words_have_them_said_once() -> None:
    commits = [{"message": "feat: x", "files": {"a.py": a_file(*["x = 1"] * 900)}}]
    story = (
        told()
        .at("2 10:00")
        .push("feature/PAY-1-x", commits=commits)
        .open("feature/PAY-1-x")
        .happened("large", pull="1")
    )
    more = [{"message": "feat: y", "files": {"b.py": a_file(*["y = 1"] * 300)}}]
    story.at("2 11:00").push("feature/PAY-1-x", commits=more)
    slips = [sign.way for sign in _write_down(story, "5 10:00") if sign.moment == "large"]
    view = _view(story, "5 10:00")
    follows = [one.action for one in consequences(view) if one.id.startswith("moment:large")]

    assert slips == ["grew", "left_lying"]
    assert [len(followed(one, view)) for one in follows if isinstance(one, FollowSlip)] == [1, 0]
