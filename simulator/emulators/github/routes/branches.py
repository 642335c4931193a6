"""Branches of a repository and their protection."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.errors import NotEmulated, NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads import branches
from simulator.emulators.github.protection_request import read_protection
from simulator.emulators.github.state import protections
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.users import by_logins
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("branches", __name__, url_prefix="/api/v3/repos/<owner>/<name>/branches")

_HEADS = "refs/heads/"


@blueprint.get("")
def list_branches(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#list-branches"""
    page, wanted, urls = asked_page(), request.args.get("protected"), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        protected = protections.protected_branches(connection, repository.site, repository.id)
    found = [
        (ref.removeprefix(_HEADS), sha) for ref, sha in refs.list_refs(git_of(instance(), repository), _HEADS).items()
    ]
    if wanted in ("true", "false"):
        found = [(branch, sha) for branch, sha in found if (branch in protected) == (wanted == "true")]
    bodies = [
        branches.short_branch(branch, sha, protected.get(branch), repository, urls) for branch, sha in cut(found, page)
    ]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/<path:branch>")
def get_branch(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#get-a-branch"""
    urls = Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        git = git_of(instance(), repository)
        sha = refs.read_ref(git, _HEADS + branch)
        if sha is None:
            raise NotFound("Branch not found")
        (commit,) = commit_bodies(connection, repository, [history.commit(git, sha)], urls)
        protection = protections.find_protection(connection, repository.site, repository.id, branch)
    return reply(branches.full_branch(branch, commit, protection, repository, urls))


@blueprint.get("/<path:branch>/protection")
def get_protection(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        _check_branch(repository, branch)
        protection = protections.find_protection(connection, repository.site, repository.id, branch)
        if protection is None:
            raise NotFound("Branch not protected")
        return _protection_reply(connection, repository, protection)


@blueprint.put("/<path:branch>/protection")
def put_protection(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection"""
    body = json_body()
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        _check_branch(repository, branch)
        protection = read_protection(branch, body, of_organization=repository.owner.kind == "organization")
        protections.protect(connection, repository.site, repository.id, protection)
        return _protection_reply(connection, repository, protection)


@blueprint.delete("/<path:branch>/protection")
def delete_protection(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#delete-branch-protection"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        if protections.find_protection(connection, repository.site, repository.id, branch) is None:
            raise NotFound("Branch not protected")
        protections.unprotect(connection, repository.site, repository.id, branch)
    return reply(None, 204)


@blueprint.route("/<path:branch>/protection/<path:part>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def protection_part(owner: str, name: str, branch: str, part: str) -> Response:  # noqa: ARG001 - the route names them
    """https://docs.github.com/en/rest/branches/branch-protection#get-status-checks-protection"""
    raise NotEmulated(request.method, request.path)


def _check_branch(repository: Repository, branch: str) -> None:
    if refs.read_ref(git_of(instance(), repository), _HEADS + branch) is None:
        raise NotFound("Branch not found")


def _protection_reply(connection: Connection, repository: Repository, protection: Protection) -> Response:
    reviews = protection.reviews
    logins = {*(protection.pushers or ())}
    if reviews is not None:
        logins |= {*(reviews.dismissers or ()), *(reviews.bypassers or ())}
    people = by_logins(connection, repository.site, logins)
    return reply(branches.full_protection(protection, repository, Urls.of_request(), people))
