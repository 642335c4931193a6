"""Locked conversations."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_issue, work_for
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state import locks
from simulator.emulators.kit.web import json_value, reply

blueprint = Blueprint("locks", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues/<int:number>/lock")


@blueprint.put("")
def lock(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/issues#lock-an-issue"""
    value = json_value()
    fields = Fields(value if isinstance(value, dict) else {}, "Issue")
    with work_for(owner, name, need="push") as work:
        issue = named_issue(work, number)
        locks.lock_issue(work, issue, fields.choice("lock_reason", locks.REASONS))
    return reply(None, 204)


@blueprint.delete("")
def unlock(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/issues#unlock-an-issue"""
    with work_for(owner, name, need="push") as work:
        locks.unlock_issue(work, named_issue(work, number))
    return reply(None, 204)
