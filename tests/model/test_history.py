"""The history that facts tell: pull requests, branches, landings, issues at any instant, the board and the burndown."""

from __future__ import annotations

import dataclasses

import pytest

from simulator.model.agile import StatusCategory
from simulator.model.history import UNPLANNED, History
from simulator.model.keys import IssueKey, SeatId
from tests.hygiene.story import Story, a_clean_sprint, a_roster, history_of, instant

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


# --- branches ---------------------------------------------------------------------------------------------------


def test_a_renamed_branch_is_followed_with_its_commits() -> None:
    story = Story().issue("PAY-1").push("stuff").rename("stuff", to="feature/PAY-1-stuff")

    branches = story.history().branches

    assert branches["stuff"].replaced_by == "feature/PAY-1-stuff"
    assert branches["stuff"].item == "PAY-1"
    assert branches["feature/PAY-1-stuff"].commits == branches["stuff"].commits != ()


def test_a_branch_deleted_after_its_merge_was_not_renamed_by_one_stacked_on_it() -> None:
    story = Story().push("one").open("one")
    tip = story.history().branches["one"].tips[-1]
    story.merge(1).delete("one").push("two")
    story.facts = [
        dataclasses.replace(fact, detail={**fact.detail, "sha": tip})
        if fact.kind == "branch_created" and fact.subject == "branch:two"
        else fact
        for fact in story.facts
    ]

    assert story.history().branches["one"].replaced_by is None


def test_a_branch_starts_with_its_first_commit_when_that_is_older() -> None:
    story = Story().at("4 10:00").push("a", written="2 10:00")

    branch = story.history().branches["a"]

    assert branch.started_at == instant("2 10:00")
    assert branch.created_at == instant("4 10:00")


def test_a_work_item_is_an_existing_issue_or_nothing() -> None:
    story = Story().issue("PAY-1")
    story.push("feature/PAY-1-a").push("feature/PAY-9-a").push("feature/OPS-1-a")
    story.push("b", commits=[{"message": "feat: x\n\nRefs: pay-1", "lines": 3}])

    items = {name: branch.item for name, branch in story.history().branches.items()}

    assert items == {
        "feature/PAY-1-a": "PAY-1",
        "feature/PAY-9-a": UNPLANNED,
        "feature/OPS-1-a": UNPLANNED,
        "b": "PAY-1",
    }


# --- pull requests ----------------------------------------------------------------------------------------------


def test_a_pull_request_knows_its_titles_its_heads_and_its_state() -> None:
    story = Story().at("1 10:00").push("a", commits=[{"message": "feat: x", "lines": 10}])
    story.at("1 11:00").open("a", title="First", draft=True)
    story.at("2 11:00").retitle(1, title="Second").at("2 12:00").ready(1)
    story.at("3 10:00").push("a", commits=[{"message": "feat: y", "lines": 5}])

    pull = story.history().pulls[1]

    assert [pull.title_at(instant(day)) for day in ("1 09:00", "1 12:00", "2 11:00")] == ["First", "First", "Second"]
    assert pull.ready_at == instant("2 12:00")
    assert (pull.state, story.history("1 12:00").pulls[1].state) == ("open", "draft")
    assert [head.lines for head in pull.heads] == [10, 15]
    before = pull.head_at(instant("2"))
    assert before is not None
    assert before.lines == 10
    assert len(pull.commits) == 2


def test_closing_reopening_and_merging() -> None:
    story = Story().push("a").open("a").at("2").close(1)
    closed = story.history().pulls[1]
    story.at("3").reopen(1)
    open_again = story.history().pulls[1]
    story.at("4").merge(1, by="tom")
    merged = story.history().pulls[1]

    assert [(pull.state, pull.closed_at) for pull in (closed, open_again, merged)] == [
        ("closed", instant("2")),
        ("open", None),
        ("merged", None),
    ]
    assert (merged.merged_at, merged.merged_by) == (instant("4"), TOM)


def test_review_requests_come_in_turns() -> None:
    story = Story().at("1 10:00").push("a").open("a")
    story.at("1 11:00").ask(1).at("1 12:00").ask(1)
    story.at("1 13:00").review(1, state="CHANGES_REQUESTED", by="rita")
    story.at("2 10:00").ask(1).ask(1, reviewer="ada").ask(1, reviewer="a-bot")

    requests = story.history().pulls[1].requests

    assert [(r.reviewer, r.turn, r.at, r.answered_at) for r in requests] == [
        (RITA, 1, instant("1 11:00"), instant("1 13:00")),
        (RITA, 2, instant("2 10:00"), None),
    ]


def test_a_request_that_is_withdrawn_waits_no_longer() -> None:
    story = Story().at("1 10:00").push("a").open("a")
    story.at("1 11:00").ask(1).at("1 12:00").withdraw(1).at("2 10:00").ask(1)

    requests = story.history().pulls[1].requests

    assert [(r.turn, r.at, r.void_at) for r in requests] == [
        (1, instant("1 11:00"), instant("1 12:00")),
        (2, instant("2 10:00"), None),
    ]


def test_a_squash_is_told_from_other_merges() -> None:
    def merged(method: str) -> History:
        commits = [{"message": "feat: x", "lines": 3}, {"message": "feat: y", "lines": 3}]
        return Story().push("a", commits=commits).open("a").merge(1, method=method).history()

    squash, merge = merged("squash"), merged("merge")

    landed = squash.squashed(squash.pulls[1])
    assert landed is not None
    assert landed.message == "feat: one step (#1)"
    assert merge.squashed(merge.pulls[1]) is None


def test_all_that_wrote_a_pull_request_are_its_authors() -> None:
    story = Story().push("a", commits=[{"message": "feat: x", "lines": 3, "by": "tom"}]).open("a", by="ada")

    assert story.history().pulls[1].authors() == (ADA, TOM)


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
