"""Files that people have sent, on their way back to somebody's disk."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response, request


def download(content: bytes, *, name: str, content_type: str, tag: str) -> Response:
    """A download, or the part of it that the caller wants. No browser is to show it as a page of ours."""
    response = Response(content, content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", **_names(name))
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=0"
    response.set_etag(tag)
    response.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))
    return response


def _names(name: str) -> dict[str, str]:
    """A file's name for a header: plain ASCII, with the whole of it beside that where it is more (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": name} if plain == name else {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
