"""Epics and the issues under them."""

from __future__ import annotations

from jira import JIRA

from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"


def test_epics_and_their_issues(jira: JIRA, api: Api) -> None:
    epic, story, free = api.issue(kind="Epic", summary="Refunds"), api.issue(), api.issue()

    jira.add_issues_to_epic(epic, [story])

    assert api.get(f"{AGILE}/epic/{epic}")["name"] == "Refunds"
    assert [e["key"] for e in api.get(f"{AGILE}/board/1/epic", done="false")["values"]] == [epic]
    assert [i["key"] for i in api.get(f"{AGILE}/epic/{epic}/issue")["issues"]] == [story]
    assert [i["key"] for i in api.get(f"/rest/software/1.0/board/1/epic/{epic}/issue")["issues"]] == [story]
    assert [i["key"] for i in api.get(f"{AGILE}/board/1/epic/none/issue")["issues"]] == [free]
    assert api.get(f"{AGILE}/issue/{story}")["fields"]["epic"]["key"] == epic
    api.post(f"{AGILE}/epic/none/issue", {"issues": [story]}, status=204)
    assert api.get(f"{AGILE}/epic/{epic}/issue")["issues"] == []
    api.refused("POST", f"{AGILE}/epic/{epic}/issue", 400, json={"issues": [epic]})
    api.refused("GET", f"{AGILE}/epic/{story}", 404)
