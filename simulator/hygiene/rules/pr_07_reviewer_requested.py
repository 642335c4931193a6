"""PR-07: somebody is asked for a review when it is ready."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.gates import first_review
from simulator.hygiene.pull_advice import ask_review, with_gh
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.hygiene.what_can_come import has_colleagues
from simulator.model.history import History, PullRequest, ReviewRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_LATE = 0.5


class RequestOptions(Options):
    """What may be set."""

    limit_hours: float = Field(default=1, ge=0.1, le=16, description="working hours from ready to the first request")


@rule(
    code="PR-07",
    name="reviewer-requested",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=RequestOptions(),
    expects=has_colleagues,
)
def reviewer_requested(pull: PullRequest, history: History, options: RequestOptions) -> Verdict:
    """A colleague is asked for a review as soon as a pull request is ready.

    What it checks
    --------------
    Working hours from when the pull request was ready (a draft is not) to the first request for a review by somebody who did not
    write it: at most one. A review that comes unasked within that time will do; a request that is withdrawn before an hour has
    passed will not.

    Why it matters
    --------------
    A pull request that nobody was asked about waits, because everybody thinks that somebody else looks.

    Example
    -------
    Good: ready at 11:00, a reviewer asked at 11:02

    Bad: opened on Monday, asked on Wednesday

    How to fix
    ----------
    Ask now: a late request earns half.

    References
    ----------
    - https://docs.github.com/en/get-started/using-github/github-flow
    - https://google.github.io/eng-practices/review/reviewer/speed.html
    """
    if not has_colleagues(history, ()):
        return Skip(reason="there is nobody else to ask")
    ready = pull.ready_at or pull.opened_at
    asked = _asked_at(pull, history, options)
    hours = history.working_hours(ready, asked or pull.merged_at or pull.closed_at or history.now)
    evidence: Measures = {"working hours": round(hours, 1), "limit": options.limit_hours}
    if asked is not None and hours <= options.limit_hours:
        return Pass(message=f"#{pull.number} had a reviewer after {hours * 60:.0f} working minutes", evidence=evidence)
    is_open = pull.merged_at is None and pull.closed_at is None
    if asked is None and hours <= options.limit_hours and is_open:
        return Wait(reason=f"#{pull.number} is just ready; ask somebody within the hour")
    when = f"only {hours:.1f} working hours after it was ready" if asked else f"in {hours:.1f} working hours"
    return Breach(
        message=f"{'Somebody was asked' if asked else 'Nobody was asked'} to review #{pull.number} {when}.",
        how_to_fix=with_gh(pull, "Ask as you open the next one", "gh pr create --reviewer LOGIN")
        if asked or not is_open
        else ask_review(pull, _colleague(pull, history)),
        credit=_LATE if asked else 0.0,
        repair=Repair.PARTIAL if is_open and not asked else Repair.NONE,
        repaired=asked is not None,
        evidence=evidence,
        at=ready,
    )


def _asked_at(pull: PullRequest, history: History, options: RequestOptions) -> datetime | None:
    """The first request to somebody who did not write it, or the first review that came unasked.

    A request that is withdrawn, unanswered, before the limit is over was none.
    """
    writers = pull.authors()
    asked = [
        request.at
        for request in pull.requests
        if request.reviewer not in writers and not _is_taken_back(request, pull, history, options)
    ]
    reviewed = first_review(pull)
    return min([*asked, *([reviewed] if reviewed else [])], default=None)


def _is_taken_back(request: ReviewRequest, pull: PullRequest, history: History, options: RequestOptions) -> bool:
    """Whether a request was withdrawn so soon that nobody could have answered; a merge or a close takes none back."""
    if request.answered_at or request.void_at is None or request.void_at in {pull.merged_at, pull.closed_at}:
        return False
    return history.working_hours(request.at, request.void_at) <= options.limit_hours


def _colleague(pull: PullRequest, history: History) -> str:
    others = [person.login for person in history.roster if person.seat not in pull.authors()]
    return others[0] if others else "LOGIN"
