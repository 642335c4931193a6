"""Files attached to issues: sent, described, downloaded, deleted."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from simulator.emulators.jira import params
from simulator.emulators.jira.downloads import download
from simulator.emulators.jira.errors import JiraError
from simulator.emulators.jira.params import flag
from simulator.emulators.jira.payloads.attachments import attachment, attachment_metadata
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state.attachments import (
    attach,
    check_upload,
    content_of,
    delete_attachment,
    find_attachment,
    thumbnail_of,
    upload_limit,
)
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.uploads import LARGEST_THUMBNAIL, THUMBNAIL, Upload, plain_picture, upload_of
from simulator.emulators.kit.attachment_limit import attachment_limit
from simulator.emulators.kit.web import reply

platform = Blueprint("attachments", __name__)

_UNCHECKED = {"no-check", "nocheck"}


@platform.post("/issue/<key>/attachments")
def post_attachments(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-issue-issueidorkey-attachments-post

    Parts of another name than `file` are no attachments; without any the answer is an empty list. What can be refused is
    refused before the pictures among them are made small, and that before anybody else has to wait for the transaction.
    """
    if request.headers.get("X-Atlassian-Token", "").lower() not in _UNCHECKED:
        return Response("XSRF check failed", 403, content_type="text/plain; charset=utf-8")
    with reading() as session:
        limit = upload_limit(session.context, find_issue(session.context, key))
    uploads = _uploads(limit)
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        upload_limit(session.context, issue)
        made = attach(session.context, issue, uploads)
        people = people_by_id(session.context, {one.author_id for one in made})
        return reply([attachment(session, one, people) for one in made])


@platform.get("/attachment/meta")
def attachment_settings() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-meta-get"""
    with reading() as session:
        limit = attachment_limit(session.context.connection, session.context.site)
        return reply({"enabled": limit > 0, "uploadLimit": limit})


@platform.get("/attachment/<number>")
def get_attachment(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-id-get"""
    with reading() as session:
        found, _ = find_attachment(session.context, number)
        return reply(attachment_metadata(session, found, people_by_id(session.context, [found.author_id])))


@platform.delete("/attachment/<number>")
def remove_attachment(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-id-delete"""
    with writing() as session:
        found, issue = find_attachment(session.context, number)
        delete_attachment(session.context, issue, found)
        return reply(None, 204)


@platform.get("/attachment/content/<number>")
def get_content(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-content-id-get

    The file itself, as with `redirect=false`: nothing else stores it.
    """
    with reading() as session:
        found, _ = find_attachment(session.context, number)
        content = content_of(session.context, found)
    return download(content, name=found.filename, content_type=found.content_type, tag=f"{found.id}-{found.size}")


@platform.get("/attachment/thumbnail/<number>")
def get_thumbnail(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-thumbnail-id-get"""
    size = (_pixels("width"), _pixels("height"))
    with reading() as session:
        found, _ = find_attachment(session.context, number)
        if not found.thumbnail_size and flag("fallbackToDefault", default=True):
            content = plain_picture(size)
        else:
            content = thumbnail_of(session.context, found, size)
    tag = f"{found.id}-{found.thumbnail_size}-{size[0]}x{size[1]}"
    return download(content, name=f"_thumb_{found.id}.png", content_type="image/png", tag=tag)


def _pixels(name: str) -> int:
    """How wide or high a thumbnail shall be at most."""
    asked = params.number(name, 0)
    return min(asked, LARGEST_THUMBNAIL) if asked > 0 else THUMBNAIL[0]


def _uploads(limit: int) -> list[Upload]:
    if request.mimetype != "multipart/form-data":
        raise JiraError("Unsupported Media Type", status=415)
    sent = request.files.getlist("file")
    return [_upload(one, limit, len(sent)) for one in sent]


def _upload(sent: FileStorage, limit: int, count: int) -> Upload:
    name = sent.filename or ""
    content = sent.stream.read(limit + 1)
    check_upload(filename=name, size=len(content), count=count, limit=limit)
    return upload_of(filename=name, content_type=sent.content_type or "", content=content)
