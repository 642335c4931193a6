"""The one app that bodies speak of: what runs the workflows."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.kit.pages import show

blueprint = Blueprint("pages_apps", __name__)


@blueprint.get("/apps/github-actions")
def actions() -> Response:
    """https://docs.github.com/en/rest/checks/runs#get-a-check-run (`app.html_url`)"""
    read_as()
    return show("github/app.html")


@blueprint.get("/features/actions")
def external() -> AnyResponse:
    """https://docs.github.com/en/rest/checks/runs#get-a-check-run (`app.external_url`)"""
    return redirect(f"{request.script_root}/apps/github-actions")
