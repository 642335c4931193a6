"""Search: what queries find, page by page, and what they are refused for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from jira import JIRA
from sqlalchemy import event

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


@pytest.fixture
def world(api: Api, account_ids: dict[str, str]) -> dict[str, str]:
    """A small backlog with something of everything; keys by nickname."""
    keys = {"epic": api.issue(kind="Epic", summary="Refunds")}
    bob = {"accountId": account_ids["bob"]}
    keys["story"] = api.issue(
        summary="Refund a payment", parent={"key": keys["epic"]}, labels=["money"], customfield_10016=5, assignee=bob
    )
    keys["bug"] = api.issue(
        kind="Bug", summary="Größe is wrong", description="the *total* is wrong", priority={"name": "Highest"}
    )
    keys["task"] = api.issue(kind="Task", summary="Write docs", duedate="2026-03-10", labels=["docs", "money"])
    keys["sub"] = api.issue(kind="Sub-task", summary="Proof-read", parent={"key": keys["task"]}, customfield_10016=1)
    sprint = api.sprint()
    api.plan(sprint, keys["story"], keys["bug"])
    api.set_state(sprint, "active")
    api.move(keys["bug"], "In Progress")
    api.move(keys["story"], "In Progress")
    api.move(keys["story"], "Done")
    api.post(f"/rest/api/2/issue/{keys['bug']}/comment", {"body": "the customer called"}, status=201)
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": keys["bug"]}, "outwardIssue": {"key": keys["task"]}}
    api.post("/rest/api/3/issueLink", link, status=201)
    return keys


QUERIES = [
    ("project = AUTOTEST", "epic story bug task sub"),
    ("project = autotest and project in (Autotest)", "epic story bug task sub"),
    ("key in (AUTOTEST-1, AUTOTEST-3)", "epic bug"),
    ("key > AUTOTEST-3", "task sub"),
    ("issuetype = Bug or type in (Epic, Task)", "epic bug task"),
    ("issuetype in subTaskIssueTypes()", "sub"),
    ("issuetype not in standardIssueTypes()", "sub"),
    ("status = Done", "story"),
    ("status != 'To Do'", "story bug"),
    ("statusCategory = 'In Progress'", "bug"),
    ("statusCategory not in (Done)", "epic bug task sub"),
    ("resolution = Unresolved and statusCategory != new", "bug"),
    ("resolution is not EMPTY", "story"),
    ("resolution != Done", ""),
    ("priority = Highest", "bug"),
    ("priority > Medium", "bug"),
    ("priority <= Medium and issuetype = Task", "task"),
    ("assignee = 'bob@example.com'", "story"),
    ("assignee = Bob", "story"),
    ("assignee is EMPTY", "epic bug task sub"),
    ("assignee != Carol", "story"),
    ("assignee in (Bob, EMPTY)", "epic story bug task sub"),
    ("assignee not in (Carol, EMPTY)", "story"),
    ("not assignee = Carol", "story"),
    ("reporter = currentUser() and creator = Alice", "epic story bug task sub"),
    ("watcher = currentUser() and issuetype = Bug", "bug"),
    ("labels = money", "story task"),
    ("labels in (docs, nothing)", "task"),
    ("labels != docs", "story"),
    ("labels is empty", "epic bug sub"),
    ("sprint = 'sprint 1'", "story bug"),
    ("sprint = 1", "story bug"),
    ("sprint in openSprints() and status = Done", "story"),
    ("sprint in closedSprints() or sprint in futureSprints()", ""),
    ("sprint is EMPTY", "epic task sub"),
    ("sprint not in openSprints()", ""),
    ("parent = AUTOTEST-1", "story"),
    ("'Epic Link' = AUTOTEST-1", "story"),
    ("'Epic Link' is EMPTY and parent is not EMPTY", "sub"),
    ("cf[10014] is not EMPTY", "story"),
    ("'Story Points' >= 5", "story"),
    ("cf[10016] in (1, 5)", "story sub"),
    ("'Story Points' != 5", "sub"),
    ("'Story Points' is EMPTY and issuetype = Bug", "bug"),
    ("duedate = 2026-03-10", "task"),
    ("due < 2026-03-11 and due > 2026-03-09", "task"),
    ("created >= -1d and created <= now()", "epic story bug task sub"),
    ("created < startOfDay()", ""),
    ("created < endOfDay(1) and updated >= '2026-01-01 00:00'", "epic story bug task sub"),
    ("resolved >= startOfWeek(-1w)", "story"),
    ("summary ~ refund", "epic story"),
    ("summary ~ 'refund*'", "epic story"),
    ("summary ~ 'payment refund'", "story"),
    ("summary ~ '\"a payment\"'", "story"),
    ("summary ~ '\"payment a\"'", ""),
    ("summary ~ GRÖSSE", "bug"),
    ("summary !~ refunding and project = AUTOTEST", "bug task sub"),
    ("description ~ total", "bug"),
    ("description is EMPTY", "epic story task sub"),
    ("comment ~ customer", "bug"),
    ("text ~ 'total customer'", "bug"),
    ("text ~ '100% _'", ""),
    ("issue in linkedIssues(AUTOTEST-3)", "task"),
    ("issue in linkedIssues(AUTOTEST-3, 'is blocked by')", ""),
    ("issueLinkType = blocks", "bug task"),
    ("issueLinkType = 'is blocked by'", "task"),
    ("issue in watchedIssues() and type = Epic", "epic"),
    ("fixVersion is EMPTY and component is EMPTY and type = Epic", "epic"),
    ("fixVersion is not EMPTY", ""),
    ("flagged is EMPTY and type = Epic", "epic"),
    ("status was 'In Progress'", "story bug"),
    ("status was 'In Progress' and status was not Done", "bug"),
    ("status was 'To Do' and type = Epic", "epic"),
    ("status was in ('In Review', Done)", "story"),
    ("status was not in ('In Progress')", "epic task sub"),
    ("status was Done by Bob", ""),
    ("status was Done by currentUser() after -1d", "story"),
    ("status was 'In Progress' before -1d", ""),
    ("status was 'To Do' on 2026-03-02 and type = Bug", "bug"),
    ("status was 'To Do' during ('2026-01-01', '2026-12-31') and type = Bug", "bug"),
    ("status changed", "story bug"),
    ("status changed from 'In Progress' to Done", "story"),
    ("status changed to Done before -1d", ""),
    ("status changed by currentUser() on 2026-03-02", "story bug"),
    ("not status changed", "epic task sub"),
    ("resolution was EMPTY and type = Story", "story"),
    ("assignee was Bob", "story"),
    ("assignee changed", ""),
    ("assignee in membersOf('jira-software-users')", "story"),
    ("issue in updatedBy(Alice) and type = Epic", "epic"),
    ("issue in updatedBy(Alice, '-1d', '1d') and type = Epic", "epic"),
    ("issue in updatedBy(Bob)", ""),
    ("issue in votedIssues() or issue in issueHistory()", ""),
    ("project in projectsLeadByUser() and type = Bug", "bug"),
    ("project in projectsWhereUserHasPermission('Create issues') and type = Bug", "bug"),
    ("project in projectsWhereUserHasRole(Administrators) and type = Bug", "bug"),
    ("lastViewed is EMPTY and type = Bug", "bug"),
    ("votes = 0 and watchers > 0 and type = Bug", "bug"),
    ("voter is EMPTY and attachments is EMPTY and worklogAuthor is EMPTY and type = Bug", "bug"),
    ("environment is EMPTY and type = Bug", "bug"),
    ("summary ~ 'refunding -payment'", "epic"),
    ("summary ~ 'docs OR proof*'", "task sub"),
    ("description ~ totals and text ~ 'the total'", "bug"),
    ("summary ~ the", ""),
    ("sprint was 'Sprint 1' and sprint changed to 'Sprint 1'", "story bug"),
    ("sprint was not in openSprints() and sprint was EMPTY", "epic task sub"),
    ("issue.property[score].total > 5 or issue.property[score].total = 1", ""),
    ("issue.property[score].total is EMPTY and type = Bug", "bug"),
    ("filter = 10000 or type = Bug", "epic story bug task sub"),
    ("(type = Bug or type = Story) and not (labels = docs or status = 'To Do')", "story"),
]


@pytest.mark.parametrize("chunk", range(6))
def test_queries_find_what_they_say(api: Api, world: dict[str, str], chunk: int) -> None:
    for jql, expected in QUERIES[chunk::6]:
        found = set(api.found(jql))
        assert found == {world[name] for name in expected.split()}, jql


ORDERS = [
    ("key", "epic story bug task sub"),
    ("key DESC", "sub task bug story epic"),
    ("created ASC", "epic story bug task sub"),
    ("created", "sub task bug story epic"),
    ("priority, key", "bug epic story task sub"),
    ("'Story Points' DESC, key", "story sub epic bug task"),
    ("status ASC, key", "epic task sub bug story"),
    ("assignee, key", "story epic bug task sub"),
    ("summary", "bug sub story epic task"),
    ("duedate DESC, rank", "task epic story bug sub"),
    ("issuetype, key DESC", "epic story task bug sub"),
    ("sprint, key", "story bug epic task sub"),
    ("resolution, reporter, project, parent, key", "story sub epic bug task"),
]


def test_orders(api: Api, world: dict[str, str]) -> None:
    nicknames = {key: name for name, key in world.items()}

    for order, expected in ORDERS:
        found = [nicknames[key] for key in api.found(f"project = AUTOTEST ORDER BY {order}")]
        assert " ".join(found) == expected, order


@pytest.mark.parametrize(
    ("jql", "messages"),
    [
        ("foo = 1", ["Field 'foo' does not exist or you do not have permission to view it."]),
        ("project = NOPE", ["The value 'NOPE' does not exist for the field 'project'."]),
        (
            "status = Nope and assignee = nobody",
            [
                "The value 'Nope' does not exist for the field 'status'.",
                "The value 'nobody' does not exist for the field 'assignee'.",
            ],
        ),
        ("key = AUTOTEST-999", ["An issue with key 'AUTOTEST-999' does not exist for field 'key'."]),
        ("sprint = Nope", ["Sprint with name 'Nope' does not exist or you do not have permission to view it."]),
        ("summary = x", ["The operator '=' is not supported by the 'summary' field."]),
        ("project > AUTOTEST", ["The operator '>' is not supported by the 'project' field."]),
        ("assignee is Bob", ["The operator 'is' requires 'EMPTY' or 'NULL' on the field 'assignee'."]),
        ("assignee = (Bob)", ["Operator '=' does not support the list value for the field 'assignee'."]),
        ("assignee = openSprints()", ["Unable to find JQL function 'openSprints()'."]),
        ("sprint in openSprints(1)", ["Function 'openSprints' expected '0' arguments but received '1'."]),
        ("created > startOfDay(x)", ["Date offset 'x' in function 'startOfDay' is invalid."]),
        ("'Story Points' > many", ["The value 'many' is not a valid number for the field 'Story Points'."]),
        ("summary ~ ''", ["The field 'summary' does not support searching for an empty string."]),
        ("labels was x", ["History searches do not support the 'labels' field."]),
        (
            "status was Done during (2026-01-01)",
            ['The DURING predicate expects a range of two dates: DURING ("date1", "date2").'],
        ),
        ("project = AUTOTEST order by text", ["Not able to sort using field 'text'."]),
        ("fixVersion = 1", ["The value '1' does not exist for the field 'fixVersion'."]),
    ],
)
def test_a_bad_query_is_400_with_the_reasons(api: Api, jql: str, messages: list[str]) -> None:
    assert api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})[0] == messages


def test_a_bad_date_says_which_ones_are_good(api: Api) -> None:
    (message,) = api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "created > soon"})[0]

    assert message.startswith("Date value 'soon' for field 'created' is invalid. Valid formats include:")


def test_grammar_faults_have_their_place(api: Api) -> None:
    (message,) = api.refused("GET", "/rest/api/2/search/jql?jql=" + quote("project = AUTOTEST foo"), 400)[0]

    assert message == "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'foo'. (line 1, character 20)"


@pytest.mark.parametrize("jql", ["", "order by created"])
def test_unbounded_queries_are_refused_where_jira_does(api: Api, jql: str) -> None:
    for path in ("search/jql", "search/approximate-count"):
        (message,) = api.refused("POST", f"/rest/api/3/{path}", 400, json={"jql": jql})[0]
        assert message.startswith("Unbounded JQL queries are not allowed here.")


def test_hostile_queries_do_not_hurt(api: Api) -> None:
    deep = "(" * 45 + "project = AUTOTEST" + ")" * 45
    wide = " or ".join("labels = x" for _ in range(400))
    listed = "labels in (" + ",".join(f"l{n}" for n in range(1000)) + ")"

    for jql in (deep, wide, listed, 'summary ~ "%\' OR 1=1 --"', 'labels = "\'; DROP TABLE jr_issues"'):
        assert api.found(jql) == []
    for jql in ("(" * 500, "not " * 500 + "a = b", "a" * 25_000, "a = \\u0000"):
        api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})


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


def test_times_are_the_callers(api: Api, api_of: Callable[[str], Api]) -> None:
    api.issue()  # on 2026-03-02 at 08:00 UTC, which is the zone of everybody here

    assert api_of("bob").found("created >= '2026-03-02 07:59' and project = AUTOTEST") == ["AUTOTEST-1"]
    assert api_of("bob").found("created >= '2027-03-02' and project = AUTOTEST") == []


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
    orders = (
        "priority status type resolution assignee reporter sprint rank created due resolved summary parent updated key"
    )
    for order in [*orders.split(), "cf[10019]", "'Story Points' desc", "summary desc, key"]:
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
