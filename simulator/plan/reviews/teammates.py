"""What a reviewer says about a pull request, on the state it is in when they read it.

Pure. Refuses to say the same thing twice on one head, to review its own work, to go round in circles, and to take back what it
said before: all that it remembers is read from facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from simulator.model.actions import Action, ReviewWhenRead
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.presence import absence_of, has_joined
from simulator.plan.pulls import PullStanding, number_of, standing
from simulator.plan.reviews.objections import Finder
from simulator.plan.reviews.reader import Reader
from simulator.plan.reviews.rounds import Rounds
from simulator.plan.words.wordings import Speaker, Table, Wordings, said_by_colleagues
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario

_FLOOD = 4  # nits in one review


def decide(
    action: ReviewWhenRead,
    *,
    facts: Sequence[Fact],
    scenario: LoadedScenario,
    bindings: Bindings,
    seed: int,
    now: datetime | None = None,
    wordings: Wordings | None = None,
) -> tuple[Action, ...]:
    """The review, answers to what was said, a word that there is nothing new, or nothing at all.

    Nothing when the pull request is closed, merged, a draft or the reviewer's own; when there is nothing new in it; when
    the human for whom the reviewer would stand in has come; and while a colleague has yet to answer what somebody else asked for.
    Who is away at `now` (simulated) leaves it to their delegate, or to the day they are back.
    """
    number = number_of(action.pull, bindings)
    pull = standing(facts, number) if number else None
    present = _present(action, pull, scenario, facts, now) if pull else None
    if pull is None or present is None:
        return ()
    action = present
    if not pull.is_open or pull.draft or pull.author == action.actor or pull.head not in pull.contents:
        return ()
    if not scenario.roster.is_human_seat(pull.author) and _waits_for_author(action, pull):
        return ()
    if _has_come(action, scenario, facts):
        return ()
    speaker = Speaker(
        wordings=wordings or Table(),
        tone=scenario.spec.people[action.actor].tone,
        seed=seed,
        key=(action.actor, pull.number),
        said=said_by_colleagues(facts),
    )
    finder = Finder(asked=action, pull=pull, scenario=scenario, bindings=bindings, seed=seed)
    reader = Reader(action, Rounds(finder=finder, reviewer=action.actor), scenario, speaker, _is_flooded(facts))
    return tuple(reader.read())


def _waits_for_author(action: ReviewWhenRead, pull: PullStanding) -> bool:
    """Whether somebody else has asked for changes, and nothing was pushed since."""
    words = (word for seat, word in pull.last_words().items() if seat != action.actor)
    return any(word.detail.get("state") == "CHANGES_REQUESTED" and pull.pushes[-1].at <= word.at for word in words)


def _present(
    action: ReviewWhenRead, pull: PullStanding, scenario: LoadedScenario, facts: Sequence[Fact], now: datetime | None
) -> ReviewWhenRead | None:
    """The same look by who is there: the reviewer, knowing for whom; a delegate who steps in; None when nobody is."""
    if now is None:
        return action
    absence = absence_of(scenario, facts, action.actor, now)
    if absence is None:
        instead_of = action.instead_of or _absent_before(action.actor, pull, scenario, facts, now)
        return replace(action, instead_of=instead_of)
    delegate = absence.delegate if absence.steps_in else None
    if delegate is None or scenario.roster.is_human_seat(delegate):
        return None
    return replace(action, actor=delegate, instead_of=action.instead_of or action.actor)


def _absent_before(
    seat: SeatId, pull: PullStanding, scenario: LoadedScenario, facts: Sequence[Fact], now: datetime
) -> SeatId | None:
    """Who reviewed it before and has named this colleague when they went away."""
    for other in dict.fromkeys(review.actor for review in pull.reviews):
        absence = absence_of(scenario, facts, other, now) if other is not None and other != seat else None
        if absence is not None and absence.delegate == seat:
            return other
    return None


def _has_come(action: ReviewWhenRead, scenario: LoadedScenario, facts: Sequence[Fact]) -> bool:
    """Whether the human, for whom the reviewer looks as long as their seat is empty, has taken it."""
    seat = action.instead_of
    return seat is not None and scenario.roster.is_human_seat(seat) and has_joined(facts, seat)


def _is_flooded(facts: Sequence[Fact]) -> bool:
    """Whether a flood of nits has been written in this run."""
    counts: dict[str, int] = {}
    for fact in facts:
        if fact.kind is FactKind.REVIEW_COMMENTED and str(fact.detail.get("body")).lower().startswith("nit"):
            review = str(fact.detail.get("review_id"))
            counts[review] = counts.get(review, 0) + 1
    return any(count >= _FLOOD for count in counts.values())
