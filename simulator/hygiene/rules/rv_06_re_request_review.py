"""RV-06: who has mended what was asked for asks for another look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.pull_advice import ask_review
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import BLOCK_ROUNDS, BlockRound
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_LATE = 0.5
_MOST = 5_000
_NEXT_TIME = "When the next changes are pushed, ask in the same minute: the arrows beside the reviewer's name do it."


class AskAgainOptions(Options):
    """What may be set."""

    limit_hours: float = Field(default=2, ge=0, le=40, description="working hours after the last push")


@rule(
    code="RV-06",
    name="re-request-review",
    about=BLOCK_ROUNDS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=AskAgainOptions(),
)
def re_request_review(turn: BlockRound, history: History, options: AskAgainOptions) -> Verdict:
    """After changes were requested and made, the author asks the same reviewer again.

    What it checks
    --------------
    Working hours from your last push after a request for changes to a new review request to that reviewer, or a comment of yours
    that mentions them. Two hours are the limit; asking before the last push is fine. If they come back by themselves, the merge
    comes or the block falls before that, there is nothing to judge.

    Why it matters
    --------------
    You wait for the review, the reviewer waits for the changes, and nobody tells the other.

    Example
    -------
    Good: changes requested, mended and pushed at 14:00, asked again at 14:05

    Bad: pushed on Monday, and the reviewer hears of it on Thursday

    How to fix
    ----------
    Ask for the review again, or mention the reviewer in a comment. Late earns half.

    References
    ----------
    - https://docs.github.com/en/get-started/using-github/github-flow
    - https://repository.bilkent.edu.tr/handle/11693/111577
    """
    pull, last = turn.pull, turn.pushed_at[-1]
    who = history.name_of(turn.block.author)
    asked = min(_asks(turn, history), default=None)
    hours = history.working_hours(last, asked or turn.ended_at or history.now)
    evidence: Measures = {"working hours": round(hours, 1), "limit": options.limit_hours}
    if hours <= options.limit_hours:
        if asked:
            return Pass(
                message=f"You asked {who} again {hours:.1f} working hours after the last push", evidence=evidence
            )
        if turn.ended_at:
            return Skip(reason=f"#{pull.number} needed no new request: {who} was back, or the block over")
        return Wait(
            reason=f"{options.limit_hours - hours:.1f} working hours are left to ask {who} again for #{pull.number}"
        )
    if asked:
        return Breach(
            message=f"You asked {who} again {hours:.1f} working hours after the last push to #{pull.number}, "
            f"{options.limit_hours:g} is the limit. Half credit.",
            how_to_fix=_NEXT_TIME,
            credit=_LATE,
            repaired=True,
            evidence=evidence,
            at=last,
        )
    return Breach(
        message=f"{who} requested changes in #{pull.number}; they were pushed {hours:.1f} working hours "
        f"{'before that was over' if turn.ended_at else 'ago'}, and {who} was not asked again. "
        f"{options.limit_hours:g} is the limit.",
        how_to_fix=_NEXT_TIME if turn.ended_at else ask_review(turn.pull, _login(turn, history)),
        repair=Repair.NONE if turn.ended_at else Repair.PARTIAL,
        evidence=evidence,
        at=last,
    )


def _asks(turn: BlockRound, history: History) -> Iterator[datetime]:
    """When the reviewer was asked again (who is asked before the push still is after it) or, after a push, mentioned."""
    pull, reviewer = turn.pull, turn.block.author
    for request in pull.requests:
        gone = request.void_at is not None and request.void_at < turn.pushed_at[0]
        if request.reviewer == reviewer and _is_within(turn, request.at) and not gone:
            yield request.at
    name = re.compile(rf"@{re.escape(_login(turn, history))}(?![\w-])", re.IGNORECASE)
    for said in pull.comments:
        is_after = said.at >= turn.pushed_at[0] and _is_within(turn, said.at)
        if is_after and said.author in pull.authors() and name.search(said.body[:_MOST]):
            yield said.at


def _is_within(turn: BlockRound, at: datetime) -> bool:
    return at > turn.block.at and (turn.ended_at is None or at <= turn.ended_at)


def _login(turn: BlockRound, history: History) -> str:
    person = history.roster.people.get(turn.block.author) if turn.block.author else None
    return person.login if person else str(turn.block.author)
