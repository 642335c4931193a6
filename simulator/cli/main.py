"""The console script: one group, and the way errors are said: what, where, what to do, and never a traceback."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence

import click

from simulator.cli.later import Later
from simulator.errors import ScenarioError, SprintdojoError

WRONG_USE = 2
STOPPED = 130  # 128 and the number of SIGINT, as shells count
_DEBUG = "--debug"


_ON_RUNS = ("start", "status", "runs", "pause", "resume", "pace", "advance", "finish")
_TALK = ("answer", "say")
_COACH = ("job", "hint", "check")
_OBJECTIONS = ("dispute", "disputes", "waive", "waivers")
_PAST = ("rewind", "branch", "compare", "upcoming")
_COMMANDS = Later(
    {
        **{name: f"simulator.cli.{name}:{name}" for name in ("serve", "emulate", "env", "scenario", "rules", "doctor")},
        **{name: f"simulator.cli.score:{name}" for name in ("score", "report")},
        "lint": "simulator.cli.lint:lint_command",
        "new-rule-package": "simulator.cli.rules:new_rule_package",
        **{name: f"simulator.cli.runs:{name}" for name in _ON_RUNS},
        **{name: f"simulator.cli.talk:{name}" for name in _TALK},
        **{name: f"simulator.cli.coach:{name}" for name in _COACH},
        **{name: f"simulator.cli.past:{name}" for name in _PAST},
        **{name: f"simulator.cli.objections:{name}" for name in _OBJECTIONS},
        "trainer-code": "simulator.cli.objections:trainer_code",
    }
)


@click.group(commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show the traceback of an error, and log more.")
@click.version_option(package_name="sprintdojo", prog_name="sprintdojo")
def cli(debug: bool) -> None:
    """A flight simulator for agile teamwork: sprints on a real or emulated Jira and GitHub.

    Begin with `sprintdojo serve --start first-sprint`, then `sprintdojo status`.
    """
    logging.getLogger().setLevel(logging.DEBUG if debug else logging.WARNING)
    logging.getLogger("urllib3").setLevel(logging.NOTSET if debug else logging.ERROR)  # it warns of each second attempt


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 fine, 1 the answer is no, 2 wrong use or bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = _DEBUG in words  # wherever it stands: who needs it puts it at the end of the line that failed
    words = [_DEBUG] * debug + [word for word in words if word != _DEBUG]
    _print_what_the_terminal_can()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        answer = cli.main(args=words, prog_name="sprintdojo", standalone_mode=False)
    except click.exceptions.Exit as exc:
        return exc.exit_code
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return STOPPED
    except Exception as exc:
        if debug and not isinstance(exc, click.ClickException):
            raise
        say(exc)
        return WRONG_USE
    return answer if isinstance(answer, int) else 0


def say(error: Exception) -> None:
    """Print an error on standard error: one line what, one line where, one line what to do.

    Whatever was not raised on purpose is a fault of ours: it is named, and how to see more.
    """
    if isinstance(error, ScenarioError):
        for problem in error.problems:
            if problem.line:
                click.echo(str(problem), err=True)
            else:
                _say(problem.message, "", problem.hint)
    elif isinstance(error, SprintdojoError):
        _say(error.what, error.where, error.to_do)
    elif isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    elif isinstance(error, click.ClickException):
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "sprintdojo"
        _say(error.format_message(), path, f"see `{path} --help`")
    else:
        first_line = str(error).strip().partition("\n")[0][:200]
        _say(
            f"this failed inside Sprintdojo ({type(error).__name__}: {first_line})",
            "",
            "see more with --debug, and report it",
        )


def _say(what: str, where: str, to_do: str) -> None:
    first, *more = what.splitlines()
    click.echo(f"sprintdojo: {first}", err=True)
    for line in more:
        click.echo(f"  {line}", err=True)
    if where:
        click.echo(f"  where: {where}", err=True)
    if to_do:
        click.echo(f"  to do: {to_do}", err=True)


def _print_what_the_terminal_can() -> None:
    """Print a question mark for what an old terminal has no letter for, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
