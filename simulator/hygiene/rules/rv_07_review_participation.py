"""RV-07: everybody reviews."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.pull_advice import review_with
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SPRINTS_OF, SprintOf
from simulator.hygiene.took_part import took_part_at
from simulator.hygiene.what_can_come import reviews_to_share
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_NEXT_TIME = "Begin the next sprint's days with a look at what waits for a review."


class ShareOptions(Options):
    """What may be set."""

    least: int = Field(default=1, ge=1, le=50, description="reviews that each person gives in a sprint at least")
    least_open_hours: float = Field(
        default=1, ge=0, le=40, description="working hours for which a pull request must have been open to count"
    )
    due_days: float = Field(
        default=1, ge=0, le=10, description="working days after which one in the running sprint counts"
    )


@rule(
    code="RV-07",
    name="review-participation",
    about=SPRINTS_OF,
    severity=Severity.HIGH,
    target=0.9,
    quota=1,
    essential=True,
    options=ShareOptions(),
    expects=reviews_to_share,
)
def review_participation(sprint: SprintOf, history: History, options: ShareOptions) -> Verdict:
    """Everybody reviews their share of what the others write.

    What it checks
    --------------
    How many pull requests of others you reviewed in a sprint, against your fair share of those that became ready: all of them
    divided by the number of your colleagues, and one at least. A review counts when it says something, requests changes, or is an
    approval that left time to read. Pull requests that were open for less than an hour are not counted.

    Why it matters
    --------------
    Review is shared work: when it rests on one person, everybody waits for that person, and only one knows the code.

    Example
    -------
    Good: four pull requests of two colleagues, two of them reviewed by you

    Bad: four pull requests, and the tech lead reviewed them all

    How to fix
    ----------
    Review one that is open. Until the sprint ends that earns all of it.

    References
    ----------
    - https://reposense.org
    - https://dora.dev/capabilities/streamlining-change-approval/
    """
    colleagues = len(history.roster.people) - 1
    until = sprint.end if sprint.is_over else history.now
    open_long = [p for p in sprint.theirs if history.working_hours(*_open(p, until)) >= options.least_open_hours]
    done = [pull for pull in sprint.theirs if _is_done(pull, sprint, history)]
    due = open_long if sprint.is_over else [p for p in open_long if _is_due(p, history, options)]
    if not due or not colleagues:
        return Skip(reason=f"no pull request of somebody else has waited for a review in {sprint.name} yet")
    share = max(options.least, len(due) // colleagues)
    evidence: Measures = {"reviewed": len(done), "fair share": share, "pull requests of others": len(due)}
    if len(done) >= share:
        return Pass(
            message=f"You reviewed {len(done)} of the others' pull requests; {share} is your share", evidence=evidence
        )
    left = [pull for pull in due if pull not in done and pull.state == "open"] or [p for p in due if p not in done]
    return Breach(
        message=f"You reviewed {len(done)} of the {len(due)} pull requests of others in {sprint.name}; "
        f"{share} is your share of them.",
        how_to_fix=_NEXT_TIME if sprint.is_over else _how_to_fix(left[0]),
        credit=len(done) / share,
        repair=Repair.NONE if sprint.is_over else Repair.SAFE,
        evidence=evidence,
    )


def _open(pull: PullRequest, until: datetime) -> tuple[datetime, datetime]:
    """From when to when it could be reviewed."""
    ends = [end for end in (pull.merged_at, pull.closed_at, until) if end is not None]
    return pull.ready_at or pull.opened_at, min(ends)


def _is_done(pull: PullRequest, sprint: SprintOf, history: History) -> bool:
    at = took_part_at(pull, sprint.seat, history)
    return at is not None and at <= sprint.end


def _is_due(pull: PullRequest, history: History, options: ShareOptions) -> bool:
    return history.working_days(pull.ready_at or pull.opened_at, history.now) >= options.due_days


def _how_to_fix(pull: PullRequest) -> str:
    return (
        f"Read #{pull.number} “{pull.title[:60]}” at {pull.url}/files and say what you checked:\n"
        f"{review_with(pull, 'WHAT YOU CHECKED')}"
    )
