"""Settings, read once at the edge from SPRINTDOJO_* variables and sprintdojo.toml, then passed in.

The environment wins over the file; the command line wins over both. Secrets come from the environment only (run/credentials.py).
"""

from __future__ import annotations

import dataclasses
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from simulator.errors import SetupError

FILE_NAME = "sprintdojo.toml"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_RANGES: Mapping[str, tuple[float, float]] = {
    "port": (0, 65535),
    "look_s": (0.05, 3600),
    "look_real_s": (1, 86400),
    "threads": (2, 500),
}
WHILE_AWAY = ("auto", "catch-up", "hold")
_KINDS = {int: "a whole number", float: "a number", str: "a text", Path: "a text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. Each field is SPRINTDOJO_<NAME> in the environment and <name> in sprintdojo.toml."""

    url: str = "http://127.0.0.1:8000"
    """Address of the server that the commands talk to."""
    host: str = "127.0.0.1"
    """Address that the server listens on; beyond loopback an access code is asked for."""
    port: int = 8000
    """Port that the server listens on; 0 takes a free one."""
    data: Path = Path(".sprintdojo")
    """Folder of everything that is kept: databases, repositories, keys."""
    database: str = dataclasses.field(default="", repr=False)
    """SQLAlchemy URL of a PostgreSQL database (postgresql+psycopg://…); empty means SQLite files in the data folder."""
    look_s: float = 0.5
    """Seconds of wall time between two looks at services on this machine that are not the server's own."""
    look_real_s: float = 20.0
    """Seconds of wall time between two looks at services elsewhere, which limit how often they may be asked."""
    threads: int = 16
    """Threads that answer requests."""
    while_away: str = "auto"
    """What becomes of time without a server, if a run does not say: auto (catches up 15 minutes at most), catch-up, hold."""
    webhooks_to: str = ""
    """Where webhooks of the emulated GitHub may go beyond this machine: networks, host names or public, with commas between."""
    log_level: str = "WARNING"
    """How much is logged: DEBUG, INFO, WARNING or ERROR."""

    def but(self, **changes: Any) -> Settings:  # Any: of the type of each field
        """These settings with some changed, as the command line asks for."""
        return dataclasses.replace(self, **changes)


def read_settings(environment: Mapping[str, str] | None = None, *, folder: Path | None = None) -> Settings:
    """The settings of this process; `folder` is where sprintdojo.toml may lie, the working folder if not given.

    Raises SetupError that names the setting which cannot be read, and where it was set.
    """
    environment = os.environ if environment is None else environment
    file = (folder or Path.cwd()) / FILE_NAME
    values = _from_file(file) | _from_environment(environment)
    return Settings(**{name: _checked(name, *given) for name, given in values.items()})


def variable(name: str) -> str:
    """The environment's name of a setting."""
    return f"SPRINTDOJO_{name.upper()}"


def _names() -> list[str]:
    return sorted(field.name for field in dataclasses.fields(Settings))


def _from_file(file: Path) -> dict[str, tuple[Any, str]]:
    if not file.is_file():
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SetupError(
            f"{FILE_NAME} cannot be read: {exc}", where=str(file), to_do="mend the file or remove it"
        ) from exc
    unknown = [name for name in found if name not in _names()]
    if unknown:
        words = "unknown settings" if len(unknown) > 1 else "unknown setting"
        to_do = _nearest(unknown[0]) or f"the settings are: {', '.join(_names())}"
        raise SetupError(f"{words}: {', '.join(unknown)}", where=str(file), to_do=to_do)
    return {name: (value, str(file)) for name, value in found.items()}


def _nearest(name: str) -> str:
    close = get_close_matches(name, _names(), n=1)
    return f"did you mean {close[0]}?" if close else ""


def _from_environment(environment: Mapping[str, str]) -> dict[str, tuple[Any, str]]:
    given = {name: environment.get(variable(name)) for name in _names()}
    return {name: (value, variable(name)) for name, value in given.items() if value}


def _checked(name: str, value: Any, where: str) -> Any:
    default = next(field.default for field in dataclasses.fields(Settings) if field.name == name)
    if value == default:
        return default
    kind = Path if isinstance(default, Path) else type(default)
    typed = _typed(kind, value)
    if typed is None:
        raise _wrong(name, value, f"not {_KINDS[kind]}", where, default)
    low, high = _RANGES.get(name, (-math.inf, math.inf))
    if kind in (int, float) and not low <= typed <= high:  # NaN is not either
        raise _wrong(name, value, f"not one of {low:g} to {high:g}", where, default)
    if name == "log_level" and typed.upper() not in LOG_LEVELS:
        raise _wrong(name, value, f"not one of {', '.join(LOG_LEVELS)}", where, default)
    if name == "while_away" and typed not in WHILE_AWAY:
        raise _wrong(name, value, f"not one of {', '.join(WHILE_AWAY)}", where, default)
    if name == "url" and not typed.startswith(("http://", "https://")):
        raise _wrong(name, value, "not an address that begins with http:// or https://", where, default)
    return typed.upper() if name == "log_level" else typed


def _typed(kind: type, value: Any) -> Any:
    """The value as its kind, None when it is none: 8.5 and true are no whole numbers."""
    taken = {int: (str, int), float: (str, int, float)}.get(kind, (str,))
    if isinstance(value, bool) or not isinstance(value, taken) or value == "":
        return None
    try:
        return Path(str(value)).expanduser() if kind is Path else kind(value)
    except (ValueError, RuntimeError):  # RuntimeError: ~somebody who is not a user here
        return None


def _wrong(name: str, value: Any, why: str, where: str, default: Any) -> SetupError:
    shown = "what is given" if name == "database" else repr(value)
    return SetupError(f"{name} is {shown}, {why}", where=where, to_do=f"the default is {str(default) or 'empty'}")
