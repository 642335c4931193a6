"""YAML text to plain values that know where they were written.

YAML 1.2's core: `yes`, `on`, `09:30` and dates stay text. Refuses doubled keys, and anchors that multiply.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from simulator.errors import Problem, ScenarioError

FILE_NAME = "scenario.yaml"
MOST_BYTES = 1_000_000
_MOST_VALUES = 200_000
_DEEPEST = 60

Spot = tuple[str | int, ...]
"""Where a value is: the keys and indexes that lead to it."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast where it was built


class _Loader(_LOADER):  # type: ignore[misc]  # chosen at run time
    """Knows null, booleans and numbers as YAML 1.2 does, and nothing else."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own shape


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?", list("-+.0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$", re.ASCII), _first)


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario file's value with the places of all its parts; `problems` are doubled keys and the like.

    `files` names the file of what is below a spot and was taken in from another one.
    """

    file: str
    value: Any
    values: dict[Spot, tuple[int, int]] = field(repr=False)
    keys: dict[Spot, tuple[int, int]] = field(repr=False)
    problems: list[Problem] = field(default_factory=list)
    files: dict[Spot, str] = field(default_factory=dict, repr=False)
    is_whole: bool = True
    """False when a file that it uses could not be taken in: what seems to be missing may stand in that one."""

    def problem(self, spot: Spot, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at the value of a spot, or at its key; for what is missing, at the nearest thing that holds it."""
        places = self.keys if at_key else self.values
        while spot and spot not in places:
            spot = spot[:-1]
            places = self.keys if spot in self.keys else self.values
        line, column = places.get(spot, (1, 1))
        return Problem(self._file_of(spot), line, column, message, hint)

    def _file_of(self, spot: Spot) -> str:
        above = (self.files.get(spot[:length]) for length in range(len(spot), 0, -1))
        return next((file for file in above if file), self.file)


def read_source(file: Path) -> Source:
    """The values of a file. Raises ScenarioError when it cannot be read or is no YAML: that one problem, nothing invented."""
    text = _read(file)
    root = _compose(text, str(file))
    if root is None:
        raise _fatal(file, 1, 1, "the file is empty", "begin with `sprintdojo scenario new NAME`")
    reader = _Reader(str(file))
    value = reader.plain(root, (), ())
    return Source(str(file), value, reader.values, reader.keys, reader.problems)


def _read(file: Path) -> str:
    try:
        content = file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except OSError as exc:
        raise _fatal(
            file, 1, 1, f"cannot be read: {exc.strerror or exc}", "check the path and its permissions"
        ) from exc
    if content is None:
        raise _fatal(file, 1, 1, f"the file is larger than {MOST_BYTES:,} bytes", "put long code into patch folders")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = content[: exc.start].count(b"\n") + 1
        column = exc.start - content.rfind(b"\n", 0, exc.start)
        raise _fatal(file, line, column, "this is not UTF-8 text", "save the file in the encoding UTF-8") from exc


def _compose(text: str, file: str) -> yaml.Node | None:
    try:
        _measure(text, file)
        return _single_node(text)
    except yaml.MarkedYAMLError as exc:
        raise _unparsable(file, text, exc) from exc
    except yaml.reader.ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1
        raise _fatal(Path(file), line, 1, "there is a character that YAML does not allow", "take it out") from exc


def _measure(text: str, file: str) -> None:
    """Raises ScenarioError for nesting without end, before anything recursive sees it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _fatal(
                Path(file), *_mark(event.start_mark), "the file is nested too deeply", f"at most {_DEEPEST} levels"
            )


def _single_node(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _unparsable(file: str, text: str, exc: yaml.MarkedYAMLError) -> ScenarioError:
    unfinished = exc.context_mark is not None and "end of stream" in str(exc.problem)  # then its beginning tells more
    mark = exc.context_mark if unfinished else exc.problem_mark or exc.context_mark
    line, column = _mark(mark)
    said = " ".join(part for part in (exc.problem, exc.context) if part) or "not YAML"
    hints = (
        ("undefined alias", "an alias *name needs an anchor &name before it; put text that begins with * in quotes"),
        ("mapping values are not allowed", "put text that holds `: ` in quotes, and check the indentation"),
        ("expected a single document", "one file holds one scenario: take out the line `---`"),
        ("block end", "check the indentation of this line and the one before"),
        ("cannot start any token", "put text that begins with this character in quotes"),
        ("escape code", "write the character itself, or a code of one that exists: \\u00e9"),
        ("unknown escape character", "write \\\\ for a backslash, or use single quotes"),
        ("quoted scalar", "a quote is opened and never closed"),
    )
    hint = next(
        (hint for part, hint in hints if part in said), "check indentation, colons and quotes around this place"
    )
    if "\t" in "".join(text.splitlines()[line - 1 : line]):
        hint = "indent with spaces, not with tabs"
    return _fatal(Path(file), line, column, f"this is not YAML: {said}", hint)


def _mark(mark: Any) -> tuple[int, int]:  # yaml.Mark, of one of two parsers
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _fatal(file: Path, line: int, column: int, message: str, hint: str) -> ScenarioError:
    return ScenarioError((Problem(str(file), line, column, message, hint),))


class _Reader:
    """Turns nodes into values and writes down where they are."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[Spot, tuple[int, int]] = {}
        self.keys: dict[Spot, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._count = 0

    def plain(self, node: yaml.Node, spot: Spot, parents: tuple[yaml.Node, ...]) -> Any:
        """The value of a node. Raises ScenarioError for a structure without end or measure."""
        place = _place(node)
        self._count += 1
        if node in parents or self._count > _MOST_VALUES or len(parents) > _DEEPEST:
            raise ScenarioError(
                (Problem(self.file, *place, "this never ends or is far too much", "write it out plainly"),)
            )
        self.values[spot] = place
        if not isinstance(node, yaml.ScalarNode) and node.tag.rpartition(":")[2] not in ("map", "seq"):
            self._tagged(node)
        if isinstance(node, yaml.MappingNode):
            return dict(self._items(node, spot, (*parents, node)))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*spot, n), (*parents, node)) for n, child in enumerate(node.value)]
        return self._scalar(node)

    def _items(self, node: yaml.MappingNode, spot: Spot, parents: tuple[yaml.Node, ...]) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, child in node.value:
            place = _place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(self.file, *place, "a key must be a word", "put it in quotes"))
                continue
            key = str(key_node.value)
            if key in first:
                hint = f"it stands in line {first[key]} already"
                self.problems.append(Problem(self.file, *place, f"the key `{key}` is given twice", hint))
            else:
                first[key] = place[0]
                self.keys[(*spot, key)] = place
                yield key, self.plain(child, (*spot, key), parents)

    def _scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        tag = node.tag.rpartition(":")[2]
        try:
            return _SCALARS[tag](text)
        except KeyError:
            self._tagged(node)
        except ValueError:
            self._tagged(node, f"`{text}` is not of the kind that its tag says")
        return text

    def _tagged(self, node: yaml.Node, message: str = "") -> None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        message = message or f"the tag `{tag[:80]}` is not known"
        hint = "take it out: tags such as !!python or !include are not part of the language"
        self.problems.append(Problem(self.file, *_place(node), message, hint))


_SCALARS: dict[str, Callable[[str], Any]] = {
    "null": lambda _: None,
    "bool": lambda text: text.lower() == "true",
    "int": int,
    "float": float,
    "str": str,
}


def _place(node: yaml.Node) -> tuple[int, int]:
    return _mark(node.start_mark)
