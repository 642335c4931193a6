"""The history that facts tell: issues at any instant, the board, the burndown, landings, working time."""

from __future__ import annotations

import dataclasses

import pytest

from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.keys import IssueKey, SeatId
from simulator.testing.story import Story, a_clean_sprint, a_roster, history_of, instant

ADA, RITA, TOM = SeatId("ada"), SeatId("rita"), SeatId("tom")
PAY_1, PAY_2, PAY_3 = IssueKey("PAY-1"), IssueKey("PAY-2"), IssueKey("PAY-3")


# --- issues and sprints -----------------------------------------------------------------------------------------


def test_an_issues_fields_are_known_at_any_instant() -> None:
    story = Story().issue("PAY-1", summary="Refunds", points=None)
    story.at("2 10:00").estimate("PAY-1", points=5).at("3 10:00").assign("PAY-1", to="ada")
    story.at("4 10:00").move("PAY-1", to="In Progress").at("5 10:00").describe("PAY-1", text="More")

    issue = story.history().issues[PAY_1]

    assert [issue.at(instant(f"{day} 09:59")).points for day in (1, 2, 3)] == [None, None, 5.0]
    assert [issue.at(instant(day)).assignee for day in ("3 09:59", "3 10:00")] == [None, ADA]
    assert issue.at(instant("4 10:00")).category is StatusCategory.IN_PROGRESS
    assert issue.state.description == "More"
    assert [change.field for change in issue.changes] == ["points", "assignee", "status", "description"]
    assert [(move.actor, move.before.status, move.after.status) for move in issue.moves()] == [
        (ADA, "To Do", "In Progress")
    ]
    assert issue.people() == (ADA,)


def test_people_of_an_issue_are_its_assignees_and_movers_the_present_one_first() -> None:
    story = Story().issue("PAY-1", assignee="tom").at("2").assign("PAY-1", to="ada").move("PAY-1", to="Done", by="rita")

    assert story.history().issues[PAY_1].people() == (ADA, TOM, RITA)


def test_a_sprint_knows_what_it_began_with_and_what_came_and_went() -> None:
    story = Story().at("1")  # with the sprint's start
    story.issue("PAY-1").issue("PAY-2").issue("PAY-3", sprints=[])
    story.at("3 10:00").plan("PAY-3", sprints="1", by="rita").plan("PAY-2", sprints="", by="rita")
    story.at("9 10:00").close_sprint()
    story.at("9 10:00").plan("PAY-1", sprints="1, 2", by="rita")

    sprint = story.history().sprint

    assert sprint is not None
    assert sprint.committed == {PAY_1, PAY_2}
    assert sprint.added == {PAY_3}
    assert sprint.removed == {PAY_2}
    assert sprint.closed_at == instant("9 10:00")
    assert sprint.goal == "Refunds"


def test_sprint_ids_are_compared_as_a_set_not_as_text() -> None:
    story = Story().issue("PAY-1").at("3").plan("PAY-1", sprints="7, 1")

    sprint = story.history().sprint

    assert sprint is not None
    assert not sprint.removed
    assert story.history().issues[PAY_1].state.sprints == {1, 7}


def test_nothing_after_now_is_known() -> None:
    story = Story().issue("PAY-1").at("5 10:00").move("PAY-1", to="Done")

    assert story.history("5 09:59").issues[PAY_1].state.status == "To Do"
    assert story.history("5 10:00").issues[PAY_1].state.status == "Done"


def test_the_board_has_its_columns_in_order_with_the_sprints_issues() -> None:
    story = Story().issue("PAY-1").issue("PAY-2").issue("PAY-3", sprints=[]).issue("PAY-4", type="Epic")
    story.at("2").move("PAY-2", to="In Review")

    columns = story.history().board()

    assert [column.status for column in columns] == ["To Do", "In Progress", "In Review", "Done"]
    assert [[issue.key for issue in column.issues] for column in columns] == [["PAY-1"], [], ["PAY-2"], []]


# --- the burndown -----------------------------------------------------------------------------------------------


def a_burning_sprint() -> Story:
    story = Story().issue("PAY-1", points=3).issue("PAY-2", points=5).issue("PAY-3", points=2, sprints=[])
    story.at("2 10:00").move("PAY-1", to="Done", by="ada")
    story.at("3 10:00").plan("PAY-3", sprints="1", by="rita")
    story.at("4 10:00").move("PAY-1", to="In Progress", by="tom")
    story.at("5 10:00").estimate("PAY-2", points=8, by="rita")
    story.at("6 10:00").plan("PAY-2", sprints="", by="rita")
    return story


def test_every_step_of_the_burndown_has_its_cause_and_its_actor() -> None:
    burndown = a_burning_sprint().history("7 12:00").burndown()

    assert burndown is not None
    assert [(s.cause, s.issue, s.actor, s.remaining_delta, s.scope_delta) for s in burndown.steps] == [
        ("done", "PAY-1", "ada", -3, 0),
        ("added", "PAY-3", "rita", 2, 2),
        ("reopened", "PAY-1", "tom", 3, 0),
        ("estimated", "PAY-2", "rita", 3, 3),
        ("removed", "PAY-2", "rita", -8, -8),
    ]
    assert (burndown.unit, burndown.committed, burndown.remaining, burndown.scope) == ("points", 8, 5, 5)


def test_the_burndown_has_a_point_a_day_and_none_for_days_to_come() -> None:
    burndown = a_burning_sprint().history("4 12:00").burndown()

    assert burndown is not None
    assert [day.day for day in burndown.days] == list(range(11))
    assert [day.remaining for day in burndown.days] == [8, 8, 5, 7, 10, None, None, None, None, None, None]
    assert [day.ideal for day in burndown.days] == pytest.approx([8 - 0.8 * day for day in range(11)])
    assert burndown.days[5].at == instant("5 17:00")
    assert burndown.days[10].at == instant("10 17:00")


@pytest.mark.parametrize("moved", ["9 09:58", "9 10:00", "9 10:01"])
def test_what_the_closing_moves_away_stays_open_in_the_burndown(moved: str) -> None:
    story = Story().issue("PAY-1", points=3).at("9 10:00").close_sprint().at(moved).plan("PAY-1", sprints="")

    history = story.history()
    burndown = history.burndown()

    assert burndown is not None
    assert (burndown.remaining, burndown.scope) == (3, 3)
    assert history.sprint is not None
    assert history.sprint.removed == frozenset()
    assert [issue.key for issue in history.board()[0].issues] == ["PAY-1"]


def test_without_any_estimate_issues_are_counted() -> None:
    story = Story().issue("PAY-1", points=None).issue("PAY-2", points=None).at("2").move("PAY-1", to="Done")

    burndown = story.history().burndown()

    assert burndown is not None
    assert (burndown.unit, burndown.committed, burndown.remaining) == ("issues", 2, 1)


def test_before_a_sprint_there_is_no_burndown() -> None:
    story = Story().issue("PAY-1")
    story.facts = [fact for fact in story.facts if fact.kind != "sprint_started"]

    assert story.history().sprint is None
    assert story.history().burndown() is None


# --- landings ---------------------------------------------------------------------------------------------------


def test_the_starter_code_is_no_direct_push_and_what_follows_is() -> None:
    story = Story().push_main("chore: starter code", by="rita", first=True).at("2").push_main("fix: oops", by="ada")

    pushes = story.history().direct_pushes

    assert [(push.actor, push.message) for push in pushes] == [(ADA, "fix: oops")]


def test_seed_commits_can_be_named() -> None:
    story = Story().push_main("chore: more starter code", by="rita")
    seed = story.history().direct_pushes[0].sha

    named = History.of(
        story.facts,
        roster=story.roster,
        project="PAY",
        default_branch="main",
        now=instant("10"),
        working_time=story.history().working_time,
        sprint_start=instant("1"),
        sprint_end=instant("10 17:00"),
        seed_shas={seed},
    )

    assert named.direct_pushes == ()


def test_without_an_activity_list_the_landed_commits_tell() -> None:
    story = Story().push_main("chore: starter code", by="rita", first=True).push("a").open("a").merge(1)
    story.at("3").push_main("fix: oops", by="ada")
    story.facts = [fact for fact in story.facts if not fact.subject.startswith("branch:")]

    pushes = story.history().direct_pushes

    assert [(push.actor, push.message) for push in pushes] == [(ADA, "fix: oops")]


# --- links, time, order -------------------------------------------------------------------------------------------


def test_work_on_an_issue_starts_with_its_first_code() -> None:
    story = Story().issue("PAY-1").issue("PAY-2")
    story.at("2 10:00").push("x", commits=[{"message": "feat: x (PAY-1)", "lines": 3}], by="tom")
    story.at("3 10:00").push("feature/PAY-1-y", by="ada")
    story.at("4 10:00").push("feature/PAY-2-empty", commits=[])

    starts = story.history().work_starts

    assert set(starts) == {PAY_1}
    assert starts[PAY_1].at == instant("2 10:00")
    assert starts[PAY_1].label.startswith("commit ")
    assert starts[PAY_1].seats == (TOM, ADA)


def test_working_time_is_counted_in_hours_and_days() -> None:
    history = Story().history()

    assert history.working_hours(instant("5 16:00"), instant("6 10:00")) == 2
    assert history.working_days(instant("1"), instant("3 13:00")) == 2.5
    assert history.working_hours(instant("3"), instant("2")) == 0


def test_order_and_repetition_of_facts_make_no_difference() -> None:
    story = a_clean_sprint()

    backwards = history_of([*reversed(story.facts), *story.facts], story.roster, now=instant("10 17:00"))

    assert backwards == story.history()


def test_strangers_are_nobodys_work() -> None:
    story = Story(a_roster(humans=("ada",), teammates=("rita",))).push("a").open("a").review(1, by="rita")
    story.facts = [dataclasses.replace(f, actor=None) if f.kind == "review_submitted" else f for f in story.facts]

    assert story.history().pulls[1].reviews[0].author is None
    assert story.history().name_of(None) == "somebody"
