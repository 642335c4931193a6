"""A repository's files packed into one, for whoever may read it or has a signed address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask import Blueprint, Response, stream_with_context

from simulator.emulators.github.archive_links import opens
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_to_fetch
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.gitserver.archives import archive
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.pages import secured

blueprint = Blueprint("archive_pages", __name__)

_KINDS = {"tar.gz": "application/x-gzip", "zip": "application/zip"}


@blueprint.get("/<owner:owner>/<name>/legacy.<any('tar.gz', 'zip'):form>/<path:ref>")
def legacy(owner: str, name: str, form: str, ref: str) -> Response:
    """What the API's tarball and zipball lead to; the folder inside is named for owner, repository and commit."""
    repository = _readable(owner, name)
    sha = _commit(repository, ref)
    title = f"{repository.owner.login}-{repository.name}-{sha[:7]}"
    return _packed(repository, sha, form, folder=title, title=title)


@blueprint.get("/<owner:owner>/<name>/<any('tar.gz', 'zip'):form>/<path:ref>")
def plain(owner: str, name: str, form: str, ref: str) -> Response:
    """Where `gh release download --archive` goes instead of `legacy`; the folder inside is named for repository and ref.

    Source: removeLegacyFromCodeloadPath in https://github.com/cli/cli/blob/trunk/pkg/cmd/release/download/download.go
    """
    repository = _readable(owner, name)
    title = f"{repository.name}-{_short(ref)}"
    return _packed(repository, _commit(repository, ref), form, folder=title, title=title)


@blueprint.get("/<owner:owner>/<name>/archive/<path:file>")
def source_code(owner: str, name: str, file: str) -> Response:
    """https://docs.github.com/en/repositories/working-with-files/using-files/downloading-source-code-archives"""
    repository = _readable(owner, name)
    form = next((form for form in _KINDS if file.endswith(f".{form}")), None)
    if form is None:
        raise NotFound
    ref = file.removesuffix(f".{form}")
    title = f"{repository.name}-{_short(ref)}"
    return _packed(repository, _commit(repository, ref), form, folder=title, title=title)


def _packed(repository: Repository, sha: str, form: str, *, folder: str, title: str) -> Response:
    path = instance().repository_path(repository.site, repository.id)
    content = archive(path, sha, form=form, prefix=f"{folder}/")
    response = Response(cast(Iterator[bytes], stream_with_context(content)), content_type=_KINDS[form])
    response.headers.set("Content-Disposition", "attachment", filename=f"{title}.{form}")
    response.headers["ETag"] = f'W/"{sha}"'
    return secured(response)


def _short(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/tags/").replace("/", "-")


def _commit(repository: Repository, ref: str) -> str:
    sha = resolve(git_of(instance(), repository), repository, ref)
    if sha is None:
        raise NotFound
    return sha


def _readable(owner: str, name: str) -> Repository:
    with place_to_fetch(owner, name, opens=opens) as place:
        return place.repository
