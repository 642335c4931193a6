"""Instants after which mending is worth less: a first review, an end."""

from __future__ import annotations

from datetime import datetime

from simulator.model.history import PullRequest


def first_review(pull: PullRequest) -> datetime | None:
    """When somebody who did not write it first reviewed a pull request; None if nobody has."""
    writers = pull.authors()
    return min((review.at for review in pull.reviews if review.author not in (None, *writers)), default=None)


def ended_at(pull: PullRequest) -> datetime | None:
    """When it was merged or closed; None while it is open."""
    return pull.merged_at or pull.closed_at
