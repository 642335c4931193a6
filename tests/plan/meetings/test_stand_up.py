"""Stand-ups: colleagues say what is true of them, and what learners say is compared with what was seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.model.actions import HoldCeremony, PostNote, PostPrompt, PromptKind
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.compile import compile_plan
from simulator.plan.meetings.held import held
from simulator.plan.meetings.meeting import Evidence
from simulator.scenario.claims import compared, says_nothing
from simulator.scenario.view import View
from tests.plan.builders import a_fact, at, opened, review
from tests.plan.meetings.builders import (
    DAILY,
    PLANNING,
    a_sprint,
    a_view,
    an_issue,
    answered,
    asked,
    changed,
    meeting_scenario,
    moved,
)

MORNING = at(3, 9.25)
MEETING = HoldCeremony(actor=SeatId("mira"), event="daily", kind=PromptKind.STAND_UP, occurrence="day-3")


def _at_the_stand_up(folder: Path, *facts: Fact) -> View:
    known = [*a_sprint(), an_issue(), an_issue("PAY-3", "retry", assignee="tom"), *facts]
    return a_view(meeting_scenario(folder, DAILY), known, now=MORNING)


def _said(view: View) -> dict[str, str]:
    return {str(note.actor): note.text for note in held(MEETING, view, Evidence()) if isinstance(note, PostNote)}


def test_colleagues_say_what_was_seen_of_them(tmp_path: Path) -> None:
    view = _at_the_stand_up(
        tmp_path,
        moved("PAY-3", "In Progress", when=at(2, 10), actor="tom"),
        opened(7, actor="tom", when=at(2, 11), title="feat: try again", head="feature/PAY-3-again"),
        opened(8, actor="learner", when=at(2, 11), title="feat: refund", head="feature/PAY-1"),
        review("COMMENTED", 8, actor="mira", when=at(2, 12)),
        review("COMMENTED", 7, actor="tom", when=at(2, 13)),
    )

    said = _said(view)

    assert said["tom"].startswith("Opened #7 (feat: try again) and took up PAY-3. Next: PAY-3 (in progress).")
    assert said["mira"].startswith("Reviewed #8.")
    assert "anna" not in said


def test_a_review_that_does_not_come_is_said_to_block(tmp_path: Path) -> None:
    view = _at_the_stand_up(
        tmp_path,
        opened(7, actor="tom", when=at(1, 11), title="feat: try again", head="feature/PAY-3-again"),
        a_fact(FactKind.REVIEW_REQUESTED, "pull:7", actor="tom", when=at(1, 11), reviewer="robin"),
        a_fact(FactKind.NOTE_POSTED, "run:1", when=at(1, 12), channel="chat", text="Good morning", day=1),
    )

    assert "#7 still waits for a review, Robin?" in _said(view)["tom"]


def test_whoever_is_away_says_nothing(tmp_path: Path) -> None:
    away = a_fact(
        FactKind.AVAILABILITY_CHANGED, "person:tom", actor="tom", when=at(2, 9), seat="tom", away=True, until=None
    )

    assert _said(_at_the_stand_up(tmp_path, moved("PAY-3", "Done", when=at(2, 8.9), actor="tom"), away)) == {}


def test_every_human_is_asked_the_same_three_things_for_a_while(tmp_path: Path) -> None:
    view = _at_the_stand_up(tmp_path)

    prompts = [action for action in held(MEETING, view, Evidence()) if isinstance(action, PostPrompt)]

    assert [(prompt.prompt, prompt.seat) for prompt in prompts] == [
        ("daily:day-3:learner", "learner"),
        ("daily:day-3:second", "second"),
    ]
    assert [field.id for field in prompts[0].fields] == ["did", "next", "blocked"]
    assert prompts[0].until == at(3, 11.25)


def test_on_the_day_of_a_planning_there_is_no_stand_up(tmp_path: Path) -> None:
    plan = compile_plan(meeting_scenario(tmp_path, DAILY, PLANNING), seed=1)

    assert [timed.at for timed in plan.timed if timed.id.startswith("daily:")] == [
        at(day, 9.25) for day in range(2, 11)
    ]


# --- what learners say --------------------------------------------------------------------------------------------------


def _remarks(folder: Path, *facts: Fact, when: float = 9.5, now: float = 9.6, **said: str) -> list[str]:
    view = _at_the_stand_up(folder)
    prompt = next(a for a in held(MEETING, view, Evidence()) if isinstance(a, PostPrompt))
    told = [answered(prompt.prompt, when=at(3, when), **said)] if said else []
    later = a_view(view.scenario, [*view.facts, *facts, asked(prompt, when=MORNING), *told], now=at(3, now))
    return [remark.kind for remark in compared(later.history.run.prompts[prompt.prompt], later.history)]


OPEN_PULL = opened(8, actor="learner", when=at(2, 16), title="feat: refund", head="feature/PAY-1-refund")
MERGED = a_fact(FactKind.PULL_REQUEST_MERGED, "pull:8", actor="learner", when=at(2, 16.5), merge_sha="b", head_sha="a1")
DONE = moved("PAY-1", "Done", when=at(2, 16.6))


@pytest.mark.parametrize(
    ("did", "expected"),
    [
        ("PAY-1 is done", ["done-while-open"]),
        ("finished pay-1, reviewed Tom's", ["done-while-open"]),
        ("#8 is merged", ["done-while-open"]),
        ("PAY-1 fertig", ["done-while-open"]),
        ("PAY-1 is almost done", []),
        ("PAY-1 isn't done", []),
        ("opened #8 for PAY-1, it waits for review", []),
        ("PAY-1 will be done today", []),
        ("80% of PAY-1 done. Tests are finished", []),
        ("I finished the tests of PAY-1", []),
        ("done with my review of #8", []),
        ("finished PAY-3 and began PAY-1", ["done-while-open"]),
        ("PAY-3 und PAY-1 sind fertig", ["done-while-open", "done-while-open"]),
        ("PAY-1 soll heute fertig werden", []),
        ("never finished PAY-1", []),
        ("waiting to have #8 merged", []),
        ("I have merged the PR for PAY-1", ["done-while-open"]),
        ("finished work on PAY-1", ["done-while-open"]),
    ],
)
def test_done_is_done_when_it_is_merged(tmp_path: Path, did: str, expected: list[str]) -> None:
    assert _remarks(tmp_path, OPEN_PULL, did=did) == expected


def test_what_is_merged_and_done_may_be_called_so(tmp_path: Path) -> None:
    assert _remarks(tmp_path, OPEN_PULL, MERGED, DONE, did="PAY-1 is done, #8 merged") == []


def test_a_flagged_issue_wants_a_word(tmp_path: Path) -> None:
    mine = changed("PAY-1", "assignee", "robin", when=at(1, 10))
    flagged = changed("PAY-1", "Flagged", "Impediment", when=at(2, 10))

    assert _remarks(tmp_path, mine, flagged, did="this and that", blocked="nothing") == ["unsaid-block"]
    assert _remarks(tmp_path, mine, flagged, did="this and that", blocked="waiting for the data team") == []
    assert _remarks(tmp_path, mine, flagged, did="PAY-1 has to wait for the bank") == []


def test_a_word_is_not_enough(tmp_path: Path) -> None:
    assert _remarks(tmp_path, did="ok") == ["empty"]


def test_silence_is_noticed_of_those_who_have_joined_when_the_time_is_over(tmp_path: Path) -> None:
    assert _remarks(tmp_path, now=12) == []
    assert _remarks(tmp_path, OPEN_PULL, now=11) == []
    assert _remarks(tmp_path, OPEN_PULL, now=12) == ["silence"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "No blockers.",
        "nothing blocks me today",
        "Nichts",
        "not blocked",
        "all clear",
        "I don't have any blockers",
        "No impediments on my side, thanks",
        "Mich blockiert nichts",
        "keine Hindernisse",
        "nicht blockiert",
    ],
)
def test_nothing_can_be_said_in_many_ways(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["blocked", "#4", "no review yet on #4", "waiting for Tom", "nobody answers", "kein Zugang"]
)
def test_what_blocks_is_not_taken_for_nothing(text: str) -> None:
    assert not says_nothing(text)
