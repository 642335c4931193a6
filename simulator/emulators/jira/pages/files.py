"""Attached files at the addresses that a browser opens: the API's own ask for a token."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.downloads import download
from simulator.emulators.jira.pages.desk import reading_page
from simulator.emulators.jira.state.attachments import content_of, find_attachment, thumbnail_of

blueprint = Blueprint("pages_files", __name__)


@blueprint.get("/secure/attachment/<number>/<path:_name>")
def attachment(number: str, _name: str) -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/attach-files-and-screenshots-to-issues/ - the name is for people"""
    with reading_page() as session:
        found, _ = find_attachment(session.context, number)
        content = content_of(session.context, found)
    return download(content, name=found.filename, content_type=found.content_type, tag=f"{found.id}-{found.size}")


@blueprint.get("/secure/thumbnail/<number>")
def thumbnail(number: str) -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/attach-files-and-screenshots-to-issues/"""
    with reading_page() as session:
        found, _ = find_attachment(session.context, number)
        content = thumbnail_of(session.context, found)
    tag = f"{found.id}-{found.thumbnail_size}-small"
    return download(content, name=f"_thumb_{found.id}.png", content_type="image/png", tag=tag)
