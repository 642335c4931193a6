"""Making, dropping, resetting, keeping and bringing back whole sites: rows and repositories together.

Rows change in one transaction, folders by renaming. Which of the two states counts after a crash in between is decided by the
database alone: `mend` brings the folders to it at the next start. Requests of the site wait meanwhile (see kit/gate.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from filelock import FileLock

from simulator.emulators.control.folders import Folders, remove
from simulator.emulators.integration import plant
from simulator.emulators.kit import accounts, copies, sites, snapshots
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.gate import Gate
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Journal
from simulator.emulators.kit.seed import Seed
from simulator.emulators.kit.seed_merging import extended
from simulator.emulators.kit.snapshots import Snapshot
from simulator.emulators.kit.web import DEFAULT_SITE


class SiteTaken(ValueError):
    """There is a site of that key already."""


class Worlds:
    """All sites of an instance. `forget` is told of each site that is not what it was."""

    def __init__(self, instance: Instance, *, journal: Journal, gate: Gate, forget: Callable[[str], None]) -> None:
        self._instance = instance
        self._journal = journal
        self._gate = gate
        self._forget = forget
        self._folders = Folders(instance.repositories)
        self._lock = FileLock(instance.repositories.with_name("sites.lock"))

    def names(self) -> list[tuple[str, datetime]]:
        """The keys of all sites with the instants of their making."""
        with self._instance.database.reading() as connection:
            return sites.list_sites(connection)

    def create(self, site: str, seed: Seed) -> None:
        """Make a site, or add to it what the seed has and it lacks. Raises sites.BadSiteKey."""
        with self._instance.database.writing() as connection:
            plant(connection, self._instance, sites.check_key(site), seed)
        self._forget(site)

    def extend(self, site: str, more: object) -> Seed:
        """Add to a site and to its seed what plain values say, as a seed has them; gives the whole seed.

        Raises LookupError when there is no such site, SeedError.
        """
        with self._instance.database.writing() as connection:
            _need(connection, site)
            seed = extended(sites.kept_seed(connection, site), more)
            plant(connection, self._instance, site, seed)
        self._forget(site)
        return seed

    def create_new(self, site: str, seed: Seed) -> None:
        """The same for a site that must not be there. Raises SiteTaken."""
        with self._lock, self._instance.database.writing() as connection:
            _need_free(connection, site)
            plant(connection, self._instance, site, seed)

    def delete(self, site: str) -> None:
        """Take away all that a site has: rows, repositories, snapshots. Nothing happens when there is no such site."""
        with self._lock, self._gate.closed(sites.check_key(site)):
            with self._instance.database.writing() as connection:
                kept = snapshots.list_snapshots(connection, site)
                sites.delete_rows(connection, site)
                gone = [site, *_let_go(connection, *kept)]
            self._forget(site)
            for key in gone:
                remove(self._folders.of(key))

    def reset(self, site: str) -> None:
        """Bring a site back to its seed: the same people, tokens and ids as on its first day, an empty journal.

        Its snapshots stay. Raises LookupError when there is no such site.
        """

        def replant(connection: Connection) -> None:
            seed = sites.kept_seed(connection, site)
            self._journal.clear(site, connection)
            copies.delete_state(connection, site)
            plant(connection, self._instance, site, seed)

        with self._lock:
            self._exchange(sites.check_key(site), replant)

    def snapshots(self, site: str) -> list[Snapshot]:
        """The states of a site that can be brought back, the oldest first."""
        with self._instance.database.reading() as connection:
            return snapshots.list_snapshots(connection, site)

    def keep(self, site: str, name: str) -> Snapshot:
        """Keep the present state of a site under a name, in place of an earlier one of that name.

        Raises LookupError when there is no such site, snapshots.BadSnapshotName.
        """
        kept = Snapshot(
            name=snapshots.check_name(name), kept_as=snapshots.hidden_key(), created_at=self._instance.now()
        )
        with self._lock, self._gate.closed(site), self._copied(site, kept.kept_as) as connection:
            _need(connection, site)
            earlier = snapshots.find_snapshot(connection, site, name)
            copies.copy_rows(connection, site, kept.kept_as)
            copies.put_to_sleep(connection, kept.kept_as)
            snapshots.note_snapshot(connection, site, kept)
            gone = _let_go(connection, earlier) if earlier else []
        for key in gone:
            remove(self._folders.of(key))
        return kept

    def share(self, site: str, *, of: str, names: Collection[str]) -> None:
        """Let a site have states that another one kept, under the same names; either may forget its own."""
        with self._lock, self._instance.database.writing() as connection:
            _need(connection, site)
            for kept in snapshots.list_snapshots(connection, of):
                if kept.name in names:
                    snapshots.note_snapshot(connection, site, kept)

    def restore(self, site: str, name: str, *, seed: Seed | None = None) -> Snapshot:
        """Bring a site back to the state that was kept under a name. Raises LookupError when there is no such state.

        With a seed its people have the seed's tokens and no others.
        The journal goes on; whoever asks meanwhile waits, and sees the one state or the other.
        """
        with self._lock:
            kept = self._snapshot(site, name)
            ready = self._folders.copy(kept.kept_as)

            def bring_back(connection: Connection) -> None:
                copies.delete_state(connection, site)
                copies.copy_rows(connection, kept.kept_as, site)
                copies.wake_up(connection, site)
                self._give_tokens(connection, site, seed)
                ready.rename(self._folders.of(site))

            try:
                self._exchange(site, bring_back)
            finally:
                remove(ready)
        self._instance.wake()
        return kept

    def drop(self, site: str, name: str) -> None:
        """Forget a snapshot. Raises LookupError when there is none of that name."""
        with self._lock:
            kept = self._snapshot(site, name)
            with self._instance.database.writing() as connection:
                snapshots.forget_snapshot(connection, site, name)
                gone = _let_go(connection, kept)
            for key in gone:
                remove(self._folders.of(key))

    def branch(self, site: str, *, of: str, snapshot: str | None = None, seed: Seed | None = None) -> None:
        """Make a new site that begins as another one is now, or was when a snapshot was taken: the same people and tokens.

        With a seed nobody has the tokens of the other site, but those of the seed.
        Raises LookupError when there is no such other, SiteTaken, sites.BadSiteKey.
        """
        source = of if snapshot is None else self._snapshot(of, snapshot).kept_as
        with self._lock, self._gate.closed(source), self._copied(source, sites.check_key(site)) as connection:
            _need(connection, of)
            _need_free(connection, site)
            copies.copy_rows(connection, source, site)
            copies.put_to_sleep(connection, site)
            self._give_tokens(connection, site, seed)

    def mend(self) -> None:
        """After a crash: bring the folders to the state that the database holds."""
        with self._lock, self._instance.database.reading() as connection:
            for site, number, aside in self._folders.left_aside():
                if copies.exchanges(connection, site) >= number:
                    remove(aside)
                else:
                    remove(self._folders.of(site))
                    aside.rename(self._folders.of(site))
            self._folders.sweep(snapshots.hidden_keys(connection))

    def make_default(self) -> None:
        """The site that addresses without a site mean is always there."""
        with self._instance.database.writing() as connection:
            if not sites.exists(connection, DEFAULT_SITE):
                plant(connection, self._instance, DEFAULT_SITE, Seed())

    def _give_tokens(self, connection: Connection, site: str, seed: Seed | None) -> None:
        if seed is not None:
            accounts.forget_tokens(connection, site)
            plant(connection, self._instance, site, seed)

    def _exchange(self, site: str, change: Callable[[Connection], None]) -> None:
        """Put the site's folder aside while `change` makes another state of it; all or nothing."""
        self._journal.flush()
        folder = self._folders.of(site)
        with self._gate.closed(site):
            with self._instance.database.reading() as connection:
                number = copies.exchanges(connection, site) + 1
            aside = self._folders.aside(site, number)
            if folder.exists():
                folder.rename(aside)
            try:
                with self._instance.database.writing() as connection:
                    _need(connection, site)
                    change(connection)
                    copies.note_exchange(connection, site)
            except BaseException:
                remove(folder)
                if aside.exists():
                    aside.rename(folder)
                raise
            self._forget(site)
        remove(aside)

    @contextmanager
    def _copied(self, source: str, target: str) -> Iterator[Connection]:
        """A transaction in which the rows are copied, while the repositories are."""
        ready = self._folders.copy(source)
        try:
            with self._instance.database.writing() as connection:
                yield connection
                ready.rename(self._folders.of(target))
        finally:
            remove(ready)

    def _snapshot(self, site: str, name: str) -> Snapshot:
        with self._instance.database.reading() as connection:
            found = snapshots.find_snapshot(connection, site, name)
        if found is None:
            raise LookupError(f"{site} has no snapshot {name[:100]!r}")
        return found


def _let_go(connection: Connection, *kept: Snapshot) -> list[str]:
    """Take away the rows of states that no site's list has any more; the keys of those."""
    gone = [state.kept_as for state in kept if not snapshots.is_kept(connection, state.kept_as)]
    for key in gone:
        sites.delete_rows(connection, key)
    return gone


def _need(connection: Connection, site: str) -> None:
    if not sites.exists(connection, site):
        raise LookupError(f"there is no site {site[:100]!r}")


def _need_free(connection: Connection, site: str) -> None:
    if sites.exists(connection, sites.check_key(site)):
        raise SiteTaken(f"there is a site {site!r} already")
