"""What is odd in what happened, and worth a word: others' commits forced away, the default branch gone, a sprint closed early.

Pure: the same facts give the same sightings with the same ids. The run goes on whatever they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from simulator.model.facts import Fact, FactKind
from simulator.ports import Bindings
from simulator.scenario.loaded import LoadedScenario

_EARLY_S = 30 * 60  # working time before a sprint's end in which closing it is nothing odd
_MOST_NAMES = 10


def sightings(
    facts: Iterable[Fact], *, known: Sequence[Fact], scenario: LoadedScenario, bindings: Bindings
) -> tuple[Fact, ...]:
    """What is odd about some facts, as facts of the run itself; `known` are all facts so far."""
    return tuple(
        _sighted(fact, what, text)
        for fact in facts
        for what, text in _odd(fact, known=known, scenario=scenario, bindings=bindings)
    )


def _odd(
    fact: Fact, *, known: Sequence[Fact], scenario: LoadedScenario, bindings: Bindings
) -> Iterator[tuple[str, str]]:
    match fact.kind:
        case FactKind.PULL_REQUEST_HEAD:
            yield from _forced_away(fact, known, scenario)
        case FactKind.BRANCH_DELETED if fact.subject_name == scenario.spec.repository.default_branch:
            who = _name(fact, scenario)
            yield (
                "default_branch_deleted",
                (
                    f"{who} deleted {fact.subject_name}, the default branch. The commits are not lost: push any clone of it "
                    f"again (git push origin {fact.subject_name}), or restore the branch on GitHub."
                ),
            )
        case FactKind.SPRINT_CLOSED:
            yield from _closed_early(fact, scenario, bindings)


def _forced_away(head: Fact, known: Sequence[Fact], scenario: LoadedScenario) -> Iterator[tuple[str, str]]:
    """Commits of others than who pushed that the head before had, and this one has not, not even rewritten."""
    before = _head_before(head, known)
    commits = {str(f.detail["sha"]): f for f in known if f.kind is FactKind.COMMITTED}
    here = {str(sha) for sha in head.detail.get("commits") or ()}
    kept = {_content(commits[sha]) for sha in here if sha in commits}
    gone = [commits[sha] for sha in before if sha not in here and sha in commits]
    lost = [f for f in gone if f.actor is not None and f.actor != head.actor and _content(f) not in kept]
    if lost:
        names = ", ".join(dict.fromkeys(_name(fact, scenario) for fact in lost))
        named = [str(fact.detail["sha"]) for fact in lost[-_MOST_NAMES:]]
        listed, shas = ", ".join(sha[:7] for sha in named), " ".join(named)
        yield (
            "commits_forced_away",
            (
                f"A push by force to #{head.subject_name} left {_commits(len(lost))} of {names} behind: {listed}. To bring "
                f"{'it' if len(lost) == 1 else 'them'} back: git fetch origin {shas} && git cherry-pick {shas}"
            ),
        )


def _head_before(head: Fact, known: Sequence[Fact]) -> list[str]:
    before: list[str] = []
    for fact in known:
        if fact.source_id == head.source_id:
            break
        if fact.kind is FactKind.PULL_REQUEST_HEAD and fact.subject == head.subject:
            before = [str(sha) for sha in fact.detail.get("commits") or ()]
    return before


def _closed_early(fact: Fact, scenario: LoadedScenario, bindings: Bindings) -> Iterator[tuple[str, str]]:
    for window in scenario.sprints:
        if bindings.get(f"sprint:{window.ref}") == fact.subject_name and fact.at < window.end:
            left = scenario.calendar.working_time(fact.at, window.end)
            if left.total_seconds() > _EARLY_S:
                yield (
                    "sprint_closed_early",
                    (
                        f"{fact.detail.get('name')} was closed {_hours(left)} before its end. What was not done "
                        "has left it; the story goes on with the calendar as it was."
                    ),
                )


def _commits(count: int) -> str:
    return "a commit" if count == 1 else f"{count} commits"


def _hours(left: timedelta) -> str:
    hours = round(left.total_seconds() / 3600)
    return "an hour of work" if hours <= 1 else f"{hours} working hours"


def _content(commit: Fact) -> tuple[object, str]:
    return commit.detail.get("author_email"), str(commit.detail.get("message") or "").strip()


def _name(fact: Fact, scenario: LoadedScenario) -> str:
    return scenario.roster[fact.actor].name if fact.actor is not None else "Somebody"


def _sighted(fact: Fact, what: str, text: str) -> Fact:
    return Fact(
        source_id=f"run:sighted:{what}:{fact.source_id}",
        kind=FactKind.SIGHTED,
        subject=fact.subject,
        actor=fact.actor,
        url=fact.url,
        recorded_at=fact.recorded_at,
        at=fact.at,
        detail={"what": what, "text": text},
    )
