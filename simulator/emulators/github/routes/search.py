"""Search. Everything finds only what the caller may see, and gives the first thousand results at most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.auth import account_of_caller, reads_as, repository_for, signed_in
from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.errors import InvalidRequest, NotFound
from simulator.emulators.github.fields import word_argument
from simulator.emulators.github.pagination import Page, asked_page, cut, link_header
from simulator.emulators.github.payloads.issues_across import issues_across
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.payloads.repositories import full_repository, short_repository
from simulator.emulators.github.payloads.search import code_payload, scored, words_in
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.repositories import Repository, by_id
from simulator.emulators.github.state.search import code, commits, issues, labels, repositories, users
from simulator.emulators.github.state.search.issues import MOST
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply, site

_ME = re.compile(r"(?<=:)@me\b", re.IGNORECASE)

blueprint = Blueprint("search", __name__, url_prefix="/api/v3/search")


@blueprint.get("/issues")
def search_issues() -> Response:
    """https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests"""
    page, words = _page(), _words()
    with instance().database.reading() as connection:
        viewer, query = reads_as(connection), _query(connection)
        found = issues.search_issues(
            connection, site(), viewer, query, sort=_sort(), order=_order(), offset=page.offset, limit=page.size
        )
        bodies = issues_across(connection, instance(), found.issues, found.repositories, Urls.of_request())
    items = scored(bodies, "Issue", ("title", "body"), words)
    return _reply(items, page=page, total=found.total, search_type="lexical")


@blueprint.get("/repositories")
def search_repositories() -> Response:
    """https://docs.github.com/en/rest/search/search#search-repositories"""
    page, words, urls = _page(), _words(), Urls.of_request()
    with instance().database.reading() as connection:
        found = repositories.search_repositories(
            connection,
            instance(),
            site(),
            reads_as(connection),
            _query(connection),
            sort=_sort(),
            order=_order(),
            page=slice(page.offset, page.offset + page.size),
        )
    bodies = [full_repository(each, urls, facts=found.facts[each.id]) for each in found.repositories]
    items = scored(bodies, "Repository", ("name", "description"), words)
    return _reply(items, page=page, total=found.total, incomplete=found.incomplete)


@blueprint.get("/commits")
def search_commits() -> Response:
    """https://docs.github.com/en/rest/search/search#search-commits"""
    page, words, urls = _page(), _words(), Urls.of_request()
    with instance().database.reading() as connection:
        viewer, query = reads_as(connection), _query(connection)
        found = commits.search_commits(connection, instance(), site(), viewer, query, sort=_sort(), order=_order())
        bodies = []
        for hit in cut(found.hits[:MOST], page):
            [body] = commit_bodies(connection, hit.repository, [hit.commit], urls)
            bodies.append(body | {"repository": short_repository(hit.repository, urls)})
    items = scored(bodies, "Commit", ("commit.message",), words)
    return _reply(items, page=page, total=len(found.hits), incomplete=found.incomplete)


@blueprint.get("/code")
def search_code() -> Response:
    """https://docs.github.com/en/rest/search/search#search-code"""
    page, words, urls = _page(), _words(), Urls.of_request()
    with instance().database.reading() as connection:
        signed_in(connection)
        found = code.search_code(connection, instance(), site(), reads_as(connection), _query(connection))
    items = [code_payload(hit, urls, words=words) for hit in cut(found.hits[:MOST], page)]
    return _reply(items, page=page, total=len(found.hits), incomplete=found.incomplete)


@blueprint.get("/users")
def search_users() -> Response:
    """https://docs.github.com/en/rest/search/search#search-users"""
    page, words, urls = _page(), _words(), Urls.of_request()
    with instance().database.reading() as connection:
        found, total = users.search_users(
            connection, site(), _query(connection), sort=_sort(), order=_order(), offset=page.offset, limit=page.size
        )
    items = scored([simple_user(each, urls) for each in found], "User", ("login",), words)
    return _reply(items, page=page, total=total)


@blueprint.get("/labels")
def search_labels() -> Response:
    """https://docs.github.com/en/rest/search/search#search-labels"""
    page, words, urls = _page(), _words(), Urls.of_request()
    here, wanted = instance(), _repository_id()
    with here.database.reading() as connection:
        repository = _repository(connection, wanted)
        place = Place(connection=connection, instance=here, site=site(), repository=repository)
        found, total = labels.search_labels(
            place, _query(connection), order=_order(), offset=page.offset, limit=page.size
        )
    bodies = [label_payload(repository, label, urls) for label in found]
    return _reply(scored(bodies, "Label", ("name", "description"), words), page=page, total=total)


def _query(connection: Connection) -> str:
    # @me is spelled out, for a token that may not see private repositories searches as nobody in particular
    account, text = account_of_caller(connection), request.args.get("q", "")
    return _ME.sub(account.login, text) if account else text


def _words() -> list[str] | None:
    return words_in(request.args.get("q", "")) if media.wants_text_matches() else None


def _sort() -> str | None:
    return request.args.get("sort") or None


def _order() -> str:
    return word_argument("order", ("asc", "desc"), "desc")


def _page() -> Page:
    page = asked_page()
    if page.offset >= MOST:
        raise InvalidRequest(f"Only the first {MOST} search results are available", page="/search/search")
    return Page(page.number, page.size)


def _repository_id() -> int:
    text = request.args.get("repository_id", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidRequest('Invalid request.\n\n"repository_id" wasn\'t supplied.')
    return int(text)


def _repository(connection: Connection, repository_id: int) -> Repository:
    found = by_id(connection, site(), repository_id)
    if found is None:
        raise NotFound
    return repository_for(connection, found.owner.login, found.name)


def _reply(
    items: Sequence[dict[str, Any]], *, page: Page, total: int, incomplete: bool = False, **more: Any
) -> Response:
    link = link_header(page, min(total, MOST))
    body = {"total_count": total, "incomplete_results": incomplete, "items": items, **more}
    return reply(body, headers={"Link": link} if link else None)
