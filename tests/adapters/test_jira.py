"""Issues, through the real client against the emulated Jira."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.adapters.jira import _batches, _shaped
from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound
from simulator.model import actions as do
from simulator.model.agile import IssueChanges, IssueType, Priority
from simulator.model.keys import IssueRef
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft, credentials_of
from tests.adapters.conftest import Run

REFUND = IssueRef("refund")


@pytest.fixture
def project(run: Run) -> Run:
    """The project stands."""
    run.project()
    return run


@pytest.fixture
def issue(project: Run) -> Run:
    """One story stands, bound as `refund`."""
    project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft(),)))
    return project


def fields_of(run: Run, key: str = "SHOP-1") -> Any:
    return run.site.jira("alice").issue(key).fields


def points_of(run: Run, key: str = "SHOP-1") -> object:
    jira = run.site.jira("alice")
    (field,) = [field["id"] for field in jira.fields() if field["name"] == "Story Points"]
    return jira.issue(key).raw["fields"][field]


def test_issues_are_made_in_order_with_everything_a_draft_holds(project: Run) -> None:
    drafts = (
        a_draft("epic", type=IssueType.EPIC),
        a_draft(
            "story",
            description="As a buyer\n\nI want my money back",
            priority=Priority.HIGH,
            points=5,
            labels=("api", "refunds"),
            reporter=CAROL,
            assignee=BOB,
            parent=IssueRef("epic"),
        ),
        a_draft("task", type=IssueType.SUBTASK, parent=IssueRef("story")),
        a_draft("bug", type=IssueType.BUG),
    )

    made = project.perform(do.CreateIssues(actor=ALICE, issues=drafts))

    assert made == {"issue:epic": "SHOP-1", "issue:story": "SHOP-2", "issue:task": "SHOP-3", "issue:bug": "SHOP-4"}
    story = fields_of(project, "SHOP-2")
    assert story.summary == "Summary of story"
    assert story.description == "As a buyer\n\nI want my money back"
    assert (story.issuetype.name, story.priority.name, story.labels) == ("Story", "High", ["api", "refunds"])
    assert (story.reporter.displayName, story.assignee.displayName, story.creator.displayName) == (
        "Carol",
        "Bob",
        "Alice",
    )
    assert story.parent.key == "SHOP-1"
    assert points_of(project, "SHOP-2") == 5
    assert fields_of(project, "SHOP-3").parent.key == "SHOP-2"


def test_a_crash_after_the_making_makes_no_issue_twice(project: Run) -> None:
    action = do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b")))
    first = project.perform(action)
    project.site.jira("alice").issue("SHOP-1").update(summary="Renamed meanwhile")

    assert project.perform(action, again=True) == first
    assert len(project.site.jira("alice").enhanced_search_issues('project = "SHOP"')) == 2


def test_a_crash_in_the_middle_goes_on_where_it_stopped(project: Run) -> None:
    project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"),)))

    made = project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"))), again=True)

    assert made == {"issue:a": "SHOP-1", "issue:b": "SHOP-2"}


def test_a_half_failed_batch_names_the_issue_and_goes_on_when_it_is_mended(project: Run) -> None:
    bad = do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b", summary="x" * 300), a_draft("c")))

    with pytest.raises(AdapterError, match=r"1 of 3 issues.*b: .*summary"):
        project.perform(bad)
    made = project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"), a_draft("c"))), again=True)

    assert sorted(made.values()) == ["SHOP-1", "SHOP-2", "SHOP-3"]
    assert len(project.site.jira("alice").enhanced_search_issues('project = "SHOP"')) == 3


def test_fields_are_changed_by_their_names(issue: Run) -> None:
    changes = IssueChanges(
        summary="Refund in parts",
        description="New words",
        priority=Priority.HIGHEST,
        points=2.5,
        labels=("urgent",),
        extra={"Due date": "2026-12-01", "Flagged": "Impediment"},
    )

    issue.perform(do.EditIssue(actor=BOB, issue=REFUND, changes=changes))

    fields = fields_of(issue)
    assert (fields.summary, fields.description, fields.priority.name) == ("Refund in parts", "New words", "Highest")
    assert (fields.labels, fields.duedate, points_of(issue)) == (["urgent"], "2026-12-01", 2.5)


def test_changing_nothing_asks_nothing(issue: Run) -> None:
    edit = do.EditIssue(actor=BOB, issue=REFUND, changes=IssueChanges())

    assert issue.requests_of(lambda: issue.perform(edit)) == []


def test_an_unknown_field_is_named(issue: Run) -> None:
    with pytest.raises(NotFound, match="Mood"):
        issue.perform(do.EditIssue(actor=BOB, issue=REFUND, changes=IssueChanges(extra={"Mood": "good"})))


def test_a_comment_is_said_once_by_each(issue: Run) -> None:
    comment = do.CommentOnIssue(actor=BOB, issue=REFUND, body="What about {issue:refund} *and* h1. words?")

    issue.perform(comment)
    issue.perform(comment, again=True)
    issue.perform(do.CommentOnIssue(actor=CAROL, issue=REFUND, body="Yes."), again=True)

    comments = issue.site.jira("alice").comments("SHOP-1")
    assert [(said.author.displayName, said.body) for said in comments] == [
        ("Bob", "What about SHOP-1 *and* h1. words?"),
        ("Carol", "Yes."),
    ]


def test_an_issue_goes_to_the_status_of_that_name(issue: Run) -> None:
    move = do.TransitionIssue(actor=BOB, issue=REFUND, status="in progress")

    issue.perform(move)
    issue.perform(move, again=True)

    assert fields_of(issue).status.name == "In Progress"


def test_an_unknown_status_is_told_with_those_there_are(issue: Run) -> None:
    with pytest.raises(Conflict) as caught:
        issue.perform(do.TransitionIssue(actor=BOB, issue=REFUND, status="Shipped"))

    assert "from To Do to Shipped" in caught.value.what
    assert "In Progress" in caught.value.to_do


def test_an_issue_is_given_to_somebody_and_to_nobody(issue: Run) -> None:
    issue.perform(do.AssignIssue(actor=ALICE, issue=REFUND, assignee=BOB))
    assert fields_of(issue).assignee.displayName == "Bob"

    issue.perform(do.AssignIssue(actor=ALICE, issue=REFUND, assignee=None))
    assert fields_of(issue).assignee is None


def test_issues_are_ranked(project: Run) -> None:
    project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"))))

    project.perform(do.RankIssue(actor=ALICE, issue=IssueRef("b"), before=IssueRef("a")))

    found = project.site.jira("alice").enhanced_search_issues('project = "SHOP" ORDER BY rank ASC')
    assert [issue.key for issue in found] == ["SHOP-2", "SHOP-1"]


@pytest.mark.parametrize(("words", "doer"), [("blocks", "SHOP-1"), ("is blocked by", "SHOP-2"), ("Blocks", "SHOP-1")])
def test_issues_are_linked_by_the_words_of_either_side_and_once(project: Run, words: str, doer: str) -> None:
    project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("a"), a_draft("b"))))
    link = do.LinkIssues(actor=BOB, issue=IssueRef("a"), link=words, other=IssueRef("b"))

    project.perform(link)
    project.perform(link, again=True)

    (found,) = fields_of(project, doer).issuelinks
    assert found.outwardIssue.key == ({"SHOP-1", "SHOP-2"} - {doer}).pop()
    assert found.type.outward == "blocks"


def test_an_unknown_link_is_told_with_those_there_are(issue: Run) -> None:
    with pytest.raises(NotFound) as caught:
        issue.perform(do.LinkIssues(actor=BOB, issue=REFUND, link="adores", other=REFUND))

    assert "blocks" in caught.value.to_do


def test_a_wrong_token_is_named(run: Run) -> None:
    wrong = {**run.services.credentials, CAROL: credentials_of("carol", jira_token="wrong-token")}

    with pytest.raises(AuthenticationFailed) as caught:
        run.connect(credentials=wrong).check()

    assert "reviewer" in caught.value.what
    assert "carol@example.com" in caught.value.what
    assert "wrong-token" not in caught.value.what


def test_a_seat_without_a_token_is_found_by_its_email(run: Run) -> None:
    without = {**run.services.credentials, BOB: credentials_of("bob", jira_token="", github_token="")}
    connection = run.connect(credentials=without)
    connection.check()
    run.project()

    connection.performer.perform(do.CreateIssues(actor=ALICE, issues=(a_draft(assignee=BOB),)), bindings={})

    assert fields_of(run).assignee.displayName == "Bob"
    with pytest.raises(AuthenticationFailed, match="learner has no Jira token"):
        connection.performer.perform(do.CommentOnIssue(actor=BOB, issue=IssueRef("SHOP-1"), body="x"), bindings={})


def test_a_batch_is_bounded_and_never_holds_a_child_with_its_parent() -> None:
    drafts = [a_draft(str(n)) for n in range(60)] + [a_draft("child", parent=IssueRef("59"))]

    assert [len(batch) for batch in _batches(drafts)] == [50, 10, 1]


@pytest.mark.parametrize(
    ("value", "kind", "items", "shaped"),
    [
        ("3.5", "number", "string", 3.5),
        ("x", "option", "string", {"value": "x"}),
        ("a, b", "array", "string", ["a", "b"]),
        ("a", "array", "option", [{"value": "a"}]),
        ("", "array", "option", []),
        ("High", "priority", "string", {"name": "High"}),
        ("2026-12-01", "date", "string", "2026-12-01"),
    ],
)
def test_values_take_the_shape_of_their_fields(value: str, kind: str, items: str, shaped: object) -> None:
    assert _shaped(value, kind, items) == shaped
