"""What people do that no story expects: the run goes on, and says what it sees."""

from __future__ import annotations

import pytest

from simulator.errors import NotFound
from simulator.model import actions as do
from simulator.model.code import FileChange, ReviewRemark, ReviewVerdict
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import IssueRef, PullRef, SprintRef
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft
from tests.adapters.conftest import Run
from tests.adapters.test_again import a_sprint

PULL, ONE, A = PullRef("p"), SprintRef("one"), IssueRef("a")
ADMIN = ("alice@example.com", "alice-token")


def a_push(path: str, branch: str = "x") -> do.PushCommit:
    files = (FileChange(path=path, content="x = 1\n"),)
    return do.PushCommit(actor=BOB, branch=branch, message=f"feat: {path}", files=files)


@pytest.fixture
def started(run: Run) -> Run:
    """A sprint goes on with an issue in it, a pull request is open."""
    run.repository()
    run.project()
    run.perform(
        do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"))),
        do.CreateSprint(actor=ALICE, sprint=a_sprint(ONE), issues=(A,)),
        do.StartSprint(actor=ALICE, sprint=ONE),
        a_push("x.py"),
        do.OpenPullRequest(actor=BOB, ref=PULL, branch="x", title="feat: x", body="b"),
    )
    run.look()
    return run


def looked(run: Run, times: int = 8) -> list[Observation]:
    return [observation for _ in range(times) for observation in run.look()]


def test_another_default_branch_and_the_old_one_gone(started: Run) -> None:
    started.perform(do.CreateBranch(actor=ALICE, branch="trunk"))
    started.site.github("alice").get_repo("acme/shop").edit(default_branch="trunk")
    started.perform(do.DeleteBranch(actor=ALICE, branch="main"))

    gone = looked(started)
    started.perform(a_push("y.py"), a_push("z.py", "trunk"))
    later = looked(started)

    assert (FactKind.BRANCH_DELETED, "branch:main") in [(o.kind, o.subject) for o in gone]
    assert [o.detail["message"] for o in later if o.kind is FactKind.COMMITTED] == ["feat: y.py", "feat: z.py"]
    assert [o.detail["message"] for o in later if o.kind is FactKind.LANDED] == ["feat: z.py"]


def test_a_renamed_project_is_said_once_and_its_issues_keep_their_names(started: Run) -> None:
    url = f"{started.site.jira_url}/rest/api/2/project/SHOP"
    started.site.session(None).put(url, json={"key": "MALL"}, auth=ADMIN).raise_for_status()
    started.perform(
        do.CommentOnIssue(actor=BOB, issue=A, body="Still here."),
        do.CreateIssues(actor=ALICE, issues=(a_draft("c"),)),
    )

    found = looked(started, 16)

    assert started.bindings["issue:c"] == "SHOP-3"
    assert {o.subject for o in found if o.subject.startswith("issue:")} == {"issue:SHOP-1", "issue:SHOP-3"}
    (said,) = [o for o in found if o.kind is FactKind.SIGHTED]
    assert said.detail["what"] == "project_renamed"
    assert "MALL" in said.detail["text"]


def test_a_board_that_is_deleted_is_said_once(started: Run) -> None:
    url = f"{started.site.jira_url}/rest/agile/1.0/board/{started.bindings['board']}"
    started.site.session(None).delete(url, auth=ADMIN).raise_for_status()

    said = [o for o in looked(started, 16) if o.kind is FactKind.SIGHTED]
    started.perform(do.TransitionIssue(actor=BOB, issue=A, status="In Progress"))

    assert [o.detail["what"] for o in said] == ["board_gone"]
    assert [o.detail["to_text"] for o in looked(started) if o.detail.get("field") == "status"] == ["In Progress"]


def test_a_sprint_that_is_deleted_is_said_once_and_closing_it_says_why_it_cannot(started: Run) -> None:
    two = SprintRef("two")
    started.perform(do.CreateSprint(actor=ALICE, sprint=a_sprint(two), issues=()))
    started.look()
    url = f"{started.site.jira_url}/rest/agile/1.0/sprint/{started.bindings['sprint:two']}"
    started.site.session(None).delete(url, auth=ADMIN).raise_for_status()

    (said,) = [o for o in looked(started, 16) if o.kind is FactKind.SIGHTED]

    assert (said.detail["what"], said.subject) == ("sprint_deleted", f"sprint:{started.bindings['sprint:two']}")
    assert "was deleted on the board" in said.detail["text"]
    with pytest.raises(NotFound, match="somebody has deleted it"):
        started.perform(do.CloseSprint(actor=ALICE, sprint=two, carry_to=None))
    started.perform(do.CloseSprint(actor=ALICE, sprint=ONE, carry_to=two))
    assert started.site.jira("alice").sprint(int(started.bindings["sprint:one"])).state == "closed"


def test_what_happens_to_threads_is_seen_with_who_did_it(started: Run) -> None:
    remark = ReviewRemark(path="x.py", line=1, body="Why?")
    verdict = ReviewVerdict.REQUEST_CHANGES
    started.perform(do.SubmitReview(actor=CAROL, pull=PULL, verdict=verdict, body="A word.", remarks=(remark,)))
    started.look()
    started.perform(do.ResolveThread(actor=BOB, pull=PULL))
    resolved = looked(started, 2)
    started.perform(do.ResolveThread(actor=CAROL, pull=PULL, resolved=False))
    reopened = looked(started, 2)

    assert [(o.kind, o.account, o.subject) for o in resolved] == [(FactKind.THREAD_RESOLVED, "bob", "pull:1")]
    assert [o.kind for o in reopened] == [FactKind.THREAD_REOPENED]


def test_words_that_are_changed_afterwards_are_seen_on_both_services(started: Run) -> None:
    started.perform(
        do.CommentOnPullRequest(actor=BOB, pull=PULL, body="Frist."), do.CommentOnIssue(actor=BOB, issue=A, body="Too.")
    )
    looked(started, 2)
    (comment,) = started.site.github("bob").get_repo("acme/shop").get_issue(1).get_comments()
    comment.edit("First.")  # which GitHub does not count as a change of the pull request: seen with the next one
    started.perform(do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="Right."))
    issue = started.bindings["issue:a"]
    jira = started.site.jira("bob")
    jira.comment(issue, jira.comments(issue)[0].id).update(body="Two.")

    found = [o for o in looked(started, 3) if o.kind is FactKind.COMMENT_EDITED]

    assert {(o.subject, o.detail["on"], o.detail["body"], o.account) for o in found} == {
        ("pull:1", "comment", "First.", "bob"),
        (f"issue:{issue}", "issue-comment", "Two.", "bob"),
    }


@pytest.mark.parametrize(("service", "fault"), [("github", {"drop": True}), ("jira", {"status": 503})])
def test_a_service_that_fails_for_a_while_loses_nothing_and_doubles_nothing(
    started: Run, service: str, fault: dict[str, object]
) -> None:
    faults = f"{started.site.url}/emulator/faults"
    wanted = {"service": service, "method": "POST", "times": 1, **fault}
    started.site.session(None).post(faults, json=wanted).raise_for_status()

    started.perform(
        do.CommentOnIssue(actor=BOB, issue=A, body="Once."),
        do.CommentOnPullRequest(actor=BOB, pull=PULL, body="Once."),
        do.LogWork(actor=BOB, issue=A, spent_s=3600, text="Once."),
    )

    said = [o.kind for o in looked(started, 2) if o.detail.get("body") == "Once."]
    logged = started.site.jira("bob").worklogs(started.bindings["issue:a"])
    assert sorted(said) == [FactKind.ISSUE_COMMENTED, FactKind.PULL_REQUEST_COMMENTED]
    assert len(logged) == 1


def test_a_look_goes_through_though_a_fifth_of_the_readings_fail(started: Run) -> None:
    started.perform(a_push("y.py"), do.CommentOnIssue(actor=BOB, issue=A, body="Once."))
    faults = f"{started.site.url}/emulator/faults"
    wanted = {"method": "GET", "probability": 0.1, "seed": 1}
    for fault in ({"status": 500}, {"drop": True}):
        started.site.session(None).post(faults, json={**wanted, **fault}).raise_for_status()

    found = [o.kind for o in looked(started, 4)]

    assert (found.count(FactKind.PUSHED), found.count(FactKind.ISSUE_COMMENTED)) == (1, 1)
