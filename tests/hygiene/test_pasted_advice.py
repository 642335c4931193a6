"""Advice is there to be pasted: whatever branches, files, titles and issues are called, nothing else runs than what it says.

Every breach of every case is told once more with hostile names, and each command in its advice is given to a real shell, in
which only harmless stand-ins can be found. Reading it with `shlex` alone would not see `$(…)` within double quotes.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.model.facts import Fact
from simulator.model.history import History
from simulator.model.hygiene import Breach
from simulator.testing.cases import RuleCase
from simulator.testing.story import CALENDAR, FIRST_DAY, Story, a_roster, instant
from tests.hygiene.test_cases import TABLES

BASH = shutil.which("bash")
BREACHES = [case for cases in TABLES.values() for case in cases if case.case.outcome == "breach"]
COMMANDS = ("git ", "gh ", "curl ", "echo ")
HOSTILE = ("a;hostile", "x$(hostile)", "it's;hostile", 'v";hostile;"')
PASTE = """
git() { :; }; gh() { :; }; curl() { :; }
hostile() { printf '%s\\n' "$pasted" >> ran; }
for pasted in "$@"; do ( eval "$pasted" ); done
"""

pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash to paste it into")


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_else_runs_than_what_the_advice_says(name: str, tmp_path: Path) -> None:
    advice = list(_advice(name))
    assert sum("hostile" in text for text in advice) > 70, "the names are in the advice"

    _bash("-c", PASTE, "paste", *_commands(advice), where=tmp_path)

    ran = tmp_path / "ran"
    assert not ran.exists(), ran.read_text()


def test_every_command_that_is_advised_can_be_read_by_any_shell(tmp_path: Path) -> None:
    commands = [command for command in _commands(_advice("")) if command.startswith(COMMANDS)]

    assert len(commands) > 50
    assert [command for command in commands if _bash("-nc", command, where=tmp_path)] == []
    assert [command for command in commands if " # " in command] == [], "zsh takes no remarks behind a command"


def _advice(name: str) -> Iterator[str]:
    """What the cases' breaches advise when everything bears a name besides its own."""
    for case in BREACHES:
        history = _told(case, name)
        for opportunity in case.rule.about.find(history):
            verdict = case.rule(opportunity.subject, history)
            if isinstance(verdict, Breach):
                yield verdict.how_to_fix


def _told(case: RuleCase, name: str) -> History:
    story = Story(a_roster(teammates=case.case.teammates)).tell(case.case.story)
    return History.of(
        [_renamed(fact, name) for fact in story.facts if fact.kind not in case.case.without],
        roster=story.roster,
        project="PAY",
        default_branch=f"main{name}",
        now=instant(case.case.now),
        working_time=CALENDAR.working_time,
        sprint_start=instant("1"),
        sprint_end=CALENDAR.last_instant(FIRST_DAY, 10),
    )


def _renamed(fact: Fact, name: str) -> Fact:
    subject = f"{fact.subject}{name}" if fact.subject.startswith("branch:") else fact.subject
    return replace(fact, subject=subject, detail={key: _with_name(key, fact.detail[key], name) for key in fact.detail})


def _with_name(key: str, value: Any, name: str) -> Any:  # Any: what a fact's detail holds
    if key in {"branch", "head", "base"} and value:
        return f"{value}{name}"
    if key in {"title", "summary"} and value:
        return f"{value} {name}"
    if key == "message" and isinstance(value, str):
        header, newline, rest = value.partition("\n")
        return f"{header} {name}{newline}{rest}"
    if key == "files":
        return [{**file, "path": _path(file, name)} for file in value]
    return value


def _path(file: Mapping[str, Any], name: str) -> str:
    folder, slash, last = str(file["path"]).rpartition("/")
    return f"{folder}{slash}{name}{last}"


def _commands(advice: Iterable[str]) -> list[str]:
    """Lines with a command as a whole, and from each word that begins one, as somebody would mark and copy it."""
    found = set()
    for line in (line for text in advice for line in text.splitlines()):
        starts = [at for at in range(len(line)) if line.startswith(COMMANDS, at) and (at == 0 or line[at - 1] == " ")]
        found |= {line[at:] for at in starts} | ({line} if starts else set())
    return sorted(found)


def _bash(*words: str, where: Path) -> int:
    assert BASH is not None
    done = subprocess.run([BASH, *words], cwd=where, env={"PATH": ""}, capture_output=True, check=False)
    return done.returncode
