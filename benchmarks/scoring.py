"""Scoring with all rules: a run of 10,000 facts read and scored, one fact more, and 300 runs one after another.

Prints milliseconds, the ratio of the first score to reading the same facts from the database, and the peak of memory in MB;
the goals are of the rule book: ratio 3, 50 ms for one fact more, 15 s for 300 runs, 200 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from simulator.hygiene.linter import Scorer
from simulator.model.facts import Fact
from simulator.model.history import FactBook, History
from simulator.model.keys import SeatId
from simulator.storage.database import Database
from simulator.storage.facts import Facts
from simulator.storage.migrate import upgrade
from simulator.storage.runs import Runs
from simulator.testing.story import CALENDAR, Story, instant

T = TypeVar("T")
SEAT = SeatId("ada")
PROJECT = "PAY"
DAYS = 9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=300)
    chosen = parser.parse_args()
    large, usual = story_of(chosen.facts), story_of(400)
    figures = {"facts": len(large.facts), **of_one_run(large), **of_many(usual, chosen.runs)}
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))
    return 0


def story_of(count: int) -> Story:
    """A sprint in which two people bring issues in, each by a pull request with three commits, a remark, checks and a review."""
    story, number = Story(), 0
    while len(story.facts) < count:
        number += 1
        _bring_in(story, number, by="ada" if number % 3 else "tom")
    return story


def of_one_run(story: Story) -> dict[str, float]:
    """Reading its facts, the first score, and the score after one fact more; the learner's card."""
    reading, facts = _reading(story.facts)
    book, scorer = FactBook(story.roster, project=PROJECT, default_branch="main"), Scorer({})
    first, _ = _timed(lambda: _score(scorer, facts, story, book))
    more: list[float] = []
    known = list(facts)
    for number in range(1, 16):
        story.at("10 16:00").comment(number)
        known = [*known, story.facts[-1]]
        again, _ = _timed(lambda known=known: _score(scorer, known, story, book))  # type: ignore[misc]
        more.append(again)
    return {
        "read_ms": round(reading),
        "first_score_ms": round(first),
        "ratio": round(first / reading, 2),
        "one_more_ms": round(statistics.median(more), 1),
    }


def of_many(story: Story, runs: int) -> dict[str, float]:
    """Runs of usual size, each scored from its facts."""

    def every() -> None:
        for _ in range(runs):
            book = FactBook(story.roster, project=PROJECT, default_branch="main")
            _score(Scorer({}), story.facts, story, book)

    spent, _ = _timed(every)
    return {"runs": runs, "facts_of_each": len(story.facts), "runs_s": round(spent / 1000, 1)}


def _bring_in(story: Story, number: int, *, by: str) -> None:
    key, branch, day = f"PAY-{number}", f"feature/PAY-{number}-step", 1 + number % DAYS
    story.issue(key, assignee=by, description="Acceptance criteria\n- given a, when b, then c")
    story.at(f"{day} 09:30").move(key, to="In Progress", by=by)
    commits = [{"message": f"feat: add step {number} of {part}", "lines": 60} for part in ("model", "route", "page")]
    story.at(f"{day} 10:00").push(branch, commits=commits, by=by)
    story.open(branch, by=by)
    story.ask(number, by=by)
    story.move(key, to="In Review", by=by)
    story.thread(number, name=f"t{number}")
    story.reply(number, to=f"t{number}", by=by)
    story.check(branch)
    story.review(number)
    story.merge(number, by=by)
    story.delete(branch, by=by)
    story.move(key, to="Done", by=by)


def _reading(facts: list[Fact]) -> tuple[float, tuple[Fact, ...]]:
    """Milliseconds for reading a run's facts from a database on disk that was just opened, and the facts."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scoring.db'}"
        filled = Database(url)
        upgrade(filled)
        run = Runs(filled).create(
            scenario_id="scoring",
            wall=facts[0].at,
            title="Scoring",
            scenario_path="",
            seed=1,
            services={},
            emulated=True,
            pace_s=1.0,
        )
        Facts(filled).append(run.id, facts)
        filled.close()
        opened = Database(url)
        reading = Facts(opened)
        Runs(opened).get(run.id)  # the connection stands
        spent = _timed(lambda: reading.all(run.id))
        opened.close()
        return spent


def _score(scorer: Scorer, facts: object, story: Story, book: FactBook) -> None:
    history = History.of(
        facts,  # type: ignore[arg-type]
        roster=story.roster,
        project=PROJECT,
        default_branch="main",
        working_time=CALENDAR.working_time,
        sprint_start=instant("1"),
        sprint_end=instant("10 17:00"),
        now=instant("10 17:00"),
        book=book,
    )
    scorer.score(history, seats=[SEAT], elapsed=1.0)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of wall time, and what came of it."""
    start = time.perf_counter()
    done = work()
    return (time.perf_counter() - start) * 1000, done


if __name__ == "__main__":
    sys.exit(main())
