"""Faults on order: which requests of a site are answered badly, late, or not at all.

Kept with the site's settings, so they outlive a restart. A site without faults pays one look into a dictionary. Where several
processes share a database, each hears of a change within a second.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.site_settings import read_setting, write_setting

MOST = 100
"""Faults that a site can have at once."""

_SETTING = "faults"
_HEARD_OF_S = 1.0
_MOST_WIDE = 3  # each multiplies the cost of a match by the length of the path
_PIECES = re.compile(r"(\*\*|\*|\{[^/{}]*\})")
_BAD_HEADER = re.compile(r"[^\x20-\x7e]")
_ENTERPRISE = re.compile(r"/api(/v3(?=/|\Z)|(?=/graphql\Z))")


def as_documented(path: str) -> str:
    """A path as GitHub's documentation writes it: `/repos/{owner}/{repo}` and `/graphql`, without what goes before."""
    return _ENTERPRISE.sub("", path, count=1) if _ENTERPRISE.match(path) else path


class Fault(BaseModel):
    """What happens to requests that match: an answer with a `status`, a rate limit, a lost connection; late by `latency_ms`.

    With latency alone the true answer follows. In `path`, `*` and `{name}` stand for one part and `**` for any number of them;
    GitHub's paths are those of its documentation. `times` ends it after so many; `probability` is drawn from `seed`, so that
    the same requests fail each time.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int = 0
    service: Literal["github", "jira", "any"] = "any"
    method: Annotated[str, Field(pattern=r"^([A-Z]{1,10}|\*)$")] = "*"
    path: Annotated[str, Field(max_length=500, pattern=r"^(/|\*)"), AfterValidator(as_documented)] = "**"
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    body: Any = None  # JSON, or a text that is sent as it is; else the service's own words for the status
    headers: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,100}$")], Annotated[str, Field(max_length=1000)]] = {}
    rate_limit: Literal["primary", "secondary"] | None = None
    retry_after_s: Annotated[int, Field(ge=0, le=86_400)] = 60
    drop: bool = False
    latency_ms: Annotated[int, Field(ge=0, le=60_000)] = 0
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0
    seed: int = 0
    times: Annotated[int, Field(ge=1)] | None = None
    seen: int = 0
    struck: int = 0

    @model_validator(mode="after")
    def _check(self) -> Fault:
        ends = [self.status is not None, self.rate_limit is not None, self.drop]
        if sum(ends) > 1:
            raise ValueError("status, rate_limit and drop exclude one another")
        if not any(ends) and not self.latency_ms:
            raise ValueError("needs status, rate_limit, drop or latency_ms")
        if self.path.count("**") > _MOST_WIDE:
            raise ValueError(f"path holds ** {_MOST_WIDE} times at most")
        if any(_BAD_HEADER.search(value) for value in self.headers.values()):
            raise ValueError("headers hold printable ASCII only")
        return self

    @property
    def is_late_only(self) -> bool:
        """Whether the true answer follows."""
        return self.status is None and self.rate_limit is None and not self.drop

    def matches(self, service: str, method: str, path: str) -> bool:
        """Whether a request is meant, whatever the draw says."""
        return (
            self.service in ("any", service)
            and self.method in ("*", method)
            and (self.times is None or self.struck < self.times)
            and _pattern(self.path).fullmatch(path) is not None
        )

    def drawn(self) -> bool:
        """Whether the next matching request is struck."""
        if self.probability == 1:
            return True
        number = hashlib.sha256(f"{self.seed} {self.id} {self.seen}".encode()).digest()[:8]
        return int.from_bytes(number, "big") / 2**64 < self.probability


class BadFault(ValueError):
    """What was asked for is no fault. `problems` says why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def fault_of(wanted: Mapping[str, Any]) -> Fault:
    """The fault that a body asks for. Raises BadFault."""
    kept = sorted({"id", "seen", "struck"} & set(wanted))
    if kept:
        raise BadFault([f"{name}: is counted here" for name in kept])
    try:
        return Fault.model_validate(dict(wanted))
    except ValidationError as exc:
        problems = exc.errors(include_url=False, include_input=False)
        raise BadFault([f"{'.'.join(map(str, p['loc'])) or 'fault'}: {p['msg']}" for p in problems]) from exc


@dataclass
class _Known:
    faults: tuple[Fault, ...]
    at: float = field(default_factory=time.monotonic)


class Faults:
    """The faults of all sites."""

    def __init__(self, instance: Instance) -> None:
        self._database = instance.database
        self._known: dict[str, _Known] = {}
        self._changing = threading.Lock()

    def forget(self, site: str) -> None:
        """The site is not what it was."""
        self._known.pop(site, None)

    def of(self, site: str) -> tuple[Fault, ...]:
        """The faults of a site, in the order in which they were ordered."""
        known = self._known.get(site)
        if known is not None and (self._database.is_sqlite or time.monotonic() - known.at < _HEARD_OF_S):
            return known.faults
        with self._database.reading() as connection:
            return self._learn(site, read_setting(connection, site, _SETTING))

    def add(self, site: str, wanted: Fault) -> Fault:
        """Order a fault; gives it with its number. Raises BadFault when there are too many."""
        with self._changing, self._database.writing() as connection:
            present = read_setting(connection, site, _SETTING) or []
            if len(present) >= MOST:
                raise BadFault([f"there are {MOST} faults already"])
            made = wanted.model_copy(update={"id": next_value(connection, site, "faults")})
            rows = [*present, made.model_dump(mode="json")]
            write_setting(connection, site, _SETTING, rows)
        self._learn(site, rows)
        return made

    def remove(self, site: str, fault_id: int | None = None) -> bool:
        """Take one fault back, or all of them; False when there is none of that number."""
        with self._changing, self._database.writing() as connection:
            present = read_setting(connection, site, _SETTING) or []
            rows = [row for row in present if fault_id is not None and row["id"] != fault_id]
            write_setting(connection, site, _SETTING, rows or None)
        self._learn(site, rows)
        return fault_id is None or len(rows) < len(present)

    def strike(self, site: str, service: str, method: str, path: str) -> Fault | None:
        """The fault that befalls a request, counted; None for most of them."""
        if not any(fault.matches(service, method, path) for fault in self.of(site)):
            return None
        with self._changing, self._database.writing() as connection:
            rows = read_setting(connection, site, _SETTING) or []
            struck = None
            for place, row in enumerate(rows):
                fault = Fault.model_validate(row)
                if struck is None and fault.matches(service, method, path):
                    struck = fault if fault.drawn() else None
                    rows[place] = row | {"seen": fault.seen + 1, "struck": fault.struck + (struck is not None)}
            write_setting(connection, site, _SETTING, rows or None)
        self._learn(site, rows)
        return struck

    def _learn(self, site: str, rows: list[dict[str, Any]] | None) -> tuple[Fault, ...]:
        known = _Known(tuple(Fault.model_validate(row) for row in rows or ()))
        self._known[site] = known
        return known.faults


def _pattern(path: str) -> re.Pattern[str]:
    parts = [_part(piece) for piece in _PIECES.split(path) if piece]
    return re.compile("".join(parts), re.DOTALL)  # re keeps the last few hundred of them compiled


def _part(piece: str) -> str:
    if piece == "**":
        return ".*"
    return "[^/]+" if piece == "*" or piece.startswith("{") else re.escape(piece)
