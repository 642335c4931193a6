"""Conversations about a line that a reviewer began."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest, Thread
from simulator.model.record import record


@record
class Feedback:
    """A conversation on a pull request, begun by somebody who did not write it."""

    pull: PullRequest
    thread: Thread


def _feedback(pull: PullRequest, _: History) -> Iterator[Opportunity[Feedback]]:
    writers = pull.authors()
    for thread in pull.threads:
        remark = thread.remark
        if remark.author is not None and remark.author not in writers:
            yield Opportunity(
                subject=Feedback(pull=pull, thread=thread),
                name=f"pull:{pull.number}/remark:{remark.id}",
                url=remark.url or pull.url,
                item=f"pull:{pull.number}",
                mass=1.0,
                seats=writers,
                at=remark.at,
            )


FEEDBACK = Kind(
    name="reviewer's remark",
    opportunity="each conversation that a reviewer began on the learner's pull requests",
    places=(Place(Source.PULLS, _feedback),),
    per_sprint_item=False,
)
