"""The office of the application that answers the present request, and which job and seat of a run the request means."""

from __future__ import annotations

from typing import cast

from flask import current_app, request

from simulator.model.runs import Run
from simulator.run.office import Office
from simulator.run.workroom import Job

_LARGEST_JOB = 10**9


def office() -> Office:
    """The office that `create_app` was given."""
    return cast(Office, current_app.extensions["office"])


def asked_job(run: Run) -> Job | None:
    """The job of a run that the address names as `job`; None for none, and for one that is not known (any more)."""
    number = request.args.get("job", "")
    if not (number.isascii() and number.isdigit() and int(number[:12]) < _LARGEST_JOB):
        return None
    return office().workroom.job(run.id, int(number))


def asked_seat(run: Run) -> str:
    """The human seat that is meant: by the form, by the address, else the first one. Raises RunError for a seat that is none."""
    asked = request.form.get("seat") or request.args.get("seat") or None
    queries = office().queries
    return str(queries.sitting(queries.view(run), None if asked == "team" else asked))
