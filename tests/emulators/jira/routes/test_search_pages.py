"""Search: page by page, with what is asked for beside the issues."""

from __future__ import annotations

from jira import JIRA
from sqlalchemy import event

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

_NAMES = (
    "priority status type resolution assignee reporter sprint rank created due resolved summary parent updated key "
    "statusCategory hierarchyLevel labels component fixVersion affectedVersion votes watchers lastViewed description "
    "environment originalEstimate remainingEstimate timeSpent workRatio"
)
EVERY_ORDER = [*_NAMES.split(), "cf[10019]", "'Story Points' desc", "summary desc, key"]


def test_pages_by_token(api: Api, jira: JIRA) -> None:
    for number in range(5):
        api.issue(summary=f"Issue {number}")

    first = api.get("/rest/api/3/search/jql", jql="project = AUTOTEST order by key", maxResults=2, fields="summary")
    everything = jira.search_issues("project = AUTOTEST order by key", maxResults=0, fields="summary")

    assert ([i["key"] for i in first["issues"]], first["isLast"]) == (["AUTOTEST-1", "AUTOTEST-2"], False)
    assert len(everything) == 5
    assert len(jira.enhanced_search_issues("project = AUTOTEST", use_post=True, fields="key")) == 5
    assert everything[4].fields.summary == "Issue 4"
    api.refused("GET", "/rest/api/3/search/jql?jql=project%20%3D%20AUTOTEST&nextPageToken=junk", 400)
    other = {"jql": "key = AUTOTEST-1", "nextPageToken": first["nextPageToken"]}
    api.refused("POST", "/rest/api/3/search/jql", 400, json=other)


def test_the_default_fields_of_both_searches(api: Api) -> None:
    api.issue()

    new = api.get("/rest/api/3/search/jql", jql="project = AUTOTEST")["issues"][0]
    old = api.get("/rest/api/2/search", jql="project = AUTOTEST", startAt=0, maxResults=1)

    assert "fields" not in new
    assert (old["total"], old["startAt"], old["maxResults"]) == (1, 0, 1)
    assert "summary" in old["issues"][0]["fields"]
    assert "comment" not in old["issues"][0]["fields"]
    assert api.post("/rest/api/2/search", {"jql": "", "maxResults": 0}, status=200)["total"] == 1


def test_counting(jira: JIRA, api: Api) -> None:
    api.issue()

    assert jira.approximate_issue_count("project = AUTOTEST") == 1


def test_expansions_of_a_search(api: Api) -> None:
    key = api.issue()
    api.move(key, "Done")

    page = api.get(
        "/rest/api/3/search/jql", jql="project = AUTOTEST", fields="summary,status", expand="changelog,names,schema"
    )

    assert page["names"]["status"] == "Status"
    assert page["schema"]["summary"]["type"] == "string"
    histories = page["issues"][0]["changelog"]["histories"]
    assert [item["field"] for item in histories[0]["items"]] == ["status", "resolution"]


def test_a_page_with_history_costs_few_statements_whatever_its_size(api: Api, site: Site) -> None:
    def statements(count: int) -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        engine = site.emulators.database.engine
        event.listen(engine, "before_cursor_execute", note)
        params = {"jql": "project = AUTOTEST ORDER BY updated ASC", "fields": "*all", "expand": "changelog"}
        page = api.get("/rest/api/2/search/jql", maxResults=count, **params)
        event.remove(engine, "before_cursor_execute", note)
        assert len(page["issues"]) == count
        return len(seen)

    for number in range(8):
        api.move(api.issue(summary=f"{number}", labels=["x"]), "Done")

    assert statements(8) == statements(1)
    assert statements(8) <= 20


def test_pages_do_not_shift_when_issues_change_between_them(api: Api) -> None:
    keys = [api.issue(summary=f"Issue {number}") for number in range(6)]
    asked = {"jql": "project = AUTOTEST order by priority, summary", "maxResults": 2, "fields": ["summary"]}

    first = api.post("/rest/api/3/search/jql", asked, status=200)
    api.put(f"/rest/api/3/issue/{keys[0]}", {"fields": {"summary": "Zero"}}, status=204)  # now the last one
    api.delete(f"/rest/api/3/issue/{keys[1]}")
    second = api.post("/rest/api/3/search/jql", asked | {"nextPageToken": first["nextPageToken"]}, status=200)

    assert [issue["key"] for issue in second["issues"]] == keys[2:4]


def test_every_order_has_pages(api: Api, world: dict[str, str]) -> None:
    for order in EVERY_ORDER:
        found: list[str] = []
        asked = {"jql": f"project = AUTOTEST order by {order}", "maxResults": 2, "fields": ["summary"]}
        while True:
            page = api.post("/rest/api/3/search/jql", asked, status=200)
            found += [issue["key"] for issue in page["issues"]]
            if page["isLast"]:
                break
            asked["nextPageToken"] = page["nextPageToken"]

        assert found == api.found(f"project = AUTOTEST order by {order}"), order
        assert set(found) == set(world.values())
