"""The job card: one thing to do next, by its weight; hints only for who asks."""

from __future__ import annotations

from simulator.model.keys import SeatId
from simulator.plan.card import JobCard
from simulator.plan.job_card import job_card
from tests.scenario.moments.builders import K, Told, a_scenario, a_view, told
from tests.scenario.moments.steps import change, check, take, tip

SCENARIO = a_scenario(
    "{id: vague, type: vague_issue, at: day 1 09:00, who: anna, issue: one-2}",
    "{id: daily, type: stand_ups, at: day 1 09:00, who: rita}",
)


def _card(story: Told, now: str = "3 12:00", seat: str = "ada") -> JobCard:
    return job_card(
        a_view(story, now, scenario=SCENARIO), SeatId(seat), comes_next="Next, day 4 10:00: something happens."
    )


def _opened(branch: str = "feature/PAY-1-x") -> Told:
    """Ada works on PAY-1, its pull request 1 is open."""
    story = told().at("2 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    return story.at("2 10:00").push(branch).open(branch, title="feat: refunds").ask(1)


def test_the_next_issue_by_rank_first_one_s_own() -> None:
    assert _card(told()).title == "Take PAY-1, Refund a captured payment"
    assert _card(told().at("1 10:00").assign("PAY-2", to="ada")).title == "Take PAY-2, Better error messages"
    assert _card(told().at("1 10:00").assign("PAY-1", to="ben", by="ben")).title == "Take PAY-2, Better error messages"


def test_a_bug_of_the_highest_priority_goes_before_what_is_in_hand_until_somebody_has_it() -> None:
    story = _opened().at("2 14:00").review(1, state="CHANGES_REQUESTED").at("3 10:00")
    story.fact(
        K.ISSUE_CREATED,
        "issue:PAY-9",
        by="anna",
        key="PAY-9",
        type="Bug",
        summary="Captures get lost",
        description="",
        priority="Highest",
        status="To Do",
        category="new",
        labels=[],
        sprints=[1],
    )

    card = _card(story)

    assert card.title == "Take PAY-9, Captures get lost"
    assert card.commands[-1] == "git switch --no-track -c fix/PAY-9-captures-get-lost origin/main"
    assert _card(story.at("3 11:00").assign("PAY-9", to="ben", by="ben")).title.startswith("Answer the review of #1")

    story.push("fix/PAY-9-captures", commits=[{"message": "fix: keep them", "lines": 3}]).open("fix/PAY-9-captures")
    assert _card(story.at("3 12:00").review(2, state="APPROVED")).title.startswith("Merge #2")


def test_a_default_branch_that_is_gone_comes_before_what_is_in_hand_until_it_is_back() -> None:
    story = _opened().at("3 09:30")
    story.fact(K.BRANCH_DELETED, "branch:main", by="ben")

    card = _card(story)

    assert card.title == "Bring main back"
    assert card.commands == ("git push origin main",)
    story.at("3 10:00").fact(K.BRANCH_CREATED, "branch:main", by="ada")
    assert _card(story).title != "Bring main back"


def test_a_sprint_that_was_deleted_is_made_again_before_anything_new_is_begun() -> None:
    story = told().at("2 09:30")
    story.fact(
        K.SIGHTED, "sprint:1", url="https://jira.test/browse/PAY", what="sprint_deleted", text="Sprint 1 was deleted"
    )

    card = _card(story)
    assert (card.title, card.where) == ("Make a sprint on the board again", "https://jira.test/browse/PAY")
    assert card.why.startswith("Sprint 1 was deleted")

    story.at("2 10:00").fact(K.SPRINT_STARTED, "sprint:5", id=5, name="Again", goal="")
    assert _card(story).title != card.title


def test_what_is_in_progress_comes_before_something_new() -> None:
    story = told().at("1 10:00").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")

    assert _card(story).why == "It is in progress and has no branch yet."
    assert (
        _card(story.at("1 11:00").push("feature/PAY-1-x")).why == "It is in progress and has code, but no pull request."
    )


def test_while_a_review_is_waited_for_there_is_something_else_to_do() -> None:
    card = _card(_opened())

    assert card.title == "Take PAY-2, Better error messages"
    assert card.waits_for == ("Rita's review of #1",)


def test_changes_asked_for_until_something_is_pushed() -> None:
    story = _opened().at("2 14:00").review(1, state="CHANGES_REQUESTED")

    assert _card(story).title == "Answer the review of #1, feat: refunds"
    assert _card(story).where.endswith("/pull/1")
    assert "Answer" not in _card(story.at("2 15:00").push("feature/PAY-1-x")).title


def test_a_review_that_a_colleague_waits_for_comes_before_merging() -> None:
    story = _opened().at("2 14:00").review(1)
    assert _card(story).title == "Merge #1, feat: refunds"

    story.at("2 15:00").push("toms", by="tom").open("toms", title="feat: again", by="tom").ask(
        2, reviewer="ada", by="tom"
    )
    assert _card(story).title == "Review #2, feat: again"
    assert "Review" not in _card(story, seat="ben").title
    assert _card(story.at("2 16:00").review(2, by="ada")).title == "Merge #1, feat: refunds"


def test_a_conflict_stands_before_a_merge() -> None:
    story = _opened()
    tip = next(fact.detail["head_sha"] for fact in story.facts if fact.kind is K.PULL_REQUEST_HEAD)
    story.at("2 13:00").fact(K.PULL_REQUEST_HEAD, "pull:1", head_sha=tip, commits=[], files=[], mergeable=False)
    story.at("2 14:00").review(1)

    assert _card(story).title == "Settle the conflict of #1 with main"


def test_a_merged_pull_request_leaves_the_board_to_be_told() -> None:
    story = _opened().at("2 14:00").review(1).at("2 15:00").merge(1)

    assert _card(story).title == "Finish PAY-1, Refund a captured payment"
    assert "Finish" not in _card(story.at("2 15:30").move("PAY-1", to="Done")).title


def test_an_open_question_comes_first_and_an_answered_or_old_one_does_not() -> None:
    story = _opened().at("2 14:00").review(1, state="CHANGES_REQUESTED").prompt("daily-3")

    assert _card(story).where == "sprintdojo answer daily-3"
    assert "daily-3" not in _card(story, seat="ben").where
    assert "Answer the review" in _card(story.at("2 15:00").answer("daily-3", did="the refund endpoint")).title


def test_a_live_moment_s_task_names_no_solution_until_hints_are_taken() -> None:
    story = told().at("1 09:00").happened("vague")
    card = _card(story, "1 12:00")

    assert card.moment == "vague"
    assert card.title == "Get PAY-2 ready to be built: Better error messages"
    assert (card.hints, card.more_hints) == ((), True)
    assert not any(word in f"{card.title} {card.why}".lower() for word in ("ask", "question", "comment"))

    for level in (1, 2, 3):
        story.at(f"1 10:0{level}").fact(K.HINT_TAKEN, "moment:vague", moment="vague", seat="ada", level=level)
        assert len(_card(story, "1 12:00").hints) == level
    assert not _card(story, "1 12:00").more_hints
    assert _card(story, "1 12:00", seat="ben").hints == ()


def test_a_moment_is_off_the_card_once_it_went_well_or_when_today_is_done() -> None:
    story = told().at("1 09:00").happened("daily")
    assert _card(story, "1 12:00").moment == "daily"

    story.at("1 10:00").note("The refund endpoint today, nothing in my way")
    assert _card(story, "1 12:00").moment is None
    assert _card(story, "2 12:00").moment == "daily"


def test_nothing_to_do_says_what_comes_next() -> None:
    story = told()
    for number in (1, 2):
        story.at("1 10:00").assign(f"PAY-{number}", to="ben", by="ben")

    card = _card(story)

    assert card.title == "Nothing to do for you just now"
    assert card.why.endswith("Next, day 4 10:00: something happens.")


def test_an_answer_with_a_reason_waits_for_the_reviewer_until_they_come_back() -> None:
    story = _opened().at("2 14:00").review(1, state="CHANGES_REQUESTED").at("2 15:00")
    assert _card(story.comment(1, body="done")).title == "Answer the review of #1, feat: refunds"
    assert _card(story.comment(1, body="Yes, will see to the second refund tomorrow")).title.startswith("Answer")

    story.comment(1, body="The gateway refuses a second refund, so this cannot happen")
    assert (_card(story).title, _card(story).waits_for) == (
        "Take PAY-2, Better error messages",
        ("Rita's second look at #1",),
    )
    assert "Answer" in _card(story.at("2 16:00").comment(1, body="And on a retry?", by="rita")).title


def test_a_failed_check_stands_before_a_merge_until_it_passes() -> None:
    story = _opened()
    sha = tip(story, "feature/PAY-1-x")
    check(story.at("2 14:00").review(1), sha, "failure")
    assert _card(story).title == "See what the failed check of #1 says, feat: refunds"
    assert _card(story).why == "`tests` says that something is wrong."

    assert _card(check(story.at("2 15:00"), sha, "success")).title == "Merge #1, feat: refunds"


def test_a_pull_request_that_nobody_was_asked_to_review_and_a_draft() -> None:
    story = told().at("2 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    story.at("2 10:00").push("feature/PAY-1-x").open("feature/PAY-1-x", title="feat: refunds")
    assert _card(story).title == "Ask a colleague to review #1, feat: refunds"

    draft = told().at("2 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    draft.at("2 10:00").push("feature/PAY-1-x").open("feature/PAY-1-x", title="feat: refunds", draft=True)
    assert _card(draft.ask(1)).why == "#1 is a draft: nobody reviews it before you say that it is ready."
    assert _card(draft).waits_for == ()


def test_it_never_proposes_what_is_begun_blocked_or_too_much() -> None:
    begun = told().at("2 10:00").push("feature/PAY-1-x").open("feature/PAY-1-x").ask(1)
    assert _card(begun).title == "Tell the board about PAY-1, Refund a captured payment"
    assert _card(begun, seat="ben").title == "Take PAY-2, Better error messages"

    blocked = change(told().at("2 10:00"), "PAY-1", "Link", "This issue is blocked by PAY-5", by="rita")
    assert _card(blocked).title == "Take PAY-2, Better error messages"
    assert _card(take(blocked, "PAY-1")).waits_for == ("PAY-1, which is blocked or flagged",)

    busy = take(take(told().at("2 09:30"), "PAY-1"), "PAY-2").plan("PAY-4", sprints="1").at("2 10:00")
    for number in (1, 2):
        busy.push(f"feature/PAY-{number}-x").open(f"feature/PAY-{number}-x").ask(number)
    assert _card(busy).title == "Nothing to do for you just now"


def test_the_last_hints_name_the_issue_and_its_commands() -> None:
    story = told().at("1 09:00").happened("vague")
    story.at("1 10:00").fact(K.HINT_TAKEN, "moment:vague", moment="vague", seat="ada", level=3)
    nudge, where, what = _card(story, "1 12:00").hints

    assert "PAY-2" not in nudge
    assert where.endswith("Here: PAY-2, Better error messages.")
    assert "\n```\nsprintdojo say 'Anna, about PAY-2: which cases are meant" in what


def test_ordinary_steps_show_their_commands_and_a_moment_none_before_its_hints() -> None:
    story = told().at("2 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    assert _card(story).commands == (
        "git fetch origin",
        "git switch --no-track -c feature/PAY-1-refund-a-captured-payment origin/main",
    )
    assert _card(story.at("2 10:00").push("feature/PAY-1-x")).commands == (
        "git push -u origin HEAD",
        "gh pr create --fill",
    )
    approved = _opened().at("2 14:00").review(1)
    assert _card(approved).commands == ("gh pr merge 1",)
    assert _card(told().at("1 09:00").happened("vague"), "1 12:00").commands == ()


def test_an_approved_pull_request_whose_files_changed_on_main_is_brought_up_to_date_first() -> None:
    story = (
        told().at("2 09:30").push("feature/PAY-1-x", commits=[{"message": "feat: x", "files": {"a.py": 5, "b.py": 5}}])
    )
    story.open("feature/PAY-1-x", title="feat: refunds").ask(1).at("2 10:00").review(1)
    assert _card(story).why == "It is approved, and nothing stands against it."

    story.push("toms", commits=[{"message": "feat: y", "files": {"b.py": 3}}], by="tom").open("toms", by="tom").merge(2)
    assert _card(story).why == "It is approved, but `b.py` has changed on main: bring it up to date first."
    assert _card(story).commands[-2:] == ("git push", "gh pr merge 1")


def test_what_came_up_lately_goes_first_and_gives_way_to_work_under_way_after_half_a_day() -> None:
    story = _opened().at("2 14:00").review(1).happened("vague")

    assert _card(story, "2 15:00").moment == "vague"
    assert _card(story, "3 12:00").title == "Merge #1, feat: refunds"
    story.at("3 12:30").merge(1).move("PAY-1", to="Done")
    assert _card(story, "3 13:00").moment == "vague"
