"""Commands to issues in commit messages: `PAY-12 #comment ready`, as Jira's smart commits write them.

Reads them and judges nothing. Source:
https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from simulator.model.history.code import Commit
from simulator.model.keys import IssueKey, SeatId, Sha, issue_keys_in
from simulator.model.record import record

COMMENT, TIME = "comment", "time"
_MOST, _MOST_COMMANDS = 20_000, 50
_COMMAND = re.compile(r"(?:(?<=\s)|^)#(?P<name>[^\W\d_][\w'’-]{0,100})(?=\s|\Z)")  # a number is a pull request's
_COLOUR = re.compile(r"(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})\Z", re.ASCII)


@record
class SmartCommand:
    """One command to some issues, which need not exist. `name` is in lower case: comment, time, or the step to take.

    `apart`: it stands on another line than the keys, where Jira does not see it. `email` is that of the commit's author.
    """

    sha: Sha
    author: SeatId | None
    email: str
    at: datetime
    keys: tuple[IssueKey, ...]
    name: str
    text: str
    apart: bool


def smart_commands(commits: Iterable[Commit], *, project: str) -> Mapping[Sha, tuple[SmartCommand, ...]]:
    """Commit → the commands of its message; commits without any are left out."""
    found = (
        (commit.sha, tuple(_commands(commit, project))[:_MOST_COMMANDS]) for commit in commits if "#" in commit.message
    )
    return {sha: commands for sha, commands in found if commands}


def last_commands(commands: Iterable[tuple[SmartCommand, ...]]) -> Mapping[tuple[str, str], SmartCommand]:
    """(issue key, command) and (author's seat, command) → the last such command."""
    last: dict[tuple[str, str], SmartCommand] = {}
    for command in sorted((each for of_commit in commands for each in of_commit), key=lambda each: each.at):
        for who in (*command.keys, *filter(None, [command.author])):
            last[who, command.name] = command
    return last


def _commands(commit: Commit, project: str) -> Iterator[SmartCommand]:
    above: tuple[IssueKey, ...] = ()
    for line in commit.message[:_MOST].splitlines():
        marks = [mark for mark in _COMMAND.finditer(line) if not _COLOUR.match(mark["name"])]
        before = line[: marks[0].start()] if marks else line
        keys = issue_keys_in(before, projects=(project,))
        ends = [*(mark.start() for mark in marks[1:]), len(line)]
        for mark, end in zip(marks, ends, strict=False):
            name = mark["name"].lower()
            apart = not keys
            if keys or (above and name in {COMMENT, TIME}):
                yield SmartCommand(
                    sha=commit.sha,
                    author=commit.author,
                    email=commit.author_email.strip(),
                    at=commit.at,
                    keys=keys or above,
                    name=name,
                    text=line[mark.end() : end].strip(),
                    apart=apart,
                )
        above = keys or above
