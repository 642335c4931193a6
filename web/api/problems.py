"""Errors as problem details: https://www.rfc-editor.org/rfc/rfc9457"""

from __future__ import annotations

import json

from flask import Response

from simulator.errors import (
    AdapterError,
    AuthenticationFailed,
    BadAnswer,
    CalendarError,
    RunError,
    ScenarioError,
    SetupError,
    SprintdojoError,
    StorageError,
    TrainerNeeded,
    UnknownFinding,
    UnknownPrompt,
    UnknownRun,
)

_STATUS: tuple[tuple[type[SprintdojoError], int], ...] = (
    (UnknownRun, 404),
    (UnknownPrompt, 404),
    (UnknownFinding, 404),
    (TrainerNeeded, 403),
    (BadAnswer, 422),
    (RunError, 409),
    (ScenarioError, 422),
    (SetupError, 422),
    (CalendarError, 422),
    (AuthenticationFailed, 422),
    (AdapterError, 502),
    (StorageError, 503),
)


def status_of(error: SprintdojoError) -> int:
    """The HTTP status that says the same as an error of the house."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def as_problem(error: SprintdojoError) -> Response:
    """An error of the house as a reply."""
    faults = [str(fault) for fault in error.problems] if isinstance(error, ScenarioError) else []
    return problem(status_of(error), error.what, where=error.where, to_do=error.to_do, problems=faults)


def problem(
    status: int, title: str, *, where: str = "", to_do: str = "", problems: list[str] | None = None
) -> Response:
    """A problem: what is wrong, where, and what to do about it."""
    body = {"type": "about:blank", "title": title, "status": status, "where": where, "to_do": to_do}
    if problems:
        body["problems"] = "\n".join(problems)
    return Response(json.dumps(body), status=status, content_type="application/problem+json")
