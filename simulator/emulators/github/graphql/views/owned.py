"""What belongs to an account, or was made by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.problems import not_found
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import show
from simulator.emulators.github.graphql.views.search import search_connection
from simulator.emulators.github.state import followers, repositories
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.accounts import Account

_BY: Mapping[str, Callable[[Repository], Any]] = {
    "CREATED_AT": lambda repository: repository.created_at,
    "UPDATED_AT": lambda repository: repository.updated_at,
    "PUSHED_AT": lambda repository: repository.pushed_at or repository.created_at,
    "NAME": lambda repository: repository.full_name.lower(),
}


def named_repository(reader: Reader, owner: str, name: str, *, follow_renames: bool = True) -> Any:
    """A repository by its name. Raises Problem when there is none that the caller may see."""
    find = repositories.called if follow_renames else repositories.by_name
    found = reader.sees(find(reader.connection, reader.site, owner, name.removesuffix(".git")))
    if found is None:
        raise not_found(f"Could not resolve to a Repository with the name '{owner[:100]}/{name[:100]}'.")
    return show(reader, "Repository", found)


def repositories_of(
    reader: Reader,
    account: Account,
    window: Window,
    *,
    owner_affiliations: Sequence[str] = ("OWNER", "COLLABORATOR"),
    order_by: Mapping[str, str] | None = None,
    **wanted: Any,
) -> Connection:
    """The repositories of an account that the caller may see."""
    found = list(_related(reader, account, owner_affiliations or ("OWNER", "COLLABORATOR")))
    return repository_connection(reader, window, (each for each in found if _fits(each, wanted)), order_by)


def repository_connection(
    reader: Reader, window: Window, found: Iterable[Repository], order_by: Mapping[str, str] | None
) -> Connection:
    """Repositories as a connection, by name unless told otherwise."""
    order = order_by or {"field": "NAME", "direction": "ASC"}
    key = _BY.get(order["field"], _BY["NAME"])
    listed = sorted(found, key=key, reverse=order["direction"] == "DESC")
    return RepositoryConnection.of(window, [show(reader, "Repository", each) for each in listed])


class RepositoryConnection(Connection):
    """Repositories, with their size altogether."""

    @property
    def total_disk_usage(self) -> int:
        """Kilobytes of the repositories on this page."""
        return sum(node.home.size_kb for node in self.nodes)


def issues_by(
    reader: Reader,
    account: Account,
    window: Window,
    *,
    states: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    order_by: Mapping[str, str] | None = None,
    filter_by: Mapping[str, Any] | None = None,
) -> Connection:
    """Issues that an account wrote."""
    states = (filter_by or {}).get("states") or states
    text = f"is:issue author:{account.login}{_states(states)}{_labels(labels)}"
    return search_connection(reader, window, text, order_by=order_by)


def pulls_by(
    reader: Reader,
    account: Account,
    window: Window,
    *,
    states: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    head_ref_name: str | None = None,
    base_ref_name: str | None = None,
    order_by: Mapping[str, str] | None = None,
) -> Connection:
    """Pull requests that an account wrote."""
    text = f"is:pr author:{account.login}{_states(states)}{_labels(labels)}"
    text += f' head:"{head_ref_name}"' if head_ref_name else ""
    text += f' base:"{base_ref_name}"' if base_ref_name else ""
    return search_connection(reader, window, text, order_by=order_by)


def starred_by(
    reader: Reader,
    account: Account,
    window: Window,
    *,
    order_by: Mapping[str, str] | None = None,
    owned_by_viewer: bool | None = None,
) -> Connection:
    """The repositories that an account keeps a star for, as far as the caller sees them."""
    found = [
        (repository, since)
        for repository, since in followers.starred_by(reader.connection, account)
        if reader.sees(repository) and (not owned_by_viewer or repository.owner_id == reader.viewer.id)
    ]
    if order_by and order_by["direction"] == "DESC":
        found.reverse()
    return StarredConnection.of(
        window,
        [show(reader, "Repository", repository) for repository, _ in found],
        edge_fields=lambda place, _: {"starred_at": found[place][1]},
    )


class StarredConnection(Connection):
    """Repositories with a star: all of them are there."""

    is_over_limit = False


def _related(reader: Reader, account: Account, affiliations: Sequence[str]) -> Iterable[Repository]:
    if account.kind == "organization" or list(affiliations) == ["OWNER"]:
        yield from repositories.visible_to(reader.connection, reader.site, reader.reads_as, owner=account)
        return
    visible = {each.id for each in repositories.visible_to(reader.connection, reader.site, reader.reads_as)}
    for each in repositories.belonging_to(reader.connection, reader.site, account):
        own = each.owner_id == account.id
        kind = "OWNER" if own else "ORGANIZATION_MEMBER" if each.owner.kind == "organization" else "COLLABORATOR"
        if each.id in visible and kind in affiliations:
            yield each


def _fits(repository: Repository, wanted: Mapping[str, Any]) -> bool:
    visibility = "PRIVATE" if repository.private else "PUBLIC"
    has = {
        "privacy": visibility,
        "visibility": visibility,
        "is_fork": repository.is_fork,
        "is_archived": repository.archived,
        "is_locked": False,
        "has_issues_enabled": repository.has_issues,
    }
    return all(wanted.get(name) in (None, value) for name, value in has.items())


def _states(states: Sequence[str] | None) -> str:
    if not states or {"OPEN", "CLOSED"} <= set(states):
        return ""
    if set(states) == {"MERGED"}:
        return " is:merged"
    if "MERGED" in states:
        return " is:closed" if "CLOSED" in states else ""
    return " is:open" if "OPEN" in states else " is:closed is:unmerged"


def _labels(labels: Sequence[str] | None) -> str:
    names = (label.replace('"', "") for label in labels or ())
    return "".join(f' label:"{name}"' for name in names)
