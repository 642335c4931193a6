"""What the ways of doing an action have in common: the services that they ask, and their shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.ports import Bindings, Forge, GitRemote, Tracker


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The three that can be asked to do something."""

    forge: Forge
    tracker: Tracker
    git: GitRemote


Way = Callable[[Grounds, Any, Bindings, bool], Bindings]  # Any: each way takes its own kind of action
"""Does one kind of action, told whether an earlier attempt may have got through; gives what it bound."""
