"""Pages of long lists: which one is asked for, and where its neighbours are."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import request

SIZE = 50
_FARTHEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a list. Pages count from 1; `more` says that another one follows."""

    number: int
    more: bool

    @property
    def earlier(self) -> str | None:
        """The address of the page before, None for the first."""
        return _address(self.number - 1) if self.number > 1 else None

    @property
    def later(self) -> str | None:
        """The address of the next page, None for the last."""
        return _address(self.number + 1) if self.more else None


def asked_number() -> int:
    """The page that the request asks for; nonsense counts as the first."""
    text = request.args.get("page", "")
    return min(int(text), _FARTHEST) or 1 if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def offset(size: int = SIZE) -> int:
    """How many items come before the page that is asked for."""
    return (asked_number() - 1) * size


def sheet(total: int, size: int = SIZE) -> Sheet:
    """The asked page of a list of so many items."""
    return Sheet(number=asked_number(), more=total > asked_number() * size)


def _address(number: int) -> str:
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{quote(request.script_root + request.path)}?{urlencode([*others, ('page', str(number))])}"
