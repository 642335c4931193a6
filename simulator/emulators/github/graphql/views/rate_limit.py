"""What a query costs. Source: https://docs.github.com/en/graphql/reference/objects#ratelimit"""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.emulators.github.graphql.cost import Cost
from simulator.emulators.github.limits import usage_of


class RateLimit:
    """The present query's cost, and what is left of the hour."""

    typename = "RateLimit"

    def __init__(self, cost: Cost) -> None:
        usage = usage_of("graphql")
        self.cost = cost.points
        self.node_count = cost.nodes
        self.limit = usage.limit
        self.used = usage.used
        self.remaining = usage.remaining
        self.reset_at = datetime.fromtimestamp(usage.reset, UTC)
