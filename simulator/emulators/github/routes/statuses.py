"""Commit statuses."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import FieldError, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, link_header, page_reply
from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.statuses import status_payload
from simulator.emulators.github.payloads.users import maybe_user, simple_user
from simulator.emulators.github.routes.commits import commit_at
from simulator.emulators.github.state import statuses
from simulator.emulators.github.state.repositories import git_of
from simulator.emulators.github.state.statuses import Status
from simulator.emulators.github.state.users import by_ids
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("statuses", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_LONGEST_DESCRIPTION = 140


@blueprint.post("/statuses/<sha>")
def create_status(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#create-a-commit-status"""
    fields, urls = Fields(json_body(), "Status"), Urls.of_request()
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        account = signed_in(connection)
        commit = commit_at(git_of(instance(), repository), repository, sha)
        wanted = _read(fields, str(commit.id), account)
        if statuses.count_statuses(connection, repository, wanted.sha, context=wanted.context) >= statuses.MOST:
            message = f"This SHA and context has reached the maximum number of statuses ({statuses.MOST})."
            raise ValidationFailed([FieldError(resource="Status", field="sha", code="custom", message=message)])
        status = statuses.add_status(connection, repository, wanted)
        body = {**status_payload(status, repository, urls), "creator": simple_user(account, urls)}
        announce_now(connection, instance(), repository, account, "status", None, status=status)
    return reply(body, 201)


@blueprint.get("/commits/<path:ref>/statuses")
@blueprint.get("/statuses/<path:ref>")
def list_statuses(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#list-commit-statuses-for-a-reference"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        commit = commit_at(git_of(instance(), repository), repository, ref)
        sha = str(commit.id)
        total = statuses.count_statuses(connection, repository, sha)
        found = statuses.list_statuses(connection, repository, sha, limit=page.size, offset=page.offset)
        creators = by_ids(connection, repository.site, {status.creator_id for status in found})
    bodies = [
        {
            **status_payload(status, repository, urls),
            "creator": maybe_user(creators.get(status.creator_id), urls),
        }
        for status in found
    ]
    return page_reply(bodies, page=page, total=total)


@blueprint.get("/commits/<path:ref>/status")
def combined_status(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        sha = str(commit_at(git_of(instance(), repository), repository, ref).id)
        last = statuses.last_statuses(connection, repository, sha)
    commit_url = urls.api(f"{repository.path}/commits/{sha}")
    body = {
        "state": statuses.combined(last),
        "statuses": [status_payload(status, repository, urls) for status in cut(last, page)],
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
        target_url=_target(fields),
        creator_id=account.id,
        created_at=instance().now(),
    )


def _target(fields: Fields) -> str | None:
    url = fields.text("target_url", limit=2048)
    if url and not url.lower().startswith(("http://", "https://")):
        raise fields.failed("target_url", "custom", "target_url must use http(s) scheme")
    return url
