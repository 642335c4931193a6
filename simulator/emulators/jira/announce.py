"""What webhooks are told: notices become payloads and payloads become deliveries, as far as anybody listens.

To tell of something, note it down where it happens, with the state's own object; nothing is rendered unless a webhook wants it:

- about an issue: `context.tell("comment_created", issue.id, comment=comment)`
- about anything else: `context.tell("sprint_started", sprint=sprint)`
- of something that is about to be deleted, tell before it is gone: `tell_deleted(context, issues)` in `state/farewells.py`.

A new event needs its name in `state/webhooks.py` and its subject in `payloads/notices.py`.

Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson

from simulator.emulators.jira.payloads.notices import subject_of
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.context import Context, Notice
from simulator.emulators.jira.state.issues import read_issues
from simulator.emulators.jira.state.webhook_deliveries import send
from simulator.emulators.jira.state.webhook_filters import concerned, viewers
from simulator.emulators.jira.state.webhooks import Webhook, listening_to
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

LARGEST = 25 * 1024 * 1024
"""Bytes of a payload; a larger one is not sent: developer.atlassian.com/cloud/jira/platform/webhooks/#payload-size"""

_UPDATED = "jira:issue_updated"


def announce(session: Session, instance: Instance) -> None:
    """Tell the webhooks what the session's context noted down; then forget it."""
    context = session.context
    notices = list(context.notices)
    context.notices.clear()
    hooks = listening_to(context, {notice.event for notice in notices})
    if not hooks:
        return
    for notice in _joined(context, notices):
        told = notice.detail["told"] if "told" in notice.detail else concerned(context, hooks, notice)
        for viewer, own in viewers(context, told):  # in wiki text and version 2's addresses, whoever made the change
            _tell(Session(context=viewer, api="2"), instance, notice, own)


def _joined(context: Context, notices: Sequence[Notice]) -> list[Notice]:
    """One update for each issue, with all that was changed and said; none for those that are new or gone."""
    new = {notice.issue_id for notice in notices if notice.event == "jira:issue_created"}
    present = read_issues(context, {notice.issue_id for notice in notices if notice.issue_id is not None})
    found: dict[object, Notice] = {}
    for number, notice in enumerate(notices):
        gone = notice.issue_id is not None and notice.issue_id not in present and "told" not in notice.detail
        if gone or (notice.event == _UPDATED and notice.issue_id in new):
            continue
        key = (_UPDATED, notice.issue_id) if notice.event == _UPDATED else number
        found[key] = _both(found[key], notice) if key in found else notice
    return list(found.values())


def _both(one: Notice, other: Notice) -> Notice:
    items = (*one.detail.get("items", ()), *other.detail.get("items", ()))
    return replace(one, detail={**one.detail, **other.detail, "items": items})


def _tell(session: Session, instance: Instance, notice: Notice, told: Sequence[Webhook]) -> None:
    context = session.context
    payload = {
        "timestamp": int(context.now.timestamp() * 1000),
        "webhookEvent": notice.event,
        **subject_of(session, notice),
    }
    body = orjson.dumps(payload)
    if len(body) > LARGEST:
        return
    for hook in told:
        text = orjson.dumps(payload | {"matchedWebhookIds": [hook.id]}) if hook.dynamic else body
        send(
            context,
            instance,
            hook,
            url=_filled(hook.url, payload, notice.by),
            body=b"" if hook.exclude_body else text,
        )


def _filled(url: str, payload: dict[str, Any], by: Account) -> str:
    """The address with `${issue.key}` and its like replaced by what the event is about."""
    if "${" not in url:
        return url
    values = {f"{thing}.{name}": payload.get(thing, {}).get(name) for thing, name in _PLACES}
    project = payload.get("issue", {}).get("fields", {}).get("project") or payload.get("project") or {}
    values |= {"project.id": project.get("id"), "project.key": project.get("key")}
    values["modifiedUser.accountId"] = by.jira_id
    for name, value in values.items():
        url = url.replace(f"${{{name}}}", quote(str(value), safe="") if value is not None else "")
    return url


_PLACES = (
    ("issue", "id"),
    ("issue", "key"),
    ("comment", "id"),
    ("worklog", "id"),
    ("sprint", "id"),
    ("board", "id"),
    ("version", "id"),
)
