from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.actions import CommentOnPullRequest, Happen, PostNote
from simulator.model.facts import Fact, FactKind
from simulator.plan.compile import compile_plan
from simulator.plan.happening import MOST_TIMES, actions_of, considered, entries_of_event, judged, name_of
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from simulator.scenario.view import View, history_of
from tests.plan.builders import BINDINGS, RETRY, a_fact, a_scenario, at, head, opened

WELCOME = (
    "- {id: welcome, type: script, who: anna, when: {pull_request: {larger_than: 0}}, after: 1h, repeat: true,"
    " do: [{do: comment, pull: it, text: 'Thank you, {person:it}: {pull:it} on {branch:it}'}]}"
)
ONCE = "- {id: first, type: note, who: anna, when: {pull_request: {of: [learner, second]}}, text: The first one.}"
LATE = (
    "- {id: late, type: note, who: anna, at: day 3 10:00, when: {opened: retry}, deadline: day 4, text: Late.,"
    " unless: {merged: retry}}"
)


def view(scenario: LoadedScenario, facts: Sequence[Fact], now: datetime | None = None, seed: int = 1) -> View:
    history = history_of(scenario, facts, now=now or at(10, 17))
    return View(scenario=scenario, history=history, facts=facts, bindings=BINDINGS, seed=seed)


def a_pull(number: int, hour: float, actor: str = "learner", day: int = 1) -> list[Fact]:
    when, sha = at(day, hour), f"sha{number}"
    files = [{"path": "a.py", "status": "added", "additions": 5, "deletions": 0}]
    return [
        opened(number, actor=actor, when=when, head=f"feature/{number}", head_sha=sha),
        head(number, actor=actor, when=when, head_sha=sha, files=files),
    ]


def happened(event: str, occurrence: str, when: datetime, **about: str) -> Fact:
    return a_fact(
        FactKind.EVENT_HAPPENED,
        f"event:{event}",
        actor="anna",
        when=when,
        source_id=f"run:event:{event}:{occurrence}",
        event=event,
        occurrence=occurrence,
        about=about,
    )


def happen(timed: TimedAction) -> Happen:
    assert isinstance(timed.action, Happen)
    return timed.action


def test_an_event_that_repeats_is_due_for_each_thing_that_meets_its_condition(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, WELCOME)
    facts = [*a_pull(3, 10), *a_pull(4, 11)]

    due = considered(view(scenario, facts))

    assert [(t.at, happen(t).occurrence) for t in due] == [(at(1, 11), "pull-3"), (at(1, 12), "pull-4")]
    after = [*facts, happened("welcome", "pull-3", at(1, 11), pull="3")]
    assert [happen(t).occurrence for t in considered(view(scenario, after))] == ["pull-4"]


def test_an_event_that_does_not_repeat_takes_place_for_the_first_one(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, ONCE)
    facts = [*a_pull(3, 10), *a_pull(4, 11, actor="second")]
    first, second = considered(view(scenario, facts))

    assert judged(happen(first), view(scenario, facts)).takes_place
    after = [*facts, happened("first", "once", at(1, 10), pull="3")]
    assert judged(happen(second), view(scenario, after)).why == "it took place already"
    assert considered(view(scenario, after)) == ()


def test_what_is_done_is_about_what_met_the_condition(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, WELCOME)
    (due,) = considered(view(scenario, a_pull(3, 10)))

    (entry,) = entries_of_event(happen(due), view(scenario, a_pull(3, 10)), due.at)

    text = "Thank you, {person:learner}: 3 on feature/3"
    assert entry.action == CommentOnPullRequest(actor="anna", pull="#3", body=text)  # type: ignore[arg-type]
    assert (entry.id, entry.at) == ("welcome:pull-3:1", due.at)


def test_a_condition_is_judged_again_when_the_event_is_due(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, RETRY, LATE)
    facts = a_pull(7, 10, actor="tom", day=2)
    (due,) = considered(view(scenario, facts, at(2, 12)))
    merged = a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="tom", when=at(3, 9.5))

    assert due.at == at(3, 10)
    assert judged(happen(due), view(scenario, facts, at(3, 10))).takes_place
    assert judged(happen(due), view(scenario, facts, at(3, 9.5))).again == at(3, 10)
    assert "deadline" in judged(happen(due), view(scenario, facts, at(4, 10))).why
    assert "keeps it" in judged(happen(due), view(scenario, [*facts, merged], at(3, 10))).why
    assert "does not hold" in judged(happen(due), view(scenario, [], at(3, 10))).why


def test_what_would_come_after_the_deadline_is_not_waited_for(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, RETRY, LATE)

    assert considered(view(scenario, a_pull(7, 10, actor="tom", day=4))) == ()


@pytest.mark.parametrize(("chance", "expected"), [(0.0001, 0), (1.0, 40), (0.5, 20)])
def test_chance_decides_by_seed(tmp_path: Path, chance: float, expected: int) -> None:
    scenario = a_scenario(tmp_path, f"- {{id: maybe, type: note, at: day 2, who: anna, chance: {chance}, text: Well.}}")
    action = Happen(actor="anna", event="maybe")  # type: ignore[arg-type]

    taken = [judged(action, view(scenario, [], at(2, 9), seed)).takes_place for seed in range(40)]

    assert taken == [judged(action, view(scenario, [], at(2, 9), seed)).takes_place for seed in range(40)]
    assert abs(sum(taken) - expected) <= (8 if chance == 0.5 else 0)


def test_an_event_takes_place_a_bounded_number_of_times(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, WELCOME)
    times = [happened("welcome", f"pull-{n}", at(1, 11), pull=str(n)) for n in range(100, 100 + MOST_TIMES)]
    facts = [*a_pull(3, 10), *times]

    assert considered(view(scenario, facts)) == ()
    action = Happen(actor="anna", event="welcome", occurrence="pull-3", about={"pull": "3"})  # type: ignore[arg-type]
    assert judged(action, view(scenario, facts)).why == f"it took place {MOST_TIMES} times"


def test_an_event_that_is_not_there_any_more_does_nothing(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path)
    action = Happen(actor="anna", event="gone")  # type: ignore[arg-type]

    assert "no such event" in judged(action, view(scenario, [])).why
    assert actions_of(action, view(scenario, [])) == ()


def test_a_plain_event_is_on_the_plan_and_leaves_its_fact(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, "- {id: hello, type: note, at: day 1 10:00, who: anna, text: Hello}")
    action = Happen(actor="anna", event="hello")  # type: ignore[arg-type]

    assert judged(action, view(scenario, [], at(1, 10))).takes_place
    (note,) = actions_of(action, view(scenario, []))
    assert isinstance(note, PostNote)


def test_an_event_of_another_kind_leaves_its_fact_when_somebody_waits_for_it(tmp_path: Path) -> None:
    after = "- {id: after, type: note, who: anna, when: {happened: [retry-pull]}, text: Tom has begun.}"
    waited_for = a_scenario(tmp_path, RETRY, after)

    (timed,) = [t for t in compile_plan(waited_for, seed=1).timed if isinstance(t.action, Happen)]

    assert (timed.id, timed.at) == ("retry-pull:happens", at(1, 9 + 5 / 60))
    known = view(waited_for, [happened("retry-pull", "once", timed.at)])
    assert judged(happen(timed), view(waited_for, [], timed.at)).takes_place
    assert actions_of(happen(timed), known) == ()
    assert [t.at for t in considered(known)] == [timed.at]
    assert not [t for t in compile_plan(a_scenario(tmp_path, RETRY), seed=1).timed if isinstance(t.action, Happen)]


def test_what_waits_for_something_is_told_in_the_plan(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, RETRY, WELCOME, LATE)

    said = [line for event in scenario.conditional_events for line in event.reactions()]

    assert said == [
        "when pull request (larger than 0): welcome, 1h later, each time",
        "when opened retry: late, not before day 3 10:00, until day 4, unless merged retry",
    ]


def test_long_names_become_short_ones() -> None:
    assert name_of({"branch": "x" * 200}) == name_of({"branch": "x" * 200})
    assert len(name_of({"branch": "x" * 200})) == 16
    assert name_of({"person": "lea", "pull": "3", "branch": "b"}) == "pull-3"


STORY = [*a_pull(3, 10), *a_pull(4, 11, actor="second"), *a_pull(7, 12, actor="tom", day=2), *a_pull(5, 15, day=3)]


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(len(STORY))), cuts=st.lists(st.integers(0, len(STORY)), max_size=4))
def test_it_does_not_matter_in_which_order_and_batches_facts_are_collected(order: list[int], cuts: list[int]) -> None:
    with TemporaryDirectory() as folder:
        scenario = a_scenario(Path(folder), RETRY, WELCOME, ONCE, LATE)
        collected = [STORY[place] for place in order]
        agenda: dict[str, TimedAction] = {}
        for cut in [*sorted(cuts), len(collected)]:
            agenda |= {
                timed.id: timed for timed in considered(view(scenario, collected[:cut])) if timed.id not in agenda
            }

        assert agenda.items() >= {timed.id: timed for timed in considered(view(scenario, STORY))}.items()
        assert _played(agenda, scenario) == _played(_ids(considered(view(scenario, STORY))), scenario)


def _ids(timed: Sequence[TimedAction]) -> dict[str, TimedAction]:
    return {one.id: one for one in timed}


def _played(agenda: dict[str, TimedAction], scenario: LoadedScenario) -> set[tuple[str, str, datetime]]:
    """Which events take place when, with all facts known."""
    facts = list(STORY)
    for timed in sorted(agenda.values(), key=lambda one: (one.at, one.id)):
        action = happen(timed)
        if judged(action, view(scenario, facts, timed.at)).takes_place:
            facts.append(happened(action.event, action.occurrence, timed.at, **action.about))
    return {(f.detail["event"], f.detail["occurrence"], f.at) for f in facts if f.kind is FactKind.EVENT_HAPPENED}


def test_sixty_conditions_on_a_long_run_are_judged_in_milliseconds(tmp_path: Path) -> None:
    kinds = ("pull_request: {larger_than: 400}", "silent: {for: 8h}", "commit: {message: wip}", "happened: first")
    waits = [f"- {{id: e{n}, type: note, who: anna, when: {{{kinds[n % 4]}}}, text: T}}" for n in range(60)]
    scenario = a_scenario(tmp_path, ONCE, *waits)
    commits = [
        a_fact(
            FactKind.COMMITTED, f"commit:c{n}", sha=f"c{n}", message="feat: x", branch=f"feature/{n % 30}", parents=1
        )
        for n in range(1_400)
    ]
    known = view(
        scenario, [*(fact for n in range(3, 33) for fact in a_pull(n, 10, day=1 + n % 9)), *commits], at(9, 12)
    )
    considered(known)

    begun = perf_counter()
    considered(known)

    assert perf_counter() - begun < 0.2  # some milliseconds; a busy machine is granted more
