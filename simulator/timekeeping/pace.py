"""The pace of a run as people say it: wall time per working day, such as `10m`. Refuses to know the calendar."""

from __future__ import annotations

import re
from datetime import timedelta

from simulator.errors import RunError

FASTEST_S = 1.0
SLOWEST_S = 24 * 3600.0

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_DURATION = re.compile(
    r"(?:(\d{1,9}(?:\.\d{1,6})?)h)?(?:(\d{1,9}(?:\.\d{1,6})?)m)?(?:(\d{1,9}(?:\.\d{1,6})?)s)?", re.ASCII
)


def parse_duration(text: str) -> timedelta | None:
    """A duration written as `2h`, `90m`, `1h30m` or `0.5s`, None when the text is not one."""
    match = _DURATION.fullmatch(re.sub(r"\s+", "", text.lower()))
    if match is None or not any(match.groups()):
        return None
    amounts = zip(match.groups(default="0"), _UNITS.values(), strict=True)
    return timedelta(seconds=sum(float(amount) * seconds for amount, seconds in amounts))


def parse_pace(text: str) -> float:
    """Wall seconds per working day of a pace such as `10m`, `90s` or `1h30m`; 1 s to 24 h. Raises RunError."""
    duration = parse_duration(text)
    if duration is None:
        raise RunError(
            f"{text[:40]!r} is not a pace", to_do="say how long a working day takes: 10m, 90s, 1h, or 8h for real time"
        )
    return check_pace(duration.total_seconds())


def check_pace(pace_s: float) -> float:
    """The pace itself (wall seconds per working day) when it is within 1 s to 24 h. Raises RunError."""
    if not FASTEST_S <= pace_s <= SLOWEST_S:
        raise RunError(
            f"a working day cannot take {pace_s:g} s of real time",
            to_do=f"choose a pace from {format_pace(FASTEST_S)} to {format_pace(SLOWEST_S)} for each working day",
        )
    return pace_s


def format_pace(pace_s: float) -> str:
    """A pace in wall seconds per working day as people write it: `10m`, `1h30m`, `1.5s`."""
    hours, rest = divmod(round(pace_s, 3), 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "m"), (round(seconds, 3), "s"))
    return "".join(f"{amount:g}{unit}" for amount, unit in parts if amount) or "0s"


def rate_of(pace_s: float, day_length: timedelta) -> float:
    """Simulated working seconds per wall second, when a working day of that length takes `pace_s` of wall time."""
    return day_length.total_seconds() / check_pace(pace_s)
