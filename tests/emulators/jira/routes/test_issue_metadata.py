"""What can be set on issues, as screens are told."""

from __future__ import annotations

from collections.abc import Callable

from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"

TYPES = "com.atlassian.jira.plugin.system.customfieldtypes"


def test_create_metadata_old_and_new(jira: JIRA, api: Api) -> None:
    old = jira.createmeta(projectKeys="AUTOTEST", issuetypeNames="Bug", expand="projects.issuetypes.fields")
    types = api.get("/rest/api/3/issue/createmeta/AUTOTEST/issuetypes")
    fields = api.get(f"/rest/api/3/issue/createmeta/AUTOTEST/issuetypes/{types['issueTypes'][0]['id']}")

    (bug,) = old["projects"][0]["issuetypes"]
    assert bug["fields"]["summary"]["required"] is True
    assert next(p["name"] for p in bug["fields"]["priority"]["allowedValues"]) == "Highest"
    assert types["total"] == 5
    assert {"summary", "project", "customfield_10016"} <= {field["fieldId"] for field in fields["fields"]}
    api.refused("GET", "/rest/api/3/issue/createmeta/AUTOTEST/issuetypes?maxResults=201", 400)
    assert "summary" in jira.editmeta(api.issue())["fields"]


def test_metadata_shows_what_the_caller_may_do(api: Api, api_of: Callable[[str], Api]) -> None:
    bob = api_of("bob")
    key, sub = api.issue(), api.issue(kind="Sub-task", parent={"key": api.issue()})
    select = api.post(f"{V3}/field", {"name": "Pick", "type": f"{TYPES}:multiselect"}, status=201)["id"]
    api.delete(f"{V3}/project/AUTOTEST/role/10003?group=jira-software-users")
    bob_id = bob.get(f"{V3}/myself")["accountId"]
    api.post(f"{V3}/project/AUTOTEST/role/10004", {"user": [bob_id]}, status=200)

    assert bob.get(f"{V3}/issue/{key}/editmeta") == {"fields": {}}
    assert bob.get(f"{V3}/issue/createmeta")["projects"] == []
    assert bob.get(f"{V3}/issue/createmeta/AUTOTEST/issuetypes")["total"] == 0
    fields = api.get(f"{V3}/issue/{key}/editmeta")["fields"]
    assert fields[select]["allowedValues"] == []
    assert {one["subtask"] for one in fields["issuetype"]["allowedValues"]} == {False}
    below = api.get(f"{V3}/issue/{sub}/editmeta")["fields"]["issuetype"]["allowedValues"]
    assert [one["name"] for one in below] == ["Sub-task"]
