"""Serves the API on this machine: python -m payments"""

from __future__ import annotations

from wsgiref.simple_server import make_server

from payments.api import Api
from payments.service import Payments
from payments.store import Store

HOST, PORT = "127.0.0.1", 8080


def main() -> None:
    """Serve until Ctrl-C."""
    with make_server(HOST, PORT, Api(Payments(Store()))) as server:
        print(f"payments on http://{HOST}:{PORT}/payments")
        server.serve_forever()


if __name__ == "__main__":
    main()
