"""Smart commits: commands to issues in a commit's message. Reads them and does nothing.

A line names issues and then says what is to be done with them: `PAY-12 PAY-13 #in-review #comment ready #time 2h 30m tests`.
Source: https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.emulators.integration.keys import LONGEST, keys_in

MOST = 50
"""Commands of one message that are obeyed."""

COMMENT, TIME = "comment", "time"

_COMMAND = re.compile(r"(?:(?<=\s)|^)#([^\W\d_][\w'’-]{0,254})(?=\s|$)")  # a number is a pull request's
_DURATION = re.compile(r"(?:\d{1,6}(?:\.\d{1,4})?[wdhm](?:\s+|$))+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """One command to some issues. `name` is `comment`, `time` or a transition's name with dashes for blanks, in lower case."""

    keys: tuple[str, ...]
    name: str
    text: str


def commands_in(message: str) -> list[Command]:
    """The commands of a message, in order; a line's commands go to the issues that it names before the first of them."""
    found: list[Command] = []
    for line in message[:LONGEST].splitlines():
        marks = list(_COMMAND.finditer(line))
        keys = tuple(keys_in(line[: marks[0].start()])) if marks else ()
        if not keys:
            continue
        ends = [*(mark.start() for mark in marks[1:]), len(line)]
        found += [
            Command(keys, mark[1].lower(), line[mark.end() : end].strip())
            for mark, end in zip(marks, ends, strict=True)
        ]
        if len(found) >= MOST:
            break
    return found[:MOST]


def time_of(text: str) -> tuple[str, str]:
    """What `#time` says: how long (`2h 30m`, "" when it says nothing of the kind), and what was done."""
    match = _DURATION.match(text)
    return (match[0].strip(), text[match.end() :].strip()) if match else ("", text)
