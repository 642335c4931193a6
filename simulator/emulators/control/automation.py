"""`/emulator/automation`: the rules that move issues when pull requests open or are merged."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.control.wire import Refused, body_with
from simulator.emulators.integration.automation import RULES, rules_of, set_rules
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import hold
from simulator.emulators.kit.web import reply, site

_LONGEST = 60


def automation_part() -> Blueprint:
    """Endpoints of the rules."""
    part = Blueprint("automation", __name__)

    @part.get("/automation")
    def show() -> Response:
        """GET /emulator/automation."""
        with instance().database.reading() as connection:
            return reply(_shown(rules_of(connection, site())))

    @part.put("/automation")
    def change() -> Response:
        """PUT /emulator/automation {pull_request_opened, pull_request_merged}: names of statuses, null for off."""
        body = dict(body_with(*RULES))
        for name, status in body.items():
            if status is not None and not (isinstance(status, str) and 0 < len(status.strip()) <= _LONGEST):
                raise Refused(422, f"{name} has to be the name of a status, or null")
        with instance().database.writing() as connection:
            hold(connection, site())
            set_rules(connection, site(), rules_of(connection, site()) | body)
            rules = rules_of(connection, site())
        return reply(_shown(rules))

    return part


def _shown(rules: dict[str, str]) -> dict[str, str | None]:
    return {name: rules.get(name) for name in RULES}
