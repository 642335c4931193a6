"""Commands that are imported when somebody asks for them: what only speaks with a server need not load one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click

from simulator.emulators.kit.unswept import unswept


class Later(MutableMapping[str, click.Command]):
    """Commands by name, for a click group. `places` says where each is: `module:name`."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places: dict[str, str | click.Command] = dict(places)

    def __getitem__(self, name: str) -> click.Command:
        found = self._places[name]
        if isinstance(found, str):
            module, _, attribute = found.partition(":")
            with unswept():
                found = getattr(import_module(module), attribute)
            assert isinstance(found, click.Command)
            self._places[name] = found
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._places[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
