"""Pull requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from simulator.hygiene.paths import PathClass, path_class
from simulator.hygiene.subjects.kind import OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest
from simulator.model.history.check_lists import boxes_of


def of_pull(pull: PullRequest, at: datetime, *, weighs: float = 0.0) -> Opportunity[PullRequest]:
    """A pull request as something to judge: by its work item, of those who wrote it. `weighs`: what an empty one does."""
    return Opportunity(
        subject=pull,
        name=f"pull:{pull.number}",
        url=pull.url,
        item=pull.item,
        mass=weighs if pull.lines == 0 else 1.0,  # an empty pull request is evidence of nothing
        seats=pull.authors(),
        at=at,
    )


def _ready(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.ready_at is not None:
        yield of_pull(pull, pull.ready_at)


def _merged(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.merged_at is not None:
        yield of_pull(pull, pull.merged_at)


def _closed(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.closed_at is not None:
        found = of_pull(pull, pull.closed_at)
        yield replace(found, mass=1.0, seats=tuple(filter(None, [pull.closed_by or pull.author])))


def _of_several_commits(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    # With several once it stays one: else whoever folds or drops a commit, as other rules ask, would lose the credit.
    most = max((len(head.commits) for head in pull.heads), default=0)
    if pull.commits and max(most, len(pull.commits)) > 1:
        yield of_pull(pull, pull.opened_at)


def _ready_of_any_size(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.ready_at is not None:
        yield of_pull(pull, pull.ready_at, weighs=1.0)


def _with_boxes(pull: PullRequest, history: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.ready_at is None:
        return
    if any(boxes_of(body) for _, body in pull.bodies) or any(
        since < pull.opened_at for since in history.template_boxes.values()
    ):
        yield of_pull(pull, pull.ready_at)


def _with_production(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    changed = (file.path for file in (pull.heads[-1].files if pull.heads else ()) if file.status != "removed")
    if pull.ready_at is not None and any(path_class(path) is PathClass.PRODUCTION for path in changed):
        yield of_pull(pull, pull.ready_at)


def _with_commits(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.commits:
        yield of_pull(pull, pull.opened_at)


def _reviewed(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    first = min((review.at for review in pull.reviews if review.author not in (None, *pull.authors())), default=None)
    if first is not None:
        yield of_pull(pull, first)


def _discussed(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    begun = [thread.remark for thread in pull.threads if thread.remark.author not in (None, *pull.authors())]
    if begun:
        yield of_pull(pull, begun[0].at)


READY_PULLS = Kind(
    name="pull request",
    opportunity="each pull request that was ever ready for review, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _ready),),
)
MERGED_PULLS = Kind(
    name="merged pull request",
    opportunity="each merged pull request with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _merged),),
)
CLOSED_PULLS = Kind(
    name="closed pull request",
    opportunity="each pull request that was closed without a merge, by whoever closed it",
    places=(Place(Source.PULLS, _closed),),
)
PULLS_OF_SEVERAL_COMMITS = Kind(
    name="pull request of several commits",
    opportunity="each pull request that has had more than one commit, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _of_several_commits),),
)
REVIEWED_PULLS = Kind(
    name="reviewed pull request",
    opportunity="each pull request that somebody else has reviewed, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _reviewed),),
)
DISCUSSED_PULLS = Kind(
    name="discussed pull request",
    opportunity="each pull request with a conversation about a line that a reviewer began",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _discussed),),
)
PULLS_WITH_COMMITS = Kind(
    name="pull request with commits",
    opportunity="each pull request whose commits are known, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _with_commits),),
)
ALL_READY_PULLS = Kind(
    name="pull request of any size",
    opportunity="each pull request that was ever ready for review, an empty one too",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _ready_of_any_size),),
)
PULLS_WITH_BOXES = Kind(
    name="pull request with a check list",
    opportunity="each pull request that was ready for review, and has or had boxes to tick in its description, or was opened "
    "when the repository's template had some",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _with_boxes),),
)
PULLS_WITH_PRODUCTION = Kind(
    name="pull request with production code",
    opportunity="each pull request that was ready for review and changes production code",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _with_production),),
)
