"""Events with a condition, in a run: once, in order, and whole after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.model.agenda import EntryState
from simulator.model.facts import FactKind, Observation
from tests.run.conftest import Stage, a_stage

EVENTS = """
  - id: welcome
    type: script
    who: priya
    when: {pull_request: {larger_than: 0}}
    after: 30m
    repeat: true
    do:
      - {do: comment, pull: it, text: "Thank you for {pull:it} on {branch:it}, {person:it}"}
      - {do: note, text: "A pull request of {person:learner}: {pull:it}"}
  - {id: echo, type: note, who: priya, when: {happened: welcome}, text: "Seen {pull:it}"}
  - {id: never, type: note, who: priya, when: {happened: welcome}, unless: {happened: hello}, text: Never}
  - {id: quiet, type: note, who: priya, when: {silent: {who: learner, for: 3h}}, text: "Are you there?"}
"""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with a_stage(tmp_path, EVENTS) as found:
        yield found


def opened(stage: Stage, number: int) -> list[Observation]:
    def seen(kind: FactKind, **detail: object) -> Observation:
        return Observation(
            source_id=f"{kind}:{number}",
            kind=kind,
            subject=f"pull:{number}",
            account="lea",
            url="",
            recorded_at=stage.clock(),
            detail={"head": f"feature/{number}", "head_sha": f"a{number}", **detail},
        )

    files = [{"path": "a.py", "status": "added", "additions": 9, "deletions": 0, "patch": None}]
    return [seen(FactKind.PULL_REQUEST_OPENED), seen(FactKind.PULL_REQUEST_HEAD, files=files)]


def happened(stage: Stage) -> list[tuple[str, str]]:
    facts = stage.shelf.facts.all(stage.run.id)
    return [(f.detail["event"], f.detail["occurrence"]) for f in facts if f.kind is FactKind.EVENT_HAPPENED]


def play(stage: Stage, minutes: float) -> None:
    stage.wall(minutes=minutes)
    stage.engine.work(stage.run.id)


def test_an_event_takes_place_for_each_thing_that_meets_its_condition_and_others_follow_it(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    play(stage, 2.5)
    stage.services.news = [*opened(stage, 7), *opened(stage, 8)]
    stage.engine.work(stage.run.id)
    assert happened(stage) == [("hello", "once"), ("push", "once")]

    play(stage, 0.7)

    assert happened(stage)[2:] == [("welcome", "pull-7"), ("welcome", "pull-8"), ("echo", "once")]
    assert stage.notes() == [
        "Good morning",
        "A pull request of Lea: 7",
        "A pull request of Lea: 8",
        "Seen 7",
    ]
    assert stage.services.asked[-2:] == [("CommentOnPullRequest", False)] * 2
    skipped = [e.note for e in stage.shelf.agenda.entries(stage.run.id) if e.state is EntryState.SKIPPED]
    assert "what keeps it from taking place holds" in skipped


def test_silence_is_put_off_as_long_as_somebody_is_heard_of(stage: Stage) -> None:
    stage.engine.work(stage.run.id)
    play(stage, 3)  # 11:24
    stage.services.news = opened(stage, 7)
    play(stage, 0.1)
    play(stage, 2)  # past noon, and past the time of the first entry
    assert ("quiet", "once") not in happened(stage)

    stage.engine.advance(stage.run.id, None)

    (quiet,) = [f for f in stage.shelf.facts.all(stage.run.id) if f.source_id == "run:event:quiet:once"]
    (seen, *_) = [f for f in stage.shelf.facts.all(stage.run.id) if f.actor == "learner"]
    assert timedelta(0) <= quiet.at - seen.at - timedelta(hours=3) < timedelta(seconds=5)


def test_after_a_crash_between_the_fact_and_its_actions_nothing_is_missing_and_nothing_doubled(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.engine.work(stage.run.id)
    stage.services.news = opened(stage, 7)
    stage.engine.work(stage.run.id)
    add = stage.shelf.agenda.add

    def dies(run_id: str, entries: list[object]) -> int:
        if any("welcome:pull-7:1" in str(entry) for entry in entries):
            raise KeyboardInterrupt
        return add(run_id, entries)  # type: ignore[arg-type]

    stage.wall(minutes=2)
    monkeypatch.setattr(type(stage.shelf.agenda), "add", lambda self, run_id, entries: dies(run_id, list(entries)))
    with pytest.raises(KeyboardInterrupt):
        stage.engine.work(stage.run.id)
    monkeypatch.undo()
    assert ("welcome", "pull-7") in happened(stage)
    assert not any(name == "CommentOnPullRequest" for name, _ in stage.services.asked)

    stage.reborn().engine.work(stage.run.id)

    assert [name for name, _ in stage.services.asked].count("CommentOnPullRequest") == 1
    assert stage.notes().count("A pull request of Lea: 7") == 1
