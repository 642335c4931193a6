"""Names of a run's things as a scenario writes them: keys and numbers become ids, seats stay seats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.model.people import Roster
from simulator.ports import Bindings

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8})\b")
_NUMBER = re.compile(r"(?<![\w&])#([1-9][0-9]{0,8})\b")


@dataclass(slots=True)
class Naming:
    """What things are called. Issues and pull requests that the scenario does not know get ids of their own, in turn."""

    bindings: Bindings
    roster: Roster
    _issues: dict[str, str] = field(default_factory=dict)
    _pulls: dict[str, str] = field(default_factory=dict)
    _sprints: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in self.bindings.items():
            kind, _, ref = name.partition(":")
            known = {"issue": self._issues, "pull": self._pulls, "sprint": self._sprints}.get(kind)
            if known is not None and ref:
                known[value] = ref

    def issue(self, key: str) -> str | None:
        """The id of an issue, None for one that nobody named."""
        return self._issues.get(key)

    def new_issue(self, key: str) -> str:
        """The id of an issue that is created in the script."""
        return self._issues.setdefault(key, f"issue-{key.lower()}")

    def pull(self, number: str) -> str | None:
        """The id of a pull request, None for one that nobody opened in the story or in the script."""
        return self._pulls.get(number)

    def new_pull(self, number: str) -> str:
        """The id of a pull request that is opened in the script."""
        return self._pulls.setdefault(number, f"pull-{number}")

    def sprint(self, number: str) -> str | None:
        """The id of a sprint."""
        return self._sprints.get(number)

    def seat(self, account: str | None) -> str | None:
        """The seat of a login or e-mail."""
        return self.roster.seat_of(account)

    def text(self, words: str) -> str:
        """A text with `{issue:…}` and `{pull:…}` in the places of keys and numbers that have ids."""
        keyed = _KEY.sub(lambda key: _named("issue", self.issue(key[1]), key[0]), words)
        return _NUMBER.sub(lambda number: _named("#", self.pull(number[1]), number[0]), keyed)


def _named(kind: str, ref: str | None, otherwise: str) -> str:
    if ref is None:
        return otherwise
    return f"#{{pull:{ref}}}" if kind == "#" else f"{{issue:{ref}}}"


Act = Mapping[str, object]
"""An act as the language writes it."""
