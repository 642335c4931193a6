"""What notices about issues and pull requests have beside their subject: labels, people, changes."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.payloads.milestones import milestone_payloads
from simulator.emulators.github.payloads.teams import team_of_notice
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls

_PEOPLE = {"assignee_id": "assignee", "reviewer_id": "requested_reviewer"}
_AS_IS = ("changes", "before", "after", "reason")


def details(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The keys of the payload that come from the notice's details, rendered where they are more than words."""
    found = {name: notice.detail[name] for name in _AS_IS if name in notice.detail}
    if "label" in notice.detail:
        found["label"] = label_payload(work.repository, notice.detail["label"], urls)
    if "milestone" in notice.detail:
        [found["milestone"]] = milestone_payloads(work, [notice.detail["milestone"]], urls)
    if "team" in notice.detail:
        found["requested_team"] = team_of_notice(work.connection, notice.detail["team"], urls)
    for key, name in _PEOPLE.items():
        person = load_people(work, [notice.detail.get(key)]).get(notice.detail.get(key))
        if person is not None:
            found[name] = simple_user(person, urls)
    return found
