"""Archives of a repository: where to fetch them."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.archive_links import link_to_archive
from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.state.repositories import git_of
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.web import reply

blueprint = Blueprint("archives", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/<any(tarball, zipball):kind>", defaults={"ref": ""})
@blueprint.get("/<any(tarball, zipball):kind>/<path:ref>")
def archive(owner: str, name: str, kind: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    ref = ref or repository.default_branch
    if resolve(git_of(instance(), repository), repository, ref) is None:
        raise NotFound
    return reply(None, 302, {"Location": link_to_archive(repository, kind, ref)})
