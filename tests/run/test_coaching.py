"""What the coach shows: moments as the report tells them, whose they are, and how a persona met each."""

from __future__ import annotations

from simulator.model.facts import FactKind
from simulator.model.keys import SeatId
from simulator.plan.moments import new_signs
from simulator.run.coaching import coverage, job_view, moments_markdown, moments_view
from simulator.run.live import Story
from simulator.scenario.view import View
from tests.scenario.moments.builders import a_scenario, a_view, told

SCENARIO = a_scenario(
    "{id: daily, type: stand_ups, at: day 1 09:00, who: rita, times: 1}",
    '{id: vague, type: vague_issue, at: day 1 09:00, who: anna, issue: one-2, of: [ada], hints: ["Look at {issue:one-2}."]}',
    "{id: never, type: first_branch, at: day 9 09:00, who: rita}",
)
STORY = Story(SCENARIO)
ADA, BEN = SeatId("ada"), SeatId("ben")


def _view() -> View:
    """Ada spoke and asked, Ben said hello and no more; a hint was taken."""
    story = (
        told()
        .at("1 09:00")
        .happened("daily")
        .happened("vague")
        .note("Hello!", by="ben")
        .at("1 10:00")
        .note("Refunds today, nothing in my way")
    )
    story.at("1 11:00").comment_on("PAY-2", body="Which messages are meant, Anna?")
    for sign in new_signs(a_view(story, "3 09:30", scenario=SCENARIO)):
        story.saw(sign)
    return a_view(story, "4 12:00", scenario=SCENARIO)


def test_the_report_tells_what_was_seen_when_and_where_and_leaves_out_what_never_opened() -> None:
    vague = next(moment for moment in moments_view(_view(), STORY, seat=ADA) if moment["moment"] == "vague")

    assert (vague["state"], vague["in_words"], vague["opened"]) == ("well", "went well", "day 1 09:00")
    (sign,) = vague["seen"]
    assert (sign["way"], sign["at"]) == ("asked", "day 1 11:00")
    assert sign["links"][0].startswith("https://jira.test/browse/PAY-2")
    assert len(moments_view(_view(), STORY, seat=ADA)) == 2


def test_the_markdown_says_whose_moment_it_is_where_there_are_several_people() -> None:
    ada, ben = moments_view(_view(), STORY, seat=ADA), moments_view(_view(), STORY, seat=BEN)

    both = moments_markdown([*ada, *ben])

    assert "### The daily stand-up (Ben): something to try another way" in both
    assert "- day 3 09:00: The team heard nothing of you for days." in both
    assert "(Ada)" not in moments_markdown(ada)
    assert moments_markdown([]) == ""


def test_coverage_names_every_moment_even_one_that_never_opened() -> None:
    assert [(one["moment"], one["state"]) for one in coverage(_view(), ADA)] == [
        ("daily", "well"),
        ("vague", "well"),
        ("never", "waiting"),
    ]
    assert coverage(_view(), BEN)[0]["badly"] == ["silence"]


def test_the_job_view_fills_in_names() -> None:
    story = told().at("1 09:00").happened("vague")
    story.at("1 10:00").fact(FactKind.HINT_TAKEN, "moment:vague", moment="vague", seat="ada", level=1)

    card = job_view(a_view(story, "1 12:00", scenario=SCENARIO), ADA)

    assert card["hints"] == ["Look at PAY-2."]
    assert (card["hint_levels"], card["more_hints"]) == (3, True)
