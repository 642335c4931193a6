"""Reviews: asked for and given."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest, ReviewRequest


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


REQUESTS = Kind(
    name="review request",
    opportunity="each review request to the learner that is answered, or has waited as long as the limit",
    places=(Place(Source.PULLS, _asked),),
    per_sprint_item=False,
)
