"""`sprintdojo lint`: the rule book over a real repository, and over its Jira project and GitHub if you say which."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click

from simulator.cli.lint_words import harmless, told
from simulator.cli.score import FORMATS, put
from simulator.hygiene.outputs import write
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.run.lint.linting import Choice, Linted, lint, nobody, person_named
from simulator.run.lint.looking_back import Range
from simulator.run.lint.mapping import MappingPart, as_instant, read_mapping, read_when
from simulator.run.lint.scoring import people_in
from simulator.run.lint.services import ServiceChoice, reader_of
from simulator.scenario.values import Unreadable
from simulator.timekeeping.clock import wall_clock

_LENGTH = re.compile(r"([0-9]{1,4}) ?(d|w|days?|weeks?)\Z", re.ASCII)
_USUAL = timedelta(weeks=4)


class _When(click.ParamType[Any]):
    """A day, an instant, or a length of time before the end of the range."""

    name = "DAY"

    def convert(self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        length = _LENGTH.match(value.strip())
        if length:
            return timedelta(days=int(length[1]) * (7 if length[2].startswith("w") else 1))
        try:
            return read_when(value)
        except Unreadable as exc:
            return self.fail(f"{exc} ({exc.hint}, or a length such as 2w)")


@click.command(name="lint")
@click.argument("clone", type=click.Path(path_type=Path), default=Path(), metavar="[CLONE]")
@click.option(
    "--since", type=_When(), help="From this day on, or so long before the end: 2026-11-01, 2w. Else four weeks."
)
@click.option("--until", type=_When(), help="Up to the end of this day; else until now.")
@click.option("--branch", help="The default branch; else the clone says.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What the clone does not tell: people, issues.",
)
@click.option("--project", metavar="KEY", help="The Jira project whose keys stand in branches, titles and commits.")
@click.option("--profile", help="default, strict, trunk-based, beginner; else what the mapping says.")
@click.option("--github", metavar="REPOSITORY", help="Ask GitHub too: OWNER/NAME or its address. Token: GITHUB_TOKEN.")
@click.option("--jira", metavar="URL", help="Ask Jira too, about --project. JIRA_EMAIL and JIRA_TOKEN say as whom.")
@click.option("--board", type=click.IntRange(1), help="Its board, where the project has several.")
@click.option("--person", help="The card of this person, by name, login or address.")
@click.option("--people", is_flag=True, help="Everybody's score too.")
@click.option("--all", "every", is_flag=True, help="Each finding, not one of each rule.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="As what.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead.")
@click.option("--at-least", type=click.FloatRange(0, 100), help="Exit with 1 when the score is below this.")
def lint_command(clone: Path, form: str, at_least: float | None, **chosen: Any) -> int:
    """Judge the past of a real repository by the rule book, without a scenario.

    CLONE is the folder of a clone; nothing in it is run or changed. It tells of commits and merges; GitHub and Jira tell the
    rest, or a mapping file does. A rule that lacks what it needs is left out and costs nothing: the end of the report says
    which, and what to give.
    """
    mapping = read_mapping(chosen["mapping"]) if chosen["mapping"] else MappingPart(format=1)
    over = _range(chosen["since"], chosen["until"], mapping)
    project = _project(chosen["project"]) or mapping.project
    services = ServiceChoice(github=chosen["github"], jira=chosen["jira"], project=project, board=chosen["board"])
    choice = Choice(
        clone=clone,
        over=over,
        mapping=mapping,
        folder=chosen["mapping"].parent if chosen["mapping"] else None,
        branch=chosen["branch"],
        project=project,
        profile=chosen["profile"],
        services=reader_of(services, os.environ),
    )
    name = chosen["person"]
    cards_of = people_in if chosen["people"] or form.startswith("csv-") else nobody
    with _progress() as progress:
        found = lint(choice, cards_of=partial(_one, name) if name else cards_of, progress=progress)
    card = found.card(person_named(name, found.history) if name else None)
    put(_text(found, card, form, every=chosen["every"]), chosen["output"])
    return 1 if at_least is not None and card.score < at_least else 0


def _one(name: str, history: History) -> Sequence[SeatId]:
    return [person_named(name, history)]


def _text(found: Linted, card: Any, form: str, *, every: bool) -> str:
    if form == "text":
        return "".join(f"{harmless(line)}\n" for line in told(card, every=every))
    learners = [found.card(seat) for seat in found.cards if seat is not None]
    return write(form, card, learners=learners).text


def _range(since: Any, until: Any, mapping: MappingPart) -> Range:  # Any: a day, an instant, a length, nothing
    if isinstance(until, timedelta):
        raise click.UsageError("--until: a day, not a length of time")
    end = _end(until, mapping) if until is not None else wall_clock()
    if isinstance(since, timedelta) or since is None:
        begin = end - (since or _USUAL)
    else:
        begin = as_instant(since, zone=mapping.zone, at=time())
    if begin >= end:
        raise click.UsageError(f"--since {begin:%Y-%m-%d} is not before --until {end:%Y-%m-%d}")
    return Range(since=begin.astimezone(UTC), until=end.astimezone(UTC))


def _end(until: date | datetime, mapping: MappingPart) -> datetime:
    """The end of a day, or the instant itself."""
    if isinstance(until, datetime):
        return as_instant(until, zone=mapping.zone, at=time())
    return as_instant(until + timedelta(days=1), zone=mapping.zone, at=time())


def _project(key: str | None) -> str | None:
    if key is not None and not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", key):
        raise click.UsageError(
            f"--project: `{key[:40]}` is no key of a Jira project; 2 to 10 capital letters and digits: PAY"
        )
    return key


class _progress:  # noqa: N801 - reads as a block
    """Says on a terminal how far it is, on one line that is gone in the end."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._last = ""

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._say

    def __exit__(self, *_: object) -> None:
        self._write("")

    def _say(self, what: str, done: int, whole: int) -> None:
        share = f" {100 * done // whole} %" if whole > 1 else ""
        self._write(f"reading {what}{share}" if what != "rules" else "judging")

    def _write(self, line: str) -> None:
        if self._is_shown and line != self._last:
            click.echo(f"\r{line.ljust(len(self._last))}", nl=False, err=True)
            if not line:
                click.echo("\r", nl=False, err=True)
            self._last = line
