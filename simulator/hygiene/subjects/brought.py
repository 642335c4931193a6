"""What somebody brings: the content of a pull request, or of a commit that came to the default branch by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator.hygiene.gates import ended_at
from simulator.hygiene.subjects.judged_commits import alone
from simulator.hygiene.subjects.kind import OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import of_pull
from simulator.model.code import ChangedFile
from simulator.model.history import Commit, History, PullRequest
from simulator.model.record import record


@record
class Brought:
    """`called` names it in a sentence: `#12`, or a commit. `files` are those of its diff as it stands, None when it is not known;
    `commits` those that it is made of. `is_open`: it can still be changed before it reaches the default branch.
    """

    called: str
    files: tuple[ChangedFile, ...] | None
    commits: tuple[Commit, ...]
    is_open: bool


def _of_any_size(pull: PullRequest, history: History) -> Iterator[Opportunity[Brought]]:
    return (replace(found, mass=1.0) for found in _ready(pull, history))


def _ready(pull: PullRequest, _: History) -> Iterator[Opportunity[Brought]]:
    if pull.ready_at is not None:
        found = of_pull(pull, pull.ready_at)
        subject = Brought(
            called=f"#{pull.number}",
            files=pull.heads[-1].files if pull.heads else None,
            commits=pull.commits,
            is_open=ended_at(pull) is None,
        )
        yield Opportunity(
            subject=subject,
            name=found.name,
            url=found.url,
            item=found.item,
            mass=found.mass,
            seats=found.seats,
            at=found.at,
        )


def _alone(commit: Commit, history: History) -> Iterator[Opportunity[Brought]]:
    for found in alone(commit, history):
        subject = Brought(called=f"Commit {commit.sha[:7]}", files=commit.files, commits=(commit,), is_open=False)
        yield Opportunity(
            subject=subject,
            name=found.name,
            url=found.url,
            item=found.item,
            mass=min(1.0, found.mass),
            seats=found.seats,
            at=found.at,
        )


def _alone_of_any_size(commit: Commit, history: History) -> Iterator[Opportunity[Brought]]:
    return (replace(found, mass=1.0) for found in _alone(commit, history))


BROUGHT = Kind(
    name="pull request",
    opportunity="each pull request that was ever ready for review, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _ready), Place(Source.ALONE, _alone)),
)
ALL_BROUGHT = Kind(
    name="pull request of any size",
    opportunity="each pull request that was ever ready for review, an empty one too",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _of_any_size), Place(Source.ALONE, _alone_of_any_size)),
)
