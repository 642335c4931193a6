"""Commit statuses."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import FieldError, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, link_header, page_reply
from simulator.emulators.github.payloads.commits import git_commit
from simulator.emulators.github.payloads.repositories import full_repository, short_repository
from simulator.emulators.github.payloads.users import maybe_user, node_id, simple_user
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import hooks, statuses
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.statuses import Status
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply, stamp_seconds

blueprint = Blueprint("statuses", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_LONGEST_DESCRIPTION = 140


@blueprint.post("/statuses/<sha>")
def create_status(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#create-a-commit-status"""
    fields = Fields(json_body(), "Status")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        commit = commit_at(git_of(instance(), repository), repository, sha)
        wanted = _read(fields, str(commit.id), account)
        before = statuses.list_statuses(connection, repository, wanted.sha)
        if sum(status.context == wanted.context for status in before) >= statuses.MOST:
            message = f"This SHA and context has reached the maximum number of statuses ({statuses.MOST})."
            raise ValidationFailed([FieldError(resource="Status", field="sha", code="custom", message=message)])
        status = statuses.add_status(connection, repository, wanted)
        body = {**_body(status, repository), "creator": simple_user(account, Urls.of_request())}
        _tell(connection, repository, status, account)
    return reply(body, 201)


@blueprint.get("/commits/<path:ref>/statuses")
@blueprint.get("/statuses/<path:ref>")
def list_statuses(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#list-commit-statuses-for-a-reference"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        commit = commit_at(git_of(instance(), repository), repository, ref)
        found = statuses.list_statuses(connection, repository, str(commit.id))
        bodies = [
            {
                **_body(status, repository),
                "creator": maybe_user(accounts.by_id(connection, repository.site, status.creator_id), urls),
            }
            for status in cut(found, page)
        ]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/commits/<path:ref>/status")
def combined_status(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        sha = str(commit_at(git_of(instance(), repository), repository, ref).id)
        found = statuses.list_statuses(connection, repository, sha)
    last = statuses.latest(found)
    commit_url = urls.api(f"{repository.path}/commits/{sha}")
    body = {
        "state": statuses.combined(found),
        "statuses": [_body(status, repository) for status in cut(last, page)],
        "sha": sha,
        "total_count": len(last),
        "repository": short_repository(repository, urls),
        "commit_url": commit_url,
        "url": f"{commit_url}/status",
    }
    link = link_header(page, len(last))
    return reply(body, headers={"Link": link} if link else None)


def _read(fields: Fields, sha: str, account: Account) -> Status:
    state = fields.choice("state", statuses.STATES)
    if state is None:
        raise fields.failed("state", "missing_field")
    return Status(
        id=0,
        sha=sha,
        context=(fields.text("context", limit=255) or "default").strip(),
        state=state,
        description=fields.text("description", limit=_LONGEST_DESCRIPTION),
        target_url=fields.text("target_url"),
        creator_id=account.id,
        created_at=instance().now(),
    )


def _body(status: Status, repository: Repository) -> dict[str, Any]:
    urls = Urls.of_request()
    stamp = stamp_seconds(status.created_at)
    return {
        "url": urls.api(f"{repository.path}/statuses/{status.sha}"),
        "avatar_url": urls.html(f"/avatars/u/{status.creator_id}?v=4"),
        "id": status.id,
        "node_id": node_id("StatusContext", status.id),
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": stamp,
        "updated_at": stamp,
    }


def _tell(connection: Connection, repository: Repository, status: Status, account: Account) -> None:
    told = hooks.listeners(connection, repository.site, repository.id, "status")
    if told:
        urls = Urls.of_request()
        commit = commit_at(git_of(instance(), repository), repository, status.sha)
        payload = {
            **_body(status, repository),
            "sha": status.sha,
            "name": repository.full_name,
            "branches": [],
            "commit": git_commit(commit, repository, urls),
            "repository": full_repository(repository, urls),
            "sender": simple_user(account, urls),
        }
        hooks.deliver(connection, instance(), repository, told, "status", payload)
