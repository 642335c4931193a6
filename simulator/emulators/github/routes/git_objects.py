"""Blobs, trees and commits: the git database."""

from __future__ import annotations

import pygit2
from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.encoded import from_base64
from simulator.emulators.github.errors import Conflict, InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.large_body import LIMIT, large_body
from simulator.emulators.github.payloads import git_objects
from simulator.emulators.github.payloads.commits import git_commit
from simulator.emulators.github.people_request import read_person
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import is_empty, resolve
from simulator.emulators.github.tree_request import write_tree
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.writing import commit_tree
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("git_objects", __name__, url_prefix="/api/v3/repos/<owner>/<name>/git")

_MOST_ENTRIES = 100_000  # docs.github.com/en/rest/git/trees#get-a-tree


@blueprint.get("/blobs/<sha>")
def get_blob(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/git/blobs#get-a-blob"""
    repository, git = _readable(owner, name)
    found = git.get(sha) if refs.is_sha(sha) else None
    if not isinstance(found, pygit2.Blob):
        raise NotFound
    if media.asked_form() == media.RAW:
        return media.text_reply(found.data, media.RAW)
    return reply(git_objects.blob(found, repository, Urls.of_request()))


@blueprint.post("/blobs")
def create_blob(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/git/blobs#create-a-blob"""
    fields = Fields(large_body(), "Blob")
    content = fields.required("content", limit=LIMIT)
    encoding = fields.choice("encoding", ("utf-8", "base64")) or "utf-8"
    repository, git = _writable(owner, name)
    sha = str(git.create_blob(from_base64(content) if encoding == "base64" else content.encode()))
    url = Urls.of_request().api(f"{repository.path}/git/blobs/{sha}")
    return reply({"url": url, "sha": sha}, 201)


@blueprint.get("/trees/<path:sha>")
def get_tree(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/git/trees#get-a-tree"""
    repository, git = _readable(owner, name)
    found = _tree(git, repository, sha)
    entries = _walk(git, found) if request.args.get("recursive", "") else [(str(each.name), each) for each in found]
    truncated = len(entries) > _MOST_ENTRIES
    body = git_objects.tree(found, entries[:_MOST_ENTRIES], repository, Urls.of_request(), truncated=truncated)
    return reply(body)


@blueprint.post("/trees")
def create_tree(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/git/trees#create-a-tree"""
    fields = Fields(json_body(limit=LIMIT), "Tree")
    repository, git = _writable(owner, name)
    base = fields.text("base_tree")
    before = _tree(git, repository, base) if base else None
    sha = write_tree(git, before, fields.objects("tree"))
    found = git[sha].peel(pygit2.Tree)
    entries: list[tuple[str, pygit2.Object]] = [(str(each.name), each) for each in found]
    return reply(git_objects.tree(found, entries, repository, Urls.of_request()), 201)


@blueprint.get("/commits/<sha>")
def get_commit(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/git/commits#get-a-commit-object"""
    repository, git = _readable(owner, name)
    if not refs.is_sha(sha):
        raise NotFound
    return reply(git_commit(history.commit(git, sha), repository, Urls.of_request()))


@blueprint.post("/commits")
def create_commit(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/git/commits#create-a-commit"""
    fields = Fields(json_body(), "Commit")
    message, tree = fields.required("message"), fields.required("tree")
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
    git = git_of(instance(), repository)
    author = read_person(fields.body.get("author"), account, instance().now())
    given = fields.body.get("committer")
    sha = commit_tree(
        git,
        _checked_tree(git, tree),
        parents=[_checked_parent(git, parent) for parent in fields.names("parents") or []],
        message=message,
        author=author,
        committer=author if given is None else read_person(given, account, instance().now()),
    )
    return reply(git_commit(history.commit(git, sha), repository, Urls.of_request()), 201)


def _readable(owner: str, name: str) -> tuple[Repository, pygit2.Repository]:
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    git = git_of(instance(), repository)
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    return repository, git


def _writable(owner: str, name: str) -> tuple[Repository, pygit2.Repository]:
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="push")
    git = git_of(instance(), repository)
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    return repository, git


def _tree(git: pygit2.Repository, repository: Repository, name: str) -> pygit2.Tree:
    found = git.get(name) if refs.is_sha(name) else None
    if isinstance(found, pygit2.Tree):
        return found
    sha = resolve(git, repository, name)
    if sha is None:
        raise NotFound
    return history.commit(git, sha).tree


def _walk(git: pygit2.Repository, tree: pygit2.Tree, before: str = "") -> list[tuple[str, pygit2.Object]]:
    found: list[tuple[str, pygit2.Object]] = []
    for entry in tree:
        path = f"{before}{entry.name}"
        found.append((path, entry))
        if isinstance(entry, pygit2.Tree):
            found += _walk(git, entry, f"{path}/")
        if len(found) > _MOST_ENTRIES:
            break
    return found


def _checked_tree(git: pygit2.Repository, sha: str) -> str:
    found = git.get(sha) if refs.is_sha(sha) else None
    if not isinstance(found, pygit2.Tree):
        raise ValidationFailed(message="Tree SHA does not exist")
    return sha


def _checked_parent(git: pygit2.Repository, sha: str) -> str:
    if not refs.is_sha(sha):
        raise InvalidRequest("The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    try:
        return str(history.commit(git, sha).id)
    except NoSuchObject as exc:
        raise ValidationFailed(message="Parent SHA does not exist or is not a commit object") from exc
