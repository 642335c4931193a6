"""git over HTTP: clone, fetch and push at `/OWNER/REPO.git`, with or without the ending.

The password is the token, the user name does not matter. What a push meets is said in the push.
Source: https://git-scm.com/docs/http-protocol
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, cast

import pygit2
from flask import Blueprint, Response, g, request, stream_with_context
from werkzeug.exceptions import ClientDisconnected

from simulator.emulators.github.counsel import advice_on
from simulator.emulators.github.recovery import or_recover_later, recover
from simulator.emulators.github.redirects import send_on
from simulator.emulators.github.state import large_files, maintainers, pushes, repositories, workflow_files
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_refs import renew
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver.gunzip import Gunzipped
from simulator.emulators.gitserver.judging import HOOKS, Judge, Judgement
from simulator.emulators.gitserver.packs import largest_pushed
from simulator.emulators.gitserver.pktline import BrokenStream, Readable
from simulator.emulators.gitserver.receiving import receive_pack
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.transport import RECEIVE_PACK, SERVICES, UPLOAD_PACK, Service, advertise, upload_pack
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.scopes import with_included
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import caller_token, site

blueprint = Blueprint("git", __name__)

_SHORT = 1024 * 1024  # bytes of a push that are looked at before git gets them: git sends so many in one go
_LOOKED_THROUGH = 64 * 1024  # bytes of a push whose every object is looked at
_NO_CACHE = {"Cache-Control": "no-cache, max-age=0, must-revalidate", "Pragma": "no-cache"}


class _Refused(Exception):
    """A plain text answer that git shows to the person."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class _Upload:
    """The body as it comes, also when a thread of git's conversation reads it."""

    def __init__(self) -> None:
        self._stream = request.stream

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises BrokenStream when the client has gone."""
        try:
            return self._stream.read(size)
        except ClientDisconnected as exc:
            raise BrokenStream("the client has gone away") from exc


@blueprint.errorhandler(BrokenStream)
def _refuse_broken(broken: BrokenStream) -> Response:
    return _refuse(_Refused(400, str(broken)))


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
    if repository.full_name.lower() != f"{owner}/{name.removesuffix('.git')}".lower():
        send_on(repository, owner, name)  # git goes on to the new address with everything that follows
    if wanted == UPLOAD_PACK:
        with instance().database.reading() as connection:
            renew(_place(connection, instance(), repository))
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
    body = _pushed()
    checks: tuple[pushes.Check, ...] = () if "workflow" in _scopes() else (workflow_files.without_scope,)
    if "open_branches" in g:
        checks += (maintainers.Elsewhere(g.open_branches),)

    def judge(updates: Sequence[RefUpdate], git: pygit2.Repository, quarantine: Path | None) -> Judgement:
        with here.database.reading() as connection:
            place = _place(connection, here, repository)
            return pushes.judge(place, updates, account, urls, git=git, quarantine=quarantine, checks=checks)

    def judge_for(updates: Sequence[RefUpdate]) -> Judge | None:
        with here.database.reading() as connection:
            has_rules = pushes.has_rules(_place(connection, here, repository), updates)
        return judge if has_rules or checks or not _is_light(body) else None

    def witness(updates: Sequence[RefUpdate]) -> Sequence[str]:
        with or_recover_later(repository), here.database.writing() as connection:
            return pushes.pushed(_place(connection, here, repository), updates, account, urls)

    answer = receive_pack(
        _service(RECEIVE_PACK, repository),
        body,
        hooks=here.repositories.with_name(HOOKS),
        judge_for=judge_for,
        witness=witness,
        adviser=lambda updates: advice_on(here, repository, account, updates),
    )
    return _streamed(RECEIVE_PACK, answer)


def _admitted(owner: str, name: str, service: str) -> tuple[Repository, Account | None]:
    with instance().database.reading() as connection:
        token = caller_token()
        caller = accounts.by_token(connection, site(), token, now=instance().now()) if token is not None else None
        g.caller = caller
        if token is not None and caller is None:
            raise _Refused(
                401, "Invalid username or token. Password authentication is not supported for Git operations."
            )
        account = caller.account if caller else None
        repository = repositories.called(connection, site(), owner, name.removesuffix(".git"))
        permission = permission_of(connection, repository, account) if repository else "none"
    if caller and repository and repository.private and "repo" not in _scopes():
        permission = "none"
    if repository is None or permission == "none":
        raise _Refused(401, "Repository not found.") if account is None else _Refused(404, "Repository not found.")
    recover(repository)
    if service == RECEIVE_PACK:
        _check_push(repository, permission, account)
    return repository, account


def _maintains(repository: Repository, account: Account) -> bool:
    with instance().database.reading() as connection:
        g.open_branches = maintainers.branches_open_to(connection, repository, account)
    return bool(g.open_branches)


def _check_push(repository: Repository, permission: str, account: Account | None) -> None:
    if account is None:
        raise _Refused(401, "No anonymous write access.")
    may = allows(permission, "push") or _maintains(repository, account)
    if not may or "public_repo" not in _scopes():
        raise _Refused(403, f"Permission to {repository.full_name}.git denied to {account.login}.")
    if repository.archived:
        raise _Refused(403, "This repository was archived so it is read-only.")


def _scopes() -> frozenset[str]:
    """What the token may do, of the person who was admitted."""
    return with_included(g.caller.scopes) if g.get("caller") else frozenset()


def _place(connection: Connection, here: Instance, repository: Repository) -> Place:
    return Place(connection=connection, instance=here, site=repository.site, repository=repository)


def _service(name: str, repository: Repository) -> Service:
    path = instance().repository_path(repository.site, repository.id)
    return Service(name=name, repository=path, protocol=request.headers.get("Git-Protocol", ""))


def _body(service: str) -> Readable:
    if request.mimetype != f"application/x-{service}-request":
        raise _Refused(415, f"Expected application/x-{service}-request.")
    match request.headers.get("Content-Encoding", "").lower():
        case "" | "identity":
            return _Upload()
        case "gzip" | "x-gzip":
            return Gunzipped(cast(IO[bytes], _Upload()))
    raise _Refused(415, "Only gzip is understood as Content-Encoding.")


def _pushed() -> Readable:
    """The body of a push, whole when it is short."""
    body = _body(RECEIVE_PACK)
    if isinstance(body, _Upload) and 0 < (request.content_length or 0) <= _SHORT:
        return BytesIO(body.read())
    return body


def _is_light(body: Readable) -> bool:
    """Whether a push is known to bring no file that is worth a warning, however it is packed."""
    if not isinstance(body, BytesIO) or len(body.getbuffer()) > _LOOKED_THROUGH:
        return False
    largest = largest_pushed(body.getvalue())
    return largest is not None and largest <= large_files.RECOMMENDED


def _streamed(service: str, content: Iterator[bytes]) -> Response:
    return Response(
        cast(Iterator[bytes], stream_with_context(content)),
        content_type=f"application/x-{service}-result",
        headers=_NO_CACHE,
    )
