"""Merging: pull requests, their heads brought up to date, and plain branches."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.commit_bodies import commit_with_files
from simulator.emulators.github.desk import named_pull, place_for, work_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state import branch_merges, changes, merges
from simulator.emulators.gitserver import history
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("merges", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/pulls/<int:number>/merge")
def is_merged(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#check-if-a-pull-request-has-been-merged"""
    with place_for(owner, name) as place:
        if not named_pull(place, number).is_merged:
            raise NotFound
    return reply(None, 204)


@blueprint.put("/pulls/<int:number>/merge")
def merge(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request"""
    fields = Fields(json_body(), "PullRequest")
    wish = merges.MergeWish(
        method=fields.choice("merge_method", merges.METHODS) or "merge",
        title=fields.text("commit_title"),
        message=fields.text("commit_message"),
        head_sha=fields.text("sha"),
    )
    with work_for(owner, name, need="push") as work:
        sha = merges.merge_pull(work, named_pull(work, number), wish)
    return reply({"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


@blueprint.put("/pulls/<int:number>/update-branch")
def update_branch(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request-branch"""
    expected = Fields(json_body(), "PullRequest").text("expected_head_sha")
    with work_for(owner, name) as work:
        branch_merges.update_head(work, named_pull(work, number), expected=expected)
        url = Urls.of_request().html(f"/{work.repository.full_name}/pull/{number}")
    return reply({"message": "Updating pull request branch.", "url": url}, 202)


@blueprint.post("/merges")
def merge_branches(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/branches/branches#merge-a-branch"""
    fields = Fields(json_body(), "Merge")
    base, head = fields.required("base"), fields.required("head")
    message = fields.text("commit_message")
    with work_for(owner, name, need="push") as work:
        sha = branch_merges.merge_branches(work, base=base, head=head, message=message)
        if sha is None:
            return reply(None, 204)
        git = changes.git(work)
        body = commit_with_files(work.connection, git, work.repository, history.commit(git, sha), Urls.of_request())
    return reply(body, 201)
