"""What a repository's code says of it: languages, licence, contributors; and the topics that people give it."""

from __future__ import annotations

import re

import pygit2
from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.desk import place_for
from simulator.emulators.github.errors import InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.contents import file_content
from simulator.emulators.github.payloads.contributors import contributor, contributor_weeks
from simulator.emulators.github.payloads.repositories import license_summary
from simulator.emulators.github.state import contributors, edits, repositories
from simulator.emulators.github.state.languages import languages_of
from simulator.emulators.github.state.licenses import license_file, license_of
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.gitserver import history
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("insights", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_TOPIC = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_LONGEST_TOPIC = 50
_MOST_TOPICS = 20
_BAD_TOPIC = (
    "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens."
)
_TOO_MANY = f"A repository cannot have more than {_MOST_TOPICS} topics."


@blueprint.get("/languages")
def languages(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repository-languages"""
    with place_for(owner, name) as place:
        tree = _tree(place.repository, place.repository.default_branch)
    return reply(languages_of(tree) if tree is not None else {})


@blueprint.get("/license")
def get_license(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/licenses/licenses#get-the-license-for-a-repository"""
    with place_for(owner, name) as place:
        repository = place.repository
    ref = request.args.get("ref", "") or repository.default_branch
    tree = _tree(repository, ref.removeprefix("refs/heads/"))
    file = license_file(tree) if tree is not None else None
    if file is None:
        raise NotFound
    if media.asked_form() == media.RAW:
        return media.text_reply(file.data, media.RAW)
    urls = Urls.of_request()
    body = file_content(file, str(file.name), ref, repository, urls)
    return reply(body | {"license": license_summary(license_of(file), urls)})


@blueprint.get("/contributors")
def list_contributors(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repository-contributors"""
    page, urls = asked_page(), Urls.of_request()
    with place_for(owner, name) as place:
        found = contributors.contributors_of(place, anonymous=request.args.get("anon", "") in ("1", "true"))
        empty = _tree(place.repository, place.repository.default_branch) is None
    if empty:
        return reply(None, 204)
    return page_reply([contributor(each, urls) for each in cut(found, page)], page=page, total=len(found))


@blueprint.get("/stats/contributors")
def contributor_statistics(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/metrics/statistics#get-all-contributor-commit-activity"""
    with place_for(owner, name) as place:
        found = contributors.weeks_of(place)
    if not found:
        return reply(None, 204)
    urls = Urls.of_request()
    return reply([contributor_weeks(author, weeks, urls) for author, weeks in found])


@blueprint.get("/topics")
def list_topics(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#get-all-repository-topics"""
    with place_for(owner, name) as place:
        return reply({"names": list(place.repository.topics or ())})


@blueprint.put("/topics")
def replace_topics(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#replace-all-repository-topics"""
    wanted = _topics(Fields(json_body(), "Repository"))
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        edited = repositories.edit(connection, repository, at=instance().now(), topics=wanted)
        edits.follow_edit(connection, instance(), repository, edited, signed_in(connection))
    return reply({"names": wanted})


def _topics(fields: Fields) -> list[str]:
    names = fields.names("names")
    if names is None:
        raise InvalidRequest('Invalid request.\n\n"names" wasn\'t supplied.')
    wanted = list(dict.fromkeys(name.lower() for name in names))
    if len(wanted) > _MOST_TOPICS:
        raise ValidationFailed([_TOO_MANY])
    if not all(_TOPIC.match(name) and len(name) <= _LONGEST_TOPIC for name in wanted):
        raise ValidationFailed([_BAD_TOPIC])
    return wanted


def _tree(repository: Repository, ref: str) -> pygit2.Tree | None:
    git = git_of(instance(), repository)
    sha = resolve(git, repository, ref)
    return None if sha is None else history.commit(git, sha).tree
