"""Where the repositories of sites lie while they are exchanged: in place, put aside, or made ready.

Names tell what a folder is: `.aside/SITE~N` is what a site had before its Nth exchange, `.aside/+…` is being made ready,
`~…` belongs to a snapshot.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from simulator.emulators.gitserver.mirrors import mirror

_ASIDE, _READY, _BETWEEN = ".aside", "+", "~"


class Folders:
    """The folders below `repositories`."""

    def __init__(self, repositories: Path) -> None:
        self.root = repositories
        self._aside = repositories / _ASIDE

    def of(self, site: str) -> Path:
        """Where a site's repositories are."""
        return self.root / site

    def aside(self, site: str, number: int) -> Path:
        """Where they are put by the site's Nth exchange."""
        self._aside.mkdir(exist_ok=True)
        return self._aside / f"{site}{_BETWEEN}{number}"

    def left_aside(self) -> Iterator[tuple[str, int, Path]]:
        """What exchanges put aside and did not come to take away: site, number, folder."""
        for folder in sorted(self._aside.glob(f"[!{_READY}]*{_BETWEEN}*")):
            site, _, number = folder.name.rpartition(_BETWEEN)
            yield site, int(number), folder

    def copy(self, site: str) -> Path:
        """A copy of a site's repositories, made ready to be put in its place somewhere."""
        ready = self._aside / f"{_READY}{uuid.uuid4().hex}"
        ready.mkdir(parents=True)
        try:
            for repository in self._repositories(site):
                mirror(repository, ready / repository.name)
        except BaseException:
            remove(ready)
            raise
        return ready

    def sweep(self, hidden: set[str]) -> None:
        """Take away what was made ready and never used, and snapshots that are on no list."""
        for folder in [*self._aside.glob(f"{_READY}*"), *self.root.glob(f"{_BETWEEN}*")]:
            if folder.name not in hidden:
                remove(folder)

    def _repositories(self, site: str) -> list[Path]:
        folder = self.of(site)
        return sorted(folder.glob("*.git")) if folder.exists() else []


def remove(folder: Path) -> None:
    """Take a folder away; one that is gone already is fine."""
    shutil.rmtree(folder, ignore_errors=True)
