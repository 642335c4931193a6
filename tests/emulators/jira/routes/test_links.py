"""Links between issues."""

from __future__ import annotations

from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_the_client_links_two_issues(jira: JIRA, api: Api) -> None:
    blocker, blocked = api.issue(summary="first"), api.issue(summary="second")

    jira.create_issue_link("Blocks", blocker, blocked, comment={"body": "because"})

    (outward,) = jira.issue(blocker).fields.issuelinks
    (inward,) = jira.issue(blocked).fields.issuelinks
    assert (outward.outwardIssue.key, inward.inwardIssue.key) == (blocked, blocker)
    assert outward.outwardIssue.fields.summary == "second"
    assert api.changes(blocker) == [("Link", None, f"This issue blocks {blocked}")]
    assert api.changes(blocked) == [("Link", None, f"This issue is blocked by {blocker}")]
    assert [c.body for c in jira.comments(blocked)] == ["because"]
    whole = jira.issue_link(outward.id)
    assert (whole.inwardIssue.key, whole.outwardIssue.key, whole.type.name) == (blocker, blocked, "Blocks")

    jira.delete_issue_link(outward.id)

    assert jira.issue(blocker).fields.issuelinks == []
    assert api.changes(blocked)[-1] == ("Link", f"This issue is blocked by {blocker}", None)


def test_linking_twice_is_one_link(api: Api) -> None:
    one, two = api.issue(), api.issue()
    body = {"type": {"name": "Relates"}, "inwardIssue": {"key": one}, "outwardIssue": {"key": two}}

    api.post("/rest/api/3/issueLink", body, status=201)
    api.post("/rest/api/3/issueLink", body, status=201)

    assert len(api.get(f"/rest/api/3/issue/{one}")["fields"]["issuelinks"]) == 1
    assert len(api.changes(one)) == 1


def test_links_by_the_verb_of_an_edit(api: Api) -> None:
    one, two = api.issue(), api.issue()
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": two}}

    api.put(f"/rest/api/3/issue/{one}", {"update": {"issuelinks": [{"add": link}]}}, status=204)

    assert api.changes(one) == [("Link", None, f"This issue is blocked by {two}")]
    assert api.changes(two) == [("Link", None, f"This issue blocks {one}")]


def test_bad_links_are_refused(api: Api) -> None:
    key = api.issue()
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": key}}

    api.refused("POST", "/rest/api/3/issueLink", 400, json=link)
    api.refused("POST", "/rest/api/3/issueLink", 404, json=link | {"outwardIssue": {"key": "AUTOTEST-99"}})
    api.refused("POST", "/rest/api/3/issueLink", 404, json=link | {"type": {"name": "Nope"}})
    api.refused("GET", "/rest/api/3/issueLink/99", 404)
