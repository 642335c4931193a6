"""How values look on pages: filters for the templates. Pure."""

from __future__ import annotations

import hashlib
import re
import shlex
from datetime import datetime

from flask import Flask

from web.languages import native_name
from web.markdown import to_html

_TONES = 6
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([hms])", re.ASCII)
_UNITS = {"h": "hour", "m": "minute", "s": "second"}
GROUPS = {
    "BR": "Branches",
    "CM": "Commits",
    "PR": "Pull requests",
    "RV": "Reviews",
    "IS": "Issues",
    "SP": "Sprint",
    "FL": "Flow",
    "CI": "Checks",
}
"""The groups of rules, by the letters that their codes begin with."""


def add_filters(app: Flask) -> None:
    """Make the functions of this module known to templates."""
    filters = (
        amount,
        counted,
        group_name,
        href,
        initials,
        moment,
        native_name,
        plural,
        quoted,
        spelled_out,
        subject,
        to_html,
        tone,
        weekday_time,
    )
    app.jinja_env.filters.update({function.__name__: function for function in filters})


def amount(value: float | None, digits: int = 2) -> str:
    """A number without needless zeros, a dash for None."""
    if value is None:
        return "–"
    return f"{round(value, digits):g}".replace("-", "−")


def counted(number: float, noun: str, digits: int = 2) -> str:
    """A number with what it counts: 1 day, 2 days, 0.5 points."""
    return f"{amount(number, digits)} {plural(number, noun)}"


def group_name(code: str) -> str:
    """The name of a rule's or a group's group: Branches for BR and for BR-01."""
    return GROUPS.get(code[:2], code)


def href(url: str | None) -> str:
    """An address that may stand in a link: http, https or one of our own paths; else nothing."""
    text = url or ""
    ours = text.startswith("/") and not text.startswith("//")
    return text if ours or text.lower().startswith(("http://", "https://")) else ""


def initials(name: str | None) -> str:
    """Up to two first letters, for a face."""
    words = (name or "?").split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def plural(number: float, noun: str) -> str:
    """A noun as it stands behind a number: point for 1, points for all others."""
    return noun if number == 1 else f"{noun}s"


def quoted(text: str) -> str:
    """A text as one word of a shell command, whatever is in it."""
    return shlex.quote(text)


def spelled_out(pace: str) -> str:
    """A pace in words: 1 hour 30 minutes for 1h30m."""
    return " ".join(counted(float(number), _UNITS[unit]) for number, unit in _LENGTH.findall(pace)) or pace


def subject(name: str) -> str:
    """The subject of a finding in words: `branch:stuff` as branch stuff, `pull:7` as #7, a commit by its first letters."""
    kind, _, rest = name.partition(":")
    if kind == "pull":
        number, _, part = rest.partition("/")
        return f"#{number} {part.replace('review-by:', 'review by ')}".strip()
    if kind == "commit":
        return f"commit {rest[:8]}"
    return rest if kind == "issue" else f"{kind} {rest}".strip()


def tone(name: str | None) -> int:
    """A colour number from 1 to 6 that stays with a name."""
    return hashlib.blake2b((name or "").encode(), digest_size=2).digest()[0] % _TONES + 1


def moment(iso: str) -> str:
    """Date and time of an ISO instant, as it stands there: Mon 5 Jan, 09:00."""
    at = datetime.fromisoformat(iso)
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"


def weekday_time(iso: str) -> str:
    """Weekday and time of an ISO instant: Mon 09:00."""
    return f"{datetime.fromisoformat(iso):%a %H:%M}"
