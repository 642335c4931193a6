"""Reviews: asked for and given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest, Review, ReviewRequest
from simulator.model.record import record


@record
class GivenReview:
    """A review of somebody else's pull request."""

    pull: PullRequest
    review: Review


@record
class BlockRound:
    """Changes were requested, and pushed at `pushed_at`, before the reviewer was back or the block was over at `ended_at`."""

    pull: PullRequest
    block: Review
    pushed_at: tuple[datetime, ...]
    ended_at: datetime | None


def _asked(pull: PullRequest, _: History) -> Iterator[Opportunity[ReviewRequest]]:
    for request in pull.requests:
        turn = f"#{request.turn}" if request.turn > 1 else ""
        yield Opportunity(
            subject=request,
            name=f"pull:{request.pull}/review-by:{request.reviewer}{turn}",
            url=pull.url,
            item=f"pull:{request.pull}",
            mass=1.0,
            seats=(request.reviewer,),
            at=request.at,
        )


def _asked_again(pull: PullRequest, history: History) -> Iterator[Opportunity[ReviewRequest]]:
    """Requests that came while the reviewer's last verdict was a request for changes."""
    for found in _asked(pull, history):
        request = found.subject
        verdicts = [
            "DISMISSED" if review.dismissed_at and review.dismissed_at <= request.at else review.state
            for review in pull.reviews
            if review.author == request.reviewer and review.at <= request.at and review.state != "COMMENTED"
        ]
        if verdicts[-1:] == ["CHANGES_REQUESTED"]:
            yield found


def _given(pull: PullRequest, state: str) -> Iterator[Opportunity[GivenReview]]:
    for review in pull.reviews:
        if review.state == state and review.author is not None and review.author not in pull.authors():
            yield Opportunity(
                subject=GivenReview(pull=pull, review=review),
                name=f"pull:{pull.number}/review:{review.id}",
                url=review.url or pull.url,
                item=f"pull:{pull.number}",
                mass=0.0 if pull.lines == 0 else 1.0,
                seats=(review.author,),
                at=review.at,
            )


def _approvals(pull: PullRequest, _: History) -> Iterator[Opportunity[GivenReview]]:
    return _given(pull, "APPROVED")


def _first_approvals(pull: PullRequest, _: History) -> Iterator[Opportunity[GivenReview]]:
    seen: set[tuple[object, str]] = set()
    for found in _given(pull, "APPROVED"):
        of = found.subject.review.author, found.subject.review.sha or found.subject.review.id
        if of not in seen:
            yield found
        seen.add(of)


def _blocks(pull: PullRequest, _: History) -> Iterator[Opportunity[GivenReview]]:
    return _given(pull, "CHANGES_REQUESTED")


def _rounds(pull: PullRequest, _: History) -> Iterator[Opportunity[BlockRound]]:
    writers = pull.authors()
    for found in _given(pull, "CHANGES_REQUESTED"):
        block = found.subject.review
        back = min((r.at for r in pull.reviews if r.author == block.author and r.at > block.at), default=None)
        ends = [end for end in (back, block.dismissed_at, pull.merged_at, pull.closed_at) if end is not None]
        end = min(ends, default=None)
        pushed = [head.at for head in pull.heads if head.at > block.at and (end is None or head.at < end)]
        if pushed:
            yield Opportunity(
                subject=BlockRound(pull=pull, block=block, pushed_at=tuple(pushed), ended_at=end),
                name=f"pull:{pull.number}/round:{block.id}",
                url=found.url,
                item=found.item,
                mass=found.mass,
                seats=writers,
                at=pushed[-1],
            )


def _read_pulls(pull: PullRequest, _: History) -> Iterator[Opportunity[PullRequest]]:
    others = [review for review in pull.reviews if review.author is not None and review.author not in pull.authors()]
    if others:
        yield Opportunity(
            subject=pull,
            name=f"pull:{pull.number}/reviews",
            url=pull.url,
            item=f"pull:{pull.number}",
            mass=0.0 if pull.lines == 0 else 1.0,
            seats=tuple(dict.fromkeys(review.author for review in others if review.author is not None)),
            at=others[0].at,
        )


def _dismissals(pull: PullRequest, _: History) -> Iterator[Opportunity[GivenReview]]:
    for review in pull.reviews:
        if review.dismissed_at is not None and review.dismissed_by is not None:
            yield Opportunity(
                subject=GivenReview(pull=pull, review=review),
                name=f"pull:{pull.number}/dismissal:{review.id}",
                url=review.url or pull.url,
                item=f"pull:{pull.number}",
                mass=1.0,
                seats=(review.dismissed_by,),
                at=review.dismissed_at,
            )


REQUESTS = Kind(
    name="review request",
    opportunity="each review request to the learner that is answered, or has waited as long as the limit",
    places=(Place(Source.PULLS, _asked),),
    per_sprint_item=False,
)
REQUESTS_AFTER_BLOCK = Kind(
    name="request for another look",
    opportunity="each review request to the learner after they had requested changes",
    places=(Place(Source.PULLS, _asked_again),),
    per_sprint_item=False,
)
APPROVALS = Kind(
    name="approval",
    opportunity="each approval that the learner gave to somebody else's pull request",
    places=(Place(Source.PULLS, _approvals),),
    per_sprint_item=False,
)
FIRST_APPROVALS = Kind(
    name="approval of a commit",
    opportunity="each commit of somebody else's pull request that the learner approved; approving it again adds none",
    places=(Place(Source.PULLS, _first_approvals),),
    per_sprint_item=False,
)
BLOCKS = Kind(
    name="request for changes",
    opportunity="each review in which the learner requested changes",
    places=(Place(Source.PULLS, _blocks),),
    per_sprint_item=False,
)
BLOCK_ROUNDS = Kind(
    name="round of changes",
    opportunity="each request for changes on the learner's pull requests after which something was pushed",
    places=(Place(Source.PULLS, _rounds),),
    per_sprint_item=False,
)
READ_PULLS = Kind(
    name="pull request that was reviewed",
    opportunity="each pull request with at least one substantive line that the learner reviewed",
    places=(Place(Source.PULLS, _read_pulls),),
    per_sprint_item=False,
)
DISMISSALS = Kind(
    name="dismissal",
    opportunity="each review that the learner dismissed",
    places=(Place(Source.PULLS, _dismissals),),
    per_sprint_item=False,
)
