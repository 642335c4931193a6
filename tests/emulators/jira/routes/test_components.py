"""Components: made, on issues with their history, deleted, in queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"


def make(api: Api, name: str, **more: object) -> str:
    """Create a component and return its id."""
    return str(api.post(f"{V3}/component", {"name": name, "project": "AUTOTEST", **more}, status=201)["id"])


def test_the_client_makes_changes_and_counts_components(jira: JIRA, api: Api) -> None:
    made = jira.create_component("Search", "AUTOTEST", description="Finds things")
    api.issue(components=[{"name": "search"}])

    made.update(name="Finder")

    found = jira.component(made.id)
    assert (found.name, found.description, found.project) == ("Finder", "Finds things", "AUTOTEST")
    assert jira.component_count_related_issues(made.id) == 1
    assert [c.name for c in jira.project_components("AUTOTEST")] == ["Finder"]
    page = api.get(f"{V3}/project/AUTOTEST/component")
    assert [(c["name"], c["issueCount"]) for c in page["values"]] == [("Finder", 1)]


def test_a_component_says_who_gets_its_issues(api: Api, account_ids: dict[str, str]) -> None:
    make(api, "led", leadAccountId=account_ids["bob"], assigneeType="COMPONENT_LEAD")
    make(api, "lead", assigneeType="PROJECT_LEAD")
    make(api, "plain")

    assignees = {}
    for name in ("led", "lead", "plain"):
        fields = api.get(f"{V3}/issue/{api.issue(components=[{'name': name}])}")["fields"]
        assignees[name] = fields["assignee"] and fields["assignee"]["displayName"]

    assert assignees == {"led": "Bob", "lead": "Alice", "plain": None}


def test_deleting_moves_issues_and_their_history_says_so(api: Api, account_ids: dict[str, str]) -> None:
    old, new = make(api, "old", leadAccountId=account_ids["bob"]), make(api, "new")
    key = api.issue(components=[{"id": old}])
    bare = api.issue()
    assert (
        api.found("component = old") == api.found(f"component in componentsLeadByUser({account_ids['bob']})") == [key]
    )

    api.delete(f"{V3}/component/{old}?moveIssuesTo={new}")

    assert api.changes(key) == [("Component", "old", None), ("Component", None, "new")]
    assert api.found("component = new") == [key]
    assert api.found("component is EMPTY") == [bare]
    api.refused("GET", f"{V3}/component/{old}", 404)


def test_verbs_add_and_remove_components(api: Api) -> None:
    for name in "abc":
        make(api, name)
    key = api.issue(components=[{"name": "a"}, {"name": "b"}])

    verbs = [{"remove": {"name": "A"}}, {"add": {"name": "c"}}]
    api.put(f"{V3}/issue/{key}", {"update": {"components": verbs}}, status=204)
    api.refused("PUT", f"{V3}/issue/{key}", 400, json={"update": {"components": [{"fly": {}}]}})

    assert [c["name"] for c in api.get(f"{V3}/issue/{key}")["fields"]["components"]] == ["b", "c"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "TAKEN"}, "name"),
        ({"name": "n", "assigneeType": "NOBODY"}, "assigneeType"),
        ({"name": "n", "leadAccountId": "nobody"}, "leadAccountId"),
        ({"name": "n", "description": "x" * 20000}, "description"),
    ],
)
def test_a_wrong_component_is_named(api: Api, body: dict[str, object], field: str) -> None:
    make(api, "taken")

    _, errors = api.refused("POST", f"{V3}/component", 400, json={"project": "AUTOTEST"} | body)

    assert list(errors) == [field]


def test_only_who_administers_the_project_changes_components(api: Api, api_of: Callable[[str], Api]) -> None:
    number = make(api, "mine")
    bob = api_of("bob")

    bob.refused("POST", f"{V3}/component", 403, json={"name": "x", "project": "AUTOTEST"})
    bob.refused("PUT", f"{V3}/component/{number}", 403, json={"name": "x"})
    bob.refused("DELETE", f"{V3}/component/{number}", 403)
    bob.refused("POST", f"{V3}/component", 404, json={"name": "x", "project": "NOPE"})
