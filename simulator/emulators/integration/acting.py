"""Smart commits obeyed: issues moved, comments and work written as the commit's author, who is told what could not be done.

Jira tells the author by e-mail; an emulated site has none, so the words go into the push's own output and into the journal.
Source: https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import pygit2

from simulator.emulators.integration.commands import COMMENT, TIME, Command, commands_in, time_of
from simulator.emulators.jira.errors import BadRequest, JiraError
from simulator.emulators.jira.state.comments import add_comment
from simulator.emulators.jira.state.configuration import Transition
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.development import first_obeyed
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.transitions import available, transition_issue
from simulator.emulators.jira.state.work_logging import Adjustment, log_work

MOST_DEEDS = 200
"""Commands of one push that are obeyed, each issue counted."""

MOST_TOLD = 20
"""Complaints that one push is told."""

_PULL_NUMBER = re.compile(r"\s*\(#\d+\)\s*$")  # what a squash merge puts behind the title
_LONGEST_TEXT = 30_000

ContextFor = Callable[[str], Context | None]
"""The context of the person with an e-mail address, None when there is nobody."""


@dataclass(slots=True)
class Obeying:
    """One branch's new commits on their way through their commands."""

    repository_id: int
    context_for: ContextFor
    marks: Context
    left: int = MOST_DEEDS

    def obey(self, commit: pygit2.Commit, *, merged: bool) -> Iterator[str]:
        """Do what a commit's message says, once; yields what could not be done.

        With `merged` the commit was made by merging a pull request, and what its commits have said before is left out.
        """
        commands = commands_in(commit.message)
        if not commands or not first_obeyed(self.marks, _mark_of(commit)):
            return
        author = self.context_for(commit.author.email)
        if author is None:
            yield f"{str(commit.id)[:7]}: nobody in Jira has the e-mail address {commit.author.email[:100]}"
            return
        for key, command in ((key, each) for each in commands for key in each.keys):
            if self.left == 0:
                yield f"{str(commit.id)[:7]}: no more than {MOST_DEEDS} commands of one push are obeyed"
                return
            if first_obeyed(self.marks, self._mark(key, command)) or not merged:
                self.left -= 1
                yield from self._try(author, key, command)

    def _try(self, author: Context, key: str, command: Command) -> Iterator[str]:
        savepoint = author.connection.begin_nested()
        told = len(author.notices)
        try:
            _do(author, find_issue(author, key, lock=True), command)
        except JiraError as exc:
            savepoint.rollback()
            del author.notices[told:]
            yield f"{key} #{command.name}: {str(exc)[:300]}"
        else:
            savepoint.commit()

    def _mark(self, key: str, command: Command) -> str:
        text = _PULL_NUMBER.sub("", command.text)
        return _digest("command", str(self.repository_id), key, command.name, text)


def _do(context: Context, issue: Issue, command: Command) -> None:
    text = command.text[:_LONGEST_TEXT]
    if command.name == COMMENT:
        add_comment(context, issue, _PULL_NUMBER.sub("", text), api="2")
    elif command.name == TIME:
        spent, comment = time_of(_PULL_NUMBER.sub("", text))
        given = {"timeSpent": spent, "comment": comment} if comment else {"timeSpent": spent}
        if not spent:
            raise BadRequest(f"'{text[:50]}' is no duration: try 2h 30m")
        log_work(context, issue, given, Adjustment(), api="2")
    else:
        step = _step(available(context, issue), command.name)
        transition_issue(context, issue, transition_id=step.id, fields={}, verbs={}, api="2")


def _step(steps: list[Transition], wanted: str) -> Transition:
    """The transition of that name with dashes for blanks, else the only one whose first word it is."""
    named = [step for step in steps if _dashed(step.name) == wanted]
    named = named or [step for step in steps if step.name.lower().split()[:1] == [wanted]]
    if len(named) == 1:
        return named[0]
    known = ", ".join(f"#{_dashed(step.name)}" for step in steps)
    what = "is more than one transition" if named else "is no transition"
    raise BadRequest(f"it {what} of the issue; there are {known}" if known else f"it {what} of the issue")


def _dashed(name: str) -> str:
    return "-".join(name.lower().split())


def _mark_of(commit: pygit2.Commit) -> str:
    # not by its id: a commit that is rebased or cherry-picked says what it said before
    author = commit.author
    return _digest("commit", author.email.lower(), str(author.time), str(author.offset), commit.message)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
