"""Which workflow runs a request asks for, and what starts one by hand."""

from __future__ import annotations

import json
import re
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any

from flask import request

from simulator.emulators.github.errors import InvalidRequest, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_runs import RunFilter
from simulator.emulators.github.state.workflow_text import Input, WorkflowText
from simulator.emulators.kit import accounts

_STATUSES = (
    "completed,action_required,cancelled,failure,neutral,skipped,stale,success,timed_out,in_progress,queued,requested,"
    "waiting,pending"
)
_BOUND = re.compile(r"(?P<sign>>=|<=|>|<)?(?P<first>[^.<>=]+?)(?:\.\.(?P<last>[^.<>=]+))?")
_NOBODY = -1
_MOST_INPUTS = 25


def asked_runs(place: Place, *, workflow_id: int | None = None) -> RunFilter:
    """What the query string asks for. Raises InvalidRequest."""
    status, suite_id = request.args.get("status"), request.args.get("check_suite_id", "")
    if status and status not in _STATUSES.split(","):
        raise InvalidRequest(f"Invalid request.\n\n{status[:40]} is not a member of {_STATUSES.split(',')}.")
    return RunFilter(
        workflow_id=workflow_id,
        actor_id=_actor_id(place),
        branch=request.args.get("branch") or None,
        event=request.args.get("event") or None,
        status=status or None,
        head_sha=request.args.get("head_sha") or None,
        suite_id=int(suite_id) if suite_id.isascii() and suite_id.isdigit() and len(suite_id) < 19 else None,
        created=_created(request.args.get("created", "")),
    )


def read_dispatch(fields: Fields, text: WorkflowText) -> None:
    """Check the inputs of a start by hand. Raises ValidationFailed or InvalidRequest."""
    given = fields.body.get("inputs") or {}
    if not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\nFor 'properties/inputs', it is not an object.")
    if len(given) > _MOST_INPUTS:
        raise InvalidRequest(f"Invalid request.\n\nNo more than {_MOST_INPUTS} properties are allowed in inputs.")
    if "workflow_dispatch" not in text.listens:
        raise ValidationFailed(message="Workflow does not have 'workflow_dispatch' trigger")
    unexpected = [name for name in given if name not in text.inputs]
    if unexpected:
        raise ValidationFailed(message=f"Unexpected inputs provided: {json.dumps(unexpected)[:200]}")
    for name, wanted in text.inputs.items():
        _check_input(name, wanted, given.get(name))


def _check_input(name: str, wanted: Input, given: Any) -> None:
    if given is None and wanted.required and wanted.default is None:
        raise ValidationFailed(message=f"Required input '{name}' not provided")
    if given is not None and wanted.options is not None and str(given) not in wanted.options:
        raise ValidationFailed(
            message=f"Provided value '{str(given)[:80]}' for input '{name}' not in the list of allowed values"
        )


def _actor_id(place: Place) -> int | None:
    login = request.args.get("actor")
    if not login:
        return None
    account = accounts.by_login(place.connection, place.site, login)
    return account.id if account else _NOBODY


def _created(text: str) -> tuple[datetime | None, datetime | None]:
    """The first and the last instant: `>=2026-01-01`, `2026-01-01..2026-01-31`, `2026-01-01`, `*..2026-01-31`."""
    if not text:
        return None, None
    match = _BOUND.fullmatch(text.strip())
    if match is None:
        raise _no_range(text)
    first, sign = match["first"], match["sign"] or ""
    if match["last"]:
        return _start(first, text), _end(match["last"], text)
    if sign.startswith(">"):
        begun = _end(first, text) if sign == ">" else _start(first, text)
        return begun, None
    if sign.startswith("<"):
        return None, _end(first, text) if sign == "<=" else _before(_start(first, text))
    return _start(first, text), _end(first, text)


def _start(given: str, text: str) -> datetime | None:
    if given == "*":
        return None
    try:
        found = datetime.fromisoformat(given.replace(" ", "+"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise _no_range(text) from exc


def _end(given: str, text: str) -> datetime | None:
    begun = _start(given, text)
    if begun is None or "T" in given:
        return begun
    return begun + timedelta(days=1) - timedelta(microseconds=1) if begun.year < MAXYEAR else begun


def _before(instant: datetime | None) -> datetime | None:
    return instant - timedelta(microseconds=1) if instant and instant.year > 1 else instant


def _no_range(text: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid request.\n\n{text[:80]} is not a range of dates.")
