"""The composition root: settings in, an assembled house out. Nothing else constructs the parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound

from simulator.adapters.github_accounts import is_near
from simulator.emulators.kit.destinations import BadRule
from simulator.emulators.kit.instance import Counsel, Pushed, nobody_counsels
from simulator.emulators.server import Emulators
from simulator.errors import SetupError, SprintdojoError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.absence import settle, wait
from simulator.run.borrowed_words import installed_words
from simulator.run.coach.comments import Commenting
from simulator.run.coach.pushes import PushAdvice
from simulator.run.credentials import relevant
from simulator.run.days import Days
from simulator.run.engine import Engine
from simulator.run.machine import need_git
from simulator.run.office import Office
from simulator.run.openings import Openings
from simulator.run.queries import Queries
from simulator.run.secrets import open_key
from simulator.run.shelf import Shelf, open_shelf
from simulator.run.workroom import Workroom
from simulator.settings import Settings
from simulator.storage.database import Database
from simulator.storage.leadership import Leadership
from simulator.storage.migrate import upgrade
from simulator.timekeeping.clock import Clock, SteadyClock, wall_clock
from simulator.timekeeping.pacer import Pacer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

_AFTER_A_CHANGE = (
    (3.0, 1.0),
    (15.0, 5.0),
    (90.0, 30.0),
)  # seconds since something was new, seconds until the next look
_SELDOM_S = 240.0
_BACK_WORTH_TELLING = timedelta(seconds=5)
_GROWS_QUIET_S = 600.0
_AT_MOST_TIMES = 4


class Rest:
    """Answers what belongs to no emulated service, by an application that is made after them."""

    application: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return (self.application or NotFound())(environ, start_response)


class Hints:
    """What the emulated services say of their sites goes to whoever listens, who is made after them."""

    listener: Callable[[RunId], None] | None = None
    adviser: Counsel = staticmethod(nobody_counsels)

    def pushed(self, pushed: Pushed) -> Sequence[str]:
        """Somebody pushed: the adviser's words on it."""
        return self.adviser(pushed)

    def written(self, site: str) -> None:
        """Something was written on the site of a run."""
        if self.listener is not None:
            self.listener(RunId(site))


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The assembled parts of one server."""

    office: Office
    emulators: Emulators
    rest: Rest
    stop_work: Callable[[], None]
    """Ends what goes on by itself. Called before the HTTP server stops: work under way still asks the emulated services."""

    def wsgi(self, dashboard: WSGIApplication) -> WSGIApplication:
        """Everything on one port: the emulated services at their addresses, the dashboard at all others."""
        self.rest.application = dashboard
        return self.emulators.wsgi


@contextmanager
def open_house(settings: Settings, *, base_url: str, guarded: bool, environment: Mapping[str, str]) -> Iterator[House]:
    """Open databases, take the lead, take up the runs that go on; close all of it at the end.

    Raises SetupError (git, folder, another server at work) or StorageError.
    """
    need_git()
    key = open_key(settings.data)
    with ExitStack() as at_the_end:
        shelf = open_shelf(_lead(settings, at_the_end))
        clock = _clock(shelf)
        rest = Rest()
        hints = Hints()
        emulators = _emulators(settings, clock, rest, hints)
        at_the_end.callback(emulators.close)
        openings = Openings(
            shelf=shelf,
            key=key,
            emulators=emulators,
            base_url=base_url,
            folder=settings.data,
            environment=relevant(environment),
            clock=clock,
            wordings=installed_words(),
        )
        workroom, pacer = _work(settings, shelf, openings)
        hints.listener = workroom.hint
        hints.adviser = PushAdvice(shelf=shelf, workroom=workroom, openings=openings)
        queries = Queries(shelf=shelf, openings=openings, clock=clock, base_url=base_url)
        office = Office(
            shelf=shelf,
            workroom=workroom,
            openings=openings,
            days=Days(openings),
            queries=queries,
            key=key,
            clock=clock,
            guarded=guarded,
            while_away=settings.while_away,
        )

        def stop_work() -> None:
            pacer.stop()
            workroom.close()

        at_the_end.callback(stop_work)
        close_gaps(shelf, openings, now=clock())
        pacer.start()
        workroom.open()
        yield House(office=office, emulators=emulators, rest=rest, stop_work=stop_work)


def _lead(settings: Settings, at_the_end: ExitStack) -> Database:
    """The database, its schema current, in the hands of this process alone. Raises SetupError when another has it."""
    database = Database(settings.database or f"sqlite:///{settings.data.resolve() / 'sprintdojo.db'}")
    at_the_end.callback(database.close)
    upgrade(database)
    leadership = Leadership(database, settings.data)
    if not leadership.acquire():
        other = "database with --database" if settings.database else "folder with --data"
        raise SetupError(
            "another server works on these runs",
            where=database.where if settings.database else str(settings.data.resolve()),
            to_do=f"use that one, stop it, or choose another {other}",
        )
    at_the_end.callback(leadership.release)
    return database


def _clock(shelf: Shelf) -> Clock:
    """A clock that goes on from where the last server was seen, though the machine's was set back meanwhile."""
    seen = max((run.seen_at for run in shelf.runs.all()), default=None)
    back = timedelta(0) if seen is None else seen - wall_clock()
    if back > _BACK_WORTH_TELLING:
        logger.warning("this machine's clock was set back by %s: the runs go on by a clock of their own", back)
    return SteadyClock(not_before=seen)


def _emulators(settings: Settings, clock: Clock, rest: Rest, hints: Hints) -> Emulators:
    folder = settings.data.resolve()
    url = settings.database or f"sqlite:///{folder / 'emulators.db'}"
    rules = [rule for rule in settings.webhooks_to.replace(",", " ").split() if rule]
    try:
        return Emulators(
            database_url=url,
            folder=folder,
            now=clock,
            fallback=rest,
            webhooks_to=rules,
            written=hints.written,
            counsels=hints.pushed,
        )
    except BadRule as exc:
        to_do = "write networks (10.0.0.0/8), host names (*.example.com) or public"
        raise SetupError(str(exc), where="webhooks_to", to_do=to_do) from exc


def _work(settings: Settings, shelf: Shelf, openings: Openings) -> tuple[Workroom, Pacer]:
    """The room in which runs are worked on, and the pacer that wakes them."""
    coach = Commenting(shelf, clock=openings.clock, base_url=openings.base_url)
    engine = Engine(shelf, clock=openings.clock, open_run=openings.open, days=Days(openings), coach=coach)
    pacer = Pacer(lambda run_id: workroom.wake(run_id), clock=openings.clock)  # noqa: PLW0108 - the workroom is made after it
    workroom = Workroom(
        engine,
        shelf,
        clock=openings.clock,
        look_s=lambda run_id, quiet_s: _look_s(shelf, settings, run_id, quiet_s),
        set_alarm=pacer.set_alarm,
        settle=lambda run_id: close_gap(openings, shelf.runs.get(run_id), now=openings.clock()),
        wait=lambda run_id: _wait(openings, shelf.runs.get(run_id)),
    )
    return workroom, pacer


def close_gaps(shelf: Shelf, openings: Openings, *, now: datetime) -> None:
    """Settle the time in which no server was at work, for every run that goes on."""
    for run in shelf.runs.all():
        if run.state is RunState.RUNNING:
            close_gap(openings, run, now=now)


def close_gap(openings: Openings, run: Run, *, now: datetime) -> bool:
    """Settle the time since a run was last seen; whether its timeline is another one now."""
    try:
        story = openings.story(run)
        timeline = openings.timeline(run, story)
    except SprintdojoError as exc:  # one run that cannot be read must not keep the others from going on
        logger.warning("run %s cannot be taken up: %s", run.id, exc.what)
        return False
    changed = settle(openings.shelf, run, timeline, first_day=story.first_day, now=now)
    openings.shelf.runs.touch(run.id, now)
    return changed


def _wait(openings: Openings, run: Run) -> bool:
    timeline = openings.timeline(run, openings.story(run))
    return wait(openings.shelf, run, timeline, now=openings.clock())


def _look_s(shelf: Shelf, settings: Settings, run_id: RunId, quiet_s: float) -> float:
    """Wall seconds until the next look at a run's services, on which nothing was new for `quiet_s`.

    Our own emulated services say when something was written; elsewhere one has to look, and less often where nothing happens.
    """
    run = shelf.runs.get(run_id)
    if run.emulated:
        return next((pause_s for lately_s, pause_s in _AFTER_A_CHANGE if quiet_s < lately_s), _SELDOM_S)
    near = is_near(str(run.services["github_api_url"]))
    often_s = settings.look_s if near else settings.look_real_s
    return min(often_s * (1 + quiet_s / _GROWS_QUIET_S), often_s * _AT_MOST_TIMES)
