"""Languages and licences, as the files of a repository tell them."""

from __future__ import annotations

from collections.abc import Mapping

import pygit2

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.languages import languages_of
from simulator.emulators.github.state.licenses import License


class LanguageView:
    """A language that code is written in. Its colour is not kept."""

    typename = "Language"
    color = None

    def __init__(self, name: str) -> None:
        self.name = name
        self.id = node_id(self.typename, name)


class LicenseView:
    """A licence that a repository names."""

    typename = "License"
    nickname = None

    def __init__(self, row: License) -> None:
        self.key = row.key
        self.name = row.name
        self.spdx_id = row.spdx_id
        self.id = node_id(self.typename, row.key)
        self.url = None if row.key == "other" else f"http://choosealicense.com/licenses/{row.key}/"


class LanguageConnection(Connection):
    """Languages, and how many bytes there are of all of them."""

    total_size = 0


def language_connection(
    window: Window, tree: pygit2.Tree | None, *, order_by: Mapping[str, str] | None
) -> LanguageConnection:
    """The languages of some files, the one with the most bytes first unless told otherwise."""
    sizes = languages_of(tree) if tree is not None else {}
    rising = bool(order_by and order_by["direction"] == "ASC")
    named = sorted(sizes.items(), key=lambda each: each[1], reverse=not rising)
    connection = LanguageConnection.of(
        window,
        [LanguageView(name) for name, _ in named],
        edge_fields=lambda place, _: {"size": named[place][1]},
    )
    connection.total_size = sum(sizes.values())
    return connection
