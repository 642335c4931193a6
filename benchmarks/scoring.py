"""Scoring with all rules: a run of 10,000 facts read and scored, one fact more, and 300 runs one after another.

Prints milliseconds of processor time (for one thing more, the median by its kind), the ratio of the first score to reading
the same facts from the database, and the peak of memory in MB. Exits with 1 when a goal of the rule book is missed: ratio 3,
50 ms for each kind of thing, 15 s for 300 runs, 200 MB.
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

from simulator.emulators.kit.unswept import unswept
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
MOST_RATIO, MOST_MS, MOST_S, MOST_MB = 3.0, 50.0, 15.0, 200
MORE: dict[str, Callable[[Story, int], object]] = {
    "comment": lambda story, number: story.comment(number),
    "comment on an issue": lambda story, number: story.comment_on(f"{PROJECT}-{number}", by="ada"),
    "check": lambda story, number: story.check(f"feature/{PROJECT}-{number}-step"),
    "move": lambda story, number: story.move(f"{PROJECT}-{number}", to="In Progress", by="ada"),
    "issue": lambda story, number: story.issue(f"{PROJECT}-{9_000 + number}", assignee="ada"),
    "push": lambda story, number: story.push(f"feature/{PROJECT}-{number}-more", by="ada"),
    "pull request": lambda story, number: story.open(f"feature/{PROJECT}-{number}-more", by="ada"),
}
"""What can be added; a push is of three facts, a pull request of two."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=300)
    chosen = parser.parse_args()
    large, usual = story_of(chosen.facts), story_of(400)
    facts = len(large.facts)
    ratio, first = of_first(large)
    more, many = of_one_more(large), of_many(usual, chosen.runs)
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    runs = {"runs": chosen.runs, "facts_of_each": len(usual.facts), "runs_s": many}
    print(json.dumps({"facts": facts, **first, "ratio": ratio, "one_more_ms": more, **runs, "peak_mb": peak}))
    reached = ratio <= MOST_RATIO and max(more.values()) <= MOST_MS and many <= MOST_S and peak <= MOST_MB
    return 0 if reached else 1


def story_of(count: int) -> Story:
    """A sprint in which two people bring issues in, each by a pull request with three commits, a remark, checks and a review."""
    story, number = Story(), 0
    while len(story.facts) < count:
        number += 1
        _bring_in(story, number, by="ada" if number % 3 else "tom")
    return story


def of_first(story: Story) -> tuple[float, dict[str, float]]:
    """The first score of a run beside reading its facts: the ratio, and the medians of turns in milliseconds."""
    turns = []
    for _ in range(3):
        reading, facts = _reading(story.facts)
        scorer = Scorer({})  # kept, as that of a run is
        first, _none = _timed(lambda facts=facts, scorer=scorer: _score(scorer, facts, story, _book(story)))  # type: ignore[misc]
        turns.append((reading, first))
    read_ms, first_ms = (statistics.median(each) for each in zip(*turns, strict=True))
    return round(first_ms / read_ms, 2), {"read_ms": round(read_ms), "first_score_ms": round(first_ms)}


def of_one_more(story: Story) -> dict[str, float]:
    """The next score after one thing more of each kind, the learner's card; milliseconds."""
    book, scorer, known = _book(story), Scorer({}), tuple(story.facts)
    _score(scorer, known, story, book)
    story.at("10 13:00")
    found = {}
    for kind, add in MORE.items():
        spent = []
        for number in range(1, 8):
            add(story.at(None), number)
            known = (*known, *story.facts[len(known) :])
            again, _ = _timed(lambda known=known: _score(scorer, known, story, book))  # type: ignore[misc]
            spent.append(again)
        found[kind] = round(statistics.median(spent), 1)
    return found


def of_many(story: Story, runs: int) -> float:
    """Seconds for runs of usual size, each scored from its facts."""

    def every() -> None:
        for _ in range(runs):
            _score(Scorer({}), story.facts, story, _book(story))

    spent, _ = _timed(every)
    return round(spent / 1000, 1)


def _book(story: Story) -> FactBook:
    return FactBook(story.roster, project=PROJECT, default_branch="main")


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


@unswept()  # as where runs are judged
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
    """Milliseconds of processor time, which other work on the machine hardly moves, and what came of it."""
    start = time.process_time()
    done = work()
    return (time.process_time() - start) * 1000, done


if __name__ == "__main__":
    sys.exit(main())
