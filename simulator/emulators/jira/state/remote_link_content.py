"""What a remote link consists of: application, relationship and object, each value of its own type and length.

https://developer.atlassian.com/cloud/jira/platform/jira-remote-issue-links-fields/
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from simulator.emulators.jira.errors import BadRequest

LONGEST = 255
LONGEST_URL = 2000
LONGEST_SUMMARY = 32_767
"""Characters."""

_ICON = {"title": str, "url16x16": str, "link": str}
_LENGTHS = {"url": LONGEST_URL, "url16x16": LONGEST_URL, "link": LONGEST_URL, "summary": LONGEST_SUMMARY}
_SHAPE: dict[str, Any] = {  # Any: a type, or the shape of an object
    "globalId": str,
    "relationship": str,
    "application": {"type": str, "name": str},
    "object": {
        "url": str,
        "title": str,
        "summary": str,
        "icon": _ICON,
        "status": {"resolved": bool, "icon": _ICON},
    },
}


def read_content(given: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """The global id and the rest of a link that a request describes. Raises BadRequest with every fault."""
    errors: dict[str, str] = {}
    kept = _kept(given, _SHAPE, errors)
    there = kept.get("object", {})
    for name in ("title", "url"):
        if not str(there.get(name, "")).strip():
            errors.setdefault(name, f"'{name}' is required.")
    if "url" not in errors and not _is_address(there["url"]):
        errors["url"] = "'url' is not a valid URL."
    if errors:
        raise BadRequest(errors=errors)
    global_id: str | None = kept.pop("globalId", None) or None
    return global_id, {name: value for name, value in kept.items() if value}


def _kept(given: dict[str, Any], shape: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    """The known values of an object; what is wrong with the others is put into `errors`."""
    found: dict[str, Any] = {}
    for name, wanted in shape.items():
        value = given.get(name)
        if value is None:
            continue
        if isinstance(wanted, dict):
            if isinstance(value, dict):
                found[name] = _kept(value, wanted, errors)
            else:
                errors[name] = f"'{name}' must be an object."
        elif not isinstance(value, wanted):
            errors[name] = f"'{name}' must be a {'string' if wanted is str else 'boolean'}."
        elif wanted is str and len(value) > _LENGTHS.get(name, LONGEST):
            errors[name] = f"'{name}' must be at most {_LENGTHS.get(name, LONGEST)} characters long."
        else:
            found[name] = value
    return found


def _is_address(url: str) -> bool:
    """Whether it is an absolute address. Of which kind does not matter: pages link to none but those of the web."""
    try:
        return bool(urlsplit(url.strip()).scheme)
    except ValueError:
        return False
