"""Meetings of a run, held: what is said and asked there goes onto the agenda as entries of the same instant.

Each is an entry of its own, so that after a `kill -9` none of it is said twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from simulator.hygiene.waivers import Waiver
from simulator.model.actions import HoldCeremony, PromptKind
from simulator.model.agenda import AgendaEntry, Phase
from simulator.model.history import History
from simulator.model.hygiene import Finding, Outcome
from simulator.plan.compile import TimedAction
from simulator.plan.meetings.held import held
from simulator.plan.meetings.meeting import Evidence, Habit
from simulator.run.judge import in_force, scorer_of
from simulator.run.live import Live, Story
from simulator.run.shelf import Shelf, entries_of
from simulator.scenario.timed import Rank
from simulator.scenario.view import View

_SHORT = {"pr": "PR", "wip": "WIP"}  # as people write them


def hold(shelf: Shelf, live: Live, entry: AgendaEntry, meeting: HoldCeremony, *, view: View) -> None:
    """Put what a meeting comes to onto the agenda, once."""
    waivers = in_force(shelf.objections.waivers(live.run_id))
    evidence = _evidence(live.story, view.history, waivers) if meeting.kind is PromptKind.RETROSPECTIVE else Evidence()
    timed = [
        TimedAction(id=f"{entry.id}:{number}", at=entry.at, priority=Rank.STORY, action=action)
        for number, action in enumerate(held(meeting, view, evidence), start=1)
    ]
    shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))


def _evidence(story: Story, history: History, waivers: Sequence[Waiver]) -> Evidence:
    """How each human did by each rule since the sprint began; what was waived is left out."""
    since = history.sprint.started_at if history.sprint else None
    seats = [person.seat for person in story.roster.humans()]
    cards = scorer_of(story).score(history, seats=seats, elapsed=story.elapsed(history.now), waivers=waivers)
    return Evidence(
        habits={
            seat: _habits([finding for finding in cards[seat].findings if since is None or finding.at >= since])
            for seat in seats
        }
    )


def _habits(findings: Sequence[Finding]) -> list[Habit]:
    judged: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.outcome in (Outcome.PASS, Outcome.BREACH) and not finding.waived:
            judged[finding.rule].append(finding)
    return [_habit(rule, some) for rule, some in sorted(judged.items())]


def _habit(rule: str, findings: Sequence[Finding]) -> Habit:
    kept = sum(finding.outcome is Outcome.PASS for finding in findings)
    broken = [finding.message for finding in findings if finding.outcome is Outcome.BREACH]
    name = " ".join(_SHORT.get(word, word) for word in findings[0].name.split("-"))
    return Habit(
        rule=rule,
        name=f"{name[0].upper()}{name[1:]}",
        share=kept / len(findings),
        judged=len(findings),
        example=broken[0] if broken else "",
    )
