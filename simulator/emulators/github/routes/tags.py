"""Tags of a repository: the list, and annotated tag objects."""

from __future__ import annotations

import pygit2
from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import Conflict, InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.tags import tag_entry, tag_object
from simulator.emulators.github.people_request import read_person
from simulator.emulators.github.state.repositories import git_of
from simulator.emulators.github.state.revisions import is_empty
from simulator.emulators.gitserver import refs, tags
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("tags", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_KINDS = {"commit": pygit2.Commit, "tree": pygit2.Tree, "blob": pygit2.Blob}
_NO_SHA = "The sha parameter must be exactly 40 characters and contain only [0-9a-f]."


@blueprint.get("/tags")
def list_tags(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repository-tags"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    git = git_of(instance(), repository)
    found = tags.newest_first(refs.list_refs(git, tags.PREFIX))
    shown = [(title, tags.commit_of(git, sha)) for title, sha in cut(found, page)]
    return page_reply([tag_entry(*each, repository, urls) for each in shown], page=page, total=len(found))


@blueprint.get("/git/tags/<sha>")
def get_tag(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/git/tags#get-a-tag"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    git = git_of(instance(), repository)
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    found = git.get(sha) if refs.is_sha(sha) else None
    if not isinstance(found, pygit2.Tag):
        raise NotFound
    return reply(tag_object(found, repository, Urls.of_request()))


@blueprint.post("/git/tags")
def create_tag(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/git/tags#create-a-tag-object"""
    fields = Fields(json_body(), "Tag")
    title, message = fields.required("tag", limit=refs.LONGEST_NAME), fields.required("message")
    sha, kind = fields.required("object"), fields.choice("type", tuple(_KINDS))
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
    git = git_of(instance(), repository)
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    tagger = read_person(fields.body.get("tagger"), account, instance().now())
    _check(git, title, sha, kind)
    made = tags.make(git, title, git[sha], tagger=tagger, message=message)
    return reply(tag_object(made, repository, Urls.of_request()), 201)


def _check(git: pygit2.Repository, title: str, sha: str, kind: str | None) -> None:
    if kind is None:
        raise InvalidRequest('Invalid request.\n\n"type" wasn\'t supplied.')
    if not refs.is_valid_name(tags.PREFIX + title):
        raise ValidationFailed(message=f"{title[:80]} is not a valid tag name.")
    if not refs.is_sha(sha):
        raise InvalidRequest(_NO_SHA)
    if not isinstance(git.get(sha), _KINDS[kind]):
        raise ValidationFailed(message=f"Object is not a {kind} of this repository")
