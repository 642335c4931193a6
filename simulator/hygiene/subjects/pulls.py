"""Pull requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest


def of_pull(pull: PullRequest, at: datetime) -> Opportunity[PullRequest]:
    """A pull request as something to judge: by its work item, of those who wrote it."""
    return Opportunity(
        subject=pull,
        name=f"pull:{pull.number}",
        url=pull.url,
        item=pull.item,
        mass=0.0 if pull.lines == 0 else 1.0,  # an empty pull request is evidence of nothing
        seats=pull.authors(),
        at=at,
    )


def _ready(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.ready_at is not None:
        yield of_pull(pull, pull.ready_at)


def _merged(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.merged_at is not None:
        yield of_pull(pull, pull.merged_at)


READY_PULLS = Kind(
    name="pull request",
    opportunity="each pull request that was ever ready for review, with at least one substantive line",
    places=(Place(Source.PULLS, _ready),),
)
MERGED_PULLS = Kind(
    name="merged pull request",
    opportunity="each merged pull request with at least one substantive line",
    places=(Place(Source.PULLS, _merged),),
)
