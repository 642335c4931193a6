"""`sprintdojo serve`: dashboard, emulated services and clock in one process."""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path
from typing import Any

import click

from simulator.cli.ending import Ending
from simulator.cli.webhooks import allow_webhooks_to
from simulator.hygiene.profiles import check_rules
from simulator.run.bootstrap import House, open_house
from simulator.run.http_server import HttpServer, bind
from simulator.run.starting import StartRequest
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario
from simulator.settings import Settings, read_settings
from simulator.timekeeping.pace import parse_pace
from web.app import create_app


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on, 0 for any.  [default: 8000]")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of what is kept.  [default: .sprintdojo]"
)
@click.option(
    "--database", metavar="URL", help="PostgreSQL: postgresql+psycopg://USER@HOST/NAME; else SQLite in the data folder."
)
@allow_webhooks_to
@click.option("--start", "scenario", metavar="SCENARIO", help="Begin a run of this scenario unless one is going on.")
@click.option("--pace", help="Pace of the run begun with --start, such as 10m.")
def serve(
    host: str | None,
    port: int | None,
    data: Path | None,
    database: str | None,
    webhooks_to: tuple[str, ...],
    scenario: str | None,
    pace: str | None,
) -> None:
    """Dashboard, emulated services and clock. Says when it is ready and where."""
    ending = Ending()
    given: dict[str, Any] = {"host": host, "port": port, "data": data, "database": database}
    given["webhooks_to"] = ",".join(webhooks_to) or None
    settings = read_settings().but(**{name: value for name, value in given.items() if value is not None})
    if logging.getLogger().level != logging.DEBUG:  # else --debug was given
        logging.getLogger().setLevel(settings.log_level)
    request = _first_run(scenario, pace, packs=settings.data / "packs")
    listener = bind(settings.host, settings.port)
    with (
        listener.socket,
        open_house(
            settings, base_url=listener.url, guarded=not listener.loopback, environment=dict(os.environ)
        ) as house,
    ):
        server = HttpServer(listener, house.wsgi(create_app(house.office, settings)), threads=settings.threads)
        gc.freeze()  # what was loaded stays: swept along each time, it would hold up a page by 150 ms now and then
        server.start()
        _announce(house, settings, listener.url)
        if request:
            run = house.office.start_unless_running(request)
            click.echo(f"run         {run.id}: {listener.url}/runs/{run.id}")
        click.echo("stop with Ctrl-C; everything is kept")
        ending.wait()
        house.stop_work()
        server.stop()


def _first_run(scenario: str | None, pace: str | None, *, packs: Path) -> StartRequest | None:
    """The run to begin with. Raises ScenarioError or RunError now, before anything is set up."""
    if scenario is None:
        if pace is not None:
            raise click.UsageError("--pace is of the run that --start begins; for a run that goes on: sprintdojo pace")
        return None
    check_rules(load_scenario(find_scenario(scenario, packs=packs)))
    if pace is not None:
        parse_pace(pace)
    return StartRequest(scenario=scenario, pace=pace)


def _announce(house: House, settings: Settings, url: str) -> None:
    click.echo(f"Sprintdojo is ready at {url}")
    click.echo(f"dashboard   {url}/")
    click.echo(f"GitHub      {url}/github  (emulated; each run has its own under /sites/RUN/github)")
    click.echo(f"Jira        {url}/jira  (emulated; each run has its own under /sites/RUN/jira)")
    click.echo(f"kept in     {settings.data.resolve()}")
    if house.office.guarded:
        click.echo(f"access code {house.office.access_code()}  (visitors from other machines are asked for it)")
