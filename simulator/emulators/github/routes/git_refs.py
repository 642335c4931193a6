"""Refs of a repository: reading, making, moving and deleting them.

Protected branches are as protected here as against a push.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for, signed_in, token_scopes
from simulator.emulators.github.errors import Conflict, InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.git_objects import git_ref, kind_of
from simulator.emulators.github.state import workflow_files
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import is_empty
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import BadName, NoSuchObject, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("git_refs", __name__, url_prefix="/api/v3/repos/<owner>/<name>/git")


@blueprint.get("/ref/<path:ref>")
def get_ref(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/git/refs#get-a-reference"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    _refuse_empty(repository)
    sha = refs.read_ref(git_of(instance(), repository), f"refs/{ref}")
    if sha is None:
        raise NotFound
    return reply(_body(repository, f"refs/{ref}", sha))


@blueprint.get("/matching-refs/", defaults={"ref": ""})
@blueprint.get("/matching-refs/<path:ref>")
@blueprint.get("/refs", defaults={"ref": ""})
@blueprint.get("/refs/<path:ref>")
def matching_refs(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/git/refs#list-matching-references"""
    page = asked_page(usual=100 if "matching-refs" in request.path else 30)
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
    _refuse_empty(repository)
    found = list(refs.list_refs(git_of(instance(), repository), f"refs/{ref}").items())
    return page_reply([_body(repository, *each) for each in cut(found, page)], page=page, total=len(found))


@blueprint.post("/refs")
def create_ref(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/git/refs#create-a-reference"""
    fields = Fields(json_body(), "Reference")
    ref, sha = fields.required("ref"), fields.required("sha")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        _refuse_empty(repository)
        _check_new_ref(ref)
        _check_commit(repository, sha)
        _move(connection, repository, RefUpdate(ref=ref, before=None, after=sha), account)
    body = _body(repository, ref, sha)
    return reply(body, 201)


@blueprint.patch("/refs/<path:ref>")
def update_ref(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/git/refs#update-a-reference"""
    fields = Fields(json_body(), "Reference")
    sha, force = fields.required("sha"), fields.flag("force")
    full = f"refs/{ref}"
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        before = _present(repository, full)
        _check_commit(repository, sha)
        _check_forward(repository, before, sha, force=force)
        if before != sha:
            _move(connection, repository, RefUpdate(ref=full, before=before, after=sha), account)
    return reply(_body(repository, full, sha))


@blueprint.delete("/refs/<path:ref>")
def delete_ref(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/git/refs#delete-a-reference"""
    full = f"refs/{ref}"
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        before = _present(repository, full)
        if full == f"refs/heads/{repository.default_branch}":
            raise ValidationFailed(message="Cannot delete the default branch")
        _move(connection, repository, RefUpdate(ref=full, before=before, after=None), account)
    return reply(None, 204)


def _move(connection: Connection, repository: Repository, update: RefUpdate, account: Account) -> None:
    place = Place(
        connection=connection,
        instance=instance(),
        site=repository.site,
        repository=repository,
        scopes=token_scopes(connection),
    )
    if workflow_files.refusal(place, update):
        raise NotFound  # as for whatever a token has no scope for
    reason = forbidden(place, update, account, joined_by="\n")
    if reason:
        raise ValidationFailed(message=reason)
    try:
        move_ref(connection, instance(), repository, update, account)
    except RefMoved as exc:
        if update.before is None:
            raise ValidationFailed(message="Reference already exists") from exc
        raise Conflict("Reference cannot be updated: it has just moved.") from exc
    except BadName as exc:
        raise ValidationFailed(message=str(exc)) from exc


def _check_new_ref(ref: str) -> None:
    if not ref.startswith("refs/") or ref.count("/") < 2:
        raise ValidationFailed(message="Reference name must start with 'refs/' and contain at least two slashes.")
    if ref.startswith("refs/pull/") or not refs.is_valid_name(ref):
        raise ValidationFailed(message=f"{ref} is not a valid ref name.")
    if refs.is_sha(ref.split("/", 2)[2]):
        raise ValidationFailed(message="Branch or tag names consisting of 40 hex characters are not allowed.")


def _check_commit(repository: Repository, sha: str) -> None:
    git = git_of(instance(), repository)
    if not refs.is_sha(sha):
        raise InvalidRequest("The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    try:
        history.commit(git, sha)
    except NoSuchObject as exc:
        raise ValidationFailed(message="Object does not exist") from exc


def _check_forward(repository: Repository, before: str, after: str, *, force: bool) -> None:
    if not force and not history.is_ancestor(git_of(instance(), repository), before, after):
        raise ValidationFailed(message="Update is not a fast forward")


def _present(repository: Repository, ref: str) -> str:
    sha = refs.read_ref(git_of(instance(), repository), ref)
    if sha is None or ref.startswith("refs/pull/"):
        raise ValidationFailed(message="Reference does not exist")
    return sha


def _refuse_empty(repository: Repository) -> None:
    if is_empty(git_of(instance(), repository)):
        raise Conflict("Git Repository is empty.")


def _body(repository: Repository, ref: str, sha: str) -> dict[str, object]:
    kind = kind_of(git_of(instance(), repository)[sha])
    return git_ref(ref, sha, kind, repository, Urls.of_request())
