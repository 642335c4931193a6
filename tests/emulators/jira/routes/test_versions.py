"""Versions: made, put in order, on issues with their history, merged, in queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"


def make(api: Api, name: str, **more: object) -> str:
    """Create a version and return its id."""
    return str(api.post(f"{V3}/version", {"name": name, "project": "AUTOTEST", **more}, status=201)["id"])


def names(api: Api) -> list[str]:
    """The project's versions in their order."""
    return [version["name"] for version in api.get(f"{V3}/project/AUTOTEST/versions")]


def test_the_client_releases_a_version(jira: JIRA, api: Api) -> None:
    number = make(api, "1.0", startDate="2026-01-05", description="The first")
    version = jira.version(number)

    version.update(released=True, releaseDate="2026-02-01")  # type: ignore[no-untyped-call]

    found = jira.get_project_version_by_name("AUTOTEST", "1.0")
    assert found is not None
    assert (found.released, found.releaseDate, found.startDate) == (True, "2026-02-01", "2026-01-05")
    assert (found.userReleaseDate, found.overdue, found.description) == ("1/Feb/26", False, "The first")
    jira.rename_version("AUTOTEST", "1.0", "1.0.0")
    assert [v.name for v in jira.project_versions("AUTOTEST")] == ["1.0.0"]


def test_versions_are_put_in_order(api: Api, jira: JIRA) -> None:
    first, second, third = (make(api, name) for name in ("1", "2", "3"))

    jira.move_version(third, position="First")
    assert names(api) == ["3", "1", "2"]
    jira.move_version(third, after=f"{V3}/version/{second}")
    jira.move_version(first, position="Later")

    assert names(api) == ["2", "1", "3"]
    page = api.get(f"{V3}/project/AUTOTEST/version", orderBy="-name", maxResults=2)
    assert ([v["name"] for v in page["values"]], page["total"], page["isLast"]) == (["3", "2"], 3, False)


def test_issues_have_versions_and_their_history_says_so(api: Api) -> None:
    one, two = make(api, "1.0"), make(api, "2.0")
    key = api.issue(fixVersions=[{"name": "1.0"}], versions=[{"id": two}])

    api.put(f"{V3}/issue/{key}", {"fields": {"fixVersions": [{"id": two}]}}, status=204)
    api.put(
        f"{V3}/issue/{key}", {"update": {"versions": [{"remove": {"name": "2.0"}}, {"add": {"id": one}}]}}, status=204
    )

    fields = api.get(f"{V3}/issue/{key}")["fields"]
    assert [v["name"] for v in fields["fixVersions"]] == ["2.0"]
    assert [v["id"] for v in fields["versions"]] == [one]
    assert api.changes(key) == [
        ("Fix Version", "1.0", None),
        ("Fix Version", None, "2.0"),
        ("Version", "2.0", None),
        ("Version", None, "1.0"),
    ]
    allowed = api.get(f"{V3}/issue/{key}/editmeta")["fields"]["fixVersions"]["allowedValues"]
    assert [version["name"] for version in allowed] == ["1.0", "2.0"]


def test_counts_and_a_merge(api: Api, jira: JIRA) -> None:
    old, new = make(api, "old"), make(api, "new")
    done, todo = (api.issue(fixVersions=[{"id": old}], versions=[{"id": old}]) for _ in "ab")
    api.move(done, "Done")

    assert jira.version_count_related_issues(old)["issuesFixedCount"] == 2
    assert jira.version_count_unresolved_issues(old) == 1
    api.put(f"{V3}/version/{old}", {"released": True, "moveUnfixedIssuesTo": f"{V3}/version/{new}"}, status=200)
    assert api.found("fixVersion = new") == [todo]
    shown = api.get(f"{V3}/version/{old}", expand="issuesstatus")["issuesStatusForFixVersion"]
    assert (shown["done"], shown["toDo"]) == (1, 0)
    api("PUT", f"{V3}/version/{old}/mergeto/{new}", status=204)

    assert names(api) == ["new"]
    assert api.found("fixVersion = new AND affectedVersion = new ORDER BY key") == [done, todo]
    assert api.changes(done)[-4:] == [
        ("Fix Version", "old", None),
        ("Fix Version", None, "new"),
        ("Version", "old", None),
        ("Version", None, "new"),
    ]


def test_a_version_swapped_for_nothing_leaves_its_issues(api: Api) -> None:
    old = make(api, "old")
    key = api.issue(fixVersions=[{"id": old}])

    api.post(f"{V3}/version/{old}/removeAndSwap", {}, status=204)

    assert api.get(f"{V3}/issue/{key}")["fields"]["fixVersions"] == []
    api.refused("GET", f"{V3}/version/{old}", 404)


def test_queries_know_versions_and_their_order(api: Api) -> None:
    for name in ("1.0", "2.0", "3.0"):
        make(api, name, released=name == "1.0")
    a, b, c = (api.issue(fixVersions=[{"name": name}]) for name in ("1.0", "2.0", "3.0"))
    none = api.issue()

    assert api.found("fixVersion in unreleasedVersions(AUTOTEST) ORDER BY key") == [b, c]
    assert api.found("fixVersion = latestReleasedVersion(AUTOTEST)") == [a]
    assert api.found("fixVersion = earliestUnreleasedVersion('Autotest')") == [b]
    assert api.found("fixVersion >= '2.0' ORDER BY key") == [b, c]
    assert api.found("fixVersion < 2.0") == [a]
    assert api.found("fixVersion is EMPTY") == [none]
    assert api.found("fixVersion not in releasedVersions() ORDER BY key") == [b, c]
    messages, _ = api.refused("POST", f"{V3}/search/jql", 400, json={"jql": "fixVersion = 9"})
    assert messages == ["The value '9' does not exist for the field 'fixVersion'."]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "Taken"}, "name"),
        ({"name": "n", "releaseDate": "tomorrow"}, "releaseDate"),
        ({"name": "n", "startDate": "2026-02-02", "releaseDate": "2026-02-01"}, "releaseDate"),
        ({"name": "n", "released": "yes"}, "released"),
        ({"name": 7}, "name"),
    ],
)
def test_a_wrong_version_is_named(api: Api, body: dict[str, object], field: str) -> None:
    make(api, "taken")

    _, errors = api.refused("POST", f"{V3}/version", 400, json={"project": "AUTOTEST"} | body)

    assert list(errors) == [field]
    assert names(api) == ["taken"]


def test_an_issue_takes_versions_of_its_project_only(api: Api) -> None:
    api.post(f"{V3}/project", {"key": "OTHER", "name": "Other", "projectTypeKey": "software"}, status=201)
    other = api.post(f"{V3}/version", {"name": "o", "project": "OTHER"}, status=201)["id"]
    given = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "s"}

    values: list[object] = [[{"id": other}], [{"name": "none"}], [{}], "1.0", [7]]
    for value in values:
        _, errors = api.refused("POST", f"{V3}/issue", 400, json={"fields": given | {"fixVersions": value}})
        assert list(errors) == ["fixVersions"]


def test_only_who_administers_the_project_changes_versions(api: Api, api_of: Callable[[str], Api]) -> None:
    number = make(api, "1.0")
    bob = api_of("bob")

    bob.refused("POST", f"{V3}/version", 404, json={"name": "2.0", "project": "AUTOTEST"})
    bob.refused("PUT", f"{V3}/version/{number}", 404, json={"name": "2.0"})
    bob.refused("DELETE", f"{V3}/version/{number}", 404)

    assert bob.get(f"{V3}/version/{number}")["name"] == "1.0"
