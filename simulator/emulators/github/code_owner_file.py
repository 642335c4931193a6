"""The CODEOWNERS file: its lines, whom it names for a path, and what is wrong with it. Pure.

Patterns are those of .gitignore without `!`, `[ ]` and escapes; the last line that matches a path counts, and one without owners
leaves the path to nobody. `dir/*` names what lies directly in `dir`.
Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-syntax
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.emulators.github import expressions
from simulator.emulators.github.expressions import Expression, literal

_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]*(?:/[A-Za-z0-9._-]+)?\Z|[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_COMMENT = re.compile(r"(?<!\S)#.*")


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner as the file writes it: `@login`, `@organization/team` or an address. `column` counts from 1."""

    name: str
    column: int

    @property
    def is_well_formed(self) -> bool:
        """Whether it can be an owner at all."""
        return _OWNER.match(self.name) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that names owners. `number` counts from 1, `fault` says why the pattern is none."""

    number: int
    source: str
    pattern: str
    owners: tuple[Owner, ...]
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line, in GitHub's kinds: Invalid pattern, Invalid owner, Unknown owner."""

    line: int
    column: int
    source: str
    kind: str
    suggestion: str | None = None


def parsed(text: str) -> list[Line]:
    """The lines of a file that say something, faulty ones too."""
    return [line for number, source in enumerate(text.splitlines(), start=1) if (line := _line(number, source))]


def owners_of(lines: Sequence[Line], path: str) -> tuple[Owner, ...]:
    """The owners of a path by the last line that matches it, none when no line does. Faulty lines don't count."""
    for line in reversed(lines):
        expression = _compiled(line.pattern) if line.fault is None else None
        if expression is not None and expression.is_all_of(path):
            return line.owners
    return ()


def faults(lines: Sequence[Line]) -> Iterator[Fault]:
    """What is wrong by the look of it, in order; whether owners exist is for others to say."""
    for line in lines:
        if line.fault is not None:
            yield line.fault
        for owner in line.owners:
            if not owner.is_well_formed:
                yield Fault(line.number, owner.column, line.source, "Invalid owner")


def _line(number: int, source: str) -> Line | None:
    words = list(_WORD.finditer(_COMMENT.sub("", source)))
    if not words:
        return None
    pattern = re.sub(r"\\(.)", r"\1", words[0].group())
    owners = tuple(Owner(word.group(), word.start() + 1) for word in words[1:])
    return Line(number, source, pattern, owners, _fault(number, source, words[0].group(), words[0].start() + 1))


def _fault(number: int, source: str, pattern: str, column: int) -> Fault | None:
    if "***" in pattern:
        return Fault(number, column, source, "Invalid pattern", f"Did you mean `{re.sub(r'[*]{3,}', '**', pattern)}`?")
    if pattern.startswith(("!", "\\#")) or "[" in pattern or "]" in pattern:
        return Fault(number, column, source, "Invalid pattern")
    return None


@functools.lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Expression | None:
    folders_only = pattern.endswith("/")
    segments = pattern.strip("/").split("/")
    anchored = pattern.startswith("/") or len(segments) > 1
    within = [_segment(segment) for segment in segments[:-1]]
    last = segments[-1]
    below = "/.+" if folders_only else "" if anchored and last == "*" else "(?:/.+)?"
    end = ".+" if last == "**" else _name(last) + below
    return expressions.of_glob(("" if anchored else "(?:.+/)?") + "".join(within) + end)


def _segment(segment: str) -> str:
    return "(?:[^/]+/)*" if segment == "**" else f"{_name(segment)}/"


def _name(segment: str) -> str:
    return "".join({"*": "[^/]*", "?": "[^/]"}.get(letter, literal(letter)) for letter in segment.replace("**", "*"))
