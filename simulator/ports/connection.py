"""A run's services in use: acting on them, looking at them, letting go of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from simulator.model.actions import Action
from simulator.model.facts import Observation
from simulator.ports.services import Bindings


class Performer(Protocol):
    """Does actions on the services, each under its actor's account."""

    def perform(self, action: Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        """Do one action and return the bindings it made.

        With `again` an earlier attempt may have got through (the process died between doing and writing down): then what
        exists already is found and taken, never made twice. Raises AdapterError.
        """
        ...


class Observer(Protocol):
    """Looks at the services for what is new."""

    def observe(
        self, cursor: Mapping[str, Any], *, closely: bool = False
    ) -> tuple[Sequence[Observation], Mapping[str, Any]]:
        """Everything new since the cursor, oldest first, and the next cursor (JSON values; {} to begin with).

        What leaves no trace in lists is looked at in turn; `closely`: what people do of it, at once.
        May report known things again; their source ids tell. Raises AdapterError; then nothing is lost, the old cursor holds.
        """
        ...


class Connection(Protocol):
    """Both services of a run, ready to be acted on and looked at."""

    @property
    def performer(self) -> Performer:
        """Does actions on the services."""
        ...

    @property
    def observer(self) -> Observer:
        """Looks at the services for what is new."""
        ...

    def check(self) -> None:
        """Find out what is missing: SetupError (git), AuthenticationFailed (names the token), AdapterError (no answer)."""
        ...

    def close(self) -> None:
        """End waiting and close all connections; safe from any thread."""
        ...
