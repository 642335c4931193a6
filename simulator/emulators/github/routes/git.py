"""git over HTTP: clone, fetch and push at `/OWNER/REPO.git`, with or without the ending.

The password is the token, the user name does not matter. What a push meets is said in the push.
Source: https://git-scm.com/docs/http-protocol
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from flask import Blueprint, Response, g, request, stream_with_context

from simulator.emulators.github.recovery import or_recover_later, recover
from simulator.emulators.github.state import pushes, repositories
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver.pktline import BrokenStream, Readable
from simulator.emulators.gitserver.receiving import HOOKS, RefRule, receive_pack
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.transport import RECEIVE_PACK, SERVICES, UPLOAD_PACK, Service, advertise, upload_pack
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import caller_token, site

blueprint = Blueprint("git", __name__)

_NO_CACHE = {"Cache-Control": "no-cache, max-age=0, must-revalidate", "Pragma": "no-cache"}


class _Refused(Exception):
    """A plain text answer that git shows to the person."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


@blueprint.errorhandler(_Refused)
def _refuse(refused: _Refused) -> Response:
    response = Response(refused.text + "\n", status=refused.status, content_type="text/plain; charset=utf-8")
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="GitHub"'
    return response


@blueprint.get("/<owner>/<name>/info/refs")
def info_refs(owner: str, name: str) -> Response:
    """https://git-scm.com/docs/http-protocol#_discovering_references"""
    wanted = request.args.get("service", "")
    if wanted not in SERVICES:
        raise _Refused(403, "Please upgrade your git client.")
    repository, _ = _admitted(owner, name, wanted)
    content = advertise(_service(wanted, repository))
    return Response(content, content_type=f"application/x-{wanted}-advertisement", headers=_NO_CACHE)


@blueprint.post(f"/<owner>/<name>/{UPLOAD_PACK}")
def fetch(owner: str, name: str) -> Response:
    """https://git-scm.com/docs/http-protocol#_smart_service_git_upload_pack"""
    repository, _ = _admitted(owner, name, UPLOAD_PACK)
    return _streamed(UPLOAD_PACK, upload_pack(_service(UPLOAD_PACK, repository), _body(UPLOAD_PACK)))


@blueprint.post(f"/<owner>/<name>/{RECEIVE_PACK}")
def push(owner: str, name: str) -> Response:
    """https://git-scm.com/docs/http-protocol#_smart_service_git_receive_pack"""
    repository, account = _admitted(owner, name, RECEIVE_PACK)
    assert account is not None
    here, urls = instance(), Urls.of_request()

    def judge(updates: Sequence[RefUpdate]) -> Mapping[str, RefRule]:
        with here.database.reading() as connection:
            return pushes.rules_for(_place(connection, here, repository), updates, account)

    def witness(updates: Sequence[RefUpdate]) -> Sequence[str]:
        with or_recover_later(repository), here.database.writing() as connection:
            return pushes.pushed(_place(connection, here, repository), updates, account, urls)

    try:
        answer = receive_pack(
            _service(RECEIVE_PACK, repository),
            _body(RECEIVE_PACK),
            hooks=here.repositories.with_name(HOOKS),
            judge=judge,
            witness=witness,
        )
    except BrokenStream as exc:
        raise _Refused(400, str(exc)) from exc
    return _streamed(RECEIVE_PACK, answer)


def _admitted(owner: str, name: str, service: str) -> tuple[Repository, Account | None]:
    with instance().database.reading() as connection:
        token = caller_token()
        caller = accounts.by_token(connection, site(), token) if token is not None else None
        g.caller = caller
        if token is not None and caller is None:
            raise _Refused(
                401, "Invalid username or token. Password authentication is not supported for Git operations."
            )
        account = caller.account if caller else None
        repository = repositories.by_name(connection, site(), owner, name.removesuffix(".git"))
        permission = permission_of(connection, repository, account) if repository else "none"
    if repository is None or permission == "none":
        raise _Refused(401, "Repository not found.") if account is None else _Refused(404, "Repository not found.")
    recover(repository)
    if service == RECEIVE_PACK:
        _check_push(repository, permission, account)
    return repository, account


def _check_push(repository: Repository, permission: str, account: Account | None) -> None:
    if account is None:
        raise _Refused(401, "No anonymous write access.")
    if not allows(permission, "push"):
        raise _Refused(403, f"Permission to {repository.full_name}.git denied to {account.login}.")
    if repository.archived:
        raise _Refused(403, "This repository was archived so it is read-only.")


def _place(connection: Connection, here: Instance, repository: Repository) -> Place:
    return Place(connection=connection, instance=here, site=repository.site, repository=repository)


def _service(name: str, repository: Repository) -> Service:
    path = instance().repository_path(repository.site, repository.id)
    return Service(name=name, repository=path, protocol=request.headers.get("Git-Protocol", ""))


def _body(service: str) -> Readable:
    if request.mimetype != f"application/x-{service}-request":
        raise _Refused(415, f"Expected application/x-{service}-request.")
    if request.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
        return cast(Readable, gzip.GzipFile(fileobj=request.stream))
    return request.stream


def _streamed(service: str, content: Iterator[bytes]) -> Response:
    return Response(
        cast(Iterator[bytes], stream_with_context(content)),
        content_type=f"application/x-{service}-result",
        headers=_NO_CACHE,
    )
