"""Issues of a person over many repositories: assigned to them, written by them, mentioning them, or all they have to do with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, true

from simulator.emulators.github.state.issue_lists import IssueFilter, filter_conditions, filter_order, mentioned
from simulator.emulators.github.state.issues import COLUMNS, Issue
from simulator.emulators.github.state.repositories import belonging_to, by_ids, may_see
from simulator.emulators.github.state.search.issues import FoundIssues
from simulator.emulators.github.tables import issue_assignees, issues, notifications, repositories
from simulator.emulators.kit.accounts import Account

RELATIONS = ("assigned", "created", "mentioned", "subscribed", "repos", "all")
"""What issues have to do with a person: docs.github.com/en/rest/issues/issues#list-issues-assigned-to-the-authenticated-user"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Which repositories to look in: all that the person may see, those of one `owner`, or only their `own` ones.

    Without `private_too` only public ones: the person's token may not see more.
    """

    relation: str = "assigned"
    owner: Account | None = None
    own: bool = False
    private_too: bool = True


def list_issues_of(
    connection: Connection, person: Account, collection: Collection, wanted: IssueFilter, *, offset: int, limit: int
) -> FoundIssues:
    """A page of the issues and pull requests of a person, with their repositories, and how many there are."""
    site = person.site
    conditions = filter_conditions(connection, site, wanted)
    conditions += [_place(connection, person, collection), _relation(person, collection.relation)]
    source = issues.join(
        repositories, (repositories.c.site == issues.c.site) & (repositories.c.id == issues.c.repository_id)
    )
    total = connection.execute(select(func.count()).select_from(source).where(*conditions)).scalar_one()
    query = select(*COLUMNS).select_from(source).where(*conditions).order_by(*filter_order(wanted))
    found = [Issue(**row) for row in connection.execute(query.offset(offset).limit(limit)).mappings()]
    homes = by_ids(connection, site, {issue.repository_id for issue in found})
    return FoundIssues(total=total, issues=found, repositories=homes)


def _place(connection: Connection, person: Account, collection: Collection) -> ColumnElement[bool]:
    openly = true() if collection.private_too else repositories.c.private.is_(False)
    return openly & _of_person(connection, person, collection)


def _of_person(connection: Connection, person: Account, collection: Collection) -> ColumnElement[bool]:
    if collection.owner is not None:
        return may_see(person) & (repositories.c.owner_id == collection.owner.id)
    if collection.own or collection.relation in ("repos", "all"):
        mine = belonging_to(connection, person.site, person)
        return repositories.c.id.in_([repository.id for repository in mine])
    return may_see(person)


def _relation(person: Account, relation: str) -> ColumnElement[bool]:
    match relation:
        case "assigned":
            return exists().where(
                issue_assignees.c.site == issues.c.site,
                issue_assignees.c.issue_id == issues.c.id,
                issue_assignees.c.account_id == person.id,
            )
        case "created":
            return issues.c.author_id == person.id
        case "mentioned":
            return mentioned(person.login)
        case "subscribed":
            followed = exists().where(
                notifications.c.site == issues.c.site,
                notifications.c.issue_id == issues.c.id,
                notifications.c.account_id == person.id,
            )
            return or_(issues.c.author_id == person.id, followed)
    return true()
