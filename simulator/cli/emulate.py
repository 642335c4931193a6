"""`sprintdojo emulate`: the two emulated services alone, for anybody's tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from simulator.cli.ending import Ending
from simulator.cli.webhooks import allow_webhooks_to
from simulator.emulators.kit.seed import Seed, SeedError, load_seed
from simulator.emulators.server import Emulators
from simulator.errors import SetupError
from simulator.run.http_server import HttpServer, Listener, bind
from simulator.run.machine import need_folder, need_git
from simulator.storage.database import Database
from simulator.storage.leadership import Leadership
from simulator.timekeeping.clock import wall_clock


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=4010, show_default=True, help="Port to listen on, 0 for any."
)
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of what is kept; else a temporary one."
)
@click.option("--database", metavar="URL", help="PostgreSQL instead of SQLite in the data folder.")
@click.option(
    "--seed", "seed_file", type=click.Path(path_type=Path), help="YAML file of users, repositories, projects."
)
@allow_webhooks_to
def emulate(
    host: str,
    port: int,
    data: Path | None,
    database: str | None,
    seed_file: Path | None,
    webhooks_to: tuple[str, ...],
) -> None:
    """The emulated GitHub and Jira alone, without scenarios, clock or dashboard."""
    ending = Ending()
    need_git()
    seed = read_seed(seed_file) if seed_file else Seed()
    listener = bind(host, port)
    with (
        listener.socket,
        tempfile.TemporaryDirectory(prefix="sprintdojo-") as temporary,
        _emulators(database, data or Path(temporary), webhooks_to) as emulators,
    ):
        emulators.create_site("default", seed)
        server = HttpServer(listener, emulators.wsgi, threads=16)
        server.start()
        _announce(listener, data)
        ending.wait()
        server.stop()


@contextmanager
def _emulators(database: str | None, folder: Path, webhooks_to: tuple[str, ...]) -> Iterator[Emulators]:
    """The services over a folder that nobody else works on. Raises SetupError or StorageError."""
    need_folder(folder)
    url = database or f"sqlite:///{folder.resolve() / 'emulators.db'}"
    house = Database(url)  # what is wrong with a database is said in the house's words, which the emulators do not know
    with house.reading():
        pass
    leadership = Leadership(house, folder)
    if not leadership.acquire():
        where = house.where if database else str(folder.resolve())
        other = "database with --database" if database else "folder with --data"
        raise SetupError("another server works there", where=where, to_do=f"stop it, or choose another {other}")
    try:
        emulators = Emulators(database_url=url, folder=folder, now=wall_clock, webhooks_to=webhooks_to)
        yield emulators
        emulators.close()
    finally:
        leadership.release()
        house.close()


def _announce(listener: Listener, data: Path | None) -> None:
    click.echo(f"Emulated services are ready at {listener.url}")
    click.echo(f"GitHub REST {listener.url}/github/api/v3   git {listener.url}/github/OWNER/REPO.git")
    click.echo(f"Jira        {listener.url}/jira")
    click.echo(f"kept in     {data.resolve() if data else 'a temporary folder, gone at the end'}")
    if not listener.loopback:
        click.echo(
            "caution     whoever reaches this machine reaches these services; they are guarded by the seed's tokens only"
        )
    click.echo("stop with Ctrl-C")


def read_seed(file: Path) -> Seed:
    """The seed of a file. Raises SetupError with every fault of it."""
    try:
        return load_seed(file)
    except SeedError as exc:
        what = "\n".join(("the seed cannot be used:", *exc.problems))
        to_do = "mend it; docs/guide/emulators.md shows what a seed may hold"
        raise SetupError(what, where=str(file), to_do=to_do) from exc
