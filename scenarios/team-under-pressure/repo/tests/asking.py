"""Asks the API without a server."""

import io
import json
from typing import Any

from tracking.api import Api
from tracking.service import Tracking

A_PARCEL = {"recipient": "M. Okoye", "phone": "+31 6 1234", "postcode": "1017 AB", "window": "9-11"}


class Asking:
    """An API of its own, with nothing in it."""

    def __init__(self) -> None:
        self._api = Api(Tracking())

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = json.dumps(body).encode() if body is not None else b""
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent),
        }
        answer = b"".join(self._api(environ, lambda status, headers: said.append(status)))
        return int(said[0].split()[0]), json.loads(answer)
