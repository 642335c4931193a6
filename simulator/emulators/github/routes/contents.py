"""Files of a repository: reading, writing and deleting them, one commit each."""

from __future__ import annotations

import pygit2
from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.auth import has_scope, repository_for, signed_in
from simulator.emulators.github.encoded import from_base64
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.large_body import LIMIT, large_body
from simulator.emulators.github.payloads.commits import git_commit
from simulator.emulators.github.payloads.contents import content, file_content
from simulator.emulators.github.people_request import read_person
from simulator.emulators.github.rendered_file import rendered_file
from simulator.emulators.github.state.contents import entries_of, entry_at, readme_of
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.single_file import FileEdit, commit_file
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_files import is_workflow
from simulator.emulators.gitserver import history
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("contents", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/contents", defaults={"path": ""})
@blueprint.get("/contents/", defaults={"path": ""})
@blueprint.get("/contents/<path:path>")
def get_content(owner: str, name: str, path: str) -> Response:
    """https://docs.github.com/en/rest/repos/contents#get-repository-content"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    ref, commit = _asked_commit(repository)
    path = path.strip("/")
    entry = entry_at(commit, path)
    if entry is None:
        raise NotFound
    return _content_reply(entry, path, ref, repository)


@blueprint.get("/readme", defaults={"path": ""})
@blueprint.get("/readme/<path:path>")
def get_readme(owner: str, name: str, path: str) -> Response:
    """https://docs.github.com/en/rest/repos/contents#get-a-repository-readme"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    ref, commit = _asked_commit(repository)
    folder = entry_at(commit, path.strip("/"))
    readme = readme_of(folder) if isinstance(folder, pygit2.Tree) else None
    if readme is None or not isinstance(folder, pygit2.Tree):
        raise NotFound
    return _content_reply(folder[readme], f"{path.strip('/')}/{readme}".lstrip("/"), ref, repository)


@blueprint.put("/contents/<path:path>")
def put_content(owner: str, name: str, path: str) -> Response:
    """https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents"""
    body = large_body()
    fields = Fields(body, "Content")
    return _changed(owner, name, path, fields, from_base64(fields.required("content", limit=LIMIT)))


@blueprint.delete("/contents/<path:path>")
def delete_content(owner: str, name: str, path: str) -> Response:
    """https://docs.github.com/en/rest/repos/contents#delete-a-file"""
    body = {**request.args.to_dict(), **json_body()}  # some clients put the fields into the query
    fields = Fields(body, "Content")
    fields.required("sha")
    return _changed(owner, name, path, fields, None)


def _changed(owner: str, name: str, path: str, fields: Fields, content_bytes: bytes | None) -> Response:
    message, sha, branch = fields.required("message"), fields.text("sha"), fields.text("branch")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        if is_workflow(path) and not has_scope(connection, "workflow"):
            raise NotFound
        now = instance().now()
        edit = FileEdit(
            path=path.strip("/"),
            content=content_bytes,
            sha=sha,
            branch=branch or repository.default_branch,
            message=message,
            author=read_person(fields.body.get("author"), account, now),
            committer=read_person(fields.body.get("committer"), account, now),
        )
        place = Place(connection=connection, instance=instance(), site=repository.site, repository=repository)
        commit = commit_file(place, edit, account)
    return _change_reply(commit, edit, repository, created=content_bytes is not None and sha is None)


def _change_reply(commit: pygit2.Commit, edit: FileEdit, repository: Repository, *, created: bool) -> Response:
    urls = Urls.of_request()
    entry = entry_at(commit, edit.path) if edit.content is not None else None
    body = None if entry is None else content(entry, edit.path, edit.branch, repository, urls)
    headers = {"Location": body["url"]} if created and body else None
    return reply({"content": body, "commit": git_commit(commit, repository, urls)}, 201 if created else 200, headers)


def _content_reply(entry: pygit2.Object, path: str, ref: str, repository: Repository) -> Response:
    urls, form = Urls.of_request(), media.asked_form()
    if isinstance(entry, pygit2.Blob):
        if form == media.RAW:
            return media.text_reply(entry.data, form)
        if form == media.HTML:
            return media.text_reply(rendered_file(entry.data, path, ref, repository, urls), form)
        return reply(file_content(entry, path, ref, repository, urls))
    if not isinstance(entry, pygit2.Tree):
        return reply(content(entry, path, ref, repository, urls))
    entries = [content(below, where, ref, repository, urls) for where, below in entries_of(entry, path)]
    if form == media.OBJECT:
        return reply({**content(entry, path, ref, repository, urls), "entries": entries})
    return reply(entries)


def _asked_commit(repository: Repository) -> tuple[str, pygit2.Commit]:
    ref = request.args.get("ref", "") or repository.default_branch
    git = git_of(instance(), repository)
    sha = resolve(git, repository, ref)
    if sha is None:
        raise NotFound(
            "This repository is empty." if not list(git.references) else f"No commit found for the ref {ref}"
        )
    return ref, history.commit(git, sha)
