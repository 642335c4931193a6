"""What the caller is told of threads that concern them."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import InvalidRequest, NotFound
from simulator.emulators.github.fields import Fields, instant_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.notifications import notification_payloads
from simulator.emulators.github.state import notifications
from simulator.emulators.github.state.notifications import Notification, NotificationFilter
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, site

blueprint = Blueprint("notifications", __name__, url_prefix="/api/v3")

_USUAL, _MOST = 50, 50


@blueprint.get("/notifications")
def list_() -> Response:
    """https://docs.github.com/en/rest/activity/notifications#list-notifications-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _listed(connection, signed_in(connection), None)


@blueprint.get("/repos/<owner>/<name>/notifications")
def of_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/notifications#list-repository-notifications-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        return _listed(connection, account, repository_for(connection, owner, name).id)


@blueprint.put("/notifications")
def mark_all() -> Response:
    """https://docs.github.com/en/rest/activity/notifications#mark-notifications-as-read"""
    with instance().database.writing() as connection:
        return _mark(connection, signed_in(connection), None)


@blueprint.put("/repos/<owner>/<name>/notifications")
def mark_repository(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/activity/notifications#mark-repository-notifications-as-read"""
    with instance().database.writing() as connection:
        account = signed_in(connection)
        return _mark(connection, account, repository_for(connection, owner, name).id)


@blueprint.get("/notifications/threads/<int:thread>")
def get(thread: int) -> Response:
    """https://docs.github.com/en/rest/activity/notifications#get-a-thread"""
    with instance().database.reading() as connection:
        found = _named(connection, signed_in(connection), thread)
        [body] = notification_payloads(connection, site(), [found], Urls.of_request())
    return reply(body)


@blueprint.patch("/notifications/threads/<int:thread>")
def mark_one(thread: int) -> Response:
    """https://docs.github.com/en/rest/activity/notifications#mark-a-thread-as-read"""
    with instance().database.writing() as connection:
        account = signed_in(connection)
        found = _named(connection, account, thread)
        notifications.mark_read(connection, account, at=instance().now(), notification_id=found.id)
    return reply(None, 205)


def _listed(connection: Connection, account: Account, repository_id: int | None) -> Response:
    page = asked_page(usual=_USUAL, most=_MOST)
    wanted = NotificationFilter(
        everything=request.args.get("all") == "true",
        participating=request.args.get("participating") == "true",
        since=instant_argument("since"),
        before=instant_argument("before"),
        repository_id=repository_id,
    )
    found, total = notifications.list_notifications(connection, account, wanted, offset=page.offset, limit=page.size)
    bodies = notification_payloads(connection, site(), found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


def _mark(connection: Connection, account: Account, repository_id: int | None) -> Response:
    until, now = _last_read(Fields(json_body(), "Notification")), instance().now()
    notifications.mark_read(connection, account, at=now, until=until, repository_id=repository_id)
    return reply(None, 205)


def _last_read(fields: Fields) -> datetime | None:
    text = fields.text("last_read_at")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as exc:
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]} is not a valid date-time.") from exc


def _named(connection: Connection, account: Account, thread: int) -> Notification:
    found = notifications.find_notification(connection, account, thread)
    if found is None:
        raise NotFound
    return found
