"""Issues: creating, editing, listing, labels and assignees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from github import GithubException
from github.Issue import Issue

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull, a_repository, refusal


def an_issue(site: Site, title: str = "It is broken", *, login: str = "bob", **wishes: object) -> Issue:
    """An open issue."""
    return a_repository(site, login).create_issue(title, **wishes)  # type: ignore[arg-type]


def test_an_issue_is_created_with_labels_and_assignees(site: Site) -> None:
    issue = an_issue(site, body="Steps:\n1. …", labels=["bug", "New One"], assignees=["alice", "bob"])

    assert (issue.number, issue.state, issue.body, issue.user.login) == (1, "open", "Steps:\n1. …", "bob")
    assert [label.name for label in issue.labels] == ["bug", "New One"]
    assert [user.login for user in issue.assignees] == ["alice", "bob"]
    assert issue.raw_data["assignee"]["login"] == "alice"
    assert a_repository(site).get_label("new one").color == "ededed"
    assert [event.event for event in issue.get_events()] == ["labeled", "labeled", "assigned", "assigned"]


def test_readers_may_report_but_not_sort(site: Site) -> None:
    issue = an_issue(site, login="carol", labels=["bug"], assignees=["alice"])

    assert (issue.user.login, issue.labels, issue.assignees) == ("carol", [], [])
    with pytest.raises(GithubException) as caught:
        issue.add_to_labels("bug")
    assert caught.value.status == 403
    with pytest.raises(GithubException) as caught:
        a_repository(site, "carol").get_issue(an_issue(site).number).edit(title="mine")
    assert caught.value.status == 403
    issue.edit(state="closed", title="Never mind")
    assert a_repository(site).get_issue(1).state == "closed"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, '"title" wasn\'t supplied'),
        ({"title": None}, '"title" wasn\'t supplied'),
        ({"title": ["x"]}, "is not a string"),
        ({"title": ""}, "Validation Failed"),
        ({"title": "x", "body": "y" * 65_537}, "Validation Failed"),
        ({"title": "x", "labels": "bug"}, "is not an array"),
        ({"title": "x", "labels": ["y" * 51]}, "Validation Failed"),
        ({"title": "x", "labels": [7]}, "is not a string"),
        ({"title": "x", "assignees": ["nobody"]}, "Validation Failed"),
        ({"title": "x", "milestone": 1}, "Validation Failed"),
    ],
)
def test_a_wrong_body_is_422(site: Site, body: dict[str, object], message: str) -> None:
    reply = site.session().post(f"{site.api_url}/repos/acme/payments/issues", json=body)

    assert reply.status_code == 422
    assert message in reply.json()["message"]
    assert an_issue(site).number == 1


def test_hostile_text_comes_back_as_it_was(site: Site) -> None:
    title = "<script>alert(1)</script> '; DROP TABLE gh_issues;-- \u202e 🏴‍☠️"
    body = "</textarea>\r\n{{7*7}} %s $(id) \\ \u2028 ﷽" + "x" * 60_000

    issue = an_issue(site, title, body=body)

    again = a_repository(site).get_issue(issue.number)
    assert (again.title, again.body) == (title, body)


def test_closing_has_a_reason_and_reopening_takes_it_back(site: Site) -> None:
    issue = an_issue(site)

    issue.edit(state="closed", state_reason="not_planned")
    closed = a_repository(site).get_issue(1)
    assert (closed.state, closed.state_reason, closed.closed_by.login) == ("closed", "not_planned", "bob")
    issue.edit(state="open")

    again = a_repository(site).get_issue(1)
    assert (again.state, again.state_reason, again.closed_at) == ("open", "reopened", None)
    assert [event.event for event in issue.get_events()] == ["closed", "reopened"]


def test_labels_are_added_replaced_and_removed(site: Site) -> None:
    issue = an_issue(site, labels=["bug"])

    issue.add_to_labels("question", "BUG")
    assert [label.name for label in issue.get_labels()] == ["bug", "question"]
    issue.set_labels("help wanted", "question")
    assert [label.name for label in issue.get_labels()] == ["help wanted", "question"]
    issue.remove_from_labels("help wanted")
    with pytest.raises(GithubException) as caught:
        issue.remove_from_labels("help wanted")
    assert refusal(caught.value)[:2] == (404, "Label does not exist")
    issue.delete_labels()
    assert list(issue.get_labels()) == []


def test_assignees_are_added_and_removed(site: Site) -> None:
    issue = an_issue(site)

    issue.add_to_assignees("alice", "carol")
    assert [user.login for user in a_repository(site).get_issue(1).assignees] == ["alice"]
    issue.edit(assignees=["bob"])
    assert [user.login for user in a_repository(site).get_issue(1).assignees] == ["bob"]
    issue.remove_from_assignees("bob")

    assert a_repository(site).get_issue(1).assignees == []
    kinds = [(event.event, event.assignee.login) for event in issue.get_events()]
    assert kinds == [("assigned", "alice"), ("unassigned", "alice"), ("assigned", "bob"), ("unassigned", "bob")]
    assert [user.login for user in a_repository(site).get_assignees()] == ["alice", "bob"]
    assert a_repository(site).has_in_assignees("bob")
    assert not a_repository(site).has_in_assignees("carol")


def test_who_has_lost_access_by_a_team_can_be_taken_off(site: Site) -> None:
    site.github().get_organization("acme").create_team("core", privacy="closed")
    team = f"{site.api_url}/orgs/acme/teams/core"
    assert site.session().put(f"{team}/memberships/carol").status_code == 200
    assert site.session().put(f"{team}/repos/acme/payments", json={"permission": "push"}).status_code == 204
    issue, pull = a_repository(site).create_issue("Broken", assignee="carol"), a_pull(site)
    pull.create_review_request(reviewers=["carol"])
    assert site.session().delete(f"{team}/repos/acme/payments").status_code == 204

    issue.remove_from_assignees("carol")
    pull.delete_review_request(reviewers=["carol"])

    assert a_repository(site).get_issue(issue.number).assignees == []
    assert a_repository(site).get_pull(pull.number).requested_reviewers == []


def test_pull_requests_are_issues_too(site: Site) -> None:
    pull = a_pull(site)
    issue = an_issue(site)

    listed = {each.number: each for each in a_repository(site).get_issues()}

    assert set(listed) == {pull.number, issue.number}
    assert listed[1].pull_request is not None
    assert listed[1].html_url.endswith("/pull/1")
    assert listed[2].pull_request is None
    a_repository(site).get_issue(1).edit(title="By the other door", state="closed")
    again = a_repository(site).get_pull(1)
    assert (again.title, again.state) == ("By the other door", "closed")


def test_lists_filter_and_sort(site: Site) -> None:
    one = an_issue(site, "One", labels=["bug", "question"])
    an_issue(site, "Two", labels=["bug"], assignees=["alice"], login="alice", body="cc @Carol")
    an_issue(site, "Three").edit(state="closed")
    site.clock.skip(3600)
    one.create_comment("hello")
    repository = a_repository(site)

    def titles(query: str) -> list[str]:
        reply = site.session().get(f"{repository.url}/issues?{query}")
        assert reply.status_code == 200
        return [each["title"] for each in reply.json()]

    assert titles("") == ["Two", "One"]
    assert titles("state=all&direction=asc") == ["One", "Two", "Three"]
    assert titles("labels=bug,QUESTION") == ["One"]
    assert titles("labels=gone") == []
    assert titles("assignee=alice") == ["Two"]
    assert titles("assignee=none") == ["One"]
    assert titles("assignee=*") == ["Two"]
    assert titles("creator=bob&state=all") == ["Three", "One"]
    assert titles("creator=nobody") == []
    assert titles("mentioned=carol") == ["Two"]
    assert titles("milestone=none") == ["Two", "One"]
    assert titles("sort=updated") == ["One", "Two"]
    assert titles("sort=comments&direction=asc") == ["Two", "One"]
    since = (site.clock() - timedelta(minutes=30)).isoformat().replace("+00:00", "Z")
    assert titles(f"since={since}") == ["One"]
    assert titles("per_page=1&page=2") == ["One"]
    assert site.session().get(f"{repository.url}/issues?since=yesterday").status_code == 422


def test_a_repository_without_issues_takes_none(site: Site) -> None:
    a_repository(site).edit(has_issues=False)

    with pytest.raises(GithubException) as caught:
        an_issue(site)

    assert refusal(caught.value)[:2] == (410, "Issues has been disabled in this repository.")


def test_an_archived_repository_is_read_only(site: Site) -> None:
    issue = an_issue(site)
    a_repository(site).edit(archived=True)

    with pytest.raises(GithubException) as caught:
        issue.create_comment("too late")

    assert refusal(caught.value)[:2] == (403, "Repository was archived so is read-only.")
    assert a_repository(site).get_issue(1).title == "It is broken"


def test_who_is_nobody_reads_public_issues_and_writes_none(site: Site) -> None:
    issue = an_issue(site)
    nobody = site.session(None)

    assert nobody.get(issue.url).json()["author_association"] == "MEMBER"
    assert nobody.post(f"{issue.url}/comments", json={"body": "hi"}).status_code == 401
    wrong = site.session("wrong")
    assert wrong.get(issue.url).json()["message"] == "Bad credentials"
    assert nobody.get(f"{site.api_url}/repos/acme/gone/issues").status_code == 404
    assert nobody.get(f"{site.api_url}/repos/acme/payments/issues/99").status_code == 404
