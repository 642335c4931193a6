"""A condition in words, for those who read a plan."""

from __future__ import annotations

from typing import Any

from simulator.scenario.conditions.when import WhenPart


def in_words(when: WhenPart) -> str:
    """What is waited for, on one line: `pull request (larger than 400) and silent (for 3h)`."""
    return _all_of(when.model_dump(mode="json", by_alias=True, exclude_unset=True))


def _all_of(given: dict[str, Any]) -> str:
    return " and ".join(_one(name, value) for name, value in given.items())


def _one(name: str, value: Any) -> str:
    if name == "any":
        return f"({' or '.join(_all_of(part) for part in value)})"
    words = name.replace("_", " ")
    if isinstance(value, dict):
        inner = ", ".join(_said(key, item) for key, item in value.items())
        return f"{words} ({inner})" if inner else f"any {words}"
    return f"{words} {_listed(value)}"


def _said(key: str, value: Any) -> str:
    words = key.replace("_", " ")
    if isinstance(value, bool):
        return words if value else f"not {words}"
    return f"{words} {_listed(value)}"


def _listed(value: Any) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)
