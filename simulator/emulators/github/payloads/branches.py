"""Branches as GitHub writes them; their protection is in `protections.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.state.holding import Holding
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls


def branch_path(repository: Repository, name: str) -> str:
    """A branch's path in the REST API."""
    return f"{repository.path}/branches/{quote(name)}"


def short_branch(name: str, sha: str, holding: Holding, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A branch as lists show it."""
    return {
        "name": name,
        "commit": {"sha": sha, "url": urls.api(f"{repository.path}/commits/{sha}")},
        "protected": holding.is_any,
    }


def full_branch(
    name: str, commit: Mapping[str, Any], holding: Holding, repository: Repository, urls: Urls
) -> dict[str, Any]:
    """A branch by itself."""
    url = urls.api(branch_path(repository, name))
    return {
        "name": name,
        "commit": commit,
        "_links": {"self": url, "html": urls.html(f"/{repository.full_name}/tree/{quote(name)}")},
        "protected": holding.is_any,
        "protection": _summary(holding),
        "protection_url": f"{url}/protection",
    }


def _summary(holding: Holding) -> dict[str, Any]:
    protection = holding.protection
    level = "off"
    if protection is not None and protection.checks:
        level = "everyone" if protection.enforce_admins else "non_admins"
    checks = protection.checks or () if protection else ()
    return {
        "enabled": protection is not None,
        "required_status_checks": {
            "enforcement_level": level,
            "contexts": list(checks),
            "checks": [{"context": name, "app_id": None} for name in checks],
        },
    }
