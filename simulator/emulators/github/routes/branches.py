"""Branches of a repository. Their protection is in `protection.py`, other names of theirs in `branch_names.py`."""

from __future__ import annotations

from collections.abc import Mapping

import pygit2
from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads import branches
from simulator.emulators.github.redirects import branch_moved
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state.branch_names import branch_called
from simulator.emulators.github.state.holding import Rulebook, holding_for_branch, rulebook
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("branches", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_HEADS = "refs/heads/"


@blueprint.get("/branches")
def list_branches(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#list-branches"""
    wanted = request.args.get("protected")
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        book = rulebook(connection, repository)
    found = _heads(git_of(instance(), repository))
    if wanted in ("true", "false"):
        found = {
            branch: sha for branch, sha in found.items() if book.holding(_HEADS + branch).is_any == (wanted == "true")
        }
    return _listed(found, book, repository)


@blueprint.get("/commits/<path:sha>/branches-where-head")
def branches_at(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/commits/commits#list-branches-for-head-commit"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        git = git_of(instance(), repository)
        head = str(commit_at(git, repository, sha).id)
        book = rulebook(connection, repository)
    return _listed({branch: tip for branch, tip in _heads(git).items() if tip == head}, book, repository)


@blueprint.get("/branches/<path:branch>")
def get_branch(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#get-a-branch"""
    urls = Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        git = git_of(instance(), repository)
        sha = refs.read_ref(git, _HEADS + branch)
        if sha is None:
            now_called = branch_called(connection, repository, branch)
            raise branch_moved(repository, now_called) if now_called else NotFound("Branch not found")
        (commit,) = commit_bodies(connection, repository, [history.commit(git, sha)], urls)
        holding = holding_for_branch(_place(connection, repository), branch)
    return reply(branches.full_branch(branch, commit, holding, repository, urls))


def _heads(git: pygit2.Repository) -> dict[str, str]:
    return {ref.removeprefix(_HEADS): sha for ref, sha in refs.list_refs(git, _HEADS).items()}


def _listed(found: Mapping[str, str], book: Rulebook, repository: Repository) -> Response:
    page, urls = asked_page(), Urls.of_request()
    bodies = [
        branches.short_branch(branch, sha, book.holding(_HEADS + branch), repository, urls)
        for branch, sha in cut(list(found.items()), page)
    ]
    return page_reply(bodies, page=page, total=len(found))


def _place(connection: Connection, repository: Repository) -> Place:
    return Place(connection=connection, instance=instance(), site=repository.site, repository=repository)
