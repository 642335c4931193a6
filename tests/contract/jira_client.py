"""What the tours with the jira package share: refusals, issues, keys that a query finds, and the past of an issue."""

from __future__ import annotations

import pytest
from jira import JIRA, Issue, JIRAError

SCRUM = "com.pyxis.greenhopper.jira:gh-simplified-scrum-classic"
POINTS, SPRINT, FLAGGED = "customfield_10016", "customfield_10020", "customfield_10021"


def refusal(wanted: int, call: object, *args: object, **kwargs: object) -> JIRAError:
    """The exception of a call that must fail with a status."""
    with pytest.raises(JIRAError) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.status_code == wanted, caught.value
    return caught.value


def an_issue(jira: JIRA, summary: str = "Refund a payment", kind: str = "Story", **fields: object) -> Issue:
    """A new issue of AUTOTEST."""
    given = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": kind}, "summary": summary} | fields
    return jira.create_issue(fields=given)


def keys(jira: JIRA, jql: str) -> list[str]:
    """The keys of what a query finds, in order."""
    found = jira.search_issues(jql, fields="summary", maxResults=False)
    return [each.key for each in found]


def changes(jira: JIRA, key: str, field: str) -> list[tuple[str | None, str | None]]:
    """From and to of each change of a field, as a person reads them, oldest first."""
    histories = jira.issue(key, expand="changelog").changelog.histories
    items = (item for entry in reversed(histories) for item in entry.items if item.field == field)
    return [(item.fromString, item.toString) for item in items]
