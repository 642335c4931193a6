"""The front door: help, exit statuses, and the form in which errors are said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from simulator.cli import rules as rules_page
from simulator.cli.main import cli, main
from tests.cli.conftest import Sprintdojo


def _paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from _paths(part, (*path, name))


@pytest.mark.parametrize("path", list(_paths(cli)), ids=" ".join)
def test_every_command_explains_itself_and_its_options(path: tuple[str, ...], sprintdojo: Sprintdojo) -> None:
    said = sprintdojo(*path, "--help")

    assert said.status == 0
    assert said.out.startswith("Usage: sprintdojo")
    assert sprintdojo(*path, "-h").out == said.out


@pytest.mark.parametrize("path", list(_paths(cli)), ids=" ".join)
def test_every_option_has_a_help_text(path: tuple[str, ...]) -> None:
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]

    options = [part for part in command.params if isinstance(part, click.Option)]

    assert command.help
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize(
    "name",
    ["status", "runs", "pause", "resume", "pace", "advance", "finish", "score", "report", "start", "rules", "doctor"],
)
def test_whatever_shows_something_shows_it_as_json_too(name: str) -> None:
    assert any("--json" in part.opts for part in cli.commands[name].params)


@pytest.mark.parametrize("name", ["list", "check", "plan", "prove"])
def test_so_do_the_commands_on_scenarios(name: str) -> None:
    scenario = cli.commands["scenario"]
    assert isinstance(scenario, click.Group)
    assert any("--json" in part.opts for part in scenario.commands[name].params)


def test_the_version_is_said(sprintdojo: Sprintdojo) -> None:
    assert sprintdojo("--version").out.startswith("sprintdojo, version ")


def test_a_command_that_is_not_there_is_answered_with_the_nearest(sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("statsu")

    assert said.status == 2
    assert said.out == ""
    assert said.lines[0].startswith("sprintdojo: No such command 'statsu'.")
    assert "status" in said.lines[0]
    assert said.lines[1:] == ["  where: sprintdojo", "  to do: see `sprintdojo --help`"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("status", "--jsn"), "No such option"),
        (("score", "--at-least", "high"), "'high' is not a valid float"),
        (("score", "--format", "xml"), "'xml' is not one of"),
        (("start",), "Missing argument 'SCENARIO'"),
        (("start", "x", "--seed", "-1"), "-1 is not in the range"),
        (("start", "x", "--github", "http://127.0.0.1:1"), "--github and --jira go together"),
        (("serve", "--port", "70000"), "70000 is not in the range"),
        (("serve", "--pace", "5m"), "--pace is of the run that --start begins"),
        (("scenario", "check"), "Missing argument 'PATHS...'"),
    ],
)
def test_wrong_use_says_what_where_and_what_to_do(words: tuple[str, ...], what: str, sprintdojo: Sprintdojo) -> None:
    said = sprintdojo(*words)

    assert said.status == 2
    assert what in said.lines[0]
    assert said.lines[0].startswith("sprintdojo: ")
    assert said.lines[1].startswith("  where: sprintdojo ")
    assert said.lines[2].startswith("  to do: see `sprintdojo ")
    assert len(said.lines) == 3


def test_no_command_shows_the_help_and_is_wrong_use(sprintdojo: Sprintdojo) -> None:
    said = sprintdojo()

    assert said.status == 2
    assert "Usage: sprintdojo" in said.out + said.err


def test_an_error_of_ours_is_shown_whole_with_debug_wherever_it_stands() -> None:
    for words in (["--debug", "rules", "PR-40"], ["rules", "PR-40", "--debug"]):
        with pytest.raises(Exception, match="there is no rule 'PR-40'"):
            main(words)


def test_an_error_that_nobody_raised_on_purpose_is_one_line_and_not_a_traceback(
    sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over() -> None:
        raise KeyError("a slip\nin two lines")

    monkeypatch.setattr(rules_page, "all_rules", fall_over)

    said = sprintdojo("rules")

    assert said.status == 2
    assert "this failed inside Sprintdojo (KeyError: " in said.lines[0]
    assert said.lines[1] == "  to do: see more with --debug, and report it"


def test_a_reader_that_goes_away_is_no_error() -> None:
    pipe = f"{sys.executable} -m simulator scenario schema | head -1"

    done = subprocess.run(["sh", "-c", pipe], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_terminal_with_few_letters_gets_question_marks(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "rules", "PR-04"],
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
