"""Many issues at once, histories in pages, the picker, notes; what `expand`, `fields` and `properties` choose."""

from __future__ import annotations

from collections.abc import Callable

from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_many_issues_are_fetched_at_once_and_the_missing_named(api: Api) -> None:
    first, second = api.issue(summary="One"), api.issue(summary="Two")
    asked = {"issueIdsOrKeys": [second, first.lower(), "NOPE-1", "77"], "fields": ["summary"]}

    body = api.post("/rest/api/3/issue/bulkfetch", asked, status=200)

    assert [(one["key"], one["fields"]) for one in body["issues"]] == [
        (second, {"summary": "Two"}),
        (first, {"summary": "One"}),
    ]
    assert [one["id"] for one in body["issueErrors"]] == ["NOPE-1", "77"]
    for keys in ([], [first] * 101):
        api.refused("POST", "/rest/api/3/issue/bulkfetch", 400, json={"issueIdsOrKeys": keys})


def test_histories_come_in_pages_by_id_and_for_many_issues(api: Api) -> None:
    first, second = api.issue(), api.issue()
    for summary in ("a", "b", "c"):
        api.put(f"/rest/api/2/issue/{first}", {"fields": {"summary": summary}}, status=204)
    api.put(f"/rest/api/2/issue/{second}", {"fields": {"summary": "d", "labels": ["x"]}}, status=204)

    page = api.get(f"/rest/api/3/issue/{first}/changelog", startAt=1, maxResults=1)
    assert (page["total"], page["isLast"], len(page["values"])) == (3, False, 1)
    assert page["values"][0]["items"][0]["toString"] == "b"

    chosen = api.post(
        f"/rest/api/3/issue/{first}/changelog/list", {"changelogIds": [int(page["values"][0]["id"]), 1]}, status=200
    )
    assert [one["id"] for one in chosen["histories"]] == [page["values"][0]["id"]]

    asked = {"issueIdsOrKeys": [first, second], "fieldIds": ["summary"], "maxResults": 3}
    whole = api.post("/rest/api/3/changelog/bulkfetch", asked, status=200)
    rest = api.post("/rest/api/3/changelog/bulkfetch", asked | {"nextPageToken": whole["nextPageToken"]}, status=200)
    assert [len(one["changeHistories"]) for one in whole["issueChangeLogs"]] == [3]
    assert [item["field"] for item in rest["issueChangeLogs"][0]["changeHistories"][0]["items"]] == ["summary"]
    assert "nextPageToken" not in rest
    api.refused("POST", "/rest/api/3/changelog/bulkfetch", 400, json=asked | {"nextPageToken": "junk"})


def test_the_picker_finds_by_key_and_words_and_escapes(api: Api) -> None:
    first, second = api.issue(summary="Pay <b>now</b>"), api.issue(summary="Refund")

    def picked(**asked: str) -> list[str]:
        return [one["key"] for one in api.get("/rest/api/3/issue/picker", **asked)["sections"][1]["issues"]]

    assert picked(query="pay now") == [first]
    assert picked(query="autotest-") == [second, first]
    assert picked(query="autotest-", currentIssueKey=second) == [first]
    assert picked(query="autotest-", currentJQL="summary ~ Refund") == [second]
    html = api.get("/rest/api/3/issue/picker", query="now")["sections"][1]["issues"][0]["summary"]
    assert html == "Pay &lt;b&gt;<b>now</b>&lt;/b&gt;"


def test_a_note_needs_somebody_to_read_it(api: Api, account_ids: dict[str, str]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/notify"

    api.post(
        path, {"subject": "Look", "textBody": "now", "to": {"users": [{"accountId": account_ids["bob"]}]}}, status=204
    )

    messages, _ = api.refused("POST", path, 400, json={"subject": "Look", "to": {"reporter": True}})
    assert messages == ["No recipients were defined for notification."]
    api.refused("POST", path, 400, json={"to": {"users": [{"accountId": "nobody"}]}})


def test_expands_add_what_they_are_called(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    expand = "names,schema,transitions,operations,editmeta,changelog,renderedFields"

    shape = api.get(f"/rest/api/3/issue/{key}", expand=expand, fields="summary,status")
    groups = shape["operations"]["linkGroups"][0]["groups"]

    assert shape["names"] == {"summary": "Summary", "status": "Status"}
    assert shape["schema"]["summary"] == {"type": "string", "system": "summary"}
    assert {step["name"] for step in shape["transitions"]} >= {"Done"}
    assert "edit-issue" in {link["id"] for group in groups for link in group["links"]}
    assert shape["editmeta"]["fields"]["labels"]["operations"] == ["add", "set", "remove"]
    versions = api.get(f"/rest/api/3/issue/{key}", expand="versionedRepresentations", fields="summary")
    assert versions["versionedRepresentations"] == {"summary": {"1": "An issue"}}
    assert "fields" not in versions


def test_fields_and_properties_are_chosen(api: Api) -> None:
    key = api.issue()
    for name in ("one", "two"):
        api.put(f"/rest/api/3/issue/{key}/properties/{name}", {"n": name})

    def fields(chosen: str) -> set[str]:
        return set(api.get(f"/rest/api/3/issue/{key}", fields=chosen).get("fields", {}))

    assert fields("summary,status") == {"summary", "status"}
    assert "comment" in fields("*all")
    assert "comment" not in fields("*navigable")
    assert "summary" not in fields("*all,-summary")
    assert fields("nonsense") == set()
    assert api.get(f"/rest/api/3/issue/{key}", properties="two")["properties"] == {"two": {"n": "two"}}
    assert set(api.get(f"/rest/api/3/issue/{key}", properties="*all")["properties"]) == {"one", "two"}


def test_statuses_and_resolutions_are_found(api: Api) -> None:
    found = api.get("/rest/api/3/statuses/search", searchString="done")["values"]
    assert [(one["name"], one["statusCategory"]) for one in found] == [("Done", "DONE")]
    assert api.get("/rest/api/3/statuses", id=found[0]["id"])[0]["name"] == "Done"
    assert api.get("/rest/api/3/resolution/search", maxResults=1)["total"] == 4
    api.refused("GET", "/rest/api/3/statuses", 400)
    api.refused("GET", "/rest/api/3/statuses?id=77", 400)


def test_the_client_reads_expanded_issues(jira: JIRA, api: Api) -> None:
    key = api.issue(description="*b*")
    issue = jira.issue(key, expand="renderedFields,changelog", fields="description")

    assert issue.renderedFields.description == "<p><strong>b</strong></p>"
    assert issue.changelog.total == 0


def test_what_somebody_looked_at_is_remembered_when_they_say_so(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue(summary="Seen")

    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["lastViewed"] is None
    shown = api.get(f"/rest/api/3/issue/{key}", updateHistory="true")

    assert shown["fields"]["lastViewed"] is not None
    assert api.found("issue in issueHistory()") == [key]
    assert [one["key"] for one in api.get("/rest/api/3/issue/picker", query="seen")["sections"][0]["issues"]] == [key]
    assert api_of("bob").get("/rest/api/3/issue/picker", query="seen")["sections"][0]["issues"] == []
