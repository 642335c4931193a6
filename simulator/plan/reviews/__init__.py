"""How colleagues review: when, by which rules, and how a point is settled."""
