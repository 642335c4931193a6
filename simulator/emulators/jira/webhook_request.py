"""Webhooks as requests describe them, read and checked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import listed, mapping
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.webhook_filters import dynamic_fault_of, fault_of
from simulator.emulators.jira.state.webhooks import DYNAMIC_EVENTS, EVENTS

SECTION = "issue-related-events-section"
"""The key of an administrators' webhook's `filters` under which its JQL stands."""

LONGEST_URL = 2048
LONGEST_JQL = 10_000
LONGEST_SECRET = 255
MOST_IDS = 1000
_MOST_FILTERS = 100
_NAMES = {"name": "name", "description": "description", "url": "url"}


def static_values(context: Context, given: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """What a request says of an administrators' webhook, all of it if it is `new`. Raises BadRequest."""
    values: dict[str, Any] = {}
    for field, name in _NAMES.items():
        if new or field in given:
            values[name] = _text(_given(given, field), field, 255 if field == "name" else LONGEST_URL)
    if "name" in values and not values["name"].strip():
        raise BadRequest("The webhook's name must not be empty.")
    if "url" in values:
        values["url"] = checked_url(values["url"])
    if new or "events" in given:
        values["events"] = _events(given, EVENTS)
    if "filters" in given or "jqlFilter" in given:
        values["jql"] = _static_jql(context, given)
    for field, name in (("excludeBody", "exclude_body"), ("enabled", "enabled")):
        if field in given:
            values[name] = _flag(given, field)
    if _given(given, "secret") != "":
        values["secret"] = _text(given["secret"], "secret", LONGEST_SECRET)
    return values


def dynamic_values(context: Context, given: object, url: str) -> dict[str, Any]:
    """What one entry of a registration says. Raises BadRequest with what is wrong."""
    if not isinstance(given, dict):
        raise BadRequest("A webhook must be an object.")
    jql = given.get("jqlFilter")
    if not isinstance(jql, str) or len(jql) > LONGEST_JQL:
        raise BadRequest("The jqlFilter is missing or too long.")
    if fault := dynamic_fault_of(context, jql):
        raise BadRequest(fault)
    return {
        "url": url,
        "events": _events(given, DYNAMIC_EVENTS),
        "jql": jql,
        "field_ids": _names(given, "fieldIdsFilter"),
        "property_keys": _names(given, "issuePropertyKeysFilter"),
    }


def checked_url(value: object) -> str:
    """An address that can be called. Raises BadRequest."""
    url = _text(value, "url", LONGEST_URL)
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or any(character.isspace() or not character.isprintable() for character in url):
        raise BadRequest("The webhook's URL is not valid: it must be an absolute http or https address.")
    return url


def webhook_ids(given: dict[str, Any]) -> list[int]:
    """The `webhookIds` of a body. Raises BadRequest."""
    found = listed(given, "webhookIds")
    if not 1 <= len(found) <= MOST_IDS or not all(type(one) is int and 0 < one < 2**62 for one in found):
        raise BadRequest("The list of webhook IDs must not be empty, and must hold ids only.")
    return found


def _events(given: dict[str, Any], known: Collection[str]) -> list[str]:
    events = listed(given, "events")
    if not events:
        raise BadRequest("The webhook must listen to at least one event.")
    for event in events:
        if not isinstance(event, str) or event not in known:
            raise BadRequest(f"The event {str(event)[:100]} is unknown.")
    return list(dict.fromkeys(events))


def _static_jql(context: Context, given: dict[str, Any]) -> str:
    jql = _text(mapping(given, "filters").get(SECTION, _given(given, "jqlFilter")), "filters", LONGEST_JQL)
    if jql.strip() and (fault := fault_of(context, jql)):
        raise BadRequest(f"The JQL query is not valid: {fault}")
    return jql


def _given(given: dict[str, Any], field: str) -> object:
    """A value of a body; "" where it is missing or null."""
    return "" if given.get(field) is None else given[field]


def _names(given: dict[str, Any], field: str) -> list[str]:
    found = listed(given, field)
    if len(found) > _MOST_FILTERS or not all(isinstance(one, str) and 0 < len(one) <= 255 for one in found):
        raise BadRequest(f"{field} must be a list of at most {_MOST_FILTERS} names.")
    return found


def _text(value: object, field: str, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BadRequest(f"The webhook's {field} must be a text of at most {longest} characters.")
    return value


def _flag(given: dict[str, Any], field: str) -> bool:
    value = given[field]
    if not isinstance(value, bool):
        raise BadRequest(f"The webhook's {field} must be true or false.")
    return value
