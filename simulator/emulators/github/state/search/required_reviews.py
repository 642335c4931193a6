"""Which branches ask for reviews, for `review:required`; asked of `holding`, which knows both protections and rulesets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import or_, select

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.holding import rulebook
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.tables import protections, pulls, rulesets
from simulator.emulators.github.tables import repositories as table

_MOST_BRANCHES = 10_000

Branches = list[tuple[int, str]]
"""Numbers of repositories, and the names of their branches."""


def branches_that_ask(ground: Ground) -> Mapping[int, Branches]:
    """The branches that pull requests go into and that ask for approvals, by how many they ask for."""
    bases = _guarded_bases(ground)
    homes = repositories.by_ids(ground.connection, ground.site, {home for home, _ in bases})
    books = {home.id: rulebook(ground.connection, home) for home in homes.values()}
    found: dict[int, Branches] = defaultdict(list)
    for home, branch in bases:
        wanted = books[home].holding(f"refs/heads/{branch}").demands.reviews
        if wanted is not None and (wanted.approvals or wanted.code_owners):
            found[max(wanted.approvals, 1)].append((home, branch))
    return found


def _guarded_bases(ground: Ground) -> Branches:
    guarded = or_(
        *(
            table.c.id.in_(select(rules.c.repository_id).where(rules.c.site == ground.site))
            for rules in (protections, rulesets)
        )
    )
    query = (
        select(pulls.c.repository_id, pulls.c.base_ref)
        .join_from(pulls, table, (pulls.c.site == table.c.site) & (pulls.c.repository_id == table.c.id))
        .where(ground.visible(), guarded)
        .distinct()
        .limit(_MOST_BRANCHES)
    )
    return [(row.repository_id, row.base_ref) for row in ground.connection.execute(query)]
