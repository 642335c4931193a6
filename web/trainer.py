"""Who is a trainer: whoever shows the trainer's code, by the form of the dashboard or in a header of each call."""

from __future__ import annotations

from flask import abort, current_app, request, session

from simulator.errors import TrainerNeeded
from web.desk import office
from web.throttle import Throttle

HEADER = "Sprintdojo-Trainer"
_NAME = "trainer"


def trainer() -> str | None:
    """The name of the trainer who is signed in on this browser, None for everybody else."""
    name = session.get(_NAME)
    return str(name) if name else None


def need_trainer(name: str | None = None) -> str:
    """The trainer's name: who is signed in, else `name`, which the header's code vouches for. Raises TrainerNeeded."""
    signed_in = trainer()
    if signed_in:
        return name or signed_in
    code = request.headers.get(HEADER, "")
    if not (code and shows(code)):
        raise TrainerNeeded(
            "only a trainer may say that",
            to_do="show the trainer's code: `sprintdojo trainer-code` on the server prints it",
        )
    return name or ""


def shows(code: str) -> bool:
    """Whether this is the trainer's code. After ten wrong ones in a minute none is looked at: 429."""
    throttle: Throttle = current_app.extensions["throttle"]
    peer, now = f"trainer {request.remote_addr}", office().clock().timestamp()
    if throttle.is_full(peer, now):
        abort(429, description="too many wrong codes; wait a minute")
    if office().is_trainers(code.strip()):
        return True
    throttle.note(peer, now)
    return False


def sign_in(name: str) -> None:
    """From now on this browser is the trainer's."""
    session[_NAME] = name


def sign_out() -> None:
    """It is the trainer's no more."""
    session.pop(_NAME, None)
