"""The commands' way to the server: its REST API over HTTP, with errors in the house's words."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

import requests

from simulator.errors import Problem, RunError, ScenarioError, SetupError, SprintdojoError
from simulator.settings import read_settings

ACCESS_CODE = "SPRINTDOJO_ACCESS_CODE"
TRAINER_CODE = "SPRINTDOJO_TRAINER_CODE"
_TRAINER_HEADER = "Sprintdojo-Trainer"
_ASK_FOR_CODE = f"set {ACCESS_CODE} to the code that the server printed when it began"
_TIMEOUT_S = 60
_FAULT = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<message>.+)$", re.MULTILINE)


class Server:
    """The server at an address. Every call returns a JSON object, or raises the error that the server described.

    `holds` names a key of the answer, by which it is known that it is Sprintdojo that answers there.
    """

    def __init__(self, url: str | None = None) -> None:
        self.url = (url or read_settings().url).rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy set for gh must not catch calls to our own server
        code = _sendable(os.environ.get(ACCESS_CODE, ""), ACCESS_CODE)
        if code:
            self._session.headers["Authorization"] = f"Bearer {code}"
        trainers = os.environ.get(TRAINER_CODE, "")
        if trainers.strip():
            self.show_trainer_code(trainers)

    @property
    def is_trainers(self) -> bool:
        """Whether the trainer's code goes with every call."""
        return _TRAINER_HEADER in self._session.headers

    def show_trainer_code(self, code: str) -> None:
        """From now on ask as the trainer. Raises SetupError for what cannot be a code."""
        self._session.headers[_TRAINER_HEADER] = _sendable(code, TRAINER_CODE)

    def get(self, path: str, *, holds: str, **parameters: str | None) -> Any:
        """Read something."""
        return self._call("GET", path, holds, params={k: v for k, v in parameters.items() if v is not None})

    def text(self, path: str, **parameters: str | None) -> str:
        """Read something that is a file and no JSON."""
        reply = self._reply("GET", path, params={k: v for k, v in parameters.items() if v is not None})
        if reply.ok and reply.headers.get("Content-Disposition", "").startswith("attachment"):
            return reply.content.decode()
        raise self._no(reply)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, holds: str) -> Any:
        """Ask for something to be done."""
        return self._call("POST", path, holds, json=dict(body or {}))

    def _call(
        self, method: str, path: str, holds: str, **options: Any
    ) -> Any:  # Any: what requests takes, what JSON holds
        reply = self._reply(method, path, **options)
        body = _json(reply)
        if reply.ok and holds in body:
            return body
        raise self._no(reply)

    def _reply(self, method: str, path: str, **options: Any) -> requests.Response:  # Any: what requests takes
        try:
            return self._session.request(method, f"{self.url}/api/v1{path}", timeout=_TIMEOUT_S, **options)
        except requests.RequestException as exc:
            raise SetupError(
                "the server does not answer",
                where=self.url,
                to_do="start it with `sprintdojo serve`, or set SPRINTDOJO_URL to where it is",
            ) from exc

    def _no(self, reply: requests.Response) -> SprintdojoError:
        if reply.headers.get("Content-Type", "").startswith("application/problem+json"):
            return _described(reply.status_code, _json(reply))
        return SetupError(
            f"what answers there is not Sprintdojo (status {reply.status_code})",
            where=self.url,
            to_do="set SPRINTDOJO_URL to where `sprintdojo serve` says it is",
        )


def _sendable(code: str, where: str) -> str:
    """A code without the blanks around it. Raises SetupError for letters that no header takes."""
    if not (code.strip().isascii() and (not code.strip() or code.strip().isprintable())):
        raise SetupError(
            "the code has letters that no code has", where=where, to_do=f"set {where} to the code as it was printed"
        )
    return code.strip()


def _json(reply: requests.Response) -> dict[str, Any]:
    try:
        body = reply.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _described(status: int, said: Mapping[str, Any]) -> SprintdojoError:
    faults = tuple(_FAULT.finditer(str(said.get("problems") or "")))
    if faults:
        return ScenarioError(tuple(Problem(f["file"], int(f["line"]), int(f["column"]), f["message"]) for f in faults))
    to_do = str(said.get("to_do") or "") or (_ASK_FOR_CODE if status == requests.codes.unauthorized else "")
    return RunError(str(said.get("title") or "the server refused"), where=str(said.get("where") or ""), to_do=to_do)
