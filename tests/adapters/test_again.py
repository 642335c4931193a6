"""Each action is done, then done again as after a crash between doing and writing down: nothing more is to be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.model import actions as do
from simulator.model.agile import IssueChanges, SprintDraft
from simulator.model.code import CommitDraft, FileChange, ReviewRemark, ReviewVerdict, Sighting, TreeRule
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


def what_else_is_done(run: Run) -> Iterator[do.Action]:
    """Every kind of action beside those of an ordinary sprint."""
    yield a_repository(run.starter)
    yield do.AddCollaborators(actor=ALICE, permissions={BOB: "push", CAROL: "push"})
    yield do.CreateLabels(actor=ALICE, labels={"bug": "d73a4a"})
    yield do.CreateProject(actor=ALICE, key="SHOP", name="Shop", lead=ALICE)
    yield do.CreateIssues(actor=ALICE, issues=(a_draft("a", description="Why."), a_draft("b"), a_draft("c")))
    yield do.CreateSprint(actor=ALICE, sprint=a_sprint(ONE), issues=(A,))
    yield do.EditSprint(actor=ALICE, sprint=ONE, goal="Less")
    changes = IssueChanges(append="And how.", add_labels=("x",), due="2026-12-01", flagged=True)
    yield do.EditIssue(actor=BOB, issue=A, changes=changes)
    yield do.EditIssue(actor=BOB, issue=A, changes=IssueChanges(remove_labels=("x",), flagged=False, due=""))
    yield do.LinkIssues(actor=BOB, issue=A, link="blocks", other=B)
    yield do.UnlinkIssues(actor=BOB, issue=A, link="blocks", other=B)
    yield do.WatchIssue(actor=BOB, issue=A)
    yield do.WatchIssue(actor=BOB, issue=A, watching=False)
    yield do.LogWork(actor=BOB, issue=A, spent_s=5400, text="Half of it.")
    yield do.RankIssue(actor=ALICE, issue=A, after=IssueRef("c"))
    yield do.CreateBranch(actor=BOB, branch="x")
    yield a_push("x", "feat: a secret")
    clean = CommitDraft(message="feat: x", files=(FileChange(path="x.py", content="# x\ny = 1\n"),))
    yield do.RewriteBranch(actor=BOB, branch="x", commits=(clean,))
    yield do.OpenPullRequest(actor=BOB, ref=PULL, branch="x", title="feat: x", body="b", reviewers=(CAROL, ALICE))
    yield do.WithdrawReviewRequest(actor=BOB, pull=PULL, reviewers=(ALICE,))
    yield do.LabelPullRequest(actor=BOB, pull=PULL, add=("bug",))
    yield do.LabelPullRequest(actor=BOB, pull=PULL, remove=("bug",))
    yield do.AssignPullRequest(actor=BOB, pull=PULL, add=(BOB,))
    yield do.SetDraft(actor=BOB, pull=PULL, draft=True)
    yield do.SetDraft(actor=BOB, pull=PULL, draft=False)
    remarks = (ReviewRemark(path="*.py", find=r"y = \d", body="Why 1?"),)
    verdict = ReviewVerdict.REQUEST_CHANGES
    yield do.SubmitReview(actor=CAROL, pull=PULL, verdict=verdict, body="A word.", remarks=remarks)
    yield do.ReplyToRemark(actor=BOB, pull=PULL, body="It is the least.", by=CAROL, says="Why")
    yield do.ResolveThread(actor=CAROL, pull=PULL, path="x.*")
    yield do.ResolveThread(actor=CAROL, pull=PULL, resolved=False)
    yield do.DismissReview(actor=ALICE, pull=PULL, of=CAROL, message="She is away.")
    yield do.ClosePullRequest(actor=BOB, pull=PULL)
    yield do.ReopenPullRequest(actor=BOB, pull=PULL)
    yield do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="")
    broken = TreeRule(sightings=(Sighting(path="x.py", pattern="y = 1"), Sighting(path="app.py")), log="E: y is 1")
    yield do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="success", breaks=(broken,))
    yield do.RerunCheck(actor=BOB, branch="x")
    yield do.PublishRelease(actor=ALICE, tag="v1", name="One", notes="All of it.")


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
    FactKind.BOARD_SEEN: 1,
    FactKind.PROTECTION_SEEN: 1,
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


ELSE = {
    FactKind.SPRINT_CREATED: 1,
    FactKind.ISSUE_CREATED: 3,
    FactKind.BRANCH_CREATED: 2,
    FactKind.PUSHED: 2,
    FactKind.COMMITTED: 3,
    FactKind.LANDED: 1,
    FactKind.PULL_REQUEST_OPENED: 1,
    FactKind.PULL_REQUEST_HEAD: 1,
    FactKind.REVIEW_REQUESTED: 2,
    FactKind.REVIEW_REQUEST_REMOVED: 1,
    FactKind.PULL_REQUEST_LABELLED: 1,
    FactKind.PULL_REQUEST_UNLABELLED: 1,
    FactKind.PULL_REQUEST_DRAFTED: 1,
    FactKind.PULL_REQUEST_READY: 1,
    FactKind.REVIEW_SUBMITTED: 2,  # GitHub makes one of a reply
    FactKind.REVIEW_COMMENTED: 2,
    FactKind.REVIEW_DISMISSED: 1,
    FactKind.PULL_REQUEST_CLOSED: 1,
    FactKind.PULL_REQUEST_REOPENED: 1,
    FactKind.CHECK_COMPLETED: 1,
    FactKind.CHECK_REQUESTED: 1,
    FactKind.RELEASED: 1,
    FactKind.BOARD_SEEN: 1,
    FactKind.PROTECTION_SEEN: 1,
}
ELSE_CHANGED = {
    "Sprint": 1,
    "description": 1,
    "labels": 2,
    "duedate": 2,
    "Flagged": 2,
    "Link": 4,
    "Rank": 1,
    "timespent": 1,
    "timeestimate": 1,
    "WorklogId": 1,
}


def test_nothing_else_is_made_twice(run: Run) -> None:
    for action in what_else_is_done(run):
        made = run.perform(action)
        assert run.perform(action, again=True) == made, action

    found = [observation for _ in range(12) for observation in run.look()]
    changes = [o for o in found if o.kind is FactKind.ISSUE_CHANGED]
    assert Counter(o.kind for o in found if o not in changes) == ELSE
    assert Counter(o.detail["field"] for o in changes) == ELSE_CHANGED
    (check,) = [o for o in found if o.kind is FactKind.CHECK_COMPLETED]
    assert (check.detail["conclusion"], check.detail["attempt"], check.detail["summary"]) == ("failure", 1, "E: y is 1")
    (remark, reply) = [o for o in found if o.kind is FactKind.REVIEW_COMMENTED]
    assert (remark.detail["path"], remark.detail["line"]) == ("x.py", 2)
    assert (reply.account, reply.detail["in_reply_to"]) == ("bob", remark.detail["id"])


def test_nothing_is_made_twice(run: Run) -> None:
    for action in a_whole_story(run):
        made = run.perform(action)
        assert run.perform(action, again=True) == made, action

    found = run.look()
    changes = [o for o in found if o.kind is FactKind.ISSUE_CHANGED]
    assert Counter(o.kind for o in found if o not in changes) == SEEN
    assert Counter(o.detail["field"] for o in changes) == CHANGED
    assert [o for _ in range(3) for o in run.look()] == []
