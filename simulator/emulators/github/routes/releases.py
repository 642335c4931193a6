"""Releases of a repository, and the notes that can be generated for them."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.auth import account_of_caller
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import BODY_LIMIT, Fields
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.releases import release_payload, release_payloads
from simulator.emulators.github.state import releases
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.release_notes import notes_for
from simulator.emulators.github.state.releases import Release, ReleaseDraft
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("releases", __name__, url_prefix="/api/v3/repos/<owner>/<name>/releases")

_LONGEST_NOTES = 125_000  # characters of a release's body that GitHub takes
_LONGEST_NAME = 255


@blueprint.get("")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/releases/releases#list-releases"""
    page = asked_page()
    with place_for(owner, name) as place:
        found, total = releases.list_releases(place, drafts=_sees_drafts(place), offset=page.offset, limit=page.size)
        bodies = release_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("")
def create(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/releases/releases#create-a-release"""
    fields = Fields(json_body(), "Release")
    fields.required("tag_name", limit=_LONGEST_NAME)
    with work_for(owner, name, need="push") as work:
        made = releases.create_release(work, _wanted(work, fields, None))
        body = release_payload(work, made, Urls.of_request())
    return reply(body, 201)


@blueprint.post("/generate-notes")
def generate_notes(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/releases/releases#generate-release-notes-content-for-a-release"""
    fields = Fields(json_body(), "Release")
    tag = fields.required("tag_name", limit=_LONGEST_NAME)
    with work_for(owner, name, need="push") as work:
        title, text = _notes(work, fields, tag)
    return reply({"name": title, "body": text})


@blueprint.get("/latest")
def latest(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/releases/releases#get-the-latest-release"""
    with place_for(owner, name) as place:
        return _one(place, releases.latest_release(place))


@blueprint.get("/tags/<path:tag>")
def by_tag(owner: str, name: str, tag: str) -> Response:
    """https://docs.github.com/en/rest/releases/releases#get-a-release-by-tag-name"""
    with place_for(owner, name) as place:
        return _one(place, releases.release_of_tag(place, tag))


@blueprint.get("/<int:release_id>")
def get(owner: str, name: str, release_id: int) -> Response:
    """https://docs.github.com/en/rest/releases/releases#get-a-release"""
    with place_for(owner, name) as place:
        found = releases.find_release(place, release_id)
        return _one(place, found if found and (not found.draft or _sees_drafts(place)) else None)


@blueprint.patch("/<int:release_id>")
def edit(owner: str, name: str, release_id: int) -> Response:
    """https://docs.github.com/en/rest/releases/releases#update-a-release"""
    fields = Fields(json_body(), "Release")
    with work_for(owner, name, need="push") as work:
        before = _named(work, release_id)
        after = releases.edit_release(work, before, _wanted(work, fields, before))
        body = release_payload(work, after, Urls.of_request())
    return reply(body)


@blueprint.delete("/<int:release_id>")
def delete(owner: str, name: str, release_id: int) -> Response:
    """https://docs.github.com/en/rest/releases/releases#delete-a-release"""
    with work_for(owner, name, need="push") as work:
        releases.delete_release(work, _named(work, release_id))
    return reply(None, 204)


@blueprint.get("/<int:release_id>/assets")
def assets(owner: str, name: str, release_id: int) -> Response:
    """https://docs.github.com/en/rest/releases/assets#list-release-assets"""
    with place_for(owner, name) as place:
        found = releases.find_release(place, release_id)
        if found is None or (found.draft and not _sees_drafts(place)):
            raise NotFound
    return page_reply([], page=asked_page(), total=0)  # uploads are not emulated


def _wanted(work: Work, fields: Fields, before: Release | None) -> ReleaseDraft:
    """The release as the body wants it; what it leaves out stays as it was."""
    tag = fields.text("tag_name", limit=_LONGEST_NAME) or (before.tag_name if before else "")
    title = fields.text("name", limit=BODY_LIMIT) if "name" in fields or before is None else before.name
    text = fields.text("body", limit=_LONGEST_NOTES) if "body" in fields or before is None else before.body
    if before is None and fields.flag("generate_release_notes"):
        generated, notes = _notes(work, fields, tag)
        title, text = title or generated, f"{text}\n\n{notes}" if text else notes
    target = fields.text("target_commitish", limit=_LONGEST_NAME) or (before.target_commitish if before else None)
    return ReleaseDraft(
        tag_name=tag,
        target_commitish=target or work.repository.default_branch,
        name=title,
        body=text,
        draft=fields.flag("draft", default=before.draft if before else False),
        prerelease=fields.flag("prerelease", default=before.prerelease if before else False),
        make_latest=fields.choice("make_latest", releases.LATEST_WORDS),
    )


def _notes(work: Work, fields: Fields, tag: str) -> tuple[str, str]:
    return notes_for(
        work,
        tag=tag,
        target=fields.text("target_commitish", limit=_LONGEST_NAME) or work.repository.default_branch,
        previous=fields.text("previous_tag_name", limit=_LONGEST_NAME),
        plan_file=fields.text("configuration_file_path", limit=_LONGEST_NAME),
        urls=Urls.of_request(),
    )


def _one(place: Place, found: Release | None) -> Response:
    if found is None:
        raise NotFound
    return reply(release_payload(place, found, Urls.of_request()))


def _named(work: Work, release_id: int) -> Release:
    found = releases.find_release(work, release_id)
    if found is None:
        raise NotFound
    return found


def _sees_drafts(place: Place) -> bool:
    account = account_of_caller(place.connection)
    return allows(permission_of(place.connection, place.repository, account), "push")
