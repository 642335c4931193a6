"""Which teams are asked to review a pull request. A review by any of a team's members answers the team's request."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import touch
from simulator.emulators.github.state.teams import Team, team_ids_of_account, teams_by_ids
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import team_review_requests, teams
from simulator.emulators.kit.prepared import Prepared

TeamWithParent = tuple[Team, Team | None]
"""A team and the one that it is nested in."""


_OF_PULLS = Prepared(
    select(team_review_requests.c.pull_id, *(teams.c[name] for name in Team.__slots__))
    .join_from(
        team_review_requests,
        teams,
        (teams.c.site == team_review_requests.c.site) & (teams.c.id == team_review_requests.c.team_id),
    )
    .where(
        team_review_requests.c.site == bindparam("site"),
        team_review_requests.c.pull_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(team_review_requests.c.created_at, teams.c.id),
    names="ids",
)


def requested_teams_of(place: Place, pull_ids: Collection[int]) -> dict[int, list[Team]]:
    """The teams that are asked to review each pull request, in the order they were asked."""
    found: dict[int, list[Team]] = {}
    for pull_id, *columns in _OF_PULLS.all(place.connection, site=place.site, ids=pull_ids):
        found.setdefault(pull_id, []).append(Team(**dict(zip(Team.__slots__, columns, strict=True))))
    return found


def requested_with_parents(place: Place, pull_ids: Collection[int]) -> dict[int, list[TeamWithParent]]:
    """The same, each with the team that it is nested in, if any."""
    found = requested_teams_of(place, pull_ids)
    above = {team.parent_id for asked in found.values() for team in asked} - {None}
    parents = teams_by_ids(place.connection, place.site, above)
    return {pull_id: [(team, parents.get(team.parent_id or 0)) for team in asked] for pull_id, asked in found.items()}


def request_team_reviews(work: Work, pull_id: int, asked: Iterable[Team]) -> None:
    """Ask teams for a review; those who are asked already are passed over."""
    present = {team.id for team in requested_teams_of(work, [pull_id]).get(pull_id, ())}
    for team in asked:
        if team.id not in present:
            present.add(team.id)
            row = {"site": work.site, "pull_id": pull_id, "team_id": team.id, "created_at": work.at}
            work.connection.execute(insert(team_review_requests), row)
            _note(work, pull_id, "review_requested", team)


def withdraw_team_requests(work: Work, pull_id: int, withdrawn: Iterable[Team]) -> None:
    """Ask teams no longer; those who were not asked are passed over."""
    for team in withdrawn:
        if _clear(work, pull_id, [team.id]):
            _note(work, pull_id, "review_request_removed", team)


def answer_team_requests(work: Work, pull_id: int) -> None:
    """The actor has reviewed: forget the requests of the teams that the actor is a member of."""
    if requested_teams_of(work, [pull_id]):
        _clear(work, pull_id, team_ids_of_account(work.connection, work.actor))


def _clear(work: Work, pull_id: int, team_ids: Collection[int]) -> bool:
    gone = work.connection.execute(
        delete(team_review_requests).where(
            team_review_requests.c.site == work.site,
            team_review_requests.c.pull_id == pull_id,
            team_review_requests.c.team_id.in_(team_ids),
        )
    )
    return bool(gone.rowcount)


def _note(work: Work, pull_id: int, kind: str, team: Team) -> None:
    events.record(work, pull_id, kind, team_id=team.id, requester_id=work.actor.id)
    touch(work, pull_id)
    work.tell("pull_request", kind, pull_id, team=team)
