"""What colleagues do about a fact: reviews, answers, merges, some working hours later.

Pure: the same fact, history and seed give the same timed actions with the same ids, so asking twice is harmless. What one kind
of colleague does lies in its own module; here they are only asked in turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.model.facts import Fact
from simulator.plan.answering import answers
from simulator.plan.colleagues import follow_ups
from simulator.plan.reviewing import reviews
from simulator.plan.situation import Situation
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction

__all__ = ["react"]


def react(
    fact: Fact, *, scenario: LoadedScenario, facts: Sequence[Fact], bindings: Bindings, seed: int
) -> tuple[TimedAction, ...]:
    """What follows from a fact, later than the fact.

    `facts` is all that is known, in order; what comes after the fact itself is left out of the reasoning, so that it does not
    matter how many were collected at once.
    """
    situation = Situation(scenario=scenario, facts=facts, bindings=bindings, seed=seed, until=fact)
    return (*reviews(fact, situation), *follow_ups(fact, situation), *answers(fact, situation))
