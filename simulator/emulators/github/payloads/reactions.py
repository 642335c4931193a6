"""Reactions as GitHub writes them: their sums on issues and comments, and one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.reactions import Reaction
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_KINDS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def reaction_sums(url: str, counts: Mapping[str, int] | None) -> dict[str, Any]:
    """The sums of reactions to a thing; `url` is the thing's own, `counts` has the numbers by content."""
    found = counts or {}
    total = sum(found.values())
    return {"url": f"{url}/reactions", "total_count": total, **{kind: found.get(kind, 0) for kind in _KINDS}}


def reaction_payloads(place: Place, reactions: Sequence[Reaction], urls: Urls) -> list[dict[str, Any]]:
    """Reactions with the people they come from."""
    people = load_people(place, {reaction.account_id for reaction in reactions})
    return [
        {
            "id": reaction.id,
            "node_id": node_id("Reaction", reaction.id),
            "user": maybe_user(people.get(reaction.account_id), urls),
            "content": reaction.content,
            "created_at": stamp_seconds(reaction.created_at),
        }
        for reaction in reactions
    ]
