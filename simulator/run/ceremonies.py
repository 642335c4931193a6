"""Which entries of an agenda are meetings of the team, and what they are called. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.errors import RunError
from simulator.model.actions import Channel, HoldCeremony, PostNote, PromptKind
from simulator.model.agenda import AgendaEntry

ANY = "ceremony"
_SAID = {
    "stand-up": PromptKind.STAND_UP,
    "standup": PromptKind.STAND_UP,
    "planning": PromptKind.PLANNING,
    "review": PromptKind.REVIEW,
    "retrospective": PromptKind.RETROSPECTIVE,
    "retro": PromptKind.RETROSPECTIVE,
}
_NAMES = {
    PromptKind.STAND_UP: "the stand-up",
    PromptKind.PLANNING: "the planning",
    PromptKind.REVIEW: "the sprint review",
    PromptKind.RETROSPECTIVE: "the retrospective",
}


def ceremony_of(entry: AgendaEntry) -> PromptKind | None:
    """The kind of meeting that an entry is, None for anything else."""
    action = entry.action
    if action.get("do") == HoldCeremony.__name__:
        return PromptKind(str(action.get("kind")))
    if action.get("do") == PostNote.__name__ and action.get("channel") == Channel.STAND_UP:
        return PromptKind.STAND_UP
    return None


def name_of(kind: PromptKind) -> str:
    """A meeting in words: `the stand-up`."""
    return _NAMES.get(kind, "a question")


def is_ceremony(said: str) -> bool:
    """Whether a word asks for a meeting, or for any of them."""
    return said.lower() in (ANY, *_SAID)


def next_ceremony(entries: Iterable[AgendaEntry], said: str) -> AgendaEntry:
    """The first of the open entries that is the meeting asked for. Raises RunError when none is to come."""
    wanted = _SAID.get(said.lower())
    for entry in entries:
        kind = ceremony_of(entry)
        if kind is not None and wanted in (None, kind):
            return entry
    name = _NAMES[wanted].removeprefix("the ") if wanted else "meeting"
    raise RunError(f"no {name} is to come", to_do="see `sprintdojo upcoming`, or name a time such as +2h")
