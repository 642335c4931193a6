"""The library of moments as Markdown and as values, made from the moments themselves.

Refuses to say anything that is not in a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.scenario.described import field_words
from simulator.scenario.events.registry import event_types
from simulator.scenario.moments.moment import Moment

_INTRODUCTION = """\
# The library of moments

<!-- Written by `make docs` from the moments themselves: do not edit. -->

A moment is something that a learner should live through once: it opens in the story, is watched until it closes, and is told in
the report. Good behaviour shows in several ways, and one of them is enough. A slip fails nobody: it has its consequence later in
the story, and can be made good until the moment closes. At most four are live at once for one person. Hints are written down
and cost nothing.

Every moment takes what every event takes (`at`, `when`, `unless`, `after`, `deadline`, `chance`), and besides: `who`, the
colleague who brings it about and speaks in it; `of`, whose moment it is (left out: every learner's); `until`, when it closes
(left out: at the end of that sprint); `do`, acts when it opens; `hints` and `explanation`, in place of the library's own.
"""
_OF_ALL = frozenset(Moment.model_fields) | {"type"}


def all_moments() -> Mapping[str, type[Moment]]:
    """The moments of the library by the name that `type:` gives, in the order of their numbers."""
    found = {name: kind for name, kind in event_types().items() if issubclass(kind, Moment)}
    return dict(sorted(found.items(), key=lambda item: item[1].number))


def moment_json(kind: type[Moment]) -> dict[str, Any]:
    """A moment as values."""
    return {
        "number": kind.number,
        "type": _name(kind),
        "title": kind.title,
        "about": _about(kind),
        "ways": dict(kind.ways),
        "slips": dict(kind.slips),
        "hints": list(kind.usual_hints),
        "explanation": kind.usual_explanation,
        "keys": _keys(kind),
    }


def moment_page(kind: type[Moment], *, level: int = 1) -> str:
    """A moment's page."""
    mark = "#" * level
    lines = [f"{mark} {kind.number}. {kind.title}: `{_name(kind)}`", "", _about(kind), "", kind.usual_explanation]
    lines += ["", "Seen as good, any one of:", "", *(f"- `{way}`: {text}" for way, text in kind.ways.items())]
    lines += ["", "Seen as a slip:", "", *(f"- `{slip}`: {text}" for slip, text in kind.slips.items())]
    lines += ["", "Hints:", "", *(f"{n}. {text}" for n, text in enumerate(kind.usual_hints, start=1))]
    lines += ["", "| key | says |", "|---|---|"]
    lines += [f"| `{key}`{'' if needed else ' (optional)'} | {text} |" for key, (needed, text) in _fields(kind).items()]
    return "\n".join(lines) + "\n"


def library() -> str:
    """The whole library as one page."""
    pages = [moment_page(kind, level=2) for kind in all_moments().values()]
    return "\n".join([_INTRODUCTION, *pages]).rstrip() + "\n"


def _name(kind: type[Moment]) -> str:
    return next(name for name, one in event_types().items() if one is kind)


def _about(kind: type[Moment]) -> str:
    return " ".join((kind.__doc__ or "").split())


def _keys(kind: type[Moment]) -> dict[str, str]:
    return {key: text for key, (_, text) in _fields(kind).items()}


def _fields(kind: type[Moment]) -> dict[str, tuple[bool, str]]:
    """The moment's own keys: whether each is needed, and what it says."""
    words = field_words(kind)
    return {
        name: (field.is_required(), " ".join(words.get(name, "").replace("|", "\\|").split()))
        for name, field in kind.model_fields.items()
        if name not in _OF_ALL
    }
