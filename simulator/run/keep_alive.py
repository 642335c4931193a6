"""Connections that outlive replies without a body.

waitress ends a connection after each 204 and 304, for want of a length; but such replies have no body whose length could be
wanted (RFC 9112, section 6.3). Half of what collectors and dashboards are told is 304.
"""

from __future__ import annotations

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask


class _Task(WSGITask):
    def set_close_on_finish(self) -> None:
        if self.has_body or self.version != "1.1" or self._is_asked_for():
            super().set_close_on_finish()

    def _is_asked_for(self) -> bool:
        asked = self.request
        return isinstance(asked, HTTPRequestParser) and asked.headers.get("CONNECTION", "").lower() == "close"


class KeepAliveChannel(HTTPChannel):
    """A client's connection, kept after a reply without a body unless the client asked otherwise."""

    task_class = _Task
