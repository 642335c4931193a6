"""In which repository the things lie that have a number in the site, for those who know no more than the number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import (
    check_runs,
    check_suites,
    comments,
    events,
    issues,
    labels,
    milestones,
    pulls,
    reactions,
    releases,
    review_comments,
    reviews,
)

_DIRECT = {
    "Issue": issues,
    "PullRequest": issues,
    "IssueComment": comments,
    "Label": labels,
    "Milestone": milestones,
    "Release": releases,
    "CheckRun": check_runs,
    "CheckSuite": check_suites,
    "Event": events,
    "Reaction": reactions,
}
_OF_PULLS = {
    "PullRequestReview": reviews,
    "PullRequestReviewComment": review_comments,
    "PullRequestReviewThread": review_comments,
}


def home_of(connection: Connection, site: str, kind: str, number: int) -> int | None:
    """The number of the repository that a thing lies in, None when there is no such thing."""
    query: Select[Any]
    if kind in _DIRECT:
        table = _DIRECT[kind]
        query = select(table.c.repository_id).where(table.c.site == site, table.c.id == number)
    else:
        table = _OF_PULLS[kind]
        query = (
            select(pulls.c.repository_id)
            .join_from(table, pulls, (pulls.c.site == table.c.site) & (pulls.c.id == table.c.pull_id))
            .where(table.c.site == site, table.c.id == number)
        )
    found: int | None = connection.execute(query).scalar_one_or_none()
    return found


def label_by_id(place: Place, label_id: int) -> Label | None:
    """A label of the repository by its number."""
    query = select(*(labels.c[name] for name in Label.__slots__)).where(
        labels.c.site == place.site, labels.c.repository_id == place.repository.id, labels.c.id == label_id
    )
    row = place.connection.execute(query).mappings().first()
    return Label(**row) if row else None


def reacted_to(place: Place, reaction_id: int) -> tuple[str, int] | None:
    """What a reaction is to: the kind of thing and its number."""
    query = select(reactions.c.subject, reactions.c.subject_id).where(
        reactions.c.site == place.site, reactions.c.id == reaction_id
    )
    row = place.connection.execute(query).first()
    return (row.subject, row.subject_id) if row else None
