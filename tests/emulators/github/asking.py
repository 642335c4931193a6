"""Plain requests to the emulated API whose replies are held against GitHub's own description."""

from __future__ import annotations

from typing import Any

import requests

from tests.emulators.conftest import Site
from tests.emulators.github.description import findings

PAYMENTS = "/repos/acme/payments"


def ask(site: Site, method: str, where: str, status: int, json: object = None, *, login: str | None = "alice") -> Any:
    """The JSON of a reply (None when it is empty) that must have this status and be as described."""
    reply = sent(site, method, where, json, login=login)
    assert reply.status_code == status, f"{method} {where}: {reply.status_code} {reply.text[:500]}"
    if not reply.content:
        return None
    found = findings(method, where.partition("?")[0], status, reply.json())
    assert [str(each) for each in found if each.severity in ("error", "extra")] == []
    return reply.json()


def sent(site: Site, method: str, where: str, json: object = None, *, login: str | None = "alice") -> requests.Response:
    """The reply to a request, redirects not followed."""
    return site.session(login).request(method, site.api_url + where, json=json, allow_redirects=False)
