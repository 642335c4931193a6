"""A server as a person starts it: the console script in a process of its own, on a free port, in an empty folder."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import requests

T = TypeVar("T")
_READY = re.compile(r"ready at (http://\S+)")
_LOGS = "server.log"


@contextmanager
def server(folder: Path, *arguments: str) -> Iterator[str]:
    """The address of `sprintdojo serve` with these arguments, while it runs."""
    with _started(folder, "serve", *arguments) as (_, url):
        yield url


@contextmanager
def emulated(folder: Path, seed: object) -> Iterator[str]:
    """The address of `sprintdojo emulate` with this seed, while it runs."""
    with emulating(folder, seed) as (_, url):
        yield url


@contextmanager
def emulating(folder: Path, seed: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The same, and its process. A folder that holds something already is gone on with."""
    folder.mkdir(exist_ok=True)
    file = folder / "seed.yaml"
    file.write_text(json.dumps(seed))  # which is YAML too
    with _started(folder, "emulate", "--seed", str(file)) as started:
        yield started


@contextmanager
def _started(folder: Path, command: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    words = [sys.executable, "-m", "simulator", command, "--port", "0", "--data", str(folder / "kept"), *arguments]
    with (
        (folder / _LOGS).open("ab") as log,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            yield process, _address(process, folder)
        finally:
            process.send_signal(signal.SIGINT)


def _address(process: subprocess.Popen[str], folder: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = _READY.search(line)
        if found:
            return found.group(1)
    raise SystemExit(f"the server did not start:\n{(folder / _LOGS).read_text()}")


def client() -> requests.Session:
    """A keep-alive client that asks nobody for a proxy."""
    session = requests.Session()
    session.trust_env = False
    return session


def wait_for(found: Callable[[], T | None], *, seconds: float, what: str, every: float = 0.005) -> T:
    """What `found` returns as soon as it is not None; ends the benchmark when that takes longer than `seconds`."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        value = found()
        if value is not None:
            return value
        time.sleep(every)
    raise SystemExit(f"{what} did not come within {seconds:g} s")


def running_status(session: requests.Session, url: str) -> dict[str, Any]:
    """The status of the current run, once it is running."""

    def running() -> dict[str, Any] | None:
        reply = session.get(f"{url}/api/v1/runs/current")
        status: dict[str, Any] = reply.json() if reply.status_code == 200 else {}
        return status if status.get("state") == "running" else None

    return wait_for(running, seconds=60, what="the run", every=0.05)


def git(*words: str, inside: Path) -> None:
    """A git command that must succeed, without the configuration of whoever runs the benchmark."""
    said_by_git(*words, inside=inside).check_returncode()


def said_by_git(*words: str, inside: Path) -> subprocess.CompletedProcess[str]:
    """What a git command said, and how it ended."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(inside), "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(
        ["git", *words], cwd=inside, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
