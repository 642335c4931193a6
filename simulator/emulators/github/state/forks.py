"""Forks: making them, finding them, and what becomes of them when the repository they came from goes away.

A fork has all objects of its parent as hard links, so neither can harm the other.
Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select, update

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.activity import Movement, record_activity
from simulator.emulators.github.state.new_repositories import create_repository
from simulator.emulators.github.state.repositories import NameTaken, Repository, git_of
from simulator.emulators.github.state.watching import STAR, WATCH, how_many
from simulator.emulators.github.tables import repositories as table
from simulator.emulators.gitserver import copies, refs
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

_HEADS, _TAGS = "refs/heads/", "refs/tags/"
_MOST_SUFFIXES = 100
SORTS = ("newest", "oldest", "stargazers", "watchers")
"""Orders of a list of forks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkWish:
    """How somebody wants a repository forked. `name` None: the parent's own."""

    owner: Account
    name: str | None = None
    default_branch_only: bool = False


def fork_of(connection: Connection, repository: Repository, owner: Account) -> Repository | None:
    """The repository of its network that an owner has already, the one asked for included; there is at most one."""
    if owner.id == repository.owner_id:
        return repository
    query = (
        select(table.c.id)
        .where(table.c.site == repository.site, table.c.owner_id == owner.id, _in_network(repository))
        .order_by(table.c.id)
        .limit(1)
    )
    found = connection.execute(query).scalar()
    return None if found is None else repositories.by_id(connection, repository.site, found)


def make_fork(
    connection: Connection, instance: Instance, parent: Repository, wish: ForkWish, actor: Account
) -> Repository:
    """A new fork; a name that is taken gets a number. Raises NameTaken when a hundred of them are."""
    path = instance.repository_path(parent.site, parent.id)
    kept = (f"{_HEADS}{parent.default_branch}", _TAGS) if wish.default_branch_only else (_HEADS, _TAGS)

    def keep(ref: str) -> bool:
        return any(ref == each or (each.endswith("/") and ref.startswith(each)) for each in kept)

    made = create_repository(
        connection,
        instance,
        site=parent.site,
        owner=wish.owner,
        name=_free_name(connection, wish.owner, wish.name or parent.name),
        grow=lambda target: copies.copy_repository(path, target, default_branch=parent.default_branch, keep=keep),
        private=parent.private,
        description=parent.description,
        homepage=parent.homepage,
        default_branch=parent.default_branch,
        has_issues=False,  # as on GitHub: issues belong to where the fork came from, unless somebody wants them
        parent_id=parent.id,
        source_id=parent.network_id,
    )
    note_branches(connection, instance, made, actor)
    return repositories.edit(connection, made, at=made.created_at, pushed_at=parent.pushed_at)


def note_branches(connection: Connection, instance: Instance, made: Repository, actor: Account) -> None:
    """Write down the branches that a repository was made with."""
    for ref, sha in refs.list_refs(git_of(instance, made), _HEADS).items():
        movement = Movement(kind="branch_creation", ref=ref, before=refs.ZERO, after=sha)
        record_activity(connection, made.site, made.id, movement, actor_id=actor.id, at=made.created_at)


def list_forks(
    connection: Connection, repository: Repository, viewer: Account | None, *, sort: str, offset: int, limit: int
) -> tuple[list[Repository], int]:
    """A page of a repository's own forks that the viewer may see, and how many there are."""
    shown = (
        table.c.site == repository.site,
        table.c.parent_id == repository.id,
        repositories.may_see(viewer),
    )
    total = connection.execute(select(func.count()).select_from(table).where(*shown)).scalar_one()
    order = {
        "oldest": (table.c.created_at, table.c.id),
        "stargazers": (how_many(STAR).desc(), table.c.id.desc()),
        "watchers": (how_many(WATCH).desc(), table.c.id.desc()),
    }.get(sort, (table.c.created_at.desc(), table.c.id.desc()))
    query = select(table.c.id).where(*shown).order_by(*order).offset(offset).limit(limit)
    ids = list(connection.execute(query).scalars())
    known = repositories.by_ids(connection, repository.site, ids)
    return [known[each] for each in ids], total


def leave_network(connection: Connection, repository: Repository) -> None:
    """Let the forks of a repository that goes away (or private) go on without it.

    Forks of a fork come below its parent; when the first of a network goes, its oldest fork takes its place.
    """
    own = (table.c.site == repository.site) & (table.c.parent_id == repository.id)
    children = list(connection.execute(select(table.c.id).where(own).order_by(table.c.id)).scalars())
    if not children:
        return
    if repository.parent_id is not None:
        _change(connection, repository, table.c.id.in_(children), parent_id=repository.parent_id)
        return
    first, *others = children
    _change(connection, repository, table.c.source_id == repository.id, source_id=first)
    _change(connection, repository, table.c.id.in_(others), parent_id=first)
    _change(connection, repository, table.c.id == first, parent_id=None, source_id=None)


def private_forks_below(connection: Connection, repository: Repository) -> list[Repository]:
    """The forks of a private repository and their forks: they go when it goes."""
    below, level = [], [repository.id]
    while level:
        query = select(table.c.id).where(table.c.site == repository.site, table.c.parent_id.in_(level))
        level = list(connection.execute(query.order_by(table.c.id)).scalars())
        below += level
    known = repositories.by_ids(connection, repository.site, below)
    return [known[each] for each in reversed(below)]


def _free_name(connection: Connection, owner: Account, wanted: str) -> str:
    for number in range(_MOST_SUFFIXES):
        name = f"{wanted}-{number}" if number else wanted
        if repositories.by_name(connection, owner.site, owner.login, name) is None:
            return name
    raise NameTaken


def _in_network(repository: Repository) -> ColumnElement[bool]:
    return (table.c.id == repository.network_id) | (table.c.source_id == repository.network_id)


def _change(connection: Connection, repository: Repository, which: ColumnElement[bool], **values: int | None) -> None:
    connection.execute(update(table).where(table.c.site == repository.site, which).values(**values))
