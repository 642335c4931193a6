"""Commands that pages show exist, with the options that they are shown with."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from simulator.cli.main import cli
from tests.docs.pages import HOUSE, code_blocks, name, pages, prose

_INLINE = re.compile(r"`([^`\n]+)`")
_PROGRAM = re.compile(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?sprintdojo +(\S.*)$")
_MAKE = re.compile(r"^make(?: +(.+))?$")


def _shown(page: Path) -> Iterator[str]:
    """Lines that may be commands: those of fenced blocks, and code within sentences."""
    for language, block in code_blocks(page):
        if language in ("", "sh", "bash", "console"):
            yield from block.splitlines()
    yield from _INLINE.findall(prose(page))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return line.split()


def _command(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words name, and the rest of them."""
    found: click.Command = cli
    while words and isinstance(found, click.Group) and not words[0].startswith("-"):
        assert words[0] in found.commands, f"there is no command {words[0]!r}"
        found, words = found.commands[words[0]], words[1:]
    return found, words


@pytest.mark.parametrize("page", pages(), ids=name)
def test_commands_and_options_exist(page: Path) -> None:
    for line in _shown(page):
        program = _PROGRAM.match(line.strip())
        if not program or page.name == "commands.md":
            continue
        command, rest = _command(_words(program[1]))
        known = {option for part in [*command.params, *cli.params] for option in part.opts} | {"--help", "-h"}
        given = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert given <= known, f"{name(page)}: {line}"


@pytest.mark.parametrize("page", pages(), ids=name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in _shown(page):
        asked = _MAKE.match(line.strip().partition("#")[0].strip())
        wanted = {word for word in _words(asked[1] or "") if "=" not in word and word != "…"} if asked else set()
        assert wanted <= targets, f"{name(page)}: {line}"


def test_every_command_is_in_the_reference() -> None:
    reference = (HOUSE / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")

    def paths(command: click.Command, path: str) -> Iterator[str]:
        yield path
        for word, part in command.commands.items() if isinstance(command, click.Group) else ():
            yield from paths(part, f"{path} {word}")

    assert [path for path in paths(cli, "sprintdojo") if f"\n## `{path}`\n" not in reference] == []
