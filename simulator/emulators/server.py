"""Both emulated services behind one WSGI app, with their database, sites, journal and webhook deliveries."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from simulator.emulators.control.actions import actions_part
from simulator.emulators.control.app import create_control
from simulator.emulators.control.attachments import attachments_part
from simulator.emulators.control.automation import automation_part
from simulator.emulators.control.faults import faults_part
from simulator.emulators.control.journal import journal_part
from simulator.emulators.control.limits import limits_part
from simulator.emulators.control.sites import sites_part, states_part
from simulator.emulators.control.worlds import Worlds
from simulator.emulators.github.app import create_app as create_github
from simulator.emulators.github.dialect import DIALECT as GITHUB_DIALECT
from simulator.emulators.github.recovery import forget as forget_recovered
from simulator.emulators.github.state import deliveries as github_deliveries
from simulator.emulators.gitserver.housekeeping import Housekeeper
from simulator.emulators.gitserver.occupancy import Occupancy
from simulator.emulators.gitserver.stale_locks import remove_stale_locks
from simulator.emulators.integration.github_app import GitHubForJira
from simulator.emulators.jira.app import create_app as create_jira
from simulator.emulators.jira.dialect import DIALECT as JIRA_DIALECT
from simulator.emulators.jira.state import webhook_deliveries as jira_deliveries
from simulator.emulators.kit.database import Connection, Database
from simulator.emulators.kit.destinations import Destinations
from simulator.emulators.kit.dispatch import Dispatcher
from simulator.emulators.kit.faults import Faults
from simulator.emulators.kit.gate import Gate
from simulator.emulators.kit.instance import Counsel, Instance, Now, nobody_counsels
from simulator.emulators.kit.journal import Entry, Journal
from simulator.emulators.kit.migrations.upgrade import upgrade
from simulator.emulators.kit.outbox import Outcome
from simulator.emulators.kit.outbox_worker import OutboxWorker
from simulator.emulators.kit.rate_limits import RateLimits
from simulator.emulators.kit.seed import Seed
from simulator.emulators.kit.unswept import unswept

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Emulators:
    """The emulated GitHub and Jira over one database and one folder, which are made when they are not there.

    `now` is the wall clock (aware, UTC). With `deliver` off nothing runs in the background and webhooks stay in the outbox:
    for rehearsals, which need nothing `durable` either. `fallback` answers the addresses that belong to neither service.
    `written` is told of each site on which something may have been changed, when the request is answered; `counsels` is asked
    for words to whoever pushed.
    Webhooks reach this machine only, and whatever `webhooks_to` allows (`Destinations.of` tells how; BadRule when it cannot).
    """

    @unswept()
    def __init__(  # noqa: PLR0913 - what a server is made of, all by keyword
        self,
        *,
        database_url: str,
        folder: Path,
        now: Now,
        deliver: bool = True,
        durable: bool = True,
        fallback: WSGIApplication | None = None,
        webhooks_to: Iterable[str] = (),
        written: Callable[[str], None] | None = None,
        counsels: Counsel = nobody_counsels,
    ) -> None:
        allowed = Destinations.of(webhooks_to)
        repositories = folder / "repositories"
        repositories.mkdir(parents=True, exist_ok=True)
        self._occupancy = Occupancy(folder)
        self._occupancy.begin(when_alone=partial(remove_stale_locks, repositories))
        woken = threading.Event()
        self.database = Database(database_url, durable=durable)
        upgrade(self.database)
        self._housekeeper = Housekeeper()
        self.instance = Instance(
            database=self.database,
            repositories=repositories,
            now=now,
            wake=woken.set,
            tidy=self._housekeeper.offer,
            hears=GitHubForJira(self._note),
            counsels=counsels,
        )
        self.journal = Journal(self.instance)
        self._outbox = OutboxWorker(self.instance, woken, allowed=allowed, record=_record_delivery)
        self.faults = Faults(self.instance)
        gate = Gate()
        self.worlds = Worlds(self.instance, journal=self.journal, gate=gate, forget=self._forget)
        self.rate_limits = RateLimits(self.instance)
        self._github = create_github(self.instance, self.rate_limits)
        self.control = self._control()
        services: dict[str, WSGIApplication] = {
            "github": self._github.wsgi_app,
            "jira": create_jira(self.instance).wsgi_app,
            "emulator": self.control.wsgi_app,
        }
        self._dispatcher = Dispatcher(
            services,
            instance=self.instance,
            journal=self.journal,
            gate=gate,
            faults=self.faults,
            dialects={"github": GITHUB_DIALECT, "jira": JIRA_DIALECT},
            fallback=fallback,
            written=written,
        )
        self._begin(deliver=deliver)

    def _begin(self, *, deliver: bool) -> None:
        self.worlds.mend()
        self.worlds.make_default()
        if deliver:
            self.journal.start()
            self._outbox.start()
            self._housekeeper.start()

    def _note(self, site: str, method: str, line: str) -> None:
        at = self.instance.now()
        self.journal.add(Entry(site=site, at=at, service="jira", method=method, path=line, status=400))

    def _control(self) -> Flask:
        parts = [
            sites_part(self.worlds),
            states_part(self.worlds),
            journal_part(self.journal),
            faults_part(self.faults),
            actions_part(),
            limits_part(self.rate_limits),
            automation_part(),
            attachments_part(),
        ]
        return create_control(self.instance, parts)

    def _forget(self, site: str) -> None:
        self._dispatcher.forget(site)
        self.faults.forget(site)
        self.rate_limits.forget(site)
        forget_recovered(self._github, site)

    @property
    def wsgi(self) -> WSGIApplication:
        """The app to serve."""
        return self._dispatcher

    def create_site(self, site: str, seed: Seed) -> None:
        """Make a site, or add to it what the seed has and it lacks. Raises sites.BadSiteKey."""
        self.worlds.create(site, seed)

    def delete_site(self, site: str) -> None:
        """Take away all that a site has. Nothing happens when there is no such site. Raises sites.BadSiteKey."""
        self.worlds.delete(site)

    def reset_site(self, site: str) -> None:
        """Bring a site back to its seed. Raises LookupError when there is no such site, sites.BadSiteKey."""
        self.worlds.reset(site)

    def keep_site(self, site: str, name: str) -> None:
        """Keep the present state of a site under a name. Raises LookupError when there is no such site."""
        self.worlds.keep(site, name)

    def restore_site(self, site: str, name: str, *, seed: Seed | None = None) -> None:
        """Bring a site back to a kept state, with a seed to its tokens alone. Raises LookupError without such a state."""
        self.worlds.restore(site, name, seed=seed)

    def share_states(self, site: str, *, of: str, names: Collection[str]) -> None:
        """Let a site have states that another one kept. Raises LookupError when there is no such site."""
        self.worlds.share(site, of=of, names=names)

    def drop_state(self, site: str, name: str) -> None:
        """Forget a kept state of a site. Raises LookupError when there is no such state."""
        self.worlds.drop(site, name)

    def branch_site(self, site: str, *, of: str, snapshot: str | None, seed: Seed) -> None:
        """Make a site that begins as another one is, or was at a kept state; nobody has other tokens there than the seed's.

        Raises LookupError when there is no such site or state, worlds.SiteTaken.
        """
        self.worlds.branch(site, of=of, snapshot=snapshot, seed=seed)

    def close(self) -> None:
        """Stop what runs in the background and close the database."""
        self._housekeeper.close()
        self._outbox.close()
        self.journal.close()
        self.database.close()
        self._occupancy.close()


def _record_delivery(connection: Connection, outcome: Outcome) -> None:
    """Each service knows its own deliveries by their number in the outbox."""
    github_deliveries.record(connection, outcome)
    jira_deliveries.record(connection, outcome)
