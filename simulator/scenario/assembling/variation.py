"""What varies from run to run: `{vary:shop}` is one of the options under `vary`, drawn by the run's seed.

The same in every text, starter file and patch of a run, so that the story holds together and answers cannot be copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from simulator.errors import Problem
from simulator.model.chance import rng
from simulator.scenario.assembling.gathered import Gathered
from simulator.scenario.values import Unreadable
from simulator.scenario.wording import nearest

MOST_OPTIONS = 200
_USE = re.compile(r"\{vary:([a-z0-9-]{1,60})\}")
_RANGE = re.compile(r"(-?[0-9]{1,9})\.\.(-?[0-9]{1,9})", re.ASCII)
_LARGEST_FILE = 1_000_000

_LINE = re.compile(r"[^\r\n]{1,200}")

Choices = Mapping[str, str]
"""What each name under `vary` became."""


def read_options(value: Any) -> tuple[str, ...]:
    """The options of one name, from a list or from a range of numbers, `8000..9000`. Raises Unreadable."""
    if isinstance(value, list | tuple):
        options = tuple(str(option) for option in value if isinstance(option, str | int | float))
    else:
        options = _numbers(value) if isinstance(value, str) else ()
    if not 2 <= len(options) <= MOST_OPTIONS or (isinstance(value, list) and len(options) < len(value)):
        hint = f"a list of 2 to {MOST_OPTIONS} texts or numbers, or a range such as 8000..9000"
        raise Unreadable("these are no options to choose from", hint)
    if any(not _LINE.fullmatch(option) for option in options):
        raise Unreadable("an option is one line of at most 200 characters", "take line breaks out")
    return options


def _numbers(written: str) -> tuple[str, ...]:
    match = _RANGE.fullmatch(written.strip())
    if match is None:
        return ()
    low, high = int(match[1]), int(match[2])
    step = -(-(high - low + 1) // MOST_OPTIONS) or 1
    return tuple(str(number) for number in range(low, high + 1, step))


def put_choices(gathered: Gathered, folder: Path, *, seed: int, chosen: Choices) -> Choices:
    """Put what the seed chose in the places that name it, and tell what that is; unknown and unused names are problems."""
    options = dict(_options(gathered.value.get("vary")))
    drawn = {name: rng(seed, "vary", name).choice(given) for name, given in options.items()}
    choices = {name: chosen.get(name, option) for name, option in drawn.items()}
    used: set[str] = set()
    for spot, text in list(gathered.strings()):
        if spot[0] == "vary" or "{vary:" not in text:
            continue
        names = _USE.findall(text)
        used.update(names)
        for name in names:
            if name not in choices:
                hint = nearest(name, choices, otherwise="give its options under `vary`")
                gathered.problems.append(gathered.source.problem(spot, f"nothing varies by the name `{name}`", hint))
        gathered.replace(spot, varied(text, choices))
    gathered.problems.extend(_unused(gathered, set(choices) - used, folder))
    return choices


def each_once(vary: Any) -> Iterator[Choices]:
    """Choices in which every option is at least once, and of a range of numbers the ends: each to be tried."""
    options = {name: (given[0], given[-1]) if isinstance(vary[name], str) else given for name, given in _options(vary)}
    for number in range(max((len(given) for given in options.values()), default=0)):
        yield {name: given[number % len(given)] for name, given in options.items()}


def varied(text: str, choices: Choices) -> str:
    """A text with the choices in it; names that are not known stay as they are."""
    return _USE.sub(lambda use: choices.get(use[1], use[0]), text) if "{vary:" in text else text


def texts_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder that hold text and something that varies."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            continue
        content = path.read_bytes()
        if b"{vary:" in content:
            try:
                yield path, content.decode()
            except UnicodeDecodeError:
                continue


def _options(vary: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, given in vary.items() if isinstance(vary, dict) else ():
        with suppress(Unreadable):  # the schema says so
            yield name, read_options(given)


def _unused(gathered: Gathered, names: set[str], folder: Path) -> Iterator[Problem]:
    if not names or not folder.is_dir():
        return
    in_files = {name for _, text in texts_below(folder) for name in _USE.findall(text)}
    for name in sorted(names - in_files):
        yield gathered.source.problem(
            ("vary", name), f"`{name}` is used nowhere", f"write {{vary:{name}}} where it belongs", at_key=True
        )


Options = Annotated[
    tuple[str, ...],
    BeforeValidator(read_options),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 2, "maxItems": MOST_OPTIONS},
                {"type": "string", "pattern": r"^-?[0-9]{1,9}\.\.-?[0-9]{1,9}$"},
            ],
            "description": "What one may become: a list of options, or a range of numbers such as 8000..9000.",
        }
    ),
]
