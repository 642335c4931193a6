"""Advice on issues and sprints, followed by the `jira` client."""

from __future__ import annotations

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended
from tests.hygiene.repairs.test_pulls import BRANCH, show

WANTED = """As a shop, I want to export my refunds, so that I can count them.

Acceptance criteria
- Given a refund when I export then it is there"""


def filed(desk: Desk, **fields: object) -> str:
    """An issue that the learner writes: its key."""
    made = desk.jira.create_issue(fields={"project": "PAY", "issuetype": "Story", **fields})
    desk.tick()
    return str(made.key)


def test_a_vague_summary_is_written_again(desk: Desk) -> None:
    key = filed(desk, summary="Fix stuff", description=WANTED)
    better = "Shops export their refunds as a table"

    mended(desk, "IS-01", lambda _: desk.jira.issue(key).update(summary=better), subject=f"issue:{key}")


def test_a_story_says_who_wants_what(desk: Desk) -> None:
    key = filed(desk, summary="Shops export their refunds as a table", description="A table of the refunds.")

    mended(desk, "IS-03", lambda _: desk.jira.issue(key).update(description=WANTED), subject=f"issue:{key}")


def test_a_bug_says_how_it_shows(desk: Desk) -> None:
    key = filed(desk, issuetype="Bug", summary="Refunds of half a cent are rounded down", description="It rounds down.")
    told = "Steps to reproduce\n1. Refund 0.005\n\nExpected\n0.01\n\nActual\n0.00\n\nEnvironment\nversion 1.2, Firefox, Linux"

    mended(desk, "IS-14", lambda _: desk.jira.issue(key).update(description=told), subject=f"issue:{key}")


def test_an_issue_in_progress_gets_somebody(desk: Desk) -> None:
    desk.jira.assign_issue("PAY-1", None)
    desk.at("day 1 14:00")

    mended(desk, "IS-06", lambda _: desk.jira.assign_issue("PAY-1", desk.account("ada")), brings=["IS-03"])


def test_an_issue_is_estimated_late(desk: Desk) -> None:
    desk.jira.assign_issue("PAY-4", desk.account("ada"))
    field = next(field["id"] for field in desk.jira.fields() if field["name"] == "Story Points")
    desk.jira.issue("PAY-4").update(fields={field: None})
    desk.at("day 1 12:00")
    desk.move("PAY-4", "In Progress")

    mended(desk, "IS-04", lambda _: desk.jira.issue("PAY-4").update(fields={field: 2}), subject="issue:PAY-4")


def test_an_issue_whose_code_is_in_review_is_moved(desk: Desk) -> None:
    number = show(desk)
    desk.repository.get_pull(number).create_review_request(reviewers=["rita"])
    desk.at("day 2 16:00")

    mended(desk, "IS-07", lambda _: desk.move("PAY-1", "In Review"))


def test_an_issue_that_is_done_before_its_code_goes_back(desk: Desk) -> None:
    number = show(desk)
    desk.rita.get_pull(number).create_review(event="APPROVE", body="I read it and tried two amounts.")
    desk.move("PAY-1", "Done")
    desk.at("day 1 14:00")

    def back(_: Finding) -> None:
        desk.move("PAY-1", "In Progress")
        desk.repository.get_pull(number).merge(merge_method="squash")
        desk.at("day 1 15:00")
        desk.move("PAY-1", "Done")

    mended(desk, "IS-08", back)


def test_a_done_issue_without_code_gets_its_pull_request_merged(desk: Desk) -> None:
    number = show(desk)
    desk.rita.get_pull(number).create_review(event="APPROVE", body="I read it and tried two amounts.")
    desk.move("PAY-1", "Done")
    desk.at("day 2 14:00")

    mended(desk, "FL-04", lambda _: desk.repository.get_pull(number).merge(merge_method="squash"))


def test_an_issue_of_which_nobody_heard_is_told_of(desk: Desk) -> None:
    desk.at("day 6 10:00")

    mended(
        desk,
        "IS-09",
        lambda _: desk.jira.add_comment("PAY-1", "The ledger is done, the page is next; I push it today."),
    )


def test_too_much_at_once_is_moved_back(desk: Desk) -> None:
    for key in ("PAY-2", "PAY-3", "PAY-4"):
        desk.jira.assign_issue(key, desk.account("ada"))
        desk.move(key, "In Progress")
    desk.at("day 1 15:00")

    def back(_: Finding) -> None:
        for key in ("PAY-2", "PAY-3", "PAY-4"):
            desk.move(key, "To Do")
        desk.at("day 1 16:59")

    mended(desk, "FL-07", back)


def test_what_came_into_the_sprint_goes_out_again(desk: Desk) -> None:
    desk.at("day 4 10:00")
    sprint = desk.jira.sprints(desk.jira.boards()[0].id, state="active")[0].id
    desk.jira.add_issues_to_sprint(sprint, ["PAY-5"])
    desk.tick()

    mended(desk, "SP-03", lambda _: desk.jira.move_to_backlog(["PAY-5"]))


def test_the_issue_of_a_pull_request_comes_into_the_sprint(desk: Desk) -> None:
    desk.branch("feature/PAY-5-filter")
    desk.commit(
        "feat: filter the list\n\nShops asked for it since spring.", **{"payments/list__py": "LIST = []\n" * 20}
    )
    desk.push()
    desk.pull_request(
        "feature/PAY-5-filter", "feat: filter the list (PAY-5)", "Why: PAY-5. What: a filter. Tested: by hand."
    )
    sprint = desk.jira.sprints(desk.jira.boards()[0].id, state="active")[0].id
    desk.at("day 1 12:00")

    def plan(_: Finding) -> None:
        desk.jira.assign_issue("PAY-5", desk.account("ada"))
        desk.jira.add_issues_to_sprint(sprint, ["PAY-5"])
        desk.jira.issue("PAY-5").update(fields={"labels": ["unplanned-approved"]})
        desk.jira.add_comment("PAY-5", "Rita agreed to take this in for PAY-3.")

    mended(desk, "FL-05", plan, brings=["IS-02"])  # the issue that nobody had is the learner's now


def test_keys_that_disagree_are_made_to_agree(desk: Desk) -> None:
    number = show(desk, title="feat: refund a part (PAY-2)")

    mended(desk, "FL-06", lambda _: desk.repository.get_pull(number).edit(title="feat: refund a part (PAY-1)"))
    assert desk.repository.get_pull(number).head.ref == BRANCH


def test_a_story_gets_acceptance_criteria(desk: Desk) -> None:
    desk.jira.issue("PAY-1").update(description="Shops want it.")

    mended(desk, "IS-02", lambda _: desk.jira.issue("PAY-1").update(description=WANTED), subject="issue:PAY-1")


def test_a_blocked_issue_is_flagged(desk: Desk) -> None:
    desk.jira.create_issue_link("Blocks", inwardIssue="PAY-2", outwardIssue="PAY-1")
    desk.tick()
    desk.at("day 3 10:00")
    flag = next(field["id"] for field in desk.jira.fields() if field["name"] == "Flagged")

    def raise_flag(_: Finding) -> None:
        desk.jira.issue("PAY-1").update(fields={flag: [{"value": "Impediment"}]})
        desk.jira.add_comment("PAY-1", "The bank has to answer, Rita knows whom to call.")

    mended(desk, "IS-10", raise_flag)


def test_a_large_story_is_split(desk: Desk) -> None:
    field = next(field["id"] for field in desk.jira.fields() if field["name"] == "Story Points")
    key = filed(desk, summary="Shops export their refunds as a table", description=WANTED)
    sprint = desk.jira.sprints(desk.jira.boards()[0].id, state="active")[0].id
    desk.jira.assign_issue(key, desk.account("ada"))
    desk.jira.issue(key).update(fields={field: 13})
    desk.jira.add_issues_to_sprint(sprint, [key])

    mended(desk, "IS-05", lambda _: desk.jira.issue(key).update(fields={field: 3}), subject=f"issue:{key}")
