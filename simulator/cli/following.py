"""What commands on a run share: the options that name it, its address, and waiting for what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import quote

import click

from simulator.cli.client import Server
from simulator.errors import RunError

_F = TypeVar("_F", bound=Callable[..., Any])
_PATIENCE_S = 600.0
_FIRST_PAUSE_S = 0.02
_LONGEST_PAUSE_S = 0.2


def on_a_run(command: _F) -> _F:
    """The options `--run` and `--json`."""
    command = click.option("--run", "run_id", metavar="ID", default="current", help="The run; else the current one.")(
        command
    )
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def of_run(run_id: str) -> str:
    """The run's address in the API."""
    return f"/runs/{quote(run_id, safe='')}"


def until(what: str) -> Iterator[None]:
    """Turns of a loop that looks again and again, soon at first. Raises RunError with `what` when it lasts too long."""
    waiting, waited_s, pause_s = threading.Event(), 0.0, _FIRST_PAUSE_S
    while waited_s < _PATIENCE_S:
        yield
        waiting.wait(pause_s)
        waited_s += pause_s
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
    raise RunError(f"{what} after {_PATIENCE_S:.0f} s", to_do="look at the server's log; it goes on by itself")


def followed(server: Server, job: dict[str, Any], what: str) -> dict[str, Any]:
    """A job once it is done. Raises RunError with the server's words when it failed."""
    for _ in until(f"{what} is not done"):
        if job["state"] != "working":
            break
        job = server.get(f"/runs/{job['run']}/jobs/{job['job']}", holds="job")
    if job["state"] == "failed":
        raise RunError(job["problem"], where=f"run {job['run']}", to_do=job.get("to_do") or "see `sprintdojo status`")
    return job
