"""Servers as a person starts them: the console script in a process of its own, on a free port, in an empty folder."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

_READY = re.compile(r"ready at (http://\S+)")


class Process:
    """A running `sprintdojo serve` or `sprintdojo emulate`."""

    def __init__(self, arguments: list[str], *, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._environment = {**_bare_environment(folder), **(environment or {})}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *arguments],
            cwd=folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=(folder / "errors.log").open("ab"),
            text=True,
        )
        self.url = self._read_url()

    def _read_url(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            found = _READY.search(line)
            if found:
                return found.group(1)
        raise AssertionError((self.folder / "errors.log").read_text())

    def kill(self) -> None:
        """kill -9."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(timeout=10)

    def stop(self) -> int:
        """End it as Ctrl-C does; the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=30)

    def command(self, *words: str, status: int = 0) -> str:
        """Run another command against this server; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "simulator", *words],
            cwd=self.folder,
            env={**self._environment, "SPRINTDOJO_URL": self.url},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout if status == 0 else done.stdout + done.stderr

    def json(self, *words: str) -> Any:
        """Run a command with --json and parse what it prints."""
        return json.loads(self.command(*words, "--json"))


def _bare_environment(folder: Path) -> dict[str, str]:
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    return {**kept, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """One server for all tests of a module to which its start is nothing; each begins runs of its own."""
    process = Process(["serve", "--port", "0"], folder=tmp_path_factory.mktemp("server"))
    yield process
    process.kill()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Any]:
    """Start servers in the test's folder; whatever still runs is killed at the end."""
    started: list[Process] = []

    def start(*arguments: str, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Process:
        where = folder or tmp_path
        where.mkdir(parents=True, exist_ok=True)
        process = Process(list(arguments), folder=where, environment=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        if process._process.poll() is None:
            process.kill()
