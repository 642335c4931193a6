"""Webhooks: those that administrators keep, and the dynamic ones of apps, which end after 30 days.

Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared

ISSUE_EVENTS = (
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
    "issue_property_set",
    "issue_property_deleted",
    "worklog_created",
    "worklog_updated",
    "worklog_deleted",
    "attachment_created",
    "attachment_deleted",
    "issuelink_created",
    "issuelink_deleted",
)
SPRINT_EVENTS = ("sprint_created", "sprint_updated", "sprint_closed", "sprint_deleted", "sprint_started")
VERSION_EVENTS = tuple(
    f"jira:version_{verb}" for verb in ("released", "unreleased", "created", "moved", "updated", "merged", "deleted")
)
OTHER_EVENTS = (
    "board_created",
    "board_updated",
    "board_deleted",
    "board_configuration_changed",
    "project_created",
    "project_updated",
    "project_deleted",
    "project_soft_deleted",
    "project_restored_deleted",
    "project_archived",
    "project_restored_archived",
)
EVENTS = frozenset((*ISSUE_EVENTS, *SPRINT_EVENTS, *VERSION_EVENTS, *OTHER_EVENTS))
"""What administrators' webhooks may hear."""

DYNAMIC_EVENTS = frozenset((*ISSUE_EVENTS[:8], *SPRINT_EVENTS, *VERSION_EVENTS))
"""What dynamic webhooks may hear: the description's list."""

LIFE = timedelta(days=30)
"""How long a dynamic webhook lives unless it is refreshed."""

MOST_STATIC = 100
MOST_DYNAMIC = 5
"""Webhooks of one app and person: developer.atlassian.com/cloud/jira/platform/webhooks/#limits-for-oauth-2-0-apps"""

_w = tables.webhooks.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A row of jr_webhooks, its lists read."""

    id: int
    owner_id: int
    dynamic: bool
    name: str
    description: str
    url: str
    events: tuple[str, ...]
    jql: str
    field_ids: tuple[str, ...]
    property_keys: tuple[str, ...]
    secret: str | None
    exclude_body: bool
    enabled: bool
    updated_at: datetime
    expires_at: datetime | None


_LISTS = ("events", "field_ids", "property_keys")
_COLUMNS = [_w[name] for name in Webhook.__slots__]
_PRESENT = Prepared(
    select(*_COLUMNS)
    .where(
        _w.site == bindparam("site"),
        _w.enabled.is_(True),
        or_(_w.expires_at.is_(None), _w.expires_at > bindparam("now")),
    )
    .order_by(_w.id)
)


def listening_to(context: Context, events: Collection[str]) -> list[Webhook]:
    """The webhooks that want to hear any of these events, by id."""
    rows = _PRESENT.all(context.connection, site=context.site, now=context.now)
    found = [_webhook(dict(zip(Webhook.__slots__, row, strict=True))) for row in rows]
    return [hook for hook in found if not set(hook.events).isdisjoint(events)]


def list_webhooks(
    context: Context, *, owner_id: int | None = None, start: int = 0, limit: int = MOST_STATIC
) -> list[Webhook]:
    """Administrators' webhooks; with an owner, the dynamic ones of that person's app that have not ended."""
    query = select(*_COLUMNS).where(*_kind(context, owner_id)).order_by(_w.id).offset(start).limit(limit)
    return [_webhook(row) for row in context.connection.execute(query).mappings()]


def count_webhooks(context: Context, *, owner_id: int | None = None) -> int:
    """How many of them there are."""
    query = select(func.count()).select_from(tables.webhooks).where(*_kind(context, owner_id))
    return int(context.connection.execute(query).scalar_one())


def find_webhook(context: Context, webhook_id: int) -> Webhook:
    """An administrators' webhook. Raises NotFound."""
    query = select(*_COLUMNS).where(*_kind(context, None), _w.id == webhook_id)
    row = context.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"A webhook with the id {webhook_id} does not exist.")
    return _webhook(row)


def add_webhook(context: Context, values: Mapping[str, Any], *, dynamic: bool = False) -> Webhook:
    """Keep a webhook of the caller's. `values` are those of `Webhook` that were given and checked."""
    forget_ended(context)
    hook = Webhook(
        id=next_value(context.connection, context.site, counter("webhook")),
        owner_id=context.account.id,
        dynamic=dynamic,
        updated_at=context.now,
        expires_at=context.now + LIFE if dynamic else None,
        **{**_DEFAULTS, **values},
    )
    row = {name: getattr(hook, name) for name in Webhook.__slots__}
    context.connection.execute(insert(tables.webhooks), {"site": context.site, **_stored(row)})
    return hook


def edit_webhook(context: Context, hook: Webhook, values: Mapping[str, Any]) -> Webhook:
    """Give a webhook other values."""
    of = (_w.site == context.site) & (_w.id == hook.id)
    context.connection.execute(
        update(tables.webhooks).where(of).values(**_stored(values), owner_id=context.account.id, updated_at=context.now)
    )
    return find_webhook(context, hook.id)


def delete_webhook(context: Context, hook: Webhook) -> None:
    """Remove a webhook with all that it was sent."""
    context.connection.execute(delete(tables.webhooks).where(_w.site == context.site, _w.id == hook.id))


def delete_dynamic(context: Context, webhook_ids: Sequence[int]) -> None:
    """Remove those of the caller's dynamic webhooks; others are passed over."""
    context.connection.execute(delete(tables.webhooks).where(*_own(context, webhook_ids)))


def refresh_dynamic(context: Context, webhook_ids: Sequence[int]) -> datetime:
    """Let those of the caller's dynamic webhooks live on; others are passed over. Returns until when."""
    until = context.now + LIFE
    own = _w.expires_at > context.now
    context.connection.execute(update(tables.webhooks).where(*_own(context, webhook_ids), own).values(expires_at=until))
    return until


def forget_ended(context: Context) -> None:
    """Remove the dynamic webhooks whose time is over."""
    context.connection.execute(
        delete(tables.webhooks).where(_w.site == context.site, _w.dynamic.is_(True), _w.expires_at <= context.now)
    )


_DEFAULTS: dict[str, Any] = {
    "name": "",
    "description": "",
    "jql": "",
    "field_ids": (),
    "property_keys": (),
    "secret": None,
    "exclude_body": False,
    "enabled": True,
}


def _kind(context: Context, owner_id: int | None) -> list[Any]:  # Any: SQLAlchemy's conditions
    if owner_id is None:
        return [_w.site == context.site, _w.dynamic.is_(False)]
    return [_w.site == context.site, _w.dynamic.is_(True), _w.owner_id == owner_id, _w.expires_at > context.now]


def _own(context: Context, webhook_ids: Sequence[int]) -> list[Any]:
    own = [_w.site == context.site, _w.dynamic.is_(True), _w.owner_id == context.account.id]
    return [*own, _w.id.in_(list(webhook_ids))]


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: orjson.dumps(value).decode() if name in _LISTS else value for name, value in values.items()}


def _webhook(row: Mapping[Any, Any]) -> Webhook:
    return Webhook(**{**row, **{name: tuple(orjson.loads(row[name])) for name in _LISTS}})
