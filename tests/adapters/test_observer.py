"""Whole looks: what they cost, what a failed one loses (nothing), what the cursor holds."""

from __future__ import annotations

import json

import pytest

from simulator.adapters.github_reader import GithubReader
from simulator.errors import AdapterError, NotFound
from simulator.model import actions as do
from simulator.model.agile import SprintDraft
from simulator.model.code import FileChange, ReviewVerdict
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import IssueRef, PullRef, SprintRef
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft
from tests.adapters.conftest import Run
from tests.timekeeping.builders import utc

PULL = PullRef("p")
REFUND = IssueRef("refund")
PUSH = do.PushCommit(actor=BOB, branch="x", message="feat: x", files=(FileChange(path="x.py", content="x\n"),))
OPEN = do.OpenPullRequest(actor=BOB, ref=PULL, branch="x", title="feat: x", body="b", reviewers=(CAROL,))
SPRINT = SprintDraft(
    ref=SprintRef("one"), name="One", goal="g", start=utc("2026-11-23 08:00"), end=utc("2026-12-04 16:00")
)


@pytest.fixture
def going(run: Run) -> Run:
    """A run with an issue in its sprint and an open pull request, all looked at."""
    run.repository()
    run.project()
    run.perform(
        do.CreateIssues(actor=ALICE, issues=(a_draft(),)),
        do.CreateSprint(actor=ALICE, sprint=SPRINT, issues=(REFUND,)),
        do.StartSprint(actor=ALICE, sprint=SPRINT.ref),
        PUSH,
        OPEN,
    )
    run.look()
    run.look()
    return run


def kinds(found: list[Observation]) -> list[FactKind]:
    return [observation.kind for observation in found]


def test_before_anything_stands_nothing_is_seen(run: Run) -> None:
    assert run.look() == []
    run.repository()
    assert FactKind.BRANCH_CREATED in kinds(run.look())
    assert run.look() == []


def test_an_idle_look_costs_four_requests_and_changes_no_cursor(going: Run) -> None:
    before = json.dumps(going.cursor)

    for _ in range(6):
        sent = going.requests_of(going.look)
        assert len(sent) <= 4, sent

    assert json.dumps(going.cursor) == before
    assert len(before) < 5_000
    assert len(going.seen) == len({o.source_id for o in going.seen})


def test_a_look_after_one_review_costs_six_requests(going: Run) -> None:
    going.perform(do.SubmitReview(actor=CAROL, pull=PULL, verdict=ReviewVerdict.APPROVE, body="Good."))

    sent = going.requests_of(going.look)

    assert len(sent) <= 6, sent
    assert going.seen[-1].kind is FactKind.REVIEW_SUBMITTED


def test_the_sprints_life_is_seen_when_it_is_performed(going: Run) -> None:
    first = [o for o in going.seen if o.subject.startswith("sprint:")]
    going.perform(do.TransitionIssue(actor=BOB, issue=REFUND, status="Done"))
    going.look()
    going.perform(do.CloseSprint(actor=ALICE, sprint=SPRINT.ref))
    closed = [o for o in going.look() if o.subject.startswith("sprint:")]

    assert kinds([*first, *closed]) == [FactKind.SPRINT_CREATED, FactKind.SPRINT_STARTED, FactKind.SPRINT_CLOSED]
    assert first[0].detail["goal"] == "g"
    assert closed[0].detail == {"id": int(going.bindings["sprint:one"]), "name": "One"}


def test_a_sprint_closed_by_hand_is_seen_within_a_few_looks(going: Run) -> None:
    sprint = int(going.bindings["sprint:one"])
    going.site.jira_session("alice").post(
        f"{going.site.jira_url}/rest/agile/1.0/sprint/{sprint}", json={"state": "closed"}
    )

    found = [o for _ in range(8) for o in going.look()]

    assert FactKind.SPRINT_CLOSED in kinds(found)


def test_a_reported_check_is_seen_at_once_and_one_from_outside_in_turn(going: Run) -> None:
    going.perform(do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="success"))
    (run,) = [o for o in going.look() if o.kind is FactKind.CHECK_COMPLETED]
    commit = going.site.github("alice").get_repo("acme/shop").get_commit(run.detail["sha"])
    commit.create_status("failure", context="lint")
    commit.create_status("pending", context="slow")
    found = [o for _ in range(8) for o in going.look()]

    assert run.detail == {
        "sha": run.detail["sha"],
        "name": "tests",
        "conclusion": "success",
        "attempt": 1,
        "summary": "tests",
    }
    assert [o.detail["name"] for o in found] == ["lint"]
    assert (found[0].account, found[0].detail["conclusion"]) == ("alice", "failure")


def test_a_close_look_leaves_nothing_of_what_people_do_to_its_turn(going: Run) -> None:
    going.perform(do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="failure"))
    (run,) = [o for o in going.look() if o.kind is FactKind.CHECK_COMPLETED]
    repository = going.site.github("bob").get_repo("acme/shop")
    (check,) = repository.get_commit(run.detail["sha"]).get_check_runs()
    repository.requester.requestJsonAndCheck("POST", f"{check.url}/rerequest")

    assert FactKind.CHECK_REQUESTED in kinds(going.look(closely=True))


def test_what_a_failed_look_had_seen_is_seen_by_the_next(going: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    going.perform(
        do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="Hi."),
        do.CommentOnIssue(actor=CAROL, issue=REFUND, body="Ho."),
        do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="success"),
    )
    cursor = going.cursor
    with monkeypatch.context() as broken:
        broken.setattr(going.connection.observer.issues, "_project", "NOWHERE")
        with pytest.raises(AdapterError):
            going.look()

    assert going.cursor == cursor
    found = kinds(going.look())
    assert FactKind.PULL_REQUEST_COMMENTED in found
    assert FactKind.ISSUE_COMMENTED in found
    assert FactKind.CHECK_COMPLETED in found


def test_a_repository_or_project_that_is_gone_is_told_with_what_can_be_done(going: Run) -> None:
    going.site.jira("alice").delete_project("SHOP")
    with pytest.raises(NotFound) as project:
        going.look()
    going.site.github("alice").get_repo("acme/shop").delete()
    with pytest.raises(NotFound) as repository:
        going.look()

    assert "the run's project is gone from Jira" in project.value.what
    assert "the run's repository is gone from GitHub" in repository.value.what
    assert "`sprintdojo finish`" in repository.value.to_do


def test_a_new_process_with_the_old_cursor_sees_only_what_is_new(going: Run) -> None:
    going.perform(do.CommentOnIssue(actor=CAROL, issue=REFUND, body="Hi."))
    going.connection = going.connect()
    known = {o.source_id for o in going.seen}

    found, _ = going.connection.observer.observe(json.loads(json.dumps(going.cursor)))

    assert kinds([o for o in found if o.source_id not in known]) == [FactKind.ISSUE_COMMENTED]
    assert len(found) <= 40


def test_the_same_state_gives_the_same_observations(going: Run) -> None:
    one, first = going.connect().observer.observe({})
    two, second = going.connect().observer.observe({})

    assert [(o.source_id, o.detail) for o in one] == [(o.source_id, o.detail) for o in two]
    assert first == second
    assert {o.source_id for o in one} == {o.source_id for o in going.seen}


def test_unchanged_answers_are_not_read_again(run: Run) -> None:
    run.repository()
    run.perform(PUSH)
    reader = GithubReader(run.connection._github, ALICE)
    first = reader.one("", doing="x")

    assert reader.one("", doing="x") is first
    assert reader.all("/branches", doing="x", per_page=1) == reader.all("/branches", doing="x")
