"""Search: what queries find, and in which order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.emulators.jira.conftest import Api

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
    ("status was 'To Do' on now() and type = Bug", "bug"),
    ("status was 'To Do' during ('2026-01-01', '2026-12-31') and type = Bug", "bug"),
    ("status changed", "story bug"),
    ("status changed from 'In Progress' to Done", "story"),
    ("status changed to Done before -1d", ""),
    ("status changed by currentUser() on now()", "story bug"),
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
    ("issue.property[score].total > 5 or issue.property[score].total = 1", ""),
    ("issue.property[score].total is EMPTY and type = Bug", "bug"),
    ("summary is EMPTY", ""),
    ("summary is not EMPTY and type = Bug", "bug"),
    ("key ~ '*TEST-3'", "bug"),
    ("issueKey ~ '-4' or key ~ 'autotest-5'", "task sub"),
    ("key !~ '-1*'", "story bug task sub"),
    ("key ~ '*_*' or key ~ '%' or key ~ TEST", ""),
    ("workItemKey = AUTOTEST-3 and workType = Bug", "bug"),
    ("parentProject = AUTOTEST", "story sub"),
    ("parentProject not in projectsLeadByUser()", ""),
    ("hierarchyLevel = 1 or hierarchyLevel < 0", "epic sub"),
    ("projectType = software and type = Bug", "bug"),
    ("projectType in (business, service_desk)", ""),
    ("category is EMPTY and level is EMPTY and type = Bug", "bug"),
    ("resolution >= Done", "story"),
    ("issueLink[blocks] = AUTOTEST-4", "bug"),
    ("issueLink['is blocked by'] = AUTOTEST-3", "task"),
    ("issueLink['is blocked by'] = AUTOTEST-4", ""),
    ("workItemLink = AUTOTEST-3 and issue in linkedWorkItems(AUTOTEST-3)", "task"),
    ("textfields ~ 'total wrong'", "bug"),
    ("textfields ~ customer", ""),
    ("text ~ '(customer OR docs) -total'", "task"),
    ("fixVersion was EMPTY and type = Bug", "bug"),
    ("fixVersion changed or fixVersion changed to EMPTY", ""),
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
    ("hierarchyLevel, key", "epic story bug task sub"),
    ("statusCategory, key", "epic task sub bug story"),
    ("labels, key", "task story epic bug sub"),
    ("watchers, votes, workRatio, component, fixVersion, description, environment, key", "bug epic story task sub"),
    ("resolution, reporter, project, parent, key", "story sub epic bug task"),
]


def test_orders(api: Api, world: dict[str, str]) -> None:
    nicknames = {key: name for name, key in world.items()}

    for order, expected in ORDERS:
        found = [nicknames[key] for key in api.found(f"project = AUTOTEST ORDER BY {order}")]
        assert " ".join(found) == expected, order


def test_times_are_the_callers(api: Api, api_of: Callable[[str], Api]) -> None:
    api.issue()  # on 2026-03-02 at 08:00 UTC, which is the zone of everybody here

    assert api_of("bob").found("created >= '2026-03-02 07:59' and project = AUTOTEST") == ["AUTOTEST-1"]
    assert api_of("bob").found("created >= '2027-03-02' and project = AUTOTEST") == []
