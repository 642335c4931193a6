"""What a running pair of emulators consists of, handed to both services at their making. No globals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.emulators.kit.database import Database

Now = Callable[[], datetime]
"""Returns the wall-clock instant, aware, UTC. Injected, so that rehearsals run on a clock of their own."""


def _nobody_waits() -> None:
    """What `wake` is where webhooks are not delivered."""


def _nobody_tidies(_repository: Path) -> None:
    """What `tidy` is where nothing runs in the background."""


def _nobody_hears(_work: Any, _notices: Sequence[Any]) -> Sequence[str]:
    """What `hears` is where GitHub stands alone."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """A push that is taken in: by which login, in which site and repository, and the tips of the branches that it moved."""

    site: str
    repository: str
    login: str
    tips: Mapping[str, str]


Counsel = Callable[[Pushed], Sequence[str]]
"""Gives lines for whoever pushed, such as a coach has them. What it raises is logged, and nobody's push fails by it."""


def nobody_counsels(_pushed: Pushed) -> Sequence[str]:
    """What `counsels` is where nobody has advice."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One database, one folder of bare repositories, one clock: shared by both services and all sites."""

    database: Database
    repositories: Path
    now: Now
    wake: Callable[[], None] = _nobody_waits
    """Tells the outbox worker that something waits; the outbox calls it after the commit."""

    tidy: Callable[[Path], None] = _nobody_tidies
    """Tells the housekeeper that something was written to a bare repository."""

    counsels: Counsel = nobody_counsels
    """Asked for words to whoever pushed, after all that moved is written down: within its own time, and it may say nothing."""

    hears: Callable[[Any, Sequence[Any]], Sequence[str]] = (
        _nobody_hears  # Any: what GitHub calls them, which the kit knows not
    )
    """Hears what happens in repositories, in the transaction that does it; answers with lines for whoever did it."""

    def repository_path(self, site: str, repository_id: int) -> Path:
        """Folder of a bare repository: repositories/<site>/<id>.git."""
        return _repository_path(self.repositories, site, repository_id)


@lru_cache(maxsize=4096)
def _repository_path(folder: Path, site: str, repository_id: int) -> Path:
    return folder / site / f"{repository_id}.git"
