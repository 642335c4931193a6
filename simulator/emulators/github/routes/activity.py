"""What happened to a repository's branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.errors import InvalidRequest
from simulator.emulators.github.pagination import asked_page, link_to
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.recovery import recover
from simulator.emulators.github.state.activity import KINDS, Activity, ActivityFilter, list_activity
from simulator.emulators.github.state.users import by_ids
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, stamp_seconds

blueprint = Blueprint("activity", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_PERIODS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
_NOBODY = -1


@blueprint.get("/activity")
def list_movements(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repository-activities"""
    size, urls = asked_page().size, Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    recover(repository)
    with instance().database.reading() as connection:
        wanted = _wanted(_actor_id(connection, repository.site))
        found = list_activity(connection, repository.site, repository.id, wanted=wanted, limit=size + 1)
        actors = {each.actor_id for each in found if each.actor_id is not None}
        people = by_ids(connection, repository.site, actors)
    page = found[:size]
    if "before" in request.args:
        page.reverse()
    links = _links(page, more=len(found) > size)
    return reply([_body(each, people, urls) for each in page], headers={"Link": links} if links else None)


def _actor_id(connection: Connection, site: str) -> int | None:
    login = request.args.get("actor")
    if login is None:
        return None
    account = accounts.by_login(connection, site, login)
    return account.id if account else _NOBODY


def _wanted(actor_id: int | None) -> ActivityFilter:
    ref, kind, period = (request.args.get(name) for name in ("ref", "activity_type", "time_period"))
    if kind is not None and kind not in KINDS:
        raise InvalidRequest(f"Invalid request.\n\n{kind[:40]} is not a member of {list(KINDS)}.")
    if period is not None and period not in _PERIODS:
        raise InvalidRequest(f"Invalid request.\n\n{period[:40]} is not a member of {list(_PERIODS)}.")
    ascending, after, before = request.args.get("direction") == "asc", _cursor("after"), _cursor("before")
    return ActivityFilter(
        ref=ref if ref is None or ref.startswith("refs/") else f"refs/heads/{ref}",
        kind=kind,
        actor_id=actor_id,
        since=instance().now() - timedelta(days=_PERIODS[period]) if period else None,
        newer_than=after if ascending else before,
        older_than=before if ascending else after,
        oldest_first=ascending != (before is not None),
    )


def _cursor(name: str) -> int | None:
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidRequest(f"Invalid request.\n\n{name} is not a cursor.")
    return int(text)


def _links(page: Sequence[Activity], *, more: bool) -> str:
    if not page:
        return ""
    going_back, links = "before" in request.args, []
    if more or going_back:
        links.append(link_to("next", after=str(page[-1].id), before=""))
    if (more and going_back) or "after" in request.args:
        links.append(link_to("prev", before=str(page[0].id), after=""))
    return ", ".join(links)


def _body(each: Activity, people: Mapping[int, Account], urls: Urls) -> dict[str, Any]:
    actor = people.get(each.actor_id) if each.actor_id is not None else None
    return {
        "id": each.id,
        "node_id": node_id("PushActivity", each.id),
        "before": each.before,
        "after": each.after,
        "ref": each.ref,
        "timestamp": stamp_seconds(each.created_at),
        "activity_type": each.kind,
        "actor": maybe_user(actor, urls),
    }
