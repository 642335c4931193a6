"""Error pages: what is wrong, where, and what to do about it."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from simulator.errors import SprintdojoError
from web.api.problems import problem, status_of
from web.htmx import is_htmx

_TITLES = {
    400: "This request cannot be understood",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This address is for something else",
    413: "That is too much at once",
    422: "That cannot be used",
    429: "Too many tries",
    500: "Something broke on our side",
    502: "A service does not answer",
    503: "The database does not answer",
}
_TO_DO = {
    404: "Go back to the start page, or check the address.",
    500: "Reload the page. If it stays so, the server's log says what happened.",
}


def show_errors(app: Flask) -> None:
    """Answer errors of pages with a page, and those of the API, also of unknown addresses in it, with problem details."""

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        code = error.code or 500
        if request.path.startswith("/api/"):
            return problem(code, error.description or error.name)
        return error_page(code, said=error.description if code in (400, 403, 429) else "", to_do=_TO_DO.get(code, ""))

    @app.errorhandler(SprintdojoError)
    def said(error: SprintdojoError) -> Response:
        return error_page(status_of(error), said=error.what, where=error.where, to_do=error.to_do)


def error_page(code: int, *, said: str | None = "", where: str = "", to_do: str = "") -> Response:
    """The page of an error, for htmx a line of text. What it says comes from us, never from the request."""
    title = _TITLES.get(code, "This did not work")
    if is_htmx():
        words = ": ".join(part for part in (said or title, to_do) if part)
        return Response(words, code, content_type="text/plain; charset=utf-8")
    page = render_template("error.html", code=code, title=title, said=said, where=where, to_do=to_do)
    return make_response(page, code)


def in_one_line(error: SprintdojoError) -> str:
    """What is wrong and what to do, to be said on a page that goes on."""
    return ": ".join(part for part in (error.what, error.to_do) if part)
