"""Durations as people write them in Jira: `1w 2d 4h 30m`, by the site's working hours.

https://support.atlassian.com/jira-software-cloud/docs/log-time-on-an-issue/
"""

from __future__ import annotations

import re
from decimal import Decimal

HOURS_PER_DAY = 8
DAYS_PER_WEEK = 5
DEFAULT_UNIT = "minute"
"""What `GET /configuration` tells: a day and a week are working time, a bare number is minutes."""

LONGEST_S = 10**10
"""Seconds that no duration exceeds, more than three hundred years."""

_LONGEST_TEXT = 100
_UNITS_S = {"w": DAYS_PER_WEEK * HOURS_PER_DAY * 3600, "d": HOURS_PER_DAY * 3600, "h": 3600, "m": 60}
_PART = re.compile(
    r"\s*([0-9]{1,12}(?:[.,][0-9]{1,6})?)\s*(w|weeks?|d|days?|h|hours?|m|minutes?)?(?![a-z.,])", re.IGNORECASE
)


def seconds_of(text: str) -> int | None:
    """Seconds, whole minutes, of a text like `2h 30m`, `1.5d` or `90`; None when it says no duration."""
    if len(text) > _LONGEST_TEXT or not text.strip():
        return None
    total, at, text = Decimal(0), 0, text.strip()
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or (part[2] is None and part[0] != text):  # only a number alone may go without its unit
            return None
        total += Decimal(part[1].replace(",", ".")) * _UNITS_S[(part[2] or DEFAULT_UNIT)[0].lower()]
        at = part.end()
    whole = int(total // 60) * 60
    return whole if whole <= LONGEST_S else None


def pretty(seconds: int) -> str:
    """Seconds as Jira shows them: `1d 2h 30m`; less than a minute is `0m`."""
    parts = []
    for unit in "wdhm":
        count, seconds = divmod(seconds, _UNITS_S[unit])
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0m"
