"""Serves the API on this machine: python -m tracking"""

from __future__ import annotations

from wsgiref.simple_server import make_server

from tracking.api import Api
from tracking.service import Tracking

HOST, PORT = "127.0.0.1", 8090


def main() -> None:
    """Serve until Ctrl-C."""
    with make_server(HOST, PORT, Api(Tracking())) as server:
        print(f"tracking on http://{HOST}:{PORT}/parcels")
        server.serve_forever()


if __name__ == "__main__":
    main()
