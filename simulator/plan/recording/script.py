"""Facts of one seat as a persona: steps at the times at which things were done, waiting for what they waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.recording.acts import Content, Reading, act_of
from simulator.plan.recording.naming import Act, Naming
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario

_ANY_SCORE = [0, 100]


def persona_of(
    facts: Sequence[Fact], *, seat: SeatId, scenario: LoadedScenario, bindings: Bindings, content: Content
) -> dict[str, Any]:
    """What somebody did as a persona of the scenario language, with the widest band; `content` reads files at commits."""
    ordered = sorted(facts, key=lambda fact: fact.at)  # stable: of one instant, in the order of being learnt of
    events = frozenset(event.id for event in scenario.spec.story)
    reading = _reading(ordered, naming=Naming(bindings, scenario.roster), content=content, events=events)
    mine = [fact for fact in ordered if fact.actor == seat and fact.at >= scenario.starts_at]
    return {
        "seat": str(seat),
        "band": _ANY_SCORE,
        "summary": f"Recorded from a run: what {scenario.roster[seat].name} did.",
        "steps": list(_steps(mine, reading, scenario)),
    }


def _reading(facts: Sequence[Fact], *, naming: Naming, content: Content, events: frozenset[str]) -> Reading:
    kinds = {kind: [fact for fact in facts if fact.kind is kind] for kind in FactKind}
    return Reading(
        naming=naming,
        content=content,
        said={str(fact.detail.get("id")): fact for fact in kinds[FactKind.REVIEW_COMMENTED]},
        events=events,
        remarks=_by(kinds[FactKind.REVIEW_COMMENTED], "review_id"),
        landings=_by_pull(kinds[FactKind.LANDED]),
        deleted=frozenset(fact.subject_name for fact in kinds[FactKind.BRANCH_DELETED]),
        heads={fact.subject_name: str(fact.detail.get("head")) for fact in kinds[FactKind.PULL_REQUEST_OPENED]},
    )


def _by(facts: Iterable[Fact], name: str) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        key = str(fact.detail.get(name))
        found[key] = (*found.get(key, ()), fact)
    return found


def _by_pull(landings: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in landings:
        for number in fact.detail.get("pulls") or ():
            found[str(number)] = (*found.get(str(number), ()), fact)
    return found


def _steps(facts: Sequence[Fact], reading: Reading, scenario: LoadedScenario) -> Iterator[dict[str, Any]]:
    number = 0
    for at, together in groupby(facts, key=lambda fact: _written(fact.at, scenario)):
        acts = [act for fact in together if (act := act_of(fact, reading)) is not None]
        for waits_for, same in groupby(acts, key=_waits_for):
            number += 1
            step: dict[str, Any] = {"id": f"step-{number}", "at": at}
            if waits_for:
                step["when"] = {waits_for[0]: waits_for[1]}
            yield step | {"do": [dict(act) for act in same]}


def _waits_for(act: Act) -> tuple[str, str] | None:
    """What an act of somebody else's doing waits for: a merge for the approval, a review for the pull request."""
    pull = act.get("pull")
    waits: Mapping[str, str] = {"merge": "approved", "review": "opened"}
    kind = waits.get(str(act["do"]))
    return (kind, str(pull)) if kind else None


def _written(instant: datetime, scenario: LoadedScenario) -> str:
    day = scenario.calendar.day_number(scenario.first_day, instant)
    return f"day {max(1, day)} {instant.astimezone(scenario.calendar.zone):%H:%M}"
