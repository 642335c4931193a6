"""Commits of a repository and comparisons of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pygit2
from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.auth import account_of_caller, repository_for
from simulator.emulators.github.commit_bodies import MOST_FILES, commit_bodies, commit_with_files
from simulator.emulators.github.errors import Conflict, NotFound, ValidationFailed
from simulator.emulators.github.fields import instant_argument
from simulator.emulators.github.pagination import asked_page, cut, link_header, page_reply
from simulator.emulators.github.payloads import commits
from simulator.emulators.github.state.heads import head_named, tip_of
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.revisions import is_empty, resolve
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import diffs, history
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("commits", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_MOST_COMPARED = 250  # docs.github.com/en/rest/commits/commits#compare-two-commits


@blueprint.get("/commits")
def list_commits(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/commits/commits#list-commits"""
    page = asked_page()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        found = _log(connection, repository)
        bodies = commit_bodies(connection, repository, cut(found, page), Urls.of_request())
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/commits/<path:ref>")
def get_commit(owner: str, name: str, ref: str) -> Response:
    """https://docs.github.com/en/rest/commits/commits#get-a-commit"""
    form = media.asked_form()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        git = git_of(instance(), repository)
        found = commit_at(git, repository, ref)
        if form == media.SHA:
            return media.text_reply(str(found.id), form)
        if form in (media.DIFF, media.PATCH):
            return media.text_reply(_as_text(git, found, form), form)
        return reply(commit_with_files(connection, git, repository, found, Urls.of_request()))


@blueprint.get("/compare/<path:basehead>")
def compare(owner: str, name: str, basehead: str) -> Response:
    """https://docs.github.com/en/rest/commits/commits#compare-two-commits"""
    form = media.asked_form()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        place = Place(connection=connection, instance=instance(), site=repository.site, repository=repository)
        comparison = _compared(place, basehead)
        if form == media.DIFF:
            return media.text_reply(diffs.unified_diff(comparison.git, comparison.fork, comparison.head), form)
        if form == media.PATCH:
            return media.text_reply(diffs.patch_series(comparison.git, comparison.commits), form)
        return _comparison_reply(connection, repository, comparison, basehead)


def commit_at(git: pygit2.Repository, repository: Repository, ref: str) -> pygit2.Commit:
    """The commit that a name in an address means. Raises 409 for an empty repository, 422 when there is none."""
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    sha = resolve(git, repository, ref)
    if sha is None:
        raise ValidationFailed(message=f"No commit found for SHA: {ref}")
    return history.commit(git, sha)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    git: pygit2.Repository
    base: str
    head: str
    fork: str
    commits: list[pygit2.Commit]


def _log(connection: Connection, repository: Repository) -> list[pygit2.Commit]:
    git = git_of(instance(), repository)
    ref = request.args.get("sha", "")
    if is_empty(git):
        raise Conflict("Git Repository is empty.")
    start = resolve(git, repository, ref)
    if start is None:
        raise NotFound
    author = request.args.get("author", "")
    account = accounts.by_login(connection, repository.site, author) if author else None
    found = history.log(
        git,
        start,
        path=request.args.get("path", "").strip("/"),
        author=account.email if account else author,
        since=instant_argument("since"),
        until=instant_argument("until"),
    )
    return list(found)


def _as_text(git: pygit2.Repository, found: pygit2.Commit, form: str) -> bytes:
    if form == media.PATCH:
        return diffs.patch_series(git, [found])
    parent = str(found.parent_ids[0]) if found.parent_ids else None
    return diffs.unified_diff(git, parent, str(found.id))


def _compared(place: Place, basehead: str) -> _Comparison:
    git = place.git
    base_name, dots, head_name = basehead.partition("...")
    base, head = (_end(place, git, part) if part else None for part in (base_name, head_name))
    if not dots or base is None or head is None:
        raise NotFound
    fork = history.merge_base(git, base, head)
    if fork is None:
        raise NotFound(f"No common ancestor between {base_name} and {head_name}.")
    return _Comparison(git=git, base=base, head=head, fork=fork, commits=history.commits_between(git, base, head))


def _end(place: Place, git: pygit2.Repository, name: str) -> str | None:
    if ":" not in name:
        return resolve(git, place.repository, name)
    head = head_named(place, account_of_caller(place.connection), name)
    if head is None:
        return None
    return resolve(git, place.repository, head.branch) if head.repository == place.repository else tip_of(place, head)


def _comparison_reply(
    connection: Connection, repository: Repository, comparison: _Comparison, basehead: str
) -> Response:
    urls, page = Urls.of_request(), asked_page(usual=_MOST_COMPARED, most=_MOST_COMPARED)
    git, found = comparison.git, comparison.commits
    ends = [history.commit(git, comparison.base), history.commit(git, comparison.fork)]
    base, fork, *bodies = commit_bodies(connection, repository, [*ends, *cut(found, page)], urls)
    files = diffs.changed_files(git, comparison.fork, comparison.head) if page.number == 1 else []
    ahead, behind = history.ahead_behind(git, comparison.base, comparison.head)
    html = urls.html(f"/{repository.full_name}/compare/{basehead}")
    body: dict[str, Any] = {
        "url": urls.api(f"{repository.path}/compare/{basehead}"),
        "html_url": html,
        "permalink_url": urls.html(f"/{repository.full_name}/compare/{comparison.base}...{comparison.head}"),
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "base_commit": base,
        "merge_base_commit": fork,
        "status": _status(ahead, behind),
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": len(found),
        "commits": bodies,
        "files": [commits.changed_file(file, repository, urls, at=comparison.head) for file in files[:MOST_FILES]],
    }
    link = link_header(page, len(found))
    return reply(body, headers={"Link": link} if link else None)


def _status(ahead: int, behind: int) -> str:
    if ahead and behind:
        return "diverged"
    if ahead:
        return "ahead"
    return "behind" if behind else "identical"
