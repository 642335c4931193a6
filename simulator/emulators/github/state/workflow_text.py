"""What a workflow file says, as far as it is needed: its name, what it listens to, and its jobs. Pure.

Nothing is executed and no expression is evaluated; a job with a matrix counts as one. A file that is no workflow listens to
nothing and has no jobs, and its path is its name, as on GitHub.
Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

LARGEST = 512 * 1024
"""Bytes of a workflow file that are read."""

_PULL_TYPES = ("opened", "synchronize", "reopened")
_LIST_KEYS = ("branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore", "types")
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """What of an event a workflow wants: lists of patterns by key, such as `branches` and `paths-ignore`."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def types(self) -> tuple[str, ...]:
        """Which actions of a pull request."""
        return self.filters.get("types", _PULL_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What a person may or must give when starting a workflow by hand."""

    required: bool
    default: Any
    options: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPlan:
    """A job of a workflow: its name, the runner it wants, and the names of its steps."""

    name: str
    labels: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowText:
    """A workflow file."""

    name: str | None
    run_name: str | None
    listens: Mapping[str, Listener]
    inputs: Mapping[str, Input]
    jobs: tuple[JobPlan, ...]


_NOTHING = WorkflowText(name=None, run_name=None, listens={}, inputs={}, jobs=())


@lru_cache(maxsize=256)
def read_workflow(content: bytes) -> WorkflowText:
    """The workflow that a file holds."""
    if len(content) > LARGEST:
        return _NOTHING
    try:
        found = yaml.safe_load(content.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return _NOTHING
    if not isinstance(found, dict):
        return _NOTHING
    listens = _events(found.get("on", found.get(True)))  # YAML 1.1 reads a bare `on` as true
    return WorkflowText(
        name=_text(found.get("name")),
        run_name=_text(found.get("run-name")),
        listens={event: Listener(filters=_filters(wanted)) for event, wanted in listens.items()},
        inputs=_inputs(listens.get("workflow_dispatch")),
        jobs=_jobs(found.get("jobs")),
    )


def _events(given: object) -> dict[str, Any]:
    match given:
        case str():
            return {given: None}
        case list():
            return {each: None for each in given if isinstance(each, str)}
        case dict():
            return {str(event): wanted for event, wanted in given.items()}
    return {}


def _filters(wanted: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(wanted, dict):
        return {}
    return {key: _texts(wanted[key]) for key in _LIST_KEYS if wanted.get(key) is not None}


def _inputs(wanted: object) -> dict[str, Input]:
    given = wanted.get("inputs") if isinstance(wanted, dict) else None
    return {str(name): _input(each) for name, each in given.items()} if isinstance(given, dict) else {}


def _input(given: object) -> Input:
    said = given if isinstance(given, dict) else {}
    options = _texts(said.get("options")) if said.get("type") == "choice" else None
    return Input(required=said.get("required") is True, default=said.get("default"), options=options)


def _jobs(given: object) -> tuple[JobPlan, ...]:
    if not isinstance(given, dict):
        return ()
    return tuple(_job(str(key), each) for key, each in given.items() if isinstance(each, dict))


def _job(key: str, given: Mapping[Any, Any]) -> JobPlan:
    wanted = given.get("runs-on")
    labels = wanted.get("labels") if isinstance(wanted, dict) else wanted
    steps = given.get("steps")
    found = [_step(each) for each in steps[:_MOST_STEPS] if isinstance(each, dict)] if isinstance(steps, list) else []
    return JobPlan(
        name=_text(given.get("name")) or key,
        labels=_texts(labels),
        steps=("Set up job", *found, "Complete job"),
    )


def _step(given: Mapping[Any, Any]) -> str:
    name, uses, run = (_text(given.get(key)) for key in ("name", "uses", "run"))
    return name or f"Run {uses or (run or '').strip().partition(chr(10))[0]}"


def _texts(given: object) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple(str(each) for each in given if isinstance(each, str | int | float))
    return (given,) if isinstance(given, str) else ()


def _text(given: object) -> str | None:
    return str(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else None
