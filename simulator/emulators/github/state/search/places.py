"""The repositories that a search may look into: those that the viewer may see, as far as the query does not narrow them."""

from __future__ import annotations

from simulator.emulators.github.state.repositories import Repository, repositories_where
from simulator.emulators.github.state.search.conditions import SCOPES
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.query import All, Qualifier, leaves

MOST_PLACES = 2000
"""Repositories that one search looks into; beyond, its results are incomplete."""


def places(ground: Ground, query: All) -> list[Repository]:
    """The visible repositories, up to one more than MOST_PLACES, in order of their names.

    Raises SearchRefused when the query names places and none of them can be seen.
    """
    for leaf in leaves(query):
        if isinstance(leaf, Qualifier) and leaf.name in SCOPES:
            for value in leaf.values:
                ground.place(leaf.name, value)
    ground.check_places()
    return repositories_where(ground.connection, ground.visible(), offset=0, limit=MOST_PLACES + 1)


def is_at(repository: Repository, qualifier: Qualifier, *, me: str = "") -> bool:
    """Whether a repository is one that `repo:`, `user:` or `org:` names; `me` is the viewer's login."""
    wanted = {me.lower() if value.lower() == "@me" else value.lower() for value in qualifier.values}
    if qualifier.name == "repo":
        return repository.full_name.lower() in {value.removesuffix(".git") for value in wanted}
    of_kind = qualifier.name == "user" or repository.owner.kind == "organization"
    return of_kind and repository.owner.login.lower() in {value.removeprefix("@") for value in wanted}


def visibility(repository: Repository, words: tuple[str, ...]) -> bool:
    """Whether `is:public` or `is:private` is true of a repository."""
    return ("private" if repository.private else "public") in {word.lower() for word in words}
