"""Where visitors from other machines show the access code. The code itself is checked in safety.py."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from web.desk import office
from web.safety import ENTRANCE

entrance = Blueprint("entrance", __name__)


@entrance.route(ENTRANCE, methods=["GET", "POST"])
def enter() -> BaseResponse:
    """The form; after the right code the start page."""
    if session.get("admitted") or not office().guarded:
        return redirect(url_for("catalogue.show"), 303)
    wrong = request.method == "POST"
    page: Response = make_response(render_template("enter.html", wrong=wrong), 403 if wrong else 200)
    return page
