"""What the schema cannot say of the people: two of one name, somebody who goes and never comes back with work left."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Problem
from simulator.scenario.acts.act import Act
from simulator.scenario.acts.in_the_run import Away, Back
from simulator.scenario.events.pull_request import PullRequestEvent
from simulator.scenario.events.script import ScriptEvent
from simulator.scenario.source import Source, Spot
from simulator.scenario.whole import Whole


def cast_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """People with the same name, and people who leave work behind."""
    yield from _same_names(source, whole)
    yield from _never_back(source, whole)


def _same_names(source: Source, whole: Whole) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for seat, part in whole.people.items():
        name = " ".join(part.name.lower().split())
        if name in seen:
            message = f"`{seat}` and `{seen[name]}` are both called {part.name}"
            yield source.problem(("people", seat, "name"), message, "nobody could tell them apart: rename one of them")
        seen.setdefault(name, seat)


def _never_back(source: Source, whole: Whole) -> Iterator[Problem]:
    acts = list(_acts(whole))
    back = {who for _, who, act in acts if isinstance(act, Back)}
    for spot, who, act in acts:
        work = _work_of(who, whole)
        if isinstance(act, Away) and act.until is None and act.delegate is None and who not in back and work:
            message = f"`{who}` goes away for good, and {work} is left"
            yield source.problem(spot, message, "give it `until`, a `delegate`, or let them come `back`")


def _acts(whole: Whole) -> Iterator[tuple[Spot, str, Act]]:
    """What colleagues do in scripts: where it is written, who does it, what it is."""
    for spot, event in whole.events.items():
        if isinstance(event, ScriptEvent):
            for number, act in enumerate(event.do):
                yield (*spot, "do", number), act.who or event.who, act


def _work_of(who: str, whole: Whole) -> str:
    """Something that somebody has to do in the story, in a few words; empty when there is nothing."""
    issue = next((part.id for part in whole.issues.values() if part.assignee == who), None)
    pulls = (event for event in whole.events.values() if isinstance(event, PullRequestEvent) and event.who == who)
    pull = next((event.pull for event in pulls), None)
    return f"the issue `{issue}`" if issue else f"the pull request `{pull}`" if pull else ""
