"""Branches, and what reached the default branch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.hygiene.subjects.kind import OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import of_pull
from simulator.model.history import Branch, DirectPush, History, PullRequest
from simulator.model.record import record

_BOT_BRANCH = re.compile(r"(?:dependabot|renovate|gh-readonly-queue|pre-commit-ci-update-config)(?:/|\Z)", re.ASCII)


@record
class Arrival:
    """Something that reached the default branch: a merged pull request, or a direct push."""

    pull: PullRequest | None
    push: DirectPush | None


def _topic(branch: Branch, _: History) -> Iterator[Opportunity[Branch]]:
    if branch.lines > 0 and not _BOT_BRANCH.match(branch.name):
        yield Opportunity(
            subject=branch,
            name=f"branch:{branch.name}",
            url=branch.url,
            item=branch.item,
            mass=1.0,
            seats=branch.authors(),
            at=branch.created_at,
        )


def _merged(pull: PullRequest, history: History) -> Iterator[Opportunity[Arrival]]:
    if pull.merged_at is not None and pull.base == history.default_branch:
        found = of_pull(pull, pull.merged_at)
        yield Opportunity(
            subject=Arrival(pull=pull, push=None),
            name=found.name,
            url=found.url,
            item=found.item,
            mass=found.mass,
            seats=found.seats,
            at=found.at,
        )


def _pushed(push: DirectPush, _: History) -> Iterator[Opportunity[Arrival]]:
    yield Opportunity(
        subject=Arrival(pull=None, push=push),
        name=f"commit:{push.sha}",
        url=push.url,
        item=push.item,
        mass=1.0,
        seats=(push.actor,) if push.actor else (),
        at=push.at,
    )


BRANCHES = Kind(
    name="branch",
    opportunity="each topic branch with at least one substantive line; the default branch and bots' branches are left out",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.BRANCHES, _topic),),
)
ARRIVALS = Kind(
    name="landing",
    opportunity="each landing on the default branch: a merged pull request, or a direct push",
    whose="everybody who wrote something of the pull request; a direct push is of who pushed it",
    places=(Place(Source.PULLS, _merged), Place(Source.DIRECT_PUSHES, _pushed)),
)
