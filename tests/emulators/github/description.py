"""GitHub's own description of its API, when it lies beside the project: what is wrong with a reply by it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.openapi import checker_of, folder_of

_NAME = "github.trim.json"
FOLDER = folder_of(_NAME)
_ALLOWED = Path(__file__).parents[2] / "contract" / "allowed.yaml"


@functools.cache
def _description() -> Any:
    found = checker_of(_NAME)
    if found is None:
        pytest.skip("GitHub's API description is not beside the project: python scripts/api_descriptions.py builds it")
    return found


def is_there() -> bool:
    """Whether there is a description to hold anything against."""
    return (FOLDER / _NAME).is_file()


@functools.cache
def _allowed() -> list[re.Pattern[str]]:
    return [re.compile(entry["finding"]) for entry in yaml.safe_load(_ALLOWED.read_text()) or []]


@dataclass(frozen=True)
class Finding:
    """One difference: how grave (error, extra, status, noroute, noschema), where, and what."""

    severity: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.message}"


def findings(method: str, path: str, status: int, body: object) -> list[Finding]:
    """The differences between a reply and the description that allowed.yaml does not explain. Skips without the latter."""
    found = (Finding(*each) for each in _description().check(method, path, status, body))
    return [each for each in found if not any(rule.search(str(each)) for rule in _allowed())]


def flaws(method: str, path: str, status: int, body: object) -> list[str]:
    """How a reply differs from the description: missing keys, wrong types, an undocumented status. Skips without it."""
    return [str(found) for found in findings(method, path, status, body) if found.severity != "noschema"]


def misfits(schema: str, body: object) -> list[str]:
    """How a body differs from one of the description's named schemas. Skips without it."""
    validator = _description()._validator(schema, {"$ref": f"#/components/schemas/{schema}"})
    return [
        f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in validator.iter_errors(body)
    ]
