"""Milestones as GitHub writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.milestones import Milestone
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def milestone_payload(
    repository: Repository, milestone: Milestone, creator: Account | None, urls: Urls
) -> dict[str, Any]:
    """A milestone of a repository."""
    url = urls.api(f"{repository.path}/milestones/{milestone.number}")
    return {
        "url": url,
        "html_url": urls.html(f"/{repository.full_name}/milestone/{milestone.number}"),
        "labels_url": f"{url}/labels",
        "id": milestone.id,
        "node_id": node_id("Milestone", milestone.id),
        "number": milestone.number,
        "title": milestone.title,
        "description": milestone.description,
        "creator": maybe_user(creator, urls),
        "open_issues": milestone.open_issues,
        "closed_issues": milestone.closed_issues,
        "state": milestone.state,
        "created_at": stamp_seconds(milestone.created_at),
        "updated_at": stamp_seconds(milestone.updated_at),
        "due_on": stamp_seconds(milestone.due_on),
        "closed_at": stamp_seconds(milestone.closed_at),
    }


def milestone_payloads(place: Place, milestones: Sequence[Milestone], urls: Urls) -> list[dict[str, Any]]:
    """Milestones of one repository."""
    people = load_people(place, {milestone.creator_id for milestone in milestones})
    return [milestone_payload(place.repository, each, people.get(each.creator_id), urls) for each in milestones]
