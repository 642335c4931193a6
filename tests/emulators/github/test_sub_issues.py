"""Issues below issues."""

from __future__ import annotations

import itertools
from typing import Any

from github.Issue import Issue

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository

ROOT = "/repos/acme/payments"


def _issues(site: Site, *titles: str) -> list[Issue]:
    return [a_repository(site, "bob").create_issue(title) for title in titles]


def test_sub_issues_are_added_ordered_counted_and_removed(site: Site) -> None:
    epic, one, two, three = _issues(site, "Epic", "One", "Two", "Three")

    for child in (one, two, three):
        epic.add_sub_issue(child)
    epic.prioritize_sub_issue(three, one)
    two.edit(state="closed")

    repository = a_repository(site)
    assert [child.title for child in epic.get_sub_issues()] == ["One", "Three", "Two"]
    assert repository.get_issue(1).raw_data["sub_issues_summary"] == {
        "total": 3,
        "completed": 1,
        "percent_completed": 33,
    }
    assert repository.get_issue(3).raw_data["parent_issue_url"] == epic.url
    epic.remove_sub_issue(two)
    assert [child.title for child in epic.get_sub_issues()] == ["One", "Three"]
    assert "parent_issue_url" not in repository.get_issue(3).raw_data
    assert [event.event for event in two.get_events()] == ["parent_issue_added", "closed", "parent_issue_removed"]
    assert [event.event for event in epic.get_events()] == ["sub_issue_added"] * 3 + ["sub_issue_removed"]
    for path in ("/issues/1", "/issues/1/sub_issues", "/issues/1/events", "/issues/3/timeline"):
        assert flaws("GET", ROOT + path, 200, site.session().get(site.api_url + ROOT + path).json()) == []


def test_a_sub_issue_has_one_parent_unless_it_is_handed_over(site: Site) -> None:
    epic, other, child = _issues(site, "Epic", "Other", "Child")
    epic.add_sub_issue(child)

    def add(parent: Issue, **body: Any) -> Any:
        return site.session("bob").post(f"{parent.url}/sub_issues", json={"sub_issue_id": child.id, **body})

    assert (add(epic).status_code, add(other).status_code) == (422, 422)
    assert "Sub issue may only have one parent" in add(other).json()["message"]
    assert add(other, replace_parent=True).status_code == 201
    assert [each.title for each in other.get_sub_issues()] == ["Child"]
    assert list(epic.get_sub_issues()) == []


def test_no_issue_is_its_own_ancestor_and_no_tree_too_deep(site: Site) -> None:
    issues = _issues(site, *(f"Level {level}" for level in range(1, 10)))
    session = site.session("bob")

    def add(parent: Issue, child: Issue) -> int:
        return session.post(f"{parent.url}/sub_issues", json={"sub_issue_id": child.id}).status_code

    answers = [add(parent, child) for parent, child in itertools.pairwise(issues)]

    assert answers == [201] * 7 + [422]
    assert add(issues[7], issues[0]) == 422
    assert add(issues[0], issues[0]) == 422


def test_what_is_no_issue_of_the_owner_is_refused(site: Site) -> None:
    (epic,) = _issues(site, "Epic")
    pull = a_pull(site)
    elsewhere = site.github("alice").get_user().create_repo("notes").create_issue("Mine")
    session = site.session("bob")

    def add(body: dict[str, Any]) -> int:
        return session.post(f"{epic.url}/sub_issues", json=body).status_code

    assert add({"sub_issue_id": pull.as_issue().id}) == 422
    assert add({"sub_issue_id": elsewhere.id}) == 422
    assert add({"sub_issue_id": 999}) == 404
    assert add({}) == 422
    assert add({"sub_issue_id": "1"}) == 422
    assert (
        session.post(f"{site.api_url}{ROOT}/issues/{pull.number}/sub_issues", json={"sub_issue_id": 1}).status_code
        == 404
    )
    assert session.delete(f"{epic.url}/sub_issue", json={"sub_issue_id": 999}).status_code == 404
    assert session.patch(f"{epic.url}/sub_issues/priority", json={"sub_issue_id": 1}).status_code == 422
    assert session.get(f"{epic.url}/parent").status_code == 404
    assert site.session("carol").post(f"{epic.url}/sub_issues", json={"sub_issue_id": 1}).status_code == 403


def test_a_sub_issue_may_lie_in_another_repository_of_the_owner(site: Site) -> None:
    (epic,) = _issues(site, "Epic")
    other = site.github("alice").get_organization("acme").create_repo("web").create_issue("Button")

    made = site.session("alice").post(f"{epic.url}/sub_issues", json={"sub_issue_id": other.id})

    assert made.status_code == 201
    assert flaws("POST", f"{ROOT}/issues/1/sub_issues", 201, made.json()) == []
    assert [child.repository.full_name for child in epic.get_sub_issues()] == ["acme/web"]
    parent = site.session("alice").get(f"{other.url}/parent").json()
    assert parent["url"] == epic.url
    (event,) = site.session("alice").get(f"{epic.url}/events").json()
    assert event["sub_issue"]["repository"]["full_name"] == "acme/web"
