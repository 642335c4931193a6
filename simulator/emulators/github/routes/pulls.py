"""Pull requests: list, open, read, edit; their commits and files."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github import media
from simulator.emulators.github.commit_bodies import commit_bodies
from simulator.emulators.github.desk import check_own, named_pull, place_for, work_for
from simulator.emulators.github.errors import ValidationFailed
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.commits import changed_file
from simulator.emulators.github.payloads.pulls import pull_payload, pull_payloads
from simulator.emulators.github.state import changes, closing, issues, pulls
from simulator.emulators.github.state.pull_rows import (
    HeadWanted,
    Pull,
    all_pulls,
    change_pull,
    list_pulls,
    pull_by_id,
)
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit import accounts
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("pulls", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_NOBODY = -1


@blueprint.get("/pulls")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#list-pull-requests"""
    page = asked_page()
    sort = word_argument("sort", ("created", "updated", "popularity", "long-running"), "created")
    with place_for(owner, name) as place:
        found, total = list_pulls(
            place,
            state=word_argument("state", ("open", "closed", "all"), "open"),
            head=_asked_head(place),
            base=request.args.get("base"),
            sort=sort,
            direction=word_argument("direction", ("asc", "desc"), "desc" if sort == "created" else "asc"),
            offset=page.offset,
            limit=page.size,
        )
        bodies = pull_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("/pulls")
def create(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    wanted = pulls.PullDraft(
        title=fields.title_required(),
        body=fields.text("body"),
        head=fields.required("head"),
        base=fields.required("base"),
        draft=fields.flag("draft"),
        maintainer_can_modify=fields.flag("maintainer_can_modify"),
        head_repo=fields.text("head_repo", limit=100),
    )
    with work_for(owner, name) as work:
        pull, has_owners = pulls.open_pull(work, wanted)
        body = pull_payload(work, pull, Urls.of_request(), new=True, unasked=not has_owners)
    return reply(body, 201)


@blueprint.get("/pulls/<int:number>")
def get(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request"""
    form = media.asked_form()
    with place_for(owner, name) as place:
        pull = named_pull(place, number)
        if form == media.DIFF:
            return media.text_reply(changes.diff_of(place, pull), form)
        if form == media.PATCH:
            return media.text_reply(changes.patch_of(place, pull), form)
        return reply(pull_payload(place, pull, Urls.of_request()))


@blueprint.patch("/pulls/<int:number>")
def edit(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    with work_for(owner, name) as work:
        pull = named_pull(work, number)
        check_own(work, pull.issue.author_id)
        _edit(work, pull, fields)
        body = pull_payload(work, pull_by_id(work, pull.id), Urls.of_request())
    return reply(body)


@blueprint.get("/pulls/<int:number>/commits")
def commits(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request"""
    page = asked_page()
    with place_for(owner, name) as place:
        found = changes.commits_of(place, named_pull(place, number))[: changes.MOST_COMMITS]
        bodies = commit_bodies(place.connection, place.repository, cut(found, page), Urls.of_request())
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/pulls/<int:number>/files")
def files(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files"""
    page = asked_page()
    with place_for(owner, name) as place:
        pull = named_pull(place, number)
        found = changes.files_of(place, pull)[: changes.MOST_FILES]
    urls = Urls.of_request()
    bodies = [changed_file(file, place.repository, urls, at=pull.row.head_sha) for file in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.get("/commits/<sha>/pulls")
def of_commit(owner: str, name: str, sha: str) -> Response:
    """https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit"""
    page = asked_page()
    with place_for(owner, name) as place:
        commit_sha = resolve(changes.git(place), place.repository, sha)
        if commit_sha is None:
            raise ValidationFailed(message=f"No commit found for SHA: {sha[:80]}")
        found = [pull for pull in all_pulls(place) if changes.has_commit(place, pull, commit_sha)]
        bodies = pull_payloads(place, cut(found, page), Urls.of_request())
    return page_reply(bodies, page=page, total=len(found))


def _edit(work: Work, pull: Pull, fields: Fields) -> None:
    title, base = fields.title(), fields.text("base")
    state = fields.choice("state", ("open", "closed"))
    if title is not None:
        issues.retitle(work, pull.issue, title)
    if "body" in fields:
        issues.rewrite(work, pull.issue, fields.text("body"))
    if "maintainer_can_modify" in fields:
        change_pull(work, pull.id, maintainer_can_modify=fields.flag("maintainer_can_modify"))
    if base is not None:
        pulls.change_base(work, pull, base)
    if state == "closed":
        closing.close_unmerged(work, pull_by_id(work, pull.id))
    elif state == "open":
        pulls.reopen_pull(work, pull_by_id(work, pull.id))


def _asked_head(place: Place) -> HeadWanted | None:
    owner, colon, branch = request.args.get("head", "").partition(":")
    if not colon:
        return None  # without an owner GitHub takes no notice of it
    account = accounts.by_login(place.connection, place.site, owner)
    return HeadWanted(account.id if account else _NOBODY, branch)
