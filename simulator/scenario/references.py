"""Whether what a scenario names is there: people, issues, sprints, pull requests, statuses, moments, folders, branches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.errors import Problem
from simulator.scenario.frame import Frame
from simulator.scenario.marks import Declares, Named, Names
from simulator.scenario.patches import files_below, inside, read_patch
from simulator.scenario.places import RepositoryPart
from simulator.scenario.rule_terms import why_fixed
from simulator.scenario.schema import Scenario
from simulator.scenario.shape import Marked, NotANumber, UnknownKey, walk
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import Hours, StoryTime, Unreadable, read_hours, read_story_time
from simulator.scenario.wording import nearest

STATUSES = ("To Do", "In Progress", "In Review", "Done")
IT = "it"
STARTER: Spot = ("repository", "folder")
_PLACEHOLDER = re.compile(r"\{([a-z_]{1,20}):([A-Za-z0-9_-]{0,80})\}")
_PLACED = {"issue": Named.ISSUE, "pull": Named.PULL, "person": Named.PERSON}
_OF_IT = frozenset({Named.ISSUE, Named.PULL, Named.PERSON})
_LIKE_PLACEHOLDERS = {
    "issues": "issue",
    "isue": "issue",
    "issu": "issue",
    "key": "issue",
    "pr": "pull",
    "pulls": "pull",
}
_WHAT_IT_IS = "an event with `when` knows what `it` is: name what you mean"
_NO_TRIGGER = "events of this type have times of their own: let a `script` wait, with acts such as `away`"
_NONE_YET = "there is none so far: add it, or leave this out"
_SECTIONS: Mapping[str, type] = {"people": dict, "backlog": list, "sprints": list, "events": list}
_HELD_IN: Mapping[str, tuple[Named, ...]] = {
    "people": (Named.PERSON, Named.HUMAN, Named.TEAMMATE),
    "backlog": (Named.ISSUE,),
    "sprints": (Named.SPRINT,),
    "events": (Named.EVENT, Named.PULL, Named.ISSUE),
}
# What git refuses in a ref name: https://git-scm.com/docs/git-check-ref-format
_BAD_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|\.lock(?:/|$)|[./]$|^@$")


@dataclass(slots=True)
class Known:
    """What is known by name in a scenario. Issues and pull requests of a persona are known to that persona only."""

    people: dict[str, str] = field(default_factory=dict)
    declared: dict[tuple[Named, str], dict[str, Spot]] = field(default_factory=dict)
    frame: Frame | None = None
    untold: frozenset[Named] = frozenset()
    """Kinds whose section is missing or of another shape, which is said once: their names cannot be judged."""

    def names(self, kind: Named, spot: Spot) -> list[str]:
        """The names of a kind that may be used at a spot."""
        match kind:
            case Named.PERSON:
                return list(self.people)
            case Named.HUMAN:
                return [seat for seat, sort in self.people.items() if sort == "human"]
            case Named.TEAMMATE:
                return [seat for seat, sort in self.people.items() if sort == "teammate"]
            case Named.STATUS:
                return list(STATUSES)
        own = self.declared.get((kind, scope_of(spot)), {})
        return list(dict.fromkeys([*self.declared.get((kind, ""), {}), *own]))


def scope_of(spot: Spot) -> str:
    """The persona that a spot belongs to, empty for what all share."""
    return str(spot[1]) if len(spot) > 1 and spot[0] == "personas" else ""


def reference_problems(source: Source, folder: Path) -> Iterator[Problem]:
    """Unknown keys, names of nothing, doubled names, moments that never come, folders that cannot be used."""
    found = list(walk(Scenario, source.value))
    yield from (_unknown_key(source, item) for item in found if isinstance(item, UnknownKey))
    yield from (_truth_value(source, item) for item in found if isinstance(item, NotANumber))
    marked = [item for item in found if isinstance(item, Marked)]
    known = Known(people=_people(source.value), frame=_frame(source.value), untold=_untold(source.value))
    for item in marked:
        if any(isinstance(mark, Declares) for mark in item.marks):
            yield from _declare(source, item, known)
    known.declared.setdefault((Named.ISSUE, ""), {}).update(_retro_actions(source.value))
    for item in [*marked, *_default_starter(source)]:
        for mark in item.marks:
            if isinstance(mark, Names):
                yield from _named(source, item, mark.kind, known, folder)


def _untold(value: dict[str, Any]) -> frozenset[Named]:
    """The kinds of names that cannot be judged."""
    wrong = {
        key
        for key, shape in _SECTIONS.items()
        if not isinstance(value.get(key, [] if key == "events" else None), shape)
    }
    return frozenset(kind for key in wrong for kind in _HELD_IN[key])


def _retro_actions(value: Any) -> dict[str, Spot]:
    """The issues that retrospectives will make of their actions, by their ids: `action-retro-1-learner`."""
    events = value.get("events") if isinstance(value, dict) else None
    return {
        f"action-{event.get('id')}-{seat}": ("events", number)
        for number, event in enumerate(events if isinstance(events, list) else ())
        if isinstance(event, dict) and event.get("type") == "retro"
        for seat, sort in _people(value).items()
        if sort == "human"
    }


def _default_starter(source: Source) -> Iterator[Marked]:
    """The starter folder of a repository that does not name it."""
    repository = source.value.get("repository")
    if isinstance(repository, dict) and "folder" not in repository:
        yield Marked(STARTER, RepositoryPart.model_fields["folder"].default, (Names(Named.FOLDER),))


def _unknown_key(source: Source, item: UnknownKey) -> Problem:
    where = f" in `{item.spot[-2]}`" if len(item.spot) > 1 and isinstance(item.spot[-2], str) else ""
    is_trigger = item.key == "when" and item.spot[0] == "events" and len(item.spot) == 3
    hint = why_fixed(item.spot) or (_NO_TRIGGER if is_trigger else nearest(item.key, item.known))
    return source.problem(item.spot, f"unknown key `{item.key}`{where}", hint, at_key=True)


def _truth_value(source: Source, item: NotANumber) -> Problem:
    name = next((f"`{step}`" for step in reversed(item.spot) if isinstance(step, str)), "this")
    return source.problem(item.spot, f"{name} must be a number, not {str(item.value).lower()}", "write it in digits")


def _people(value: Any) -> dict[str, str]:
    people = value.get("people") if isinstance(value, dict) else None
    if not isinstance(people, dict):
        return {}
    return {seat: str(part.get("kind")) if isinstance(part, dict) else "" for seat, part in people.items()}


def _frame(value: Any) -> Frame | None:
    """The sprints of the run and its working hours, None when they cannot be told."""
    hours = _hours(value)
    sprints = value.get("sprints") if isinstance(value, dict) else None
    if hours is None or not isinstance(sprints, list):
        return None
    parts = [(part.get("id"), part.get("days")) if isinstance(part, dict) else (None, None) for part in sprints]
    whole = [(str(name), days) for name, days in parts if isinstance(days, int) and days > 0]
    return Frame(whole, hours) if whole and len(whole) == len(parts) else None


def _hours(value: Any) -> Hours | None:
    calendar = value.get("calendar") if isinstance(value, dict) else None
    try:
        return read_hours(calendar.get("hours", "09:00-17:00")) if isinstance(calendar, dict) else None
    except Unreadable:
        return None


def _declare(source: Source, item: Marked, known: Known) -> Iterator[Problem]:
    kind = next(mark.kind for mark in item.marks if isinstance(mark, Declares))
    own = known.declared.setdefault((kind, scope_of(item.spot)), {})
    shared = known.declared.get((kind, ""), {})
    before = shared.get(item.value) or own.get(item.value)
    if before:
        line = source.values[before][0]
        message = (
            f"there are two {kind}s with the id `{item.value}`"
            if kind is not Named.PULL
            else f"the id `{item.value}` is taken"
        )
        yield source.problem(item.spot, message, f"the first is in line {line}: give this one another id")
    else:
        own[item.value] = item.spot


def _named(source: Source, item: Marked, kind: Named, known: Known, folder: Path) -> Iterator[Problem]:
    match kind:
        case Named.TIME:
            yield from _moment(source, item, known)
        case Named.FOLDER:
            yield from _folder(source, item, folder)
        case Named.TEXT | Named.BRANCH:
            yield from _placeholders(source, item, known)
            yield from _branch(source, item) if kind is Named.BRANCH else ()
        case _:
            names = known.names(kind, item.spot)
            if item.value in names or kind in known.untold or (kind in _OF_IT and _is_it(source, item)):
                return
            message, hint = _unknown(kind, item.value, known), nearest(item.value, names) or _NONE_YET
            if item.value == IT and kind in _OF_IT:
                message, hint = "`it` means nothing here", _WHAT_IT_IS
            yield source.problem(item.spot, message, hint, at_key=item.is_key)


def _unknown(kind: Named, value: str, known: Known) -> str:
    if kind in (Named.TEAMMATE, Named.HUMAN) and value in known.people:
        return f"`{value}` is not a {kind}"
    return f"there is no {kind} `{value}`"


def _is_it(source: Source, item: Marked) -> bool:
    """Whether the name is `it`, in an act of an event that waits for a condition: what meets it is meant."""
    return item.value == IT and _has_it(source, item)


def _has_it(source: Source, item: Marked) -> bool:
    if item.spot[0] != "events" or len(item.spot) < 3 or item.spot[2] in ("when", "unless"):
        return False
    event = source.value["events"][item.spot[1]]
    return isinstance(event, dict) and "when" in event


def _placeholders(source: Source, item: Marked, known: Known) -> Iterator[Problem]:
    for kind, name in _PLACEHOLDER.findall(item.value):
        if kind in _LIKE_PLACEHOLDERS:
            yield source.problem(
                item.spot, f"`{{{kind}:{name}}}` means nothing", f"write {{{_LIKE_PLACEHOLDERS[kind]}:{name}}}"
            )
        elif name == IT and kind in (*_PLACED, "branch"):
            if not _has_it(source, item):
                message = f"`{{{kind}:{name}}}` means nothing here"
                yield source.problem(item.spot, message, _WHAT_IT_IS)
        elif kind in _PLACED and _PLACED[kind] not in known.untold:
            names = known.names(_PLACED[kind], item.spot)
            if name not in names:
                message = f"there is no {_PLACED[kind]} `{name}` for `{{{kind}:{name}}}`"
                yield source.problem(item.spot, message, nearest(name, names) or _NONE_YET)


def _branch(source: Source, item: Marked) -> Iterator[Problem]:
    if _BAD_BRANCH.search(_PLACEHOLDER.sub("KEY-1", item.value)):
        yield source.problem(
            item.spot,
            f"git refuses the branch name `{item.value}`",
            "no spaces, no .. ~ ^ : ? * [ \\, no slash at an end",
        )


def _moment(source: Source, item: Marked, known: Known) -> Iterator[Problem]:
    try:
        moment = read_story_time(item.value)
    except Unreadable:
        return  # the schema says so
    frame = known.frame
    if moment.offset is not None:
        yield from _offset(source, item, moment.offset.sprint, known)
    elif frame is not None and (moment.day - 1) * frame.day >= frame.whole:
        days = round(frame.whole / frame.day)
        message = f"there is no day {moment.day}: the sprints end on day {days}"
        yield source.problem(item.spot, message, f"choose a day from 1 to {days}")
    elif frame is not None and not _in_hours(moment, frame.hours):
        hint = f"people work from {frame.hours.start:%H:%M} to {frame.hours.end:%H:%M}"
        yield source.problem(item.spot, f"{item.value} is outside of working hours", hint)


def _offset(source: Source, item: Marked, sprint: str, known: Known) -> Iterator[Problem]:
    """What is wrong with a time that is reckoned from a sprint."""
    names = known.names(Named.SPRINT, item.spot)
    if sprint and sprint not in names:
        yield source.problem(item.spot, f"there is no sprint `{sprint}`", nearest(sprint, names))
        return
    minutes = known.frame.minutes(read_story_time(item.value)) if known.frame else None
    if known.frame is not None and minutes is not None and not 0 <= minutes <= known.frame.whole:
        side = "before the run begins" if minutes < 0 else "after the run has ended"
        yield source.problem(item.spot, f"{item.value} is {side}", "it is working time: choose a shorter length")


def _in_hours(moment: StoryTime, hours: Hours) -> bool:
    return moment.at is None or hours.start <= moment.at <= hours.end


def _folder(source: Source, item: Marked, folder: Path) -> Iterator[Problem]:
    try:
        found = inside(folder, item.value)
        if not found.is_dir():
            raise Unreadable(
                f"`{item.value}` is a file, not a folder", "put the file into a folder, by its path in the repository"
            )
        if item.spot == STARTER:
            _check_starter(found)
        else:
            read_patch(found)
    except Unreadable as exc:
        yield source.problem(item.spot, str(exc), exc.hint)
    except OSError as exc:
        yield source.problem(
            item.spot, f"`{item.value}` cannot be read: {exc.strerror or exc}", "check its permissions"
        )


def _check_starter(folder: Path) -> None:
    if not list(files_below(folder)):
        raise Unreadable(f"`{folder.name}` holds no starter code", "a repository needs at least one file")
