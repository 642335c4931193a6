"""Scorecards as files to keep."""

from __future__ import annotations

from flask import Response

from simulator.run.score_files import ScoreFile
from web.conditional import conditional_body


def attached(file: ScoreFile) -> Response:
    """A file as a reply that browsers keep under its name, or 304. What no text can hold is replaced."""
    reply = conditional_body(file.text.encode("utf-8", errors="replace"), file.media_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return reply
