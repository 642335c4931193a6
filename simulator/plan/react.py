"""What colleagues do about a fact: reviews, answers, merges, some working hours later.

Pure: the same fact, history and seed give the same timed actions with the same ids, so asking twice is harmless. What one kind
of colleague does lies in its own module; here they are only asked in turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.model.facts import Fact, FactKind
from simulator.plan.checks import builds
from simulator.plan.meetings.held import after_answer
from simulator.plan.own_work.colleagues import follow_ups
from simulator.plan.own_work.restoring import restored
from simulator.plan.reviews.reviewing import reviews
from simulator.plan.situation import Situation
from simulator.plan.talk.answering import answers
from simulator.plan.talk.chatting import chat_answers
from simulator.plan.talk.last_word import last_word
from simulator.plan.words.wordings import Table, Wordings
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from simulator.scenario.view import View, history_of

__all__ = ["react"]


def react(
    fact: Fact,
    *,
    scenario: LoadedScenario,
    facts: Sequence[Fact],
    bindings: Bindings,
    seed: int,
    wordings: Wordings | None = None,
) -> tuple[TimedAction, ...]:
    """What follows from a fact, later than the fact.

    `facts` is all that is known, in order; what comes after the fact itself is left out of the reasoning, so that it does not
    matter how many were collected at once.
    """
    situation = Situation(
        scenario=scenario, facts=facts, bindings=bindings, seed=seed, until=fact, wordings=wordings or Table()
    )
    return (
        *reviews(fact, situation),
        *follow_ups(fact, situation),
        *restored(fact, situation),
        *answers(fact, situation),
        *chat_answers(fact, situation),
        *last_word(fact, situation),
        *builds(fact, situation),
        *_agreed(fact, situation),
    )


def _agreed(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """What was agreed on at a meeting."""
    if fact.kind is not FactKind.PROMPT_ANSWERED:
        return ()
    scenario, known = situation.scenario, situation.known
    view = View(
        scenario=scenario,
        history=history_of(scenario, known, now=fact.at),
        facts=known,
        bindings=situation.bindings,
        seed=situation.seed,
    )
    return after_answer(fact, view)
