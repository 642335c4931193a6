"""The code of a repository: folders, files, the readme."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from itertools import islice

import pygit2
from flask import Blueprint, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github import file_links
from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, place_to_fetch, show_in
from simulator.emulators.github.pages.revisions import Revision, readable, revision_in
from simulator.emulators.github.pages.texts import document_html, into_repository, is_prose
from simulator.emulators.github.state.contents import entries_of, entry_at, kind_of, readme_of
from simulator.emulators.github.state.revisions import is_empty
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.pages import secured
from simulator.emulators.kit.urls import Urls

blueprint = Blueprint("pages_code", __name__)

LARGEST = 1024 * 1024
"""Bytes of a file that is shown."""

MOST_LINES = 5_000
LONGEST_LINE = 1_000
MOST_ENTRIES = 1_000
_MOST_COUNTED = 10_000
_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_RAW_POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a folder's list. `path` is None for what has no page: submodules, names that are no text."""

    name: str
    kind: str
    path: str | None
    size: int | None


@blueprint.get("/<owner:owner>/<name>")
def repository(owner: str, name: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/creating-and-managing-repositories/about-repositories"""
    if name.endswith(".git"):
        return redirect(f"{request.script_root}/{owner}/{name.removesuffix('.git')}")
    with place_of(owner, name) as place:
        git = place.git
        if is_empty(git) or refs.read_ref(git, f"refs/heads/{place.repository.default_branch}") is None:
            return show_in(place, "github/empty.html", tab="code", clone_url=_clone_url(place))
        return _folder(place, revision_in(place, place.repository.default_branch), home=True)


@blueprint.get("/<owner:owner>/<name>/tree/<path:rest>")
def tree(owner: str, name: str, rest: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/working-with-files/using-files/navigating-files"""
    with place_of(owner, name) as place:
        return _folder(place, revision_in(place, rest), home=False)


@blueprint.get("/<owner:owner>/<name>/blob/<path:rest>")
def blob(owner: str, name: str, rest: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/working-with-files/using-files/viewing-and-understanding-files"""
    with place_of(owner, name) as place:
        revision = revision_in(place, rest)
        entry = entry_at(revision.commit, revision.path)
        if isinstance(entry, pygit2.Tree):
            return _folder(place, revision, home=False)
        if not isinstance(entry, pygit2.Blob):
            raise NotFound
        return _file(place, revision, entry)


@blueprint.get("/<owner:owner>/<name>/raw/<path:rest>")
def raw(owner: str, name: str, rest: str) -> AnyResponse:
    """https://docs.github.com/en/repositories/working-with-files/using-files/viewing-and-understanding-files"""
    with place_to_fetch(owner, name, opens=lambda token, found: file_links.opens(token, found, rest)) as place:
        revision = revision_in(place, rest)
        entry = entry_at(revision.commit, revision.path)
        if not isinstance(entry, pygit2.Blob):
            raise NotFound
        kind = _picture(revision.path) or (
            "application/octet-stream" if entry.is_binary else "text/plain; charset=utf-8"
        )
        return secured(Response(entry.data, content_type=kind), _RAW_POLICY)


def _folder(place: Place, revision: Revision, *, home: bool) -> Response:
    entry = entry_at(revision.commit, revision.path)
    if isinstance(entry, pygit2.Blob):
        return _file(place, revision, entry)
    if not isinstance(entry, pygit2.Tree):
        raise NotFound
    git = place.git
    entries = [_entry(path, below) for path, below in entries_of(entry, revision.path)]
    counted = sum(1 for _ in islice(history.log(git, revision.sha), _MOST_COUNTED))
    return show_in(
        place,
        "github/tree.html",
        tab="code",
        home=home,
        revision=revision,
        entries=sorted(entries, key=lambda each: each.kind != "dir")[:MOST_ENTRIES],
        left_out=max(0, len(entries) - MOST_ENTRIES),
        last=_body(place, revision.commit),
        commits=counted,
        branches=len(refs.list_refs(git, "refs/heads/")),
        clone_url=_clone_url(place),
        readme=_readme(place, revision, entry),
    )


def _entry(path: str, entry: pygit2.Object) -> Entry:
    kind = kind_of(entry)
    shown = readable(path)
    reachable = kind != "submodule" and shown == path
    size = entry.size if isinstance(entry, pygit2.Blob) else None
    return Entry(name=shown.rpartition("/")[2], kind=kind, path=path if reachable else None, size=size)


def _file(place: Place, revision: Revision, blob: pygit2.Blob) -> Response:
    shown = blob.size <= LARGEST and not blob.is_binary
    text = blob.data.decode("utf-8", "replace") if shown else ""
    lines = text.removesuffix("\n").split("\n") if text else []
    prose = is_prose(revision.path) and request.args.get("plain") != "1"
    return show_in(
        place,
        "github/blob.html",
        tab="code",
        revision=revision,
        size=blob.size,
        is_binary=bool(blob.is_binary),
        shown=shown,
        picture=_picture(revision.path),
        lines=[line[:LONGEST_LINE] + ("…" if len(line) > LONGEST_LINE else "") for line in lines[:MOST_LINES]],
        left_out=max(0, len(lines) - MOST_LINES),
        prose=_prose(place, revision, revision.path, text) if prose and shown else None,
        is_prose=is_prose(revision.path),
        last=_body(place, revision.commit),
    )


def _readme(place: Place, revision: Revision, folder: pygit2.Tree) -> Markup | None:
    name = readme_of(folder)
    found = folder[name] if name else None
    if name is None or not isinstance(found, pygit2.Blob) or found.is_binary or found.size > LARGEST:
        return None
    text = found.data.decode("utf-8", "replace")
    if not is_prose(name):
        return Markup("<pre>{}</pre>").format(text)
    return _prose(place, revision, f"{revision.path}/{name}".lstrip("/"), text)


def _prose(place: Place, revision: Revision, path: str, text: str) -> Markup:
    root = f"{request.script_root}/{place.repository.full_name}"
    return document_html(text, into_repository(root, revision.ref, path.rpartition("/")[0]))


def _body(place: Place, commit: pygit2.Commit) -> dict[str, object]:
    (body,) = commit_bodies(place.connection, place.repository, [commit], Urls.of_request())
    return body


def _picture(path: str) -> str | None:
    kind, _ = mimetypes.guess_type(path, strict=True)
    return kind if kind in _PICTURES else None


def _clone_url(place: Place) -> str:
    return Urls.of_request().git(place.repository.full_name)
