"""The mapping file: what a repository does not tell of itself. Who is who, when people work, issues, sprints, terms.

Written by hand or by a script from whatever tracker a team has. Every fault is told with its file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PlainSerializer, PlainValidator, StringConstraints, WithJsonSchema

from simulator.errors import Problem
from simulator.hygiene.profiles import hygiene_problems
from simulator.model.agile import IssueType, Priority
from simulator.scenario.part import Part, Written
from simulator.scenario.part_file import part_in
from simulator.scenario.places import Weekday
from simulator.scenario.rule_terms import HygienePart, why_fixed
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import WEEKDAYS, HoursText, Unreadable, ZoneText, read_hours, read_zone
from simulator.timekeeping.workdays import WorkCalendar

MOST_ISSUES = 5_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z", re.ASCII
)


def read_when(value: Any) -> date | datetime:  # Any: what stands in YAML
    """A day, `2026-03-02`, or an instant, `2026-03-02 14:30`, with or without its offset. Raises Unreadable."""
    text = value.strip() if isinstance(value, str) else ""
    hint = "write a day as 2026-03-02, an instant as 2026-03-02 14:30"
    try:
        if _DAY.match(text):
            found: date | datetime = date.fromisoformat(text)
        elif _INSTANT.match(text):
            found = datetime.fromisoformat(text)
        else:
            raise Unreadable(f"`{str(value)[:40]}` is no day and no instant", hint)
    except ValueError as exc:
        raise exc if isinstance(exc, Unreadable) else Unreadable(f"there is no {text}", hint) from exc
    if not 1971 <= found.year <= 2198:
        raise Unreadable(f"the year {found.year} is too far away", "years go from 1971 to 2198")
    return found


When = Annotated[
    date | datetime,
    PlainValidator(read_when),
    PlainSerializer(lambda found: found.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "description": "a day, 2026-03-02, or an instant, 2026-03-02 14:30"}),
]
Key = Annotated[str, Written(r"[A-Z][A-Z0-9]{1,9}", "a Jira project key", "2 to 10 capital letters and digits: PAY")]
KeyOfIssue = Annotated[str, Written(r"[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}", "the key of an issue", "such as PAY-12")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Account = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class PersonPart(Part):
    """One person, and all the accounts that are theirs."""

    name: Name
    emails: tuple[Account, ...] = Field(default=(), max_length=50)
    github: Account | None = None
    jira: Account | None = None
    """accountId or e-mail address there."""
    bot: bool = False
    """A bot's work is nobody's."""


class MovePart(Part):
    """An issue's move to another status."""

    at: When
    to: Name
    by: Name | None = None


class IssuePart(Part):
    """An issue, as far as it is known."""

    named: tuple[Name, ...] = Field(default=(), max_length=20)
    """Other names that commits, branches and titles call it by: `#62`."""
    summary: Annotated[str, StringConstraints(max_length=500)] = ""
    type: IssueType = IssueType.TASK
    description: Annotated[str, StringConstraints(max_length=32_767)] = ""
    priority: Priority | None = None
    points: Annotated[float, Field(ge=0, le=1000)] | None = None
    labels: tuple[Name, ...] = Field(default=(), max_length=50)
    created: When | None = None
    reporter: Name | None = None
    assignee: Name | None = None
    parent: KeyOfIssue | None = None
    sprint: Name | None = None
    status: Name | None = None
    """Where it stands now; of one with moves, where it stood before the first."""
    resolution: Name | None = None
    moves: tuple[MovePart, ...] = Field(default=(), max_length=200)
    """Its way over the board, oldest first. Without any, rules on the way of issues are not judged."""


class SprintPart(Part):
    """A sprint."""

    name: Name
    start: When
    end: When
    goal: Annotated[str, StringConstraints(max_length=500)] = ""


class MappingPart(Part):
    """A mapping file."""

    format: Literal[1]
    """The version of this language."""
    branch: Name | None = None
    """The default branch, when the clone names another one."""
    project: Key | None = None
    """The Jira project whose keys stand in branches, titles and commits."""
    named_as: Annotated[str, Written(r".*\{number\}.*", "a name with a number", "such as #{number}")] | None = None
    """How every issue is called as well, by the number in its key: `#{number}` makes `#62` a name of PAY-62."""
    zone: ZoneText = Field(default_factory=lambda: read_zone("UTC"))
    hours: HoursText = Field(default_factory=lambda: read_hours("09:00-17:00"))
    days: tuple[Weekday, ...] = Field(default=("mon", "tue", "wed", "thu", "fri"), min_length=1, max_length=7)
    people: tuple[PersonPart, ...] = Field(default=(), max_length=2_000)
    done: tuple[Name, ...] = Field(default=("Done", "Closed", "Resolved"), max_length=20)
    """The statuses in which an issue is done."""
    waiting: tuple[Name, ...] = Field(
        default=("To Do", "Open", "Backlog", "New", "Selected for Development"), max_length=20
    )
    """The statuses in which nobody works on an issue yet; every other one is in progress."""
    issues: dict[KeyOfIssue, IssuePart] = Field(default_factory=dict, max_length=MOST_ISSUES)
    sprints: tuple[SprintPart, ...] = Field(default=(), max_length=500)
    hygiene: HygienePart = Field(default_factory=HygienePart)
    """Profile, rules that are off, options and waivers, as in a scenario."""

    @property
    def calendar(self) -> WorkCalendar:
        """When the team works."""
        weekdays = frozenset(WEEKDAYS.index(day) for day in self.days)
        return WorkCalendar(weekdays, self.hours.start, self.hours.end, self.zone)


def read_mapping(file: Path) -> MappingPart:
    """The mapping in a file. Raises ScenarioError with every fault, each at its place."""
    return part_in(file, MappingPart, called="a mapping", faults_of=_faults, why_unknown=_why_unknown)


def as_instant(when: date | datetime, *, zone: ZoneInfo, at: time) -> datetime:
    """The instant, UTC; of a day the time `at`, and of what has no offset of its own in `zone`."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, at)
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def _why_unknown(spot: Spot) -> str:
    return why_fixed(spot) if spot[0] == "hygiene" else ""


def _faults(mapping: MappingPart, source: Source) -> list[Problem]:
    found = [source.problem(spot, message, hint) for spot, message, hint in _contradictions(mapping)]
    return [*found, *hygiene_problems(mapping.hygiene, source, Path(source.file).parent)]


def _contradictions(mapping: MappingPart) -> Iterator[tuple[Spot, str, str]]:
    yield from _of_people(mapping)
    sprints: set[str] = set()
    for number, sprint in enumerate(mapping.sprints):
        if sprint.name in sprints:
            yield (
                ("sprints", number, "name"),
                f"a second sprint `{sprint.name[:60]}`",
                "issues name sprints: give it its own",
            )
        sprints.add(sprint.name)
        start, end = (as_instant(when, zone=mapping.zone, at=time()) for when in (sprint.start, sprint.end))
        if end < start:
            yield ("sprints", number, "end"), f"{sprint.name} ends before it starts", "change one of the two"
    for key, issue in mapping.issues.items():
        spot: Spot = ("issues", key)
        if mapping.project and key.partition("-")[0] != mapping.project:
            yield spot, f"{key} is not of the project {mapping.project}", "take it out, or change `project`"
        if issue.sprint is not None and issue.sprint not in sprints:
            yield (*spot, "sprint"), f"there is no sprint `{issue.sprint[:60]}`", "list it under `sprints`"
        stamps = [as_instant(move.at, zone=mapping.zone, at=time()) for move in issue.moves]
        if stamps != sorted(stamps):
            yield (*spot, "moves"), f"the moves of {key} are not in order", "list the oldest first"
    if len(projects := {key.partition("-")[0] for key in mapping.issues}) > 1 and not mapping.project:
        yield ("issues",), f"issues of {len(projects)} projects", "one file tells of one project: set `project`"


def _of_people(mapping: MappingPart) -> Iterator[tuple[Spot, str, str]]:
    owners: dict[str, str] = {}
    known: set[str] = set()
    for number, person in enumerate(mapping.people):
        if person.name in known:
            hint = "list all accounts of one person in one place, and tell two people apart by their names"
            yield ("people", number, "name"), f"a second `{person.name[:60]}`", hint
        known.add(person.name)
        accounts = (*person.emails, *filter(None, (person.github, person.jira)))
        if not accounts:
            yield ("people", number), f"{person.name[:60]} has no account", "give `emails`, `github` or `jira`"
        for account in dict.fromkeys(name.lower() for name in accounts):
            if owners.setdefault(account, person.name) != person.name:
                yield (
                    ("people", number),
                    f"{account[:80]} is {owners[account][:60]}'s already",
                    "an account is one person's",
                )
    for spot, who in _names(mapping):
        if known and who not in known:
            yield spot, f"there is nobody called `{who[:60]}`", "list them under `people`, with this very name"


def _names(mapping: MappingPart) -> Iterator[tuple[Spot, str]]:
    """Who stands in issues, and where."""
    for key, issue in mapping.issues.items():
        spot: Spot = ("issues", key)
        yield from (((*spot, name), who) for name in ("assignee", "reporter") if (who := getattr(issue, name)))
        yield from (((*spot, "moves", number, "by"), move.by) for number, move in enumerate(issue.moves) if move.by)
