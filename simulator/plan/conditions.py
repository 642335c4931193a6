"""Since when a condition of a persona's step holds, judged by facts alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.pulls import PullStanding, number_of, standing
from simulator.ports import Bindings
from simulator.scenario.personas import ConditionPart

_PULL_CONDITIONS = ("opened", "approved", "changes_requested", "reviewed", "updated", "merged")


def holds_since(
    condition: ConditionPart, *, seat: SeatId, facts: Sequence[Fact], bindings: Bindings
) -> datetime | None:
    """The simulated instant since which everything in the condition holds, None while something does not."""
    since = [
        *_pulls(condition, seat, facts, bindings),
        *(_created(issue, facts, bindings) for issue in condition.created),
        *(_answered(issue, seat, facts, bindings) for issue in condition.answered),
        *(_in_status(issue, status, facts, bindings) for issue, status in condition.status.items()),
    ]
    known = [instant for instant in since if instant is not None]
    return max(known) if known and len(known) == len(since) else None


def _pulls(
    condition: ConditionPart, seat: SeatId, facts: Sequence[Fact], bindings: Bindings
) -> Iterator[datetime | None]:
    for name in _PULL_CONDITIONS:
        for ref in getattr(condition, name):
            number = number_of(PullRef(ref), bindings)
            pull = standing(facts, number) if number else None
            yield _pull_since(name, pull, seat, facts) if pull else None


def _pull_since(name: str, pull: PullStanding, seat: SeatId, facts: Sequence[Fact]) -> datetime | None:
    match name:
        case "opened":
            return pull.pushes[0].at
        case "approved":
            return _last_word(pull, "APPROVED")
        case "changes_requested":
            asked = _last_word(pull, "CHANGES_REQUESTED")
            return asked if asked and pull.pushes[-1].at <= asked else None
        case "reviewed":
            return next((review.at for review in pull.reviews if review.actor != pull.author), None)
        case "updated":
            mine = pull.reviews_by(seat)
            return pull.pushes[-1].at if mine and pull.pushes[-1].at > mine[-1].at else None
        case _:
            merged = (f for f in facts if f.kind is FactKind.PULL_REQUEST_MERGED and f.subject == f"pull:{pull.number}")
            return next((fact.at for fact in merged), None)


def _last_word(pull: PullStanding, state: str) -> datetime | None:
    """Since when the reviewers' last words are of this kind: any request for changes, or approvals alone."""
    words = list(pull.last_words().values())
    said = [word.at for word in words if word.detail.get("state") == state]
    if state == "APPROVED" and len(said) != len(words):
        return None
    return max(said, default=None)


def _created(issue: str, facts: Sequence[Fact], bindings: Bindings) -> datetime | None:
    subject = f"issue:{bindings.get(f'issue:{issue}')}"
    return next((f.at for f in facts if f.kind is FactKind.ISSUE_CREATED and f.subject == subject), None)


def _answered(issue: str, seat: SeatId, facts: Sequence[Fact], bindings: Bindings) -> datetime | None:
    subject = f"issue:{bindings.get(f'issue:{issue}')}"
    comments = [f for f in facts if f.kind is FactKind.ISSUE_COMMENTED and f.subject == subject]
    mine = [place for place, comment in enumerate(comments) if comment.actor == seat]
    replies = comments[mine[-1] + 1 :] if mine else []
    return replies[0].at if replies else None


def _in_status(issue: str, status: str, facts: Sequence[Fact], bindings: Bindings) -> datetime | None:
    subject = f"issue:{bindings.get(f'issue:{issue}')}"
    current, since = None, None
    for fact in facts:
        if fact.subject != subject:
            continue
        if fact.kind is FactKind.ISSUE_CREATED:
            current, since = fact.detail.get("status"), fact.at
        elif fact.kind is FactKind.ISSUE_CHANGED and fact.detail.get("field") == "status":
            current, since = fact.detail.get("to_text"), fact.at
    return since if current == status else None
