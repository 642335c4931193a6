"""The office of the application that answers the present request."""

from __future__ import annotations

from typing import cast

from flask import current_app

from simulator.run.office import Office


def office() -> Office:
    """The office that `create_app` was given."""
    return cast(Office, current_app.extensions["office"])
