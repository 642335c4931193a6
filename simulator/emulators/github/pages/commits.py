"""History: commits of a branch, one commit, branches, comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pygit2
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.pages.diffs import diff_of
from simulator.emulators.github.pages.revisions import readable, revision_in, whole_revision
from simulator.emulators.github.state import commit_comments, protections
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pull_rows import Pull, latest_from, open_pull_between, pulls_with
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import diffs, history, refs
from simulator.emulators.kit.pages import secured
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.urls import Urls

blueprint = Blueprint("pages_commits", __name__)

_HEADS = "refs/heads/"
_MOST_COMPARED = 250
_MOST_COMMENTS = 500
_MOST_PULLS = 20
_TEXT_FORMS = {".diff": "diff", ".patch": "patch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchLine:
    """A line of the list of branches; `ahead` and `behind` are seen from the default branch."""

    name: str
    sha: str
    at: datetime
    is_default: bool
    is_protected: bool
    ahead: int
    behind: int
    pull: Pull | None


@blueprint.get("/<owner:owner>/<name>/commits")
@blueprint.get("/<owner:owner>/<name>/commits/<path:rest>")
def commits(owner: str, name: str, rest: str = "") -> Response:
    """https://docs.github.com/en/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits"""
    with place_of(owner, name) as place:
        revision = revision_in(place, rest or place.repository.default_branch)
        log = history.log(place.git, revision.sha, path=revision.path)
        found = list(islice(log, offset(), offset() + SIZE + 1))
        turned = sheet(offset() + len(found))
        return show_in(
            place,
            "github/commits.html",
            tab="code",
            revision=revision,
            commits=bodies_of(place, found[:SIZE]),
            sheet=turned,
        )


@blueprint.get("/<owner:owner>/<name>/commit/<path:sha>")
def commit(owner: str, name: str, sha: str) -> AnyResponse:
    """https://docs.github.com/en/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits"""
    with place_of(owner, name) as place:
        plain, form = split_form(sha)
        found = whole_revision(place, plain)
        git = place.git
        parent = str(found.parent_ids[0]) if found.parent_ids else None
        if form == "patch":
            return as_text(diffs.patch_series(git, [found]))
        if form:
            return as_text(diffs.unified_diff(git, parent, str(found.id)))
        (body,) = bodies_of(place, [found])
        changed = diff_of(diffs.changed_files(git, parent, str(found.id)))
        said, _ = commit_comments.list_comments(place, sha=str(found.id), offset=0, limit=_MOST_COMMENTS)
        return show_in(
            place,
            "github/commit.html",
            tab="code",
            commit=body,
            diff=changed,
            pulls=pulls_with(place, str(found.id), limit=_MOST_PULLS),
            comments=said,
            people=load_people(place, {each.author_id for each in said}),
        )


@blueprint.get("/<owner:owner>/<name>/branches")
@blueprint.get("/<owner:owner>/<name>/branches/all")
def branches(owner: str, name: str) -> Response:
    """https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/viewing-branches-in-your-repository"""
    with place_of(owner, name) as place:
        git = place.git
        found = [(ref.removeprefix(_HEADS), sha) for ref, sha in refs.list_refs(git, _HEADS).items()]
        found.sort(key=lambda each: each[0] != place.repository.default_branch)
        lines = _branch_lines(place, git, found[offset() : offset() + SIZE])
        return show_in(place, "github/branches.html", tab="code", branches=lines, sheet=sheet(len(found)))


@blueprint.get("/<owner:owner>/<name>/compare/<path:basehead>")
def compare(owner: str, name: str, basehead: str) -> AnyResponse:
    """https://docs.github.com/en/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits/comparing-commits"""
    plain, form = split_form(basehead)
    with place_of(owner, name) as place:
        base_name, dots, head_name = plain.partition("...")
        if not dots:
            base_name, head_name = place.repository.default_branch, plain
        base_name, head_name = (_own(place, part) for part in (base_name, head_name))
        git = place.git
        base, head = (str(whole_revision(place, part).id) for part in (base_name, head_name))
        fork = history.merge_base(git, base, head)
        if form:
            return as_text(_text_of(git, form, fork or base, head))
        found = history.commits_between(git, base, head)
        return show_in(
            place,
            "github/compare.html",
            tab="code",
            base=base_name,
            head=head_name,
            related=fork is not None,
            total=len(found),
            commits=bodies_of(place, found[:_MOST_COMPARED]),
            diff=diff_of(diffs.changed_files(git, fork or base, head)),
            pull=open_pull_between(place, head_name, base_name),
        )


@blueprint.get("/<owner:owner>/<name>/pull/new/<path:branch>")
def new_pull(owner: str, name: str, branch: str) -> AnyResponse:
    """The address that a push names: what a pull request of the branch would hold. See `compare`."""
    with place_of(owner, name) as place:
        base = place.repository.default_branch
    return redirect(f"{request.script_root}/{owner}/{name}/compare/{base}...{branch}")


def bodies_of(place: Place, found: list[pygit2.Commit]) -> list[dict[str, Any]]:
    """Commits as the API has them, with their authors' accounts."""
    return commit_bodies(place.connection, place.repository, found, Urls.of_request())


def split_form(name: str) -> tuple[str, str | None]:
    """A name with `.diff` or `.patch` behind it: the name, and which of them (None: neither)."""
    for ending, form in _TEXT_FORMS.items():
        if name.endswith(ending):
            return name.removesuffix(ending), form
    return name, None


def as_text(content: bytes) -> Response:
    """Plain text that a browser shows and nothing more."""
    return secured(Response(content, content_type="text/plain; charset=utf-8"))


def _text_of(git: pygit2.Repository, form: str, fork: str, head: str) -> bytes:
    if form == "patch":
        return diffs.patch_series(git, history.commits_between(git, fork, head))
    return diffs.unified_diff(git, fork, head)


def _branch_lines(place: Place, git: pygit2.Repository, found: list[tuple[str, str]]) -> list[BranchLine]:
    protected = protections.protected_branches(place.connection, place.site, place.repository.id)
    pulls = latest_from(place, [name for name, _ in found])
    default = refs.read_ref(git, _HEADS + place.repository.default_branch)
    lines = []
    for name, sha in found:
        ahead, behind = history.ahead_behind(git, default, sha) if default else (0, 0)
        line = BranchLine(
            name=readable(name),
            sha=sha,
            at=datetime.fromtimestamp(history.commit(git, sha).commit_time, UTC),
            is_default=name == place.repository.default_branch,
            is_protected=name in protected,
            ahead=ahead,
            behind=behind,
            pull=pulls.get(name),
        )
        lines.append(line)
    return lines


def _own(place: Place, name: str) -> str:
    owner, colon, branch = name.partition(":")
    return branch if colon and owner.lower() == place.repository.owner.login.lower() else name
