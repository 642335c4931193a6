"""Rulesets of a repository, and the rules that hold for a branch."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller
from simulator.emulators.github.desk import place_for, work_for
from simulator.emulators.github.errors import InvalidRequest, NotFound
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.rulesets import rule_of_branch, ruleset_payload, short_ruleset
from simulator.emulators.github.rule_parameters import ruleset_fault
from simulator.emulators.github.ruleset_request import TARGETS, read_changes, read_ruleset
from simulator.emulators.github.state import rulesets
from simulator.emulators.github.state.holding import holding_for_branch
from simulator.emulators.github.state.rulesets import Ruleset, RulesetNameTaken
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("rulesets", __name__, url_prefix="/api/v3/repos/<owner>/<name>")


@blueprint.get("/rulesets")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets"""
    page, urls, targets = asked_page(), Urls.of_request(), _asked_targets()
    with place_for(owner, name) as place:
        found, total = rulesets.list_rulesets(place, targets=targets, offset=page.offset, limit=page.size)
        return page_reply([short_ruleset(place, each, urls) for each in found], page=page, total=total)


@blueprint.post("/rulesets")
def create(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset"""
    values = read_ruleset(json_body())
    with work_for(owner, name, need="admin") as work:
        try:
            made = rulesets.create_ruleset(work, values)
        except RulesetNameTaken as exc:
            raise ruleset_fault("name", "Name must be unique") from exc
        body = ruleset_payload(work, made, Urls.of_request(), viewer=work.actor)
    return reply(body, 201)


@blueprint.get("/rulesets/<int:ruleset_id>")
def get(owner: str, name: str, ruleset_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/rules#get-a-repository-ruleset"""
    with place_for(owner, name) as place:
        viewer = account_of_caller(place.connection)
        return reply(ruleset_payload(place, _named(place, ruleset_id), Urls.of_request(), viewer=viewer))


@blueprint.put("/rulesets/<int:ruleset_id>")
def edit(owner: str, name: str, ruleset_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/rules#update-a-repository-ruleset"""
    body = json_body()
    with work_for(owner, name, need="admin") as work:
        found = _named(work, ruleset_id)
        try:
            changed = rulesets.change_ruleset(work, found, read_changes(body, target=found.target))
        except RulesetNameTaken as exc:
            raise ruleset_fault("name", "Name must be unique") from exc
        shown = ruleset_payload(work, changed, Urls.of_request(), viewer=work.actor)
    return reply(shown)


@blueprint.delete("/rulesets/<int:ruleset_id>")
def delete(owner: str, name: str, ruleset_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/rules#delete-a-repository-ruleset"""
    with work_for(owner, name, need="admin") as work:
        rulesets.delete_ruleset(work, _named(work, ruleset_id))
    return reply(None, 204)


@blueprint.get("/rules/branches/<path:branch>")
def of_branch(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch"""
    page = asked_page()
    with place_for(owner, name) as place:
        holding = holding_for_branch(place, branch).rulesets
        found = [(ruleset, rule) for ruleset in holding if ruleset.target == "branch" for rule in ruleset.rules]
        bodies = [rule_of_branch(place, ruleset, rule) for ruleset, rule in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found))


def _asked_targets() -> list[str]:
    wanted = [each for each in request.args.get("targets", "").split(",") if each]
    unknown = next((each for each in wanted if each not in TARGETS), None)
    if unknown is not None:
        raise InvalidRequest(f"Invalid request.\n\n{unknown[:80]} is not a valid target.")
    return wanted


def _named(place: Place, ruleset_id: int) -> Ruleset:
    found = rulesets.find_ruleset(place, ruleset_id)
    if found is None:
        raise NotFound
    return found
