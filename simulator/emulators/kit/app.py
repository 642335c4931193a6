"""The base of a service's Flask app: its instance, honest gaps (501), quiet failures (500), limits.

Refuses to shape an error: the service says how its errors look.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Rule

from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.shapes import is_shape_of_a_rule
from simulator.emulators.kit.web import BadBody

logger = logging.getLogger(__name__)

RenderError = Callable[[int, str], Response]
"""Gives the service's own error reply for a status and a message."""

GIT_LIMIT = 100 * 1024 * 1024
"""Longest body of any request in bytes; JSON bodies have a smaller limit of their own."""

_INSTANCE = "emulators.instance"


class Number(IntegerConverter):
    """A number in an address. What no column holds is none: all digits may still be a name or a sha, else it is 404."""

    regex = r"[0-9]{1,18}"


class _Rule(Rule):
    """A rule that learns to build its addresses when it is first asked to: most are only ever matched."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        # it is four fifths of what a rule costs, and there are more than a thousand: measured, 0.35 s of each start
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build


class _App(Flask):
    url_rule_class = _Rule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: nothing here is asynchronous, and to ask each time costs more than most functions."""
        return func


def make_app(
    import_name: str, instance: Instance, *, render_error: RenderError, lacking: re.Pattern[str] | None = None
) -> Flask:
    """A Flask app that knows its instance and answers what it lacks with 501, what breaks with 500, in the service's shape.

    An address that only differs from one of a rule in values that nothing can have is 404, unless it is that of an operation
    which the app is known to be `lacking`.
    A service may register a handler of its own for BadBody; without one its plain words and status are rendered.
    """
    app = _App(import_name, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = GIT_LIMIT
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    app.url_map.converters["int"] = Number
    app.extensions[_INSTANCE] = instance
    app.before_request(lambda: _refuse_address(render_error))
    app.register_error_handler(BadBody, lambda exc: render_error(exc.status, exc.what))
    app.register_error_handler(HTTPException, lambda exc: _http_error(exc, render_error, lacking))
    for out_of_range in (OverflowError, DataError):
        app.register_error_handler(out_of_range, lambda _exc: _out_of_range(render_error))
    app.register_error_handler(Exception, lambda _exc: _broken(render_error))
    return app


def instance() -> Instance:
    """The instance that the present request's app serves."""
    found: Instance = current_app.extensions[_INSTANCE]
    return found


def _refuse_address(render_error: RenderError) -> Response | None:
    if "\0" in request.path or b"%00" in request.query_string:
        return render_error(400, "Bad Request")
    return None


def _http_error(exc: HTTPException, render_error: RenderError, lacking: re.Pattern[str] | None) -> Response:
    if request.routing_exception is exc:
        if _is_nowhere() or (not _is_any(lacking) and is_shape_of_a_rule(current_app, request.method, request.path)):
            return render_error(404, "Not Found")
        logger.warning("not emulated: %s %s", request.method, request.path)
        return render_error(501, f"Not emulated: {request.method} {request.path}")
    return render_error(exc.code or 500, exc.name)


def _is_nowhere() -> bool:
    """Whether the address has an empty part, or a slash inside one: no operation of either service has."""
    return "//" in request.path or "%2f" in request.environ.get("REQUEST_URI", "").lower()


def _is_any(lacking: re.Pattern[str] | None) -> bool:
    return lacking is not None and lacking.fullmatch(request.path) is not None


def _out_of_range(render_error: RenderError) -> Response:
    """A number or text in the request that no column holds, where the service did not look."""
    logger.warning("%s %s: a value is out of range", request.method, request.path, exc_info=True)
    return render_error(400, "A value is out of range")


def _broken(render_error: RenderError) -> Response:
    logger.exception("%s %s failed", request.method, request.path)
    return render_error(500, "Internal Server Error")
