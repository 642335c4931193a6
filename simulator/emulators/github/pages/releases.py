"""Releases and tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

import pygit2
from flask import Blueprint, Response, redirect, request
from pygit2.enums import ObjectType
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github.auth import account_of_caller
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.pages.revisions import readable
from simulator.emulators.github.payloads.releases import draft_page
from simulator.emulators.github.state import releases
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.releases import Release
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import refs, tags
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet

blueprint = Blueprint("pages_releases", __name__)

_MOST_DRAFTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLine:
    """A line of the list of tags. `sha` and `at` are the commit's, None for a tag of a file or folder."""

    name: str
    sha: str | None
    at: datetime | None


@blueprint.get("/<owner:owner>/<name>/releases")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/repositories/releasing-projects-on-github/viewing-your-repositorys-releases-and-tags"""
    with place_of(owner, name) as place:
        found, total = releases.list_releases(place, drafts=_sees_drafts(place), offset=offset(), limit=SIZE)
        return _shown(place, "github/releases.html", found, sheet=sheet(total))


@blueprint.get("/<owner:owner>/<name>/releases/latest")
def latest(owner: str, name: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/releasing-projects-on-github/linking-to-releases"""
    with place_of(owner, name) as place:
        found = releases.latest_release(place)
        root = f"{request.script_root}/{place.repository.full_name}/releases"
        return redirect(f"{root}/tag/{quote(found.tag_name)}" if found else root)


@blueprint.get("/<owner:owner>/<name>/releases/tag/<path:tag>")
def one(owner: str, name: str, tag: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/releasing-projects-on-github/linking-to-releases"""
    with place_of(owner, name) as place:
        found = releases.release_of_tag(place, tag) or _draft(place, tag)
        if found is not None:
            return _shown(place, "github/release.html", [found])
        if refs.read_ref(place.git, tags.PREFIX + tag) is None:
            raise NotFound
        return redirect(f"{request.script_root}/{place.repository.full_name}/tree/{quote(tag)}")


@blueprint.get("/<owner:owner>/<name>/tags")
def list_tags(owner: str, name: str) -> Response:
    """https://docs.github.com/en/repositories/releasing-projects-on-github/viewing-your-repositorys-releases-and-tags"""
    with place_of(owner, name) as place:
        git = place.git
        found = tags.newest_first(refs.list_refs(git, tags.PREFIX))
        lines = [_line(git, title, sha) for title, sha in found[offset() : offset() + SIZE]]
        return show_in(place, "github/tags.html", tab="code", tags=lines, sheet=sheet(len(found)))


def _shown(place: Place, template: str, found: list[Release], **values: object) -> Response:
    people = load_people(place, {each.author_id for each in found})
    newest = releases.latest_release(place)
    newest_id = newest.id if newest else None
    return show_in(place, template, tab="code", releases=found, people=people, latest_id=newest_id, **values)


def _draft(place: Place, page: str) -> Release | None:
    """The draft whose address ends so, for those who may see drafts."""
    if not page.startswith("untagged-") or not _sees_drafts(place):
        return None
    found, _ = releases.list_releases(place, drafts=True, offset=0, limit=_MOST_DRAFTS)  # they come first
    return next((each for each in found if each.draft and draft_page(place.repository, each) == page), None)


def _sees_drafts(place: Place) -> bool:
    permission = permission_of(place.connection, place.repository, account_of_caller(place.connection))
    return allows(permission, "push")


def _line(git: pygit2.Repository, name: str, sha: str) -> TagLine:
    found = git[tags.commit_of(git, sha)]
    if found.type != ObjectType.COMMIT:
        return TagLine(name=readable(name), sha=None, at=None)
    at = datetime.fromtimestamp(found.peel(pygit2.Commit).commit_time, UTC)
    return TagLine(name=readable(name), sha=str(found.id), at=at)
