"""GitHub's own description of its API, when it lies beside the project: what is wrong with a reply by it."""

from __future__ import annotations

import functools
import importlib.util
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[4] / "shared" / "specs"


@functools.cache
def _description() -> Any:
    if not (FOLDER / "oas_check.py").is_file():
        pytest.skip("../shared/specs with GitHub's API description is not beside the project")
    spec = importlib.util.spec_from_file_location("oas_check", FOLDER / "oas_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Spec(str(FOLDER / "github.trim.json"))


def flaws(method: str, path: str, status: int, body: object) -> list[str]:
    """How a reply differs from the description: missing keys, wrong types, an undocumented status. Skips without it."""
    found = _description().check(method, path, status, body)
    return [f"{severity}: {where}: {message}" for severity, where, message in found if severity != "noschema"]
