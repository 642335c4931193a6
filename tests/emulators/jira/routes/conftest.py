"""What the tests of several files use: a small backlog, and somebody who hears webhooks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import Receiver, listening


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    with listening() as found:
        yield found


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
