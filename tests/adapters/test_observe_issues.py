"""What is seen of issues, on the emulated Jira."""

from __future__ import annotations

import pytest

from simulator.adapters.issue_history import mark_of, taken_back
from simulator.adapters.observe_issues import _ids, is_no_project
from simulator.errors import AdapterError
from simulator.model import actions as do
from simulator.model.agile import IssueChanges, Priority, SprintDraft
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import IssueRef, SprintRef
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft, credentials_of, services_at
from tests.adapters.conftest import Run
from tests.emulators.conftest import Site, a_seed
from tests.timekeeping.builders import utc

REFUND = IssueRef("refund")
SPRINT = SprintDraft(
    ref=SprintRef("one"), name="One", goal="g", start=utc("2026-11-23 08:00"), end=utc("2026-12-04 16:00")
)


@pytest.fixture
def project(run: Run) -> Run:
    """Project and repository stand."""
    run.repository()
    run.project()
    return run


@pytest.fixture
def issue(project: Run) -> Run:
    """One story stands and has been looked at."""
    project.perform(do.CreateIssues(actor=ALICE, issues=(a_draft(points=3, assignee=BOB),)))
    project.look()
    return project


def changes(found: list[Observation]) -> list[tuple[object, ...]]:
    return [
        (o.account, o.detail["field"], o.detail["from_text"], o.detail["to_text"])
        for o in found
        if o.kind is FactKind.ISSUE_CHANGED
    ]


def test_an_issue_is_seen_as_it_was_made(project: Run) -> None:
    draft = a_draft(
        description="Words", priority=Priority.HIGH, points=5, labels=("api",), reporter=CAROL, assignee=BOB
    )
    project.perform(do.CreateIssues(actor=ALICE, issues=(draft,)))

    (created,) = project.look_for(FactKind.ISSUE_CREATED)

    assert (created.source_id, created.subject, created.account) == (
        "jira:issue:SHOP-1:created",
        "issue:SHOP-1",
        "alice",
    )
    assert created.url.endswith("/jira/browse/SHOP-1")
    assert created.precision_s == 0.001
    assert created.detail == {
        "key": "SHOP-1",
        "ref": "refund",
        "type": "Story",
        "summary": "Summary of refund",
        "description": "Words",
        "priority": "High",
        "points": 5.0,
        "status": "To Do",
        "category": "new",
        "labels": ["api"],
        "sprints": [],
        "assignee": "bob",
        "reporter": "carol",
        "parent": "",
        "environment": "",
        "due": "",
        "resolution": "",
    }


def test_what_was_changed_before_anybody_looked_istaken_back(project: Run) -> None:
    project.perform(
        do.CreateIssues(actor=ALICE, issues=(a_draft(points=5, assignee=BOB, description="Old"),)),
        do.CreateSprint(actor=ALICE, sprint=SPRINT, issues=(REFUND,)),
        do.EditIssue(
            actor=CAROL,
            issue=REFUND,
            changes=IssueChanges(summary="New", description="New", points=8, labels=("a", "b"), priority=Priority.LOW),
        ),
        do.AssignIssue(actor=ALICE, issue=REFUND, assignee=CAROL),
        do.TransitionIssue(actor=BOB, issue=REFUND, status="Done"),
    )

    found = project.look()

    (created,) = [o for o in found if o.kind is FactKind.ISSUE_CREATED]
    first = {
        name: created.detail[name] for name in ("summary", "description", "points", "status", "category", "assignee")
    }
    assert first == {
        "summary": "Summary of refund",
        "description": "Old",
        "points": 5.0,
        "status": "To Do",
        "category": "new",
        "assignee": "bob",
    }
    assert (created.detail["labels"], created.detail["sprints"], created.detail["priority"]) == ([], [], "Medium")
    done = next(o for o in found if o.detail.get("field") == "status")
    assert (done.account, done.detail["to_text"], done.detail["category"]) == ("bob", "Done", "done")


def test_each_item_of_a_change_is_an_observation_of_its_author(issue: Run) -> None:
    issue.perform(do.EditIssue(actor=CAROL, issue=REFUND, changes=IssueChanges(summary="New", points=8)))
    found = issue.look()

    assert sorted(changes(found)) == [
        ("carol", "Story Points", "3", "8"),
        ("carol", "summary", "Summary of refund", "New"),
    ]
    assert len({o.source_id for o in found}) == 2
    assert all(o.source_id.startswith("jira:history:") for o in found)


def test_people_in_changes_are_told_by_their_login(issue: Run) -> None:
    issue.perform(do.AssignIssue(actor=ALICE, issue=REFUND, assignee=CAROL))

    (change,) = issue.look()

    assert (change.detail["field"], change.detail["from"], change.detail["to"]) == ("assignee", "bob", "carol")
    assert (change.detail["from_text"], change.detail["to_text"]) == ("Bob", "Carol")


def test_a_comment_is_seen_with_its_words(issue: Run) -> None:
    issue.perform(do.CommentOnIssue(actor=CAROL, issue=REFUND, body="In *parts*, too?"))

    (comment,) = issue.look()

    assert (comment.kind, comment.account, comment.subject) == (FactKind.ISSUE_COMMENTED, "carol", "issue:SHOP-1")
    assert comment.detail["body"] == "In *parts*, too?"
    assert comment.source_id == f"jira:comment:{comment.detail['id']}"


def test_changes_of_the_same_minute_are_seen_once_each(issue: Run) -> None:
    seen = []
    for status in ("In Progress", "In Review", "Done"):
        issue.perform(do.TransitionIssue(actor=BOB, issue=REFUND, status=status))
        seen += changes([o for o in issue.look(later_s=0) if o.detail["field"] == "status"])

    assert [to for _, _, _, to in seen] == ["In Progress", "In Review", "Done"]


def test_a_deleted_issue_is_missed_within_a_few_looks(issue: Run) -> None:
    issue.site.jira("alice").issue("SHOP-1").delete()

    found = [o for _ in range(8) for o in issue.look()]

    assert [(o.kind, o.detail) for o in found] == [(FactKind.ISSUE_DELETED, {"key": "SHOP-1"})]


def test_a_stranger_is_told_by_email_or_account_id(issue: Run) -> None:
    only_alice = {ALICE: credentials_of("alice")}
    stranger = issue.connect(credentials=only_alice)
    issue.perform(do.CommentOnIssue(actor=CAROL, issue=REFUND, body="Hello."))

    found, _ = stranger.observer.observe({})

    (comment,) = [o for o in found if o.kind is FactKind.ISSUE_COMMENTED]
    assert comment.account not in (None, "", "carol")


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata"])
def test_a_search_in_any_time_zone_finds_what_is_new(run: Run, zone: str) -> None:
    key = f"{run.site.key}-{zone.rpartition('/')[2].lower().replace('_', '-')}"
    alice = {"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}
    seed = a_seed(users=[{**alice, "time_zone": zone}], github={}, jira={})
    run.site.emulators.create_site(key, seed)
    site = Site(key, run.site.server)
    services = services_at(site.url, credentials={ALICE: credentials_of("alice")}, owner="alice")
    there = Run(site=site, services=services, folder=run.folder / "there", sent=[])
    there.project()
    there.perform(do.CreateIssues(actor=ALICE, issues=(a_draft(),)))
    there.look(later_s=300)

    there.perform(do.TransitionIssue(actor=ALICE, issue=REFUND, status="Done"))

    assert ("alice", "status", "To Do", "Done") in changes(there.look(later_s=300))


def test_a_long_history_is_read_to_its_end(issue: Run) -> None:
    session, url = issue.site.jira_session("alice"), f"{issue.site.jira_url}/rest/api/2/issue/SHOP-1"
    for n in range(105):
        session.put(url, json={"fields": {"summary": f"Summary {n}"}}).raise_for_status()

    found = [o for o in issue.look() if o.detail.get("field") == "summary"]

    assert [o.detail["to_text"] for o in found] == [f"Summary {n}" for n in range(105)]


def test_a_missing_project_is_known_by_jiras_words() -> None:
    refused = AdapterError(
        "Jira answered 400 to searching for issues: The value 'SHOP' does not exist for the field 'project'.",
        service="Jira",
    )

    assert is_no_project(refused, "SHOP")
    assert not is_no_project(refused, "PAY")
    assert not is_no_project(AdapterError("Jira answered 500 to x: field 'project' SHOP", service="Jira"), "SHOP")


def test_the_first_value_of_each_field_counts() -> None:
    histories = [
        {"items": [{"field": "Story point estimate", "from": None, "fromString": "3", "to": None, "toString": "5"}]},
        {
            "items": [
                {"field": "Story point estimate", "fromString": "5"},
                {"field": "status", "from": "1", "fromString": "To Do"},
            ]
        },
    ]

    assert taken_back(histories) == {"points": (None, "3"), "status": ("1", "To Do")}


def test_a_mark_tells_states_of_the_same_stamp_apart() -> None:
    one = {"fields": {"updated": "t", "comment": {"total": 0}}, "changelog": {"total": 1}}
    two = {"fields": {"updated": "t", "comment": {"total": 0}}, "changelog": {"total": 2}}

    assert mark_of(one) != mark_of(two)


def test_lists_of_sprint_ids_are_read() -> None:
    assert (_ids("1, 22"), _ids(""), _ids(None)) == ([1, 22], [], [])
