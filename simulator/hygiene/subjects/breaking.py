"""Pull requests that break something for those who use the product from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from simulator.hygiene.subjects.kind import OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import of_pull
from simulator.hygiene.surface import taken_away
from simulator.model.history import History, PullRequest
from simulator.model.record import record

_LABELS = ("breaking", "semver-major", "semver: major")


@record
class BreakingPull:
    """A pull request and why it is taken to break something: a label of it, or what it takes away."""

    pull: PullRequest
    label: str
    taken_away: tuple[str, ...]


def _breaking(pull: PullRequest, _: History) -> Iterator[Opportunity[BreakingPull]]:
    labels = sorted(label for _, known in pull.labels for label in known if label.lower().startswith(_LABELS))
    lost = taken_away(pull.heads[-1].files) if pull.heads else ()
    if labels or lost:
        found = of_pull(pull, pull.merged_at or pull.opened_at)
        subject = BreakingPull(pull=pull, label=labels[0] if labels else "", taken_away=lost)
        yield replace(cast(Opportunity[BreakingPull], found), subject=subject)


BREAKING_PULLS = Kind(
    name="breaking pull request",
    opportunity="each pull request that is labelled as breaking, or takes an endpoint or an exported name away",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _breaking),),
)
