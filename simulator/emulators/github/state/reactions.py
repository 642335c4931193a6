"""Reactions to issues, comments, reviews, releases: one of each kind from each person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, select

from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import (
    comments,
    commit_comments,
    issues,
    pulls,
    reactions,
    releases,
    review_comments,
)
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared

CONTENTS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
ISSUE = "issue"
COMMENT = "comment"
REVIEW = "review"
REVIEW_COMMENT = "review_comment"
COMMIT_COMMENT = "commit_comment"
RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reacted to: one of the kinds above, and its id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A row of gh_reactions."""

    id: int
    account_id: int
    content: str
    created_at: datetime


_COLUMNS = [reactions.c[name] for name in Reaction.__slots__]
_COUNTS = Prepared(
    select(reactions.c.subject_id, reactions.c.content, func.count().label("number"))
    .where(
        reactions.c.site == bindparam("site"),
        reactions.c.subject == bindparam("subject"),
        reactions.c.subject_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(reactions.c.subject_id, reactions.c.content),
    names="ids",
)


def subject_at(place: Place, kind: str, number: int) -> Subject | None:
    """The thing of a kind in the repository: an issue by its number, everything else by its id."""
    found = place.connection.execute(_finding(place, kind, number)).scalar_one_or_none()
    return None if found is None else Subject(kind, found)


def reaction_counts(place: Place, kind: str, ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many reactions of each content things of a kind have, by their ids; things without any are left out."""
    found: dict[int, dict[str, int]] = {}
    for subject_id, content, number in _COUNTS.all(place.connection, site=place.site, subject=kind, ids=ids):
        found.setdefault(subject_id, {})[content] = number
    return found


def list_reactions(
    place: Place, subject: Subject, *, content: str | None, offset: int, limit: int
) -> tuple[list[Reaction], int]:
    """A page of the reactions to a thing, oldest first, all or those of one content; and how many there are."""
    conditions = _to(place, subject)
    if content is not None:
        conditions.append(reactions.c.content == content)
    total = place.connection.execute(select(func.count()).select_from(reactions).where(*conditions)).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(reactions.c.id).offset(offset).limit(limit)
    return [Reaction(**row) for row in place.connection.execute(query).mappings()], total


def find_reaction(place: Place, subject: Subject, reaction_id: int) -> Reaction | None:
    """A reaction to a thing by its id."""
    query = select(*_COLUMNS).where(*_to(place, subject), reactions.c.id == reaction_id)
    row = place.connection.execute(query).mappings().first()
    return Reaction(**row) if row else None


def own_reaction(work: Work, subject: Subject, content: str) -> Reaction | None:
    """The actor's reaction of one content to a thing."""
    query = select(*_COLUMNS).where(
        *_to(work, subject), reactions.c.account_id == work.actor.id, reactions.c.content == content
    )
    row = work.connection.execute(query).mappings().first()
    return Reaction(**row) if row else None


def react(work: Work, subject: Subject, content: str) -> tuple[Reaction, bool]:
    """React to a thing; gives the reaction, and whether it is a new one."""
    known = own_reaction(work, subject, content)
    if known is not None:
        return known, False
    made = Reaction(
        id=next_value(work.connection, work.site, "gh_reactions"),
        account_id=work.actor.id,
        content=content,
        created_at=work.at,
    )
    row: dict[str, object] = {name: getattr(made, name) for name in Reaction.__slots__}
    row |= {"site": work.site, "repository_id": work.repository.id}
    work.connection.execute(insert(reactions), row | {"subject": subject.kind, "subject_id": subject.id})
    return made, True


def take_back(work: Work, subject: Subject, reaction: Reaction) -> None:
    """Remove a reaction."""
    work.connection.execute(delete(reactions).where(*_to(work, subject), reactions.c.id == reaction.id))


def forget_reactions(work: Work, subject: Subject) -> None:
    """Remove all reactions to a thing that is deleted."""
    work.connection.execute(delete(reactions).where(*_to(work, subject)))


def _finding(place: Place, kind: str, number: int) -> Select[tuple[int]]:
    if kind == REVIEW_COMMENT:
        of_pull = (pulls.c.site == review_comments.c.site) & (pulls.c.id == review_comments.c.pull_id)
        query = select(review_comments.c.id).join_from(review_comments, pulls, of_pull)
        here = (pulls.c.site == place.site) & (pulls.c.repository_id == place.repository.id)
        return query.where(here, review_comments.c.id == number, ~review_comments.c.pending)
    table = {ISSUE: issues, COMMENT: comments, COMMIT_COMMENT: commit_comments, RELEASE: releases}[kind]
    key = issues.c.number if kind == ISSUE else table.c.id
    query = select(table.c.id).where(table.c.site == place.site, table.c.repository_id == place.repository.id)
    return query.where(key == number, ~releases.c.draft) if kind == RELEASE else query.where(key == number)


def _to(place: Place, subject: Subject) -> list[ColumnElement[bool]]:
    return [
        reactions.c.site == place.site,
        reactions.c.repository_id == place.repository.id,
        reactions.c.subject == subject.kind,
        reactions.c.subject_id == subject.id,
    ]
