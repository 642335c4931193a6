"""`/emulator/faults`: answers that go wrong on order."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from simulator.emulators.control.wire import Refused, in_words
from simulator.emulators.kit.faults import Fault, Faults, fault_of
from simulator.emulators.kit.web import json_body, reply, site


def faults_part(faults: Faults) -> Blueprint:
    """Endpoints that order faults and take them back."""
    part = Blueprint("faults", __name__)

    @part.get("/faults")
    def index() -> Response:
        """GET /emulator/faults: with how many requests each has seen and struck."""
        return reply({"faults": [_shown(fault) for fault in faults.of(site())]})

    @part.post("/faults")
    def order() -> Response:
        """POST /emulator/faults: see simulator/emulators/kit/faults.py for the keys."""
        with in_words():
            return reply(_shown(faults.add(site(), fault_of(json_body()))), 201)

    @part.delete("/faults")
    def clear() -> Response:
        """DELETE /emulator/faults: all of them."""
        faults.remove(site())
        return reply(None, 204)

    @part.delete("/faults/<int:number>")
    def take_back(number: int) -> Response:
        """DELETE /emulator/faults/ID."""
        if not faults.remove(site(), number):
            raise Refused(404, f"There is no fault {number}")
        return reply(None, 204)

    return part


def _shown(fault: Fault) -> dict[str, Any]:
    return fault.model_dump(mode="json")
