"""What the control endpoints have in common: how they read a body, and how they say no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Response

from simulator.emulators.kit.faults import BadFault
from simulator.emulators.kit.seed import SeedError
from simulator.emulators.kit.sites import BadSiteKey
from simulator.emulators.kit.snapshots import BadSnapshotName
from simulator.emulators.kit.web import json_body, reply


class Refused(Exception):
    """An answer with a status, a message, and what is wrong line by line."""

    def __init__(self, status: int, message: str, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.problems = list(problems)


def refuse(refused: Refused) -> Response:
    """The reply that says so."""
    body: dict[str, Any] = {"message": refused.message}
    if refused.problems:
        body["problems"] = refused.problems
    return reply(body, refused.status)


def body_with(*names: str) -> Mapping[str, Any]:
    """The request's JSON object, which may hold these keys and no others. Raises Refused."""
    body = json_body()
    unknown = sorted(set(body) - set(names))
    if unknown:
        raise Refused(422, f"Unknown keys: {', '.join(unknown)[:200]}")
    return body


def text_of(body: Mapping[str, Any], name: str) -> str:
    """A text that a body has to hold. Raises Refused."""
    value = body.get(name)
    if not isinstance(value, str):
        raise Refused(422, f"{name} has to be there, and a text")
    return value


@contextmanager
def in_words() -> Iterator[None]:
    """Say in a reply what state could not do."""
    try:
        yield
    except LookupError as exc:
        raise Refused(404, str(exc.args[0]) if exc.args else "Not Found") from exc
    except SeedError as exc:
        raise Refused(422, "The seed cannot be used", exc.problems) from exc
    except BadFault as exc:
        raise Refused(422, "That is no fault", exc.problems) from exc
    except (BadSiteKey, BadSnapshotName) as exc:
        raise Refused(422, str(exc)) from exc
