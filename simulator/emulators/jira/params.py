"""Parameters of requests: pages, lists, flags. Faults are in Jira's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from simulator.emulators.jira.errors import BadRequest

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page begins and how many things it holds at most."""

    start: int
    limit: int


def number(name: str, default: int, given: dict[str, Any] | None = None) -> int:
    """A number from the query string, or from a body. Raises BadRequest when it is none."""
    value = request.args.get(name) if given is None else given.get(name)
    if value is None or value == "":
        return default
    try:
        found = int(str(value))
    except ValueError:
        raise BadRequest(f"The value '{value}' is not a valid number for the parameter '{name}'.") from None
    if not -_LARGEST <= found <= _LARGEST:
        raise BadRequest(f"The value '{value}' is out of range for the parameter '{name}'.")
    return found


def page(default: int = 50, largest: int = 100, given: dict[str, Any] | None = None) -> Page:
    """The page that startAt and maxResults ask for, within bounds."""
    limit = number("maxResults", default, given)
    return Page(max(0, number("startAt", 0, given)), max(0, min(limit, largest)))


def words(name: str) -> list[str]:
    """A parameter that may be given often, comma lists within each: all its parts."""
    return [part.strip() for text in request.args.getlist(name) for part in text.split(",") if part.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    """Whether a parameter says true."""
    value = request.args.get(name)
    return default if value is None else value.lower() == "true"


def listed(given: dict[str, Any], name: str) -> list[Any]:
    """A list from a body: a missing one is empty, a string is split at commas. Raises BadRequest."""
    value = given.get(name)
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        raise BadRequest(f"'{name}' must be an array.")
    return value


def strings(given: dict[str, Any], name: str) -> list[str]:
    """A list of strings from a body, comma lists in them parted. Raises BadRequest."""
    found = listed(given, name)
    if not all(isinstance(item, str) for item in found):
        raise BadRequest(f"'{name}' must be an array of strings.")
    return [part.strip() for item in found for part in item.split(",") if part.strip()]


def numbers(given: dict[str, Any], name: str, *, most: int = 1000) -> list[int]:
    """A list of ids from a body, at least one and at most so many; strings of digits count. Raises BadRequest."""
    found = [str(item) for item in listed(given, name) if not isinstance(item, bool)]
    if not found or not all(item.isascii() and item.isdecimal() and len(item) < 19 for item in found):
        raise BadRequest(f"'{name}' must be an array of ids.")
    if len(found) > most:
        raise BadRequest(f"'{name}' must not hold more than {most} ids.")
    return [int(item) for item in found]


def mapping(given: dict[str, Any], name: str) -> dict[str, Any]:
    """An object from a body: a missing one is empty. Raises BadRequest."""
    value = given.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadRequest(f"'{name}' must be an object.")
    return value


def text(given: dict[str, Any], name: str, default: str = "") -> str:
    """A string from a body. Raises BadRequest."""
    value = given.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadRequest(errors={name: "Operation value must be a string"})
    return value


def issue_keys(given: dict[str, Any], *, most: int = 50) -> list[str]:
    """The `issues` of a body: keys or ids, at least one and at most so many. Raises BadRequest."""
    found = given.get("issues")
    if not isinstance(found, list) or not found or not all(isinstance(item, str | int) for item in found):
        raise BadRequest(errors={"issues": "The list of issues must not be empty."})
    if len(found) > most:
        raise BadRequest(f"The maximum number of issues that can be moved in one operation is {most}.")
    return [str(item) for item in found]
