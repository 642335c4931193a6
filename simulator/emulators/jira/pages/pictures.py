"""The pictures that bodies point at: there, and telling nothing."""

from __future__ import annotations

from flask import Blueprint, Response, request

blueprint = Blueprint("pages_pictures", __name__)


@blueprint.get("/secure/useravatar")
@blueprint.get("/secure/projectavatar")
@blueprint.get("/secure/viewavatar")
@blueprint.get("/images/icons/<path:name>")
def picture(name: str = "") -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-avatars/ - a plain coloured square"""
    seed = sum(f"{name}{request.query_string.decode('latin-1')}".encode()) % 360
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48">'
        f'<rect width="48" height="48" rx="8" fill="hsl({seed},45%,45%)"/></svg>'
    )
    return Response(svg, content_type="image/svg+xml")
