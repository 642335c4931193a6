"""Runs git: arguments as lists, a clean environment, a time limit; a token travels in the environment only.

Refuses to read the person's own git configuration and to ask questions on a terminal.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.adapters.refusals import scrubbed
from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound, SetupError

OLDEST_GIT = (2, 38)
_LIMIT_S = 120.0
# What git needs of the surroundings: to be found, to reach the world through a proxy, to trust its certificates.
_PASSED_ON = (
    "PATH",
    "SYSTEMROOT",
    "TMPDIR",
    "TEMP",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "http_proxy",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "no_proxy",
    "NO_PROXY",
)
_SETTINGS = {
    "gc.auto": "0",
    "maintenance.auto": "false",
    "core.fsync": "none",  # the folder is a cache, it can be made anew
    "core.autocrlf": "false",
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
    "push.recurseSubmodules": "no",
}
_SILENT = re.compile(
    r"could not resolve|failed to connect|couldn't connect|connection refused|timed out|error: (?:429|5\d\d)", re.I
)
# Connections that end too early, as git and libcurl word them. After a refusal the remote hangs up too: asked for last.
_BROKEN_OFF = re.compile(
    r"connection (?:was )?reset|empty reply|hung up unexpectedly|unexpected disconnect|early eof|rpc failed; curl", re.I
)
_NO_RIGHT = re.compile(r"authentication failed|could not read username|error: 40[13]|permission.* denied", re.I)
_NOT_THERE = re.compile(r"not found|error: 404|does not appear to be a git repository", re.I)
_CHATTER = re.compile(r"(?:To .*|Done|hint: .*|error: failed to push some refs .*)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who authors a commit and when, in whole seconds since 1970 (UTC)."""

    name: str
    email: str
    at_s: int

    @property
    def line(self) -> str:
        """The person and instant as git writes them in a commit."""
        return f"{_plain(self.name)} <{_plain(self.email)}> {self.at_s} +0000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """The git program, working on one bare repository. `secrets` are blotted out of all messages."""

    folder: Path
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def run(
        self,
        arguments: Sequence[str],
        *,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        token_for: tuple[str, str] | None = None,
        doing: str = "working on the repository",
        fine: Collection[int] = (0,),
    ) -> bytes:
        """What git prints. `token_for`: base URL and token that it may use there. Raises AdapterError, SetupError.

        `fine` are the exit statuses that are no refusal.
        """
        command = [git_program(), f"--git-dir={self.folder}", *arguments]
        surroundings = {**_surroundings(self.folder, token_for), **(environment or {})}
        try:
            done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
                command, input=stdin, capture_output=True, env=surroundings, timeout=_LIMIT_S, check=False
            )
        except subprocess.TimeoutExpired as exc:
            raise AdapterError(
                f"git did not finish {doing} within {_LIMIT_S:.0f} s", service="git", retryable=True
            ) from exc
        if done.returncode not in fine:
            raise self._refusal(done, doing)
        return done.stdout

    def _refusal(self, done: subprocess.CompletedProcess[bytes], doing: str) -> AdapterError:
        words = (done.stderr + b"\n" + done.stdout).decode("utf-8", "replace")
        what = f"git refused {doing}: {scrubbed(_essence(words), self.secrets)}"
        if "rejected]" in words:
            return Conflict(what, service="git")
        if _SILENT.search(words):
            return AdapterError(what, service="git", retryable=True, to_do="is GitHub up, and is its address right?")
        if _NO_RIGHT.search(words):
            return AuthenticationFailed(what, service="git", to_do="check the GitHub token and its owner's rights")
        if _NOT_THERE.search(words):
            return NotFound(what, service="git")
        if _BROKEN_OFF.search(words):
            return AdapterError(what, service="git", retryable=True)
        return AdapterError(what, service="git")


def git_program() -> str:
    """Path of the git program. Raises SetupError when there is none."""
    found = shutil.which("git")
    if found is None:
        raise SetupError("git is not installed", where="PATH", to_do="install git 2.38 or newer: https://git-scm.com")
    return found


def check_git() -> None:
    """Raises SetupError when git is missing or older than 2.38."""
    said = subprocess.run([git_program(), "--version"], capture_output=True, text=True, timeout=10, check=False).stdout  # noqa: S603
    match = re.search(r"(\d+)\.(\d+)", said)
    if match is None or (int(match.group(1)), int(match.group(2))) < OLDEST_GIT:
        raise SetupError(
            f"git is too old: {said.strip() or 'it does not say its version'}",
            where=git_program(),
            to_do="install git 2.38 or newer: https://git-scm.com",
        )


def _surroundings(home: Path, token_for: tuple[str, str] | None) -> dict[str, str]:
    settings = dict(_SETTINGS)
    if token_for is not None:
        url, token = token_for
        basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings[f"http.{url}.extraHeader"] = f"Authorization: Basic {basic}"
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment.update(
        HOME=str(home),
        LC_ALL="C",
        GIT_CONFIG_NOSYSTEM="1",
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_TERMINAL_PROMPT="0",
        GIT_CONFIG_COUNT=str(len(settings)),
    )
    for number, (name, value) in enumerate(settings.items()):
        environment[f"GIT_CONFIG_KEY_{number}"] = name
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment


def _plain(text: str) -> str:
    return re.sub(r"[<>\r\n\0]", "", text).strip()


def _essence(words: str) -> str:
    """What git and the remote said, without what a push says at every refusal."""
    lines = (re.sub(r"^remote: (?:error: )?", "", line.strip()) for line in words.splitlines())
    return "\n".join(line for line in lines if not _CHATTER.match(line))
