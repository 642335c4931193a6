"""The protection of a branch, as a whole and part by part. Rulesets are beside it, in `rulesets.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.desk import work_for
from simulator.emulators.github.errors import NotEmulated, NotFound
from simulator.emulators.github.payloads import protections as payloads
from simulator.emulators.github.protection_request import names_in, read_checks, read_protection, read_reviews
from simulator.emulators.github.state import protections
from simulator.emulators.github.state.actors import Actors
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.gitserver import refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, json_value, reply

blueprint = Blueprint(
    "protection", __name__, url_prefix="/api/v3/repos/<owner>/<name>/branches/<path:branch>/protection"
)

_SWITCHES = {"enforce_admins": "enforce_admins", "required_signatures": "signatures"}
_NOT_PROTECTED = "Branch not protected"
_NO_CHECKS = "Required status checks not enabled"
_NO_REVIEWS = "Pull request reviews not enabled"
_NO_RESTRICTIONS = "Push restrictions not enabled"


@blueprint.get("")
def get(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection"""
    with _reading(owner, name, branch) as (place, protection):
        return reply(payloads.full_protection(place, protection, Urls.of_request()))


@blueprint.put("")
def put(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection"""
    body = json_body()
    with work_for(owner, name, need="admin") as work:
        _check_branch(work, branch)
        of_organization = work.repository.owner.kind == "organization"
        protection = read_protection(branch, body, of_organization=of_organization)
        protections.protect(work, protection)
        return reply(payloads.full_protection(work, protection, Urls.of_request()))


@blueprint.delete("")
def delete(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#delete-branch-protection"""
    with work_for(owner, name, need="admin") as work:
        protections.unprotect(work, _protection(work, branch))
    return reply(None, 204)


@blueprint.get("/<any(enforce_admins, required_signatures):part>")
def get_switch(owner: str, name: str, branch: str, part: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-admin-branch-protection"""
    with _reading(owner, name, branch) as (place, protection):
        enabled = getattr(protection, _SWITCHES[part])
        return reply(payloads.switch(place, protection, part, enabled, Urls.of_request()))


@blueprint.post("/<any(enforce_admins, required_signatures):part>")
def switch_on(owner: str, name: str, branch: str, part: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#set-admin-branch-protection"""
    with _changing(owner, name, branch, _switching(part, True)) as (work, protection):
        return reply(payloads.switch(work, protection, part, True, Urls.of_request()))


@blueprint.delete("/<any(enforce_admins, required_signatures):part>")
def switch_off(owner: str, name: str, branch: str, part: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#delete-admin-branch-protection"""
    with _changing(owner, name, branch, _switching(part, False)):
        return reply(None, 204)


@blueprint.get("/required_status_checks")
def get_checks(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-status-checks-protection"""
    with _reading(owner, name, branch) as (place, protection):
        _wanted(protection.checks, _NO_CHECKS)
        return reply(payloads.required_checks(place, protection, Urls.of_request()))


@blueprint.patch("/required_status_checks")
def edit_checks(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#update-status-check-protection"""
    body = json_body()

    def changed(found: Protection) -> Protection:
        _wanted(found.checks, _NO_CHECKS)
        return read_checks(body, found)

    with _changing(owner, name, branch, changed) as (work, protection):
        return reply(payloads.required_checks(work, protection, Urls.of_request()))


@blueprint.delete("/required_status_checks")
def remove_checks(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#remove-status-check-protection"""
    with _changing(owner, name, branch, lambda found: replace(found, checks=None, strict=False)):
        return reply(None, 204)


@blueprint.route("/required_status_checks/contexts", methods=["GET", "POST", "PUT", "DELETE"])
def contexts(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-all-status-check-contexts"""
    if request.method == "GET":
        with _reading(owner, name, branch) as (_, protection):
            return reply(list(_wanted(protection.checks, _NO_CHECKS)))
    given = names_in(json_value(), "contexts")

    def changed(found: Protection) -> Protection:
        return replace(found, checks=_combined(_wanted(found.checks, _NO_CHECKS), given))

    with _changing(owner, name, branch, changed) as (_, protection):
        return reply(list(protection.checks or ()))


@blueprint.get("/required_pull_request_reviews")
def get_reviews(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-pull-request-review-protection"""
    with _reading(owner, name, branch) as (place, protection):
        _wanted(protection.reviews, _NO_REVIEWS)
        return reply(payloads.required_reviews(place, protection, Urls.of_request()))


@blueprint.patch("/required_pull_request_reviews")
def edit_reviews(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#update-pull-request-review-protection"""
    body = json_body()
    with work_for(owner, name, need="admin") as work:
        of_organization = work.repository.owner.kind == "organization"
        protection = read_reviews(body, _protection(work, branch), of_organization=of_organization)
        protections.protect(work, protection)
        return reply(payloads.required_reviews(work, protection, Urls.of_request()))


@blueprint.delete("/required_pull_request_reviews")
def remove_reviews(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#delete-pull-request-review-protection"""

    def changed(found: Protection) -> Protection:
        _wanted(found.reviews, _NO_REVIEWS)
        return replace(found, reviews=None)

    with _changing(owner, name, branch, changed):
        return reply(None, 204)


@blueprint.get("/restrictions")
def get_restrictions(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-access-restrictions"""
    with _reading(owner, name, branch) as (place, protection):
        _wanted(protection.pushers, _NO_RESTRICTIONS)
        return reply(payloads.restrictions(place, protection, Urls.of_request()))


@blueprint.delete("/restrictions")
def remove_restrictions(owner: str, name: str, branch: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#delete-access-restrictions"""
    with _changing(owner, name, branch, lambda found: replace(found, pushers=None)):
        return reply(None, 204)


@blueprint.route("/restrictions/<any(users, teams):kind>", methods=["GET", "POST", "PUT", "DELETE"])
def restricted_to(owner: str, name: str, branch: str, kind: str) -> Response:
    """https://docs.github.com/en/rest/branches/branch-protection#get-users-with-access-to-the-protected-branch"""
    shown = payloads.people if kind == "users" else payloads.teams
    if request.method == "GET":
        with _reading(owner, name, branch) as (place, protection):
            pushers = _wanted(protection.pushers, _NO_RESTRICTIONS)
            return reply(shown(place, getattr(pushers, kind), Urls.of_request()))
    given = names_in(json_value(), kind)

    def changed(found: Protection) -> Protection:
        pushers = _wanted(found.pushers, _NO_RESTRICTIONS)
        return replace(found, pushers=replace(pushers, **{kind: _combined(getattr(pushers, kind), given)}))

    with _changing(owner, name, branch, changed) as (work, protection):
        return reply(shown(work, getattr(protection.pushers or Actors(), kind), Urls.of_request()))


@blueprint.route("/<path:part>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def other_part(owner: str, name: str, branch: str, part: str) -> Response:  # noqa: ARG001 - the route names them
    """https://docs.github.com/en/rest/branches/branch-protection#get-apps-with-access-to-the-protected-branch"""
    raise NotEmulated(request.method, request.path)


def _switching(part: str, on: bool) -> Callable[[Protection], Protection]:
    values: dict[str, Any] = {_SWITCHES[part]: on}
    return lambda found: replace(found, **values)


def _combined(present: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    match request.method:
        case "POST":
            return tuple(dict.fromkeys((*present, *given)))
        case "DELETE":
            return tuple(name for name in present if name not in given)
    return given


@contextmanager
def _reading(owner: str, name: str, branch: str) -> Iterator[tuple[Place, Protection]]:
    here = instance()
    with here.database.reading() as connection:
        repository = repository_for(connection, owner, name, need="admin")
        place = Place(connection=connection, instance=here, site=repository.site, repository=repository)
        yield place, _protection(place, branch)


@contextmanager
def _changing(
    owner: str, name: str, branch: str, change: Callable[[Protection], Protection]
) -> Iterator[tuple[Work, Protection]]:
    with work_for(owner, name, need="admin") as work:
        changed = change(_protection(work, branch))
        protections.protect(work, changed)
        yield work, changed


def _protection(place: Place, branch: str) -> Protection:
    _check_branch(place, branch)
    found = protections.find_protection(place.connection, place.site, place.repository.id, branch)
    if found is None:
        raise NotFound(_NOT_PROTECTED)
    return found


def _check_branch(place: Place, branch: str) -> None:
    if refs.read_ref(place.git, f"refs/heads/{branch}") is None:
        raise NotFound("Branch not found")


def _wanted(part: Any, message: str) -> Any:  # Any: whichever part of a protection
    if part is None:
        raise NotFound(message)
    return part
