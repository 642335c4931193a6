"""The job card for what is to be begun: a sprint when there is none any more, the next issue.

Pure. Issues go by whose they are: one's own, nobody's, those of people who have not joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.model.agile import StatusCategory
from simulator.model.history import Issue
from simulator.model.keys import SeatId
from simulator.plan.at_work import is_still_away, named, sprint_issues
from simulator.plan.card import JobCard
from simulator.scenario.conditions.issues import blocked_since
from simulator.scenario.moments.traces import NO_WORK_OF_ITS_OWN, at_hand
from simulator.scenario.view import View

_ENOUGH_AT_ONCE = 2
"""Issues in progress beside which no further one is proposed."""


def sprint_gone(view: View, seat: SeatId) -> JobCard | None:  # noqa: ARG001  # it stops everybody's work
    """The sprint was deleted, and no other one has been started."""
    sprint = view.history.sprint
    subject = f"sprint:{sprint.id}" if sprint and sprint.closed_at is None else ""
    gone = (fact for fact in view.facts if fact.subject == subject and fact.detail.get("what") == "sprint_deleted")
    told = next(gone, None)
    if sprint is None or told is None:
        return None
    return JobCard(
        title="Make a sprint on the board again",
        why=f"{sprint.name} was deleted, and its issues are in the backlog. Create a sprint, put them in and start it.",
        where=told.url,
    )


def next_issue(view: View, seat: SeatId) -> JobCard | None:
    """The next issue of the sprint that somebody may take, unless they have enough at once."""
    if len(at_hand(view.history, seat, view.now)) >= _ENOUGH_AT_ONCE:
        return None
    ready = [issue for issue in sprint_issues(view) if issue.state.category is StatusCategory.TO_DO]
    untouched = [i for i in ready if i.key not in view.history.work_starts and i.type not in NO_WORK_OF_ITS_OWN]
    free = [issue for issue in untouched if not blocked_since(issue, view)]
    mine = [(issue, "It is yours, and next in the sprint.") for issue in free if issue.state.assignee == seat]
    nobodys = [(i, "It is next in the sprint, and nobody has it.") for i in free if i.state.assignee is None]
    for issue, why in (*mine, *nobodys, *_of_empty_seats(view, seat, free)):
        return JobCard(title=f"Take {named(issue)}", why=why, where=issue.url)
    return None


def _of_empty_seats(view: View, seat: SeatId, issues: Sequence[Issue]) -> Iterator[tuple[Issue, str]]:
    """The issues of people who have not joined, with why they may be taken."""
    for issue in issues:
        whose = issue.state.assignee
        if whose != seat and is_still_away(view, whose):
            yield (
                issue,
                f"{view.history.name_of(whose)} has it, and has not joined: take it over, and say so in the chat.",
            )
