"""Webhooks of a repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import hooks
from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, stamp_seconds

blueprint = Blueprint("hooks", __name__, url_prefix="/api/v3/repos/<owner>/<name>/hooks")

_MOST = 20  # for each event: docs.github.com/en/webhooks/about-webhooks
_HIDDEN = "********"
_ZEN = "Anything added dilutes everything else."
_EVENTS = (
    "*,check_run,check_suite,commit_comment,create,delete,deployment,deployment_status,fork,gollum,issue_comment,"
    "issues,label,member,milestone,page_build,ping,project,public,pull_request,pull_request_review,"
    "pull_request_review_comment,pull_request_review_thread,push,release,repository,repository_dispatch,star,"
    "status,team_add,watch,workflow_dispatch,workflow_job,workflow_run"
)


@blueprint.get("")
def list_hooks(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#list-repository-webhooks"""
    page = asked_page()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        found = hooks.list_hooks(connection, repository.site, repository.id)
    return page_reply([_body(hook, repository) for hook in cut(found, page)], page=page, total=len(found))


@blueprint.post("")
def create_hook(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#create-a-repository-webhook"""
    fields = Fields(json_body(), "Hook")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        if fields.text("name") not in (None, "web"):
            raise fields.failed("name", "invalid")
        wanted = _changed(_blank(instance().now()), fields, instance().now())
        _check_room(connection, repository, wanted)
        hook = hooks.create_hook(connection, repository.site, repository.id, wanted)
        _ping(connection, repository, hook)
    return reply(_body(hook, repository), 201)


@blueprint.get("/<int:hook_id>")
def get_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#get-a-repository-webhook"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        hook = _found(connection, repository, hook_id)
    return reply(_body(hook, repository))


@blueprint.patch("/<int:hook_id>")
def edit_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#update-a-repository-webhook"""
    fields = Fields(json_body(), "Hook")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        hook = _changed(_found(connection, repository, hook_id), fields, instance().now())
        hooks.change_hook(connection, repository.site, repository.id, hook)
    return reply(_body(hook, repository))


@blueprint.delete("/<int:hook_id>")
def delete_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#delete-a-repository-webhook"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        hooks.delete_hook(connection, repository.site, repository.id, _found(connection, repository, hook_id))
    return reply(None, 204)


@blueprint.post("/<int:hook_id>/pings")
def ping_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#ping-a-repository-webhook"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        _ping(connection, repository, _found(connection, repository, hook_id))
    return reply(None, 204)


def _found(connection: Connection, repository: Repository, hook_id: int) -> Hook:
    hook = hooks.find_hook(connection, repository.site, repository.id, hook_id)
    if hook is None:
        raise NotFound
    return hook


def _blank(now: datetime) -> Hook:
    return Hook(
        id=0,
        events=("push",),
        url="",
        content_type="form",
        secret=None,
        insecure_ssl=False,
        active=True,
        created_at=now,
        updated_at=now,
    )


def _changed(hook: Hook, fields: Fields, now: datetime) -> Hook:
    config = _config(fields)
    secret = config.text("secret")
    return replace(
        hook,
        events=_events(hook, fields),
        url=_address(config, hook.url),
        content_type=config.choice("content_type", ("json", "form")) or hook.content_type,
        secret=(secret or None) if "secret" in config else hook.secret,
        insecure_ssl=_is_insecure(config.body, hook),
        active=fields.flag("active", default=hook.active),
        updated_at=now,
    )


def _config(fields: Fields) -> Fields:
    given = fields.body.get("config")
    if given is not None and not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\nconfig must be an object.")
    return Fields(given or {}, "Hook")


def _address(config: Fields, present: str) -> str:
    url = config.text("url", limit=2048) or present
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise config.failed("url", "custom", "url is missing a scheme" if url else "url cannot be blank")
    return url


def _is_insecure(config: Mapping[str, Any], hook: Hook) -> bool:
    return str(config["insecure_ssl"]) == "1" if "insecure_ssl" in config else hook.insecure_ssl


def _events(hook: Hook, fields: Fields) -> tuple[str, ...]:
    events = fields.names("events")
    present = list(hook.events) if events is None else events
    present += fields.names("add_events") or []
    removed = set(fields.names("remove_events") or [])
    wanted = tuple(dict.fromkeys(event for event in present if event not in removed)) or ("push",)
    unknown = [event for event in wanted if event not in _EVENTS.split(",")]
    if unknown:
        raise fields.failed("events", "custom", f"The following events are not supported: {unknown[0][:80]}")
    return wanted


def _check_room(connection: Connection, repository: Repository, wanted: Hook) -> None:
    present = hooks.list_hooks(connection, repository.site, repository.id)
    if any(hook.url == wanted.url and set(hook.events) == set(wanted.events) for hook in present):
        raise ValidationFailed(["Hook already exists on this repository"])
    if len(present) >= _MOST:
        raise ValidationFailed([f"The repository has {_MOST} hooks already, which is the most it may have"])


def _ping(connection: Connection, repository: Repository, hook: Hook) -> None:
    urls = Urls.of_request()
    payload = {
        "zen": _ZEN,
        "hook_id": hook.id,
        "hook": _body(hook, repository),
        "repository": full_repository(repository, urls),
        "sender": simple_user(signed_in(connection), urls),
    }
    hooks.deliver(connection, instance(), repository, [hook], "ping", payload)


def _body(hook: Hook, repository: Repository) -> dict[str, Any]:
    url = Urls.of_request().api(f"{repository.path}/hooks/{hook.id}")
    config = {"content_type": hook.content_type, "insecure_ssl": "1" if hook.insecure_ssl else "0", "url": hook.url}
    if hook.secret:
        config["secret"] = _HIDDEN
    return {
        "type": "Repository",
        "id": hook.id,
        "name": "web",
        "active": hook.active,
        "events": list(hook.events),
        "config": config,
        "updated_at": stamp_seconds(hook.updated_at),
        "created_at": stamp_seconds(hook.created_at),
        "url": url,
        "test_url": f"{url}/test",
        "ping_url": f"{url}/pings",
        "deliveries_url": f"{url}/deliveries",
        "last_response": {"code": None, "status": "unused", "message": None},
    }
