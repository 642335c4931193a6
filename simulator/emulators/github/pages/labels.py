"""Labels and milestones, and the issues and pull requests that have one."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.state import labels, milestones
from simulator.emulators.github.state.issue_lists import IssueFilter, list_issues
from simulator.emulators.github.state.surroundings import surroundings_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.pages import secured
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet

blueprint = Blueprint("pages_labels", __name__)

_DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#{color}"/></svg>'
_COLOR = re.compile(r"[0-9a-fA-F]{6}")


@blueprint.get("/<owner:owner>/<name>/labels")
def list_labels(owner: str, name: str) -> Response:
    """https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/managing-labels"""
    with place_of(owner, name) as place:
        found = labels.list_labels(place.connection, place.site, place.repository.id)
        shown = found[offset() : offset() + SIZE]
        return show_in(place, "github/labels.html", tab="issues", labels=shown, sheet=sheet(len(found)))


@blueprint.get("/<owner:owner>/<name>/labels/<path:title>")
def label(owner: str, name: str, title: str) -> Response:
    """https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/filtering-issues-and-pull-requests-by-labels"""
    with place_of(owner, name) as place:
        found = labels.find_label(place.connection, place.site, place.repository.id, title)
        if found is None:
            raise NotFound
        return _with(place, "github/label.html", label=found, wanted=IssueFilter(state=_state(), labels=(found.name,)))


@blueprint.get("/<owner:owner>/<name>/milestones")
def list_milestones(owner: str, name: str) -> Response:
    """https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/about-milestones"""
    state = _state()
    with place_of(owner, name) as place:
        found, total = milestones.list_milestones(
            place, state=state, sort="due_on", direction="asc", offset=offset(), limit=SIZE
        )
        return show_in(place, "github/milestones.html", tab="issues", state=state, milestones=found, sheet=sheet(total))


@blueprint.get("/<owner:owner>/<name>/milestone/<int:number>")
def milestone(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/issues/using-labels-and-milestones-to-track-work/viewing-your-milestones-progress"""
    with place_of(owner, name) as place:
        found = milestones.find_milestone(place, number)
        if found is None:
            raise NotFound
        wanted = IssueFilter(state=_state(), milestone=found.id)
        return _with(place, "github/milestone.html", milestone=found, wanted=wanted)


@blueprint.get("/-/colors/<color>.svg")
def dot(color: str) -> Response:
    """A label's colour as a picture: pages take no styles from texts. No counterpart in GitHub's documentation."""
    if not _COLOR.fullmatch(color):
        raise NotFound
    response = secured(Response(_DOT.format(color=color), content_type="image/svg+xml"))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _with(place: Place, template: str, *, wanted: IssueFilter, **values: Any) -> Response:
    found, total = list_issues(place, wanted, offset=offset(), limit=SIZE)
    around = surroundings_of(place, found)
    return show_in(
        place, template, tab="issues", state=wanted.state, issues=found, around=around, sheet=sheet(total), **values
    )


def _state() -> str:
    return "closed" if request.args.get("state") == "closed" else "open"
