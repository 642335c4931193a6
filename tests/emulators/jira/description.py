"""Atlassian's own descriptions of Jira's APIs, when they lie beside the project: what is wrong with a reply by them."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import yaml

from tests.openapi import checker_of, folder_of

PLATFORM = {
    "2": "jira-platform-v2.trim.json",
    "3": "jira-platform-v3.trim.json",
    "latest": "jira-platform-v2.trim.json",
}
SOFTWARE = "jira-software.trim.json"
_VERSION = re.compile(r"/rest/api/(2|3|latest)/")
_ALLOWED = Path(__file__).parents[2] / "contract" / "allowed.yaml"


def is_there() -> bool:
    """Whether there are descriptions to hold anything against."""
    return (folder_of(SOFTWARE) / SOFTWARE).is_file()


def violations(method: str, path: str, status: int, body: object) -> list[str]:
    """What the descriptions have against a reply and allowed.yaml does not explain; nothing when they are not there."""
    version = _VERSION.match(path)
    checker = _checker(PLATFORM[version[1]] if version else SOFTWARE)
    if checker is None:
        return []
    found = checker.check(method, path.replace("/rest/api/latest/", "/rest/api/2/", 1), status, body)
    errors = (f"error: {at}: {said}" for kind, at, said in found if kind == "error")
    return [each for each in errors if not any(rule.search(each) for rule in _allowed())]


@functools.cache
def _checker(name: str) -> Any:
    return checker_of(name)


@functools.cache
def _allowed() -> list[re.Pattern[str]]:
    return [re.compile(entry["finding"]) for entry in yaml.safe_load(_ALLOWED.read_text(encoding="utf-8")) or []]
