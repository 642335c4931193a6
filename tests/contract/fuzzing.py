"""Requests that the description allows or forbids and nobody would send, made by schemathesis, on things that exist or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import SkipTest

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

KNOWN: dict[str, Any] = {
    "owner": "acme",
    "repo": "payments",
    "org": "acme",
    "username": "bob",
    "assignee": "bob",
    "branch": "main",
    "ref": "heads/main",
    "path": "README.md",
    "basehead": "main...feat",
    "issue_number": 1,
    "pull_number": 2,
    "name": "bug",
    "team_slug": "core",
    "template_owner": "acme",
    "template_repo": "payments",
    "milestone_number": 1,
    "comment_id": 1,
    "review_id": 1,
    "hook_id": 1,
    "check_run_id": 1,
    "check_suite_id": 1,
    "release_id": 1,
    "ruleset_id": 1,
    "tag": "v1",
    "delivery_id": 1,
    "workflow_id": 1,
    "run_id": 1,
    "job_id": 1,
}
"""Path parameters of things that `furnish` makes."""

_PLACES = frozenset({"owner", "repo", "org", "username", "team_slug"})
_ENDS_THE_GAME = frozenset({("DELETE", "/repos/{owner}/{repo}"), ("POST", "/repos/{owner}/{repo}/transfer")})
_LATE = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class World:
    """What stands on a site: the path parameters that exist, which of them are places, and the operations that would end it."""

    known: dict[str, Any]
    places: frozenset[str]
    spared: frozenset[tuple[str, str]]


GITHUB = World(KNOWN, _PLACES, _ENDS_THE_GAME)


def furnish(session: requests.Session, api_url: str) -> None:
    """One of each thing, so that most numbers and names of a path exist."""
    repo = f"{api_url}/repos/acme/payments"
    tip = session.get(f"{repo}/git/ref/heads/main").json()["object"]["sha"]
    posts: list[tuple[str, dict[str, Any]]] = [
        (f"{repo}/issues", {"title": "One"}),
        (f"{repo}/issues/1/comments", {"body": "Hello"}),
        (f"{repo}/git/refs", {"ref": "refs/heads/feat", "sha": tip}),
        (f"{repo}/statuses/{tip}", {"state": "success"}),
        (f"{repo}/check-runs", {"name": "lint", "head_sha": tip}),
        (f"{repo}/milestones", {"title": "Sprint 1"}),
        (f"{repo}/releases", {"tag_name": "v1"}),
        (f"{repo}/hooks", {"config": {"url": "http://127.0.0.1:9/"}, "active": False}),
        (f"{repo}/rulesets", {"name": "none", "enforcement": "disabled", "rules": [{"type": "deletion"}]}),
        (f"{api_url}/orgs/acme/teams", {"name": "Core"}),
    ]
    for url, body in posts:
        _made(session.post(url, json=body))
    _made(session.put(f"{repo}/contents/f.txt", json={"message": "f", "content": "Zg==", "branch": "feat"}))
    _made(session.post(f"{repo}/pulls", json={"title": "Two", "head": "feat", "base": "main"}))
    line = {"path": "f.txt", "line": 1, "body": "Why?"}
    _made(session.post(f"{repo}/pulls/2/reviews", json={"event": "COMMENT", "body": "Hm", "comments": [line]}))


def storm(
    session: requests.Session,
    api_url: str,
    description: Path,
    *,
    part: int,
    parts: int,
    examples: int,
    start: int = 0,
    world: World = GITHUB,
) -> list[str]:
    """Every `parts`-th operation, each a few times from a seed; gives the server's faults, each once."""
    faults: set[str] = set()
    for operation in _operations(description, part, parts, world):
        for cases in _strategies(operation, world):

            @seed(start)
            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=cases)
            def attempt(case: Any) -> None:
                fault = _fault(session, api_url, case)
                if fault:
                    faults.add(fault)

            with suppress(Unsatisfiable, SkipTest):  # nothing to be wrong about
                attempt()
    return sorted(faults)


def _strategies(operation: Any, world: World) -> Iterator[Any]:
    """On things that exist: requests as described, and others; then as described in a place that exists."""
    named = {each.name for each in operation.path_parameters}
    known, places = (
        {name: world.known[name] for name in names & named} for names in (world.known.keys(), world.places)
    )
    yield operation.as_strategy(path_parameters=known)
    if operation.body:
        yield operation.as_strategy(GenerationMode.NEGATIVE, path_parameters=known)
    if places != known or not known:
        yield operation.as_strategy(path_parameters=places)


def _operations(description: Path, part: int, parts: int, world: World) -> list[Any]:
    """Those that read first, those that delete last, so that there is something left to be wrong about."""
    schema = schemathesis.openapi.from_path(description)
    described: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr] # an Err raises
    found = sorted(described, key=lambda each: (each.path, each.method))
    chosen = [each for each in found[part::parts] if (each.method.upper(), each.path) not in world.spared]
    return sorted(chosen, key=lambda each: (each.path.endswith("/rename"), _LATE.index(each.method.upper())))


def _fault(session: requests.Session, api_url: str, case: Any) -> str | None:
    reply = case.call(base_url=api_url, session=session, allow_redirects=False)
    if reply.status_code < 500:
        return None
    return f"{case.operation.method.upper()} {case.operation.path}: {reply.status_code} {reply.text[:200]}"


def _made(reply: requests.Response) -> None:
    assert reply.status_code < 300, f"{reply.request.method} {reply.url}: {reply.status_code} {reply.text[:300]}"
