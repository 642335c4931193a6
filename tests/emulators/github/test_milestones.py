"""Milestones through PyGithub: of repositories, on issues, in lists and in webhooks."""

from __future__ import annotations

from datetime import date

import pytest
from github import GithubException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository

ROOT = "/repos/acme/payments"


def test_a_milestone_is_made_changed_closed_and_deleted(site: Site) -> None:
    repository = a_repository(site, "bob")

    made = repository.create_milestone("v1", description="First", due_on=date(2026, 5, 1))
    issue = repository.create_issue("One", milestone=made, labels=["bug"])
    done = repository.create_issue("Two", milestone=made)
    done.edit(state="closed")

    milestone = repository.get_milestone(1)
    assert (milestone.title, milestone.state, milestone.creator.login) == ("v1", "open", "bob")
    assert (milestone.open_issues, milestone.closed_issues) == (1, 1)
    assert milestone.due_on is not None
    assert milestone.due_on.date() == date(2026, 5, 1)
    assert [label.name for label in milestone.get_labels()] == ["bug"]
    milestone.edit("v1.0", state="closed", description="Done")
    again = repository.get_milestone(1)
    assert (again.title, again.state, again.raw_data["closed_at"] is not None) == ("v1.0", "closed", True)
    assert list(repository.get_milestones()) == []
    assert [each.title for each in repository.get_milestones(state="all")] == ["v1.0"]
    again.delete()
    assert repository.get_issue(issue.number).milestone is None
    with pytest.raises(GithubException) as caught:
        repository.get_milestone(1)
    assert caught.value.status == 404


def test_issues_and_pull_requests_get_in_and_out_of_milestones(site: Site) -> None:
    repository = a_repository(site, "bob")
    first, second = repository.create_milestone("v1"), repository.create_milestone("v2")
    issue, pull = repository.create_issue("One", milestone=first), a_pull(site)

    issue.edit(milestone=second)
    pull.as_issue().edit(milestone=first)
    pull.as_issue().edit(milestone=None)

    assert repository.get_issue(issue.number).milestone.title == "v2"
    assert repository.get_pull(pull.number).milestone is None
    kinds = [(event.event, event.milestone.title) for event in issue.get_events() if event.milestone]
    assert kinds == [("milestoned", "v1"), ("demilestoned", "v1"), ("milestoned", "v2")]
    for number in (issue.number, pull.number):
        for part in ("events", "timeline"):
            path = f"{ROOT}/issues/{number}/{part}"
            assert flaws("GET", path, 200, site.session().get(site.api_url + path).json()) == []


def test_issues_are_listed_by_milestone(site: Site) -> None:
    repository = a_repository(site, "bob")
    milestone = repository.create_milestone("v1")
    repository.create_issue("In it", milestone=milestone)
    repository.create_issue("Not in it")

    def listed(wanted: str) -> list[str]:
        return [issue.title for issue in repository.get_issues(milestone=wanted)]

    assert [issue.title for issue in repository.get_issues(milestone=milestone)] == ["In it"]
    assert listed("none") == ["Not in it"]
    assert listed("*") == ["In it"]
    for wanted in ("v1", "7", "9" * 30):
        refused = site.session().get(f"{site.api_url}{ROOT}/issues?milestone={wanted}")
        assert refused.json()["errors"] == [
            {"resource": "Issue", "field": "milestone", "code": "invalid", "value": wanted}
        ]


def test_milestones_are_sorted_by_date_and_by_completeness(site: Site) -> None:
    repository = a_repository(site, "bob")
    late = repository.create_milestone("late", due_on=date(2026, 9, 1))
    repository.create_milestone("early", due_on=date(2026, 4, 1))
    repository.create_milestone("some day")
    repository.create_issue("One", milestone=late).edit(state="closed")

    by_date = [each.title for each in repository.get_milestones(sort="due_on", direction="asc")]
    by_completeness = [each.title for each in repository.get_milestones(sort="completeness", direction="desc")]

    assert by_date == ["early", "late", "some day"]
    assert by_completeness[0] == "late"


WRONG: list[tuple[dict[str, object], str | None]] = [
    ({}, None),
    ({"title": 7}, None),
    ({"title": "  "}, "missing_field"),
    ({"title": "x" * 256}, "custom"),
    ({"title": "v1"}, "already_exists"),
    ({"title": "v2", "state": "done"}, None),
    ({"title": "v2", "due_on": "soon"}, None),
    ({"title": "v2", "due_on": 5}, None),
]


def test_a_wrong_body_is_422(site: Site) -> None:
    a_repository(site, "bob").create_milestone("v1")
    session = site.session("bob")

    for body, code in WRONG:
        reply = session.post(f"{site.api_url}{ROOT}/milestones", json=body)
        assert reply.status_code == 422, body
        assert [error["code"] for error in reply.json().get("errors", [])] == ([code] if code else []), body


def test_readers_make_no_milestones_and_their_wishes_are_dropped(site: Site) -> None:
    milestone = a_repository(site).create_milestone("v1")
    carols = a_repository(site, "carol")

    with pytest.raises(GithubException) as caught:
        carols.create_milestone("mine")
    issue = carols.create_issue("Broken", milestone=milestone)

    assert caught.value.status == 403
    assert issue.raw_data["milestone"] is None
    unknown = site.session().post(f"{site.api_url}{ROOT}/issues", json={"title": "x", "milestone": 77})
    assert unknown.json()["errors"] == [{"resource": "Issue", "field": "milestone", "code": "invalid", "value": 77}]


def test_replies_are_as_described(site: Site) -> None:
    session = site.session("bob")
    url = f"{site.api_url}{ROOT}"
    made = session.post(f"{url}/milestones", json={"title": "v1", "description": "First"})
    session.post(f"{url}/issues", json={"title": "One", "milestone": 1, "labels": ["bug"]})

    assert made.status_code == 201
    assert made.headers["Location"] == made.json()["url"]
    assert flaws("POST", f"{ROOT}/milestones", 201, made.json()) == []
    for path in ("/milestones", "/milestones/1", "/milestones/1/labels", "/issues/1"):
        assert flaws("GET", ROOT + path, 200, session.get(url + path).json()) == []
