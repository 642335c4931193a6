"""Whether a request comes from this machine, and whether a form or script of another origin sent it."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
_SENT_BY_US = "X-GitHub-Hook-ID"  # a webhook that somebody at another machine has pointed at this very server


def is_local() -> bool:
    """Whether somebody at this machine asks: the peer is loopback, the Host a local name, and no proxy stands between.

    The Host counts because a foreign page can let its own name lead to this machine (DNS rebinding).
    """
    host = urlsplit(f"//{request.environ.get('HTTP_HOST', '')}").hostname or ""
    named_local = host == "localhost" or host.endswith(".localhost") or _is_loopback(host)
    forwarded = any(name in request.headers for name in (*_FORWARDED, _SENT_BY_US))
    return named_local and not forwarded and _is_loopback(request.environ.get("REMOTE_ADDR", ""))


def is_foreign_page() -> bool:
    """Whether a browser says that a page of another origin sent this.

    https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.environ.get("HTTP_HOST")


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
