"""Both emulated services behind one WSGI app, with their database, sites, journal and webhook deliveries."""

from __future__ import annotations

import shutil
import threading
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.emulators.github.app import create_app as create_github
from simulator.emulators.integration import plant
from simulator.emulators.jira.app import create_app as create_jira
from simulator.emulators.kit import sites
from simulator.emulators.kit.control import create_control
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.dispatch import Dispatcher
from simulator.emulators.kit.instance import Instance, Now
from simulator.emulators.kit.journal import Journal
from simulator.emulators.kit.migrations.upgrade import upgrade
from simulator.emulators.kit.outbox import OutboxWorker
from simulator.emulators.kit.seed import Seed
from simulator.emulators.kit.web import DEFAULT_SITE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_ASIDE = ".aside"


class Emulators:
    """The emulated GitHub and Jira over one database and one folder, which are made when they are not there.

    `now` is the wall clock (aware, UTC). With `deliver` off nothing runs in the background and webhooks stay in the outbox:
    for rehearsals, which need nothing `durable` either. `fallback` answers the addresses that belong to neither service.
    """

    def __init__(
        self,
        *,
        database_url: str,
        folder: Path,
        now: Now,
        deliver: bool = True,
        durable: bool = True,
        fallback: WSGIApplication | None = None,
    ) -> None:
        repositories = folder / "repositories"
        repositories.mkdir(parents=True, exist_ok=True)
        woken = threading.Event()
        self.database = Database(database_url, durable=durable)
        upgrade(self.database)
        self.instance = Instance(database=self.database, repositories=repositories, now=now, wake=woken.set)
        self._journal = Journal(self.instance)
        self._outbox = OutboxWorker(self.instance, woken)
        services: dict[str, WSGIApplication] = {
            "github": create_github(self.instance).wsgi_app,
            "jira": create_jira(self.instance).wsgi_app,
            "emulator": create_control(self.instance, journal=self._journal, reset=self.reset_site).wsgi_app,
        }
        self._dispatcher = Dispatcher(services, instance=self.instance, journal=self._journal, fallback=fallback)
        self._make_default_site()
        if deliver:
            self._journal.start()
            self._outbox.start()

    def _make_default_site(self) -> None:
        with self.database.writing() as connection:
            if not sites.exists(connection, DEFAULT_SITE):
                plant(connection, self.instance, DEFAULT_SITE, Seed())

    @property
    def wsgi(self) -> WSGIApplication:
        """The app to serve."""
        return self._dispatcher

    def create_site(self, site: str, seed: Seed) -> None:
        """Make a site, or add to it what the seed has and it lacks. Raises sites.BadSiteKey."""
        with self.database.writing() as connection:
            plant(connection, self.instance, sites.check_key(site), seed)

    def delete_site(self, site: str) -> None:
        """Take away all that a site has: rows, repositories. Nothing happens when there is no such site."""
        with self.database.writing() as connection:
            sites.delete_rows(connection, sites.check_key(site))
        self._dispatcher.forget(site)
        shutil.rmtree(self.instance.repositories / site, ignore_errors=True)

    def reset_site(self, site: str) -> None:
        """Bring a site back to its seed: the same people, tokens and ids as on its first day.

        Raises LookupError when there is no such site.
        """
        folder = self.instance.repositories / sites.check_key(site)
        aside = self.instance.repositories / _ASIDE / uuid.uuid4().hex
        aside.parent.mkdir(exist_ok=True)
        with self.database.writing() as connection:
            seed = sites.kept_seed(connection, site)
            sites.delete_rows(connection, site)
            if folder.exists():
                folder.rename(aside)
            try:
                plant(connection, self.instance, site, seed)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                if aside.exists():
                    aside.rename(folder)
                raise
        shutil.rmtree(aside, ignore_errors=True)

    def close(self) -> None:
        """Stop what runs in the background and close the database."""
        self._outbox.close()
        self._journal.close()
        self.database.close()
