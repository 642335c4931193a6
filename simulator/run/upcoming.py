"""What is to come and what was missed, as plain values for pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.model.agenda import AgendaEntry
from simulator.run.ceremonies import ceremony_of, name_of
from simulator.run.live import Story
from simulator.timekeeping.instants import describe_instant

_ENDS = {"CloseSprint": "the sprint ends", "FinishRun": "the run ends"}
_SOMETHING = "something happens"


def upcoming_view(entry: AgendaEntry | None, story: Story) -> dict[str, Any] | None:
    """When something happens next; what it is stays a surprise, but for the team's meetings and the ends."""
    if entry is None:
        return None
    at = describe_instant(entry.at, first_day=story.first_day, calendar=story.calendar)
    return {"at": at, "what": _what(entry)}


def agenda_view(entries: Iterable[AgendaEntry], story: Story) -> list[dict[str, Any]]:
    """The same for all that is to come, by instants: what is known of one is said, the surprises are not."""
    known: dict[str, list[str]] = {}
    for entry in entries:
        at = describe_instant(entry.at, first_day=story.first_day, calendar=story.calendar)
        said, what = known.setdefault(at, []), _what(entry)
        if what not in said:
            said.append(what)
    return [{"at": at, "what": _together(said)} for at, said in known.items()]


def missed_view(entries: Iterable[AgendaEntry], story: Story) -> list[dict[str, Any]]:
    """What could not be done, with the reason."""
    return [
        {
            "at": describe_instant(entry.at, first_day=story.first_day, calendar=story.calendar),
            "why": entry.note,
        }
        for entry in entries
    ]


def _what(entry: AgendaEntry) -> str:
    meeting = ceremony_of(entry)
    return name_of(meeting) if meeting else _ENDS.get(str(entry.action.get("do")), _SOMETHING)


def _together(said: list[str]) -> str:
    known = [what for what in said if what != _SOMETHING]
    return ", ".join(known) or _SOMETHING
