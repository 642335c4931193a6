"""A server that hears webhooks."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.emulators.jira.conftest import Api

ADMIN = "/rest/webhooks/1.0/webhook"
SECTION = "issue-related-events-section"


@dataclass
class Receiver:
    """Where deliveries arrive: path, headers and body. Each is answered with `status`."""

    url: str = ""
    status: int = 204
    heard: queue.Queue[tuple[str, dict[str, str], bytes]] = field(default_factory=queue.Queue)

    def next(self) -> Any:
        """The next payload."""
        return json.loads(self.heard.get(timeout=10)[2])

    def until(self, event: str) -> list[Any]:
        """The payloads up to the next one of an event, that one last."""
        found = [self.next()]
        while found[-1]["webhookEvent"] != event:
            found.append(self.next())
        return found


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    found = Receiver()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = found.status  # as it is now: whoever hears may change it for what comes next
            found.heard.put((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def a_webhook(api: Api, url: str, *events: str, jql: str = "", **more: Any) -> Any:
    """An administrators' webhook."""
    body = {"name": "Listener", "url": url, "events": list(events), "filters": {SECTION: jql}, **more}
    return api.post(ADMIN, body, status=201)
