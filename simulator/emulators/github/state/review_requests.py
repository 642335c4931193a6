"""Who is asked to review a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import touch
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import review_requests
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.prepared import Prepared

_OF_PULLS = Prepared(
    select(review_requests.c.pull_id, review_requests.c.account_id)
    .where(review_requests.c.site == bindparam("site"), review_requests.c.pull_id.in_(bindparam("ids", expanding=True)))
    .order_by(review_requests.c.created_at, review_requests.c.account_id),
    names="ids",
)


def requested_of(place: Place, pull_ids: Iterable[int]) -> dict[int, list[int]]:
    """Account ids that are asked to review, by pull request, in the order they were asked."""
    found: dict[int, list[int]] = {}
    for pull_id, account_id in _OF_PULLS.all(place.connection, site=place.site, ids=pull_ids):
        found.setdefault(pull_id, []).append(account_id)
    return found


def request_reviews(work: Work, pull_id: int, reviewers: Iterable[Account]) -> None:
    """Ask people for a review; those who are asked already are passed over."""
    present = set(requested_of(work, [pull_id]).get(pull_id, []))
    for reviewer in reviewers:
        if reviewer.id in present:
            continue
        present.add(reviewer.id)
        row = {"site": work.site, "pull_id": pull_id, "account_id": reviewer.id, "created_at": work.at}
        work.connection.execute(insert(review_requests), row)
        _note(work, pull_id, "review_requested", reviewer.id)


def withdraw_requests(work: Work, pull_id: int, reviewers: Iterable[Account]) -> None:
    """Ask people no longer; those who were not asked are passed over."""
    for reviewer in reviewers:
        if clear_request(work, pull_id, reviewer.id):
            _note(work, pull_id, "review_request_removed", reviewer.id)


def clear_request(work: Work, pull_id: int, account_id: int) -> bool:
    """Forget a request because it was answered or withdrawn; says whether there was one."""
    gone = work.connection.execute(
        delete(review_requests).where(
            review_requests.c.site == work.site,
            review_requests.c.pull_id == pull_id,
            review_requests.c.account_id == account_id,
        )
    )
    return bool(gone.rowcount)


def _note(work: Work, pull_id: int, kind: str, reviewer_id: int) -> None:
    events.record(work, pull_id, kind, reviewer_id=reviewer_id, requester_id=work.actor.id)
    touch(work, pull_id)
    work.tell("pull_request", kind, pull_id, reviewer_id=reviewer_id)
