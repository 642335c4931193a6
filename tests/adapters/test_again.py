"""Each action is done, then done again as after a crash between doing and writing down: nothing more is to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.model import actions as do
from simulator.model.agile import IssueChanges, SprintDraft
from simulator.model.code import FileChange, ReviewRemark, ReviewVerdict
from simulator.model.facts import FactKind
from simulator.model.keys import IssueRef, PullRef, SprintRef
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft
from tests.adapters.conftest import Run, a_repository
from tests.timekeeping.builders import utc

A, B, PULL, OTHER = IssueRef("a"), IssueRef("b"), PullRef("p"), PullRef("other")
ONE, TWO = SprintRef("one"), SprintRef("two")


def a_sprint(ref: SprintRef) -> SprintDraft:
    return SprintDraft(ref=ref, name=ref, goal="g", start=utc("2026-11-23 08:00"), end=utc("2026-12-04 16:00"))


def a_push(branch: str, message: str, *, force: bool = False) -> do.PushCommit:
    files = (FileChange(path=f"{branch}.py", content=f"# {message}\n"),)
    return do.PushCommit(actor=BOB, branch=branch, message=message, files=files, force=force)


def a_whole_story(run: Run) -> Iterator[do.Action]:
    """Every kind of action that the services take."""
    yield a_repository(run.starter)
    yield do.AddCollaborators(actor=ALICE, permissions={BOB: "push", CAROL: "push"})
    yield do.CreateLabels(actor=ALICE, labels={"needs-tests": "d93f0b"})
    yield do.ProtectBranch(actor=ALICE, branch="main", approvals=1)
    yield do.CreateProject(actor=ALICE, key="SHOP", name="Shop", lead=ALICE)
    yield do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"), a_draft("b-1", parent=None)))
    yield do.CreateSprint(actor=ALICE, sprint=a_sprint(ONE), issues=(A, B))
    yield do.CreateSprint(actor=ALICE, sprint=a_sprint(TWO))
    yield do.StartSprint(actor=ALICE, sprint=ONE)
    yield do.AssignIssue(actor=BOB, issue=A, assignee=BOB)
    yield do.TransitionIssue(actor=BOB, issue=A, status="In Progress")
    yield do.EditIssue(actor=BOB, issue=A, changes=IssueChanges(summary="New", points=3, labels=("x",)))
    yield do.CommentOnIssue(actor=BOB, issue=A, body="On it.")
    yield do.LinkIssues(actor=BOB, issue=A, link="blocks", other=B)
    yield do.RankIssue(actor=ALICE, issue=B, before=A)
    yield do.MoveIssue(actor=ALICE, issue=IssueRef("b-1"), sprint=ONE)
    yield do.MoveIssue(actor=ALICE, issue=IssueRef("b-1"), sprint=None)
    yield a_push("x", "wip")
    yield a_push("x", "feat: x", force=True)
    yield do.OpenPullRequest(actor=BOB, ref=PULL, branch="x", title="feat: x", body="b", reviewers=(CAROL,))
    yield do.RequestReview(actor=BOB, pull=PULL, reviewers=(ALICE, CAROL))
    yield do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="success", summary="fine")
    yield do.EditPullRequest(actor=BOB, pull=PULL, title="feat: better", body="c")
    yield do.CommentOnPullRequest(actor=BOB, pull=PULL, body="Ready.")
    yield do.SubmitReview(
        actor=CAROL,
        pull=PULL,
        verdict=ReviewVerdict.APPROVE,
        body="",
        remarks=(ReviewRemark(path="x.py", line=1, body="Nice."), ReviewRemark(path="x.py", line=9, body="And?")),
    )
    yield do.MergePullRequest(actor=BOB, pull=PULL, title="feat: better (#1)")
    yield a_push("other", "feat: other")
    yield do.OpenPullRequest(actor=BOB, ref=OTHER, branch="other", title="t", body="")
    yield do.ClosePullRequest(actor=BOB, pull=OTHER)
    yield do.DeleteBranch(actor=BOB, branch="other")
    yield do.CloseSprint(actor=ALICE, sprint=ONE, carry_to=TWO)


# What is seen of the story when each action counts once.
SEEN = {
    FactKind.SPRINT_CREATED: 2,
    FactKind.SPRINT_STARTED: 1,
    FactKind.SPRINT_CLOSED: 1,
    FactKind.ISSUE_CREATED: 3,
    FactKind.ISSUE_COMMENTED: 1,
    FactKind.BRANCH_CREATED: 3,
    FactKind.BRANCH_DELETED: 2,
    FactKind.PUSHED: 1,
    FactKind.COMMITTED: 4,
    FactKind.LANDED: 2,
    FactKind.PULL_REQUEST_OPENED: 2,
    FactKind.PULL_REQUEST_HEAD: 2,
    FactKind.PULL_REQUEST_EDITED: 1,
    FactKind.PULL_REQUEST_COMMENTED: 1,
    FactKind.PULL_REQUEST_CLOSED: 1,
    FactKind.PULL_REQUEST_MERGED: 1,
    FactKind.REVIEW_REQUESTED: 2,
    FactKind.REVIEW_SUBMITTED: 1,
    FactKind.REVIEW_COMMENTED: 1,
}
CHANGED = {
    "Sprint": 6,  # a, b; b-1 in and out; a and b carried over
    "assignee": 1,
    "status": 1,
    "summary": 1,
    "Story Points": 1,
    "labels": 1,
    "Link": 2,  # one on either issue
    "Rank": 1,
}


def test_nothing_is_made_twice(run: Run) -> None:
    for action in a_whole_story(run):
        made = run.perform(action)
        assert run.perform(action, again=True) == made, action

    found = run.look()
    changes = [o for o in found if o.kind is FactKind.ISSUE_CHANGED]
    assert Counter(o.kind for o in found if o not in changes) == SEEN
    assert Counter(o.detail["field"] for o in changes) == CHANGED
    assert [o for _ in range(3) for o in run.look()] == []
