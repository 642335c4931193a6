"""Reactions as GitHub writes them on issues and comments."""

from __future__ import annotations

from typing import Any

_KINDS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def no_reactions(url: str) -> dict[str, Any]:
    """The sums of reactions to a thing that nobody reacted to; `url` is the thing's own."""
    return {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(_KINDS, 0)}
