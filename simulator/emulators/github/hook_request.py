"""The bodies of requests that make or edit a webhook, of a repository or of an organization."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from simulator.emulators.github.errors import InvalidRequest, custom
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state import hooks
from simulator.emulators.github.state.hooks import Hook, Owner
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.database import Connection

_LONGEST_URL = 2048


def read_new(connection: Connection, owner: Owner, fields: Fields, *, at: datetime) -> Hook:
    """The hook that a body asks for. Raises ValidationFailed or InvalidRequest."""
    if fields.text("name") not in (None, "web"):
        raise fields.failed("name", "invalid")
    if not isinstance(fields.body.get("config"), dict):
        raise InvalidRequest('Invalid request.\n\n"config" wasn\'t supplied.')
    wanted = _changed(owner, _blank(at), fields, at)
    _check_room(connection, owner, wanted)
    return wanted


def read_changes(connection: Connection, owner: Owner, hook: Hook, fields: Fields, *, at: datetime) -> Hook:
    """The hook as a body wants it changed. Raises ValidationFailed or InvalidRequest."""
    wanted = _changed(owner, hook, fields, at)
    _check_room(connection, owner, wanted)
    return wanted


def _blank(at: datetime) -> Hook:
    return Hook(
        id=0,
        events=("push",),
        url="",
        content_type="form",
        secret=None,
        insecure_ssl=False,
        active=True,
        created_at=at,
        updated_at=at,
    )


def _changed(owner: Owner, hook: Hook, fields: Fields, at: datetime) -> Hook:
    config = _config(fields)
    secret = config.text("secret")
    return replace(
        hook,
        events=_events(owner, hook, fields),
        url=_address(config, hook.url),
        content_type=config.choice("content_type", ("json", "form")) or hook.content_type,
        secret=_secret(config, hook, secret),
        insecure_ssl=_is_insecure(config.body, hook),
        active=fields.flag("active", default=hook.active),
        updated_at=at,
    )


def _secret(config: Fields, hook: Hook, given: str | None) -> str | None:
    # a config without a secret takes the secret away: docs.github.com/en/rest/repos/webhooks#update-a-repository-webhook
    return (given or None) if config.body else hook.secret


def _config(fields: Fields) -> Fields:
    given = fields.body.get("config")
    if given is not None and not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\nFor 'properties/config', it is not an object.")
    return Fields(given or {}, "Hook")


def _address(config: Fields, present: str) -> str:
    url = config.text("url", limit=_LONGEST_URL) or present
    if not _is_web_address(url):
        raise config.failed("url", "custom", "url is missing a scheme" if url else "url cannot be blank")
    return url


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not match, a port that is none
        return False
    unprintable = any(character <= " " or character == "\x7f" for character in url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and not unprintable


def _is_insecure(config: Mapping[str, Any], hook: Hook) -> bool:
    return str(config["insecure_ssl"]) == "1" if "insecure_ssl" in config else hook.insecure_ssl


def _events(owner: Owner, hook: Hook, fields: Fields) -> tuple[str, ...]:
    events = fields.names("events")
    present = list(hook.events) if events is None else events
    present += fields.names("add_events") or []
    removed = set(fields.names("remove_events") or [])
    wanted = tuple(dict.fromkeys(event for event in present if event not in removed)) or ("push",)
    known = hooks.REPOSITORY_EVENTS if isinstance(owner, Repository) else hooks.ORGANIZATION_EVENTS
    unknown = [event for event in wanted if event != "*" and event not in known]
    if unknown:
        raise fields.failed("events", "custom", f"The following events are not supported: {unknown[0][:80]}")
    return wanted


def _check_room(connection: Connection, owner: Owner, wanted: Hook) -> None:
    others = [hook for hook in hooks.list_hooks(connection, owner) if hook.id != wanted.id]
    kind = "repository" if isinstance(owner, Repository) else "organization"
    if any(hook.url == wanted.url and set(hook.events) == set(wanted.events) for hook in others):
        raise custom("Hook", f"Hook already exists on this {kind}")
    for event in wanted.events:
        if sum(event in hook.events for hook in others) >= hooks.MOST:
            raise custom("Hook", f"The '{event}' event cannot have more than {hooks.MOST} hooks")
