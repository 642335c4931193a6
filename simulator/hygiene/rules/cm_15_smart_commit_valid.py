"""CM-15: commands to issues in commit messages are ones that Jira can obey."""

from __future__ import annotations

import re
from datetime import timedelta
from difflib import get_close_matches

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SMART_COMMITS
from simulator.model.history import History, SmartCommand
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait
from simulator.model.keys import IssueKey

_DURATION = re.compile(r"(?:\d{1,6}(?:\.\d{1,4})?[wdhm](?:\s+|\Z))+", re.IGNORECASE | re.ASCII)
_WORK_LOGGED = frozenset(("timespent", "worklogid", "timeestimate"))
_STEPS_SHOWN = 6


class SmartCommitOptions(Options):
    """What may be set."""

    wait_minutes: int = Field(default=60, ge=1, le=1440, description="minutes that Jira has to take an unknown step")


@rule(
    code="CM-15",
    name="smart-commit-valid",
    about=SMART_COMMITS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=SmartCommitOptions(),
)
def smart_commit_valid(commands: tuple[SmartCommand, ...], history: History, options: SmartCommitOptions) -> Verdict:
    """A command to an issue in a commit message is one that Jira can obey.

    What it checks
    --------------
    Of commits with a `#word` behind an issue key: command and key stand on one line, the issue exists, `#comment` has a text,
    `#time` a duration such as `2h 30m`, any other word is the name of a status with dashes for blanks, or moved the issue
    within the hour; and the author's address belongs to exactly one person in Jira. A command that failed is put right by one
    that works in a later commit, or by doing the same in Jira.

    Why it matters
    --------------
    Jira says nothing on the board when a command fails: the team goes on with an issue that looks as it did before.

    Example
    -------
    Good: `PAY-12 #in-review #time 2h 30m #comment ready to be looked at`

    Bad: `PAY-12 #time 2 hours`, `#comment ready` on the line below the key

    How to fix
    ----------
    Do in Jira what the command should have done; or say it once more on a line of your next commit's message: `PAY-12 #time 2h`.

    References
    ----------
    - https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
    """
    wait = timedelta(minutes=options.wait_minutes)
    failed = [(command, problem) for command in commands if (problem := _problem(command, history, wait))]
    evidence: Measures = {"commands": len(commands), "that cannot be obeyed": len(failed), "limit": 0}
    if not failed:
        return Pass(message=f"{_shown(commands[0])} can be obeyed", evidence=evidence)
    left = [(command, problem) for command, problem in failed if not _is_put_right(command, history, wait)]
    if not left:
        return Pass(message=f"{_shown(failed[0][0])} could not be obeyed, and was put right later", evidence=evidence)
    command, problem = left[0]
    waiting = all(_is_a_step(each, history) for each, _ in left) and history.now < command.at + wait
    if waiting:
        return Wait(
            reason=f"{_shown(command)}: waits until Jira has had {options.wait_minutes} minutes to take this step"
        )
    return Breach(
        message=f"{_shown(command)} in {command.sha[:7]}: {problem}.",
        how_to_fix=_how_to_fix(command, history),
        repair=Repair.SAFE,
        evidence={**evidence, "command": f"#{command.name} {command.text}"[:200]},
    )


def _shown(command: SmartCommand) -> str:
    return f"“{command.keys[0]} #{command.name[:40]}{' ' + command.text[:30] if command.text else ''}”"


def _problem(command: SmartCommand, history: History, wait: timedelta) -> str | None:
    """Why Jira cannot obey a command, in words; None when it can."""
    if command.apart:
        return "the command stands on another line than the issue's key"
    missing = [key for key in command.keys if key not in history.issues]
    if missing:
        return f"there is no issue {missing[0]}"
    owners = [person for person in history.roster if person.email.lower() == command.email.lower()]
    if command.email and len(owners) != 1:
        return f"{'nobody' if not owners else 'more than one person'} in Jira has the address {command.email[:100]}"
    if command.name == "comment":
        return None if command.text else "the comment has no text"
    if command.name == "time":
        return None if _DURATION.match(command.text) else f"“{command.text[:30]}” is no duration such as 2h 30m"
    if command.name in _steps(history) or all(_moved(history, key, command, wait) for key in command.keys):
        return None
    known = ", ".join(f"#{step}" for step in sorted(_steps(history))[:_STEPS_SHOWN])
    return f"#{command.name[:40]} is no step of the issue; there are {known}"


def _steps(history: History) -> set[str]:
    """The steps by the names of the statuses that they lead to, with dashes for blanks."""
    return {"-".join(status.lower().split()) for status in history.statuses}


def _meant(command: SmartCommand, history: History) -> str:
    """The command that was meant: the one that was given, or the one that it is nearly spelt like; empty for neither."""
    known = ["comment", "time", *sorted(_steps(history))]
    return next(iter(get_close_matches(command.name, known, n=1, cutoff=0.75)), "")


def _is_a_step(command: SmartCommand, history: History) -> bool:
    exists = all(key in history.issues for key in command.keys)
    return exists and not command.apart and command.name not in {"comment", "time"}


def _moved(history: History, key: IssueKey, command: SmartCommand, wait: timedelta) -> bool:
    issue = history.issues.get(key)
    return issue is not None and any(command.at <= move.at <= command.at + wait for move in issue.moves())


def _is_put_right(command: SmartCommand, history: History, wait: timedelta) -> bool:
    """Whether a later commit gave a command that works, or somebody did in Jira what it was to do."""
    existing = [key for key in command.keys if key in history.issues]
    if not existing:
        return _is_better(history.last_commands.get((command.author or "", command.name)), command, history, wait)
    return all(
        _done_in_jira(command, history, key)
        or any(
            _is_better(history.last_commands.get((key, name)), command, history, wait)
            for name in {command.name, _meant(command, history)}
        )
        or _stepped(command, history, key)
        for key in existing
    )


def _is_better(other: SmartCommand | None, than: SmartCommand, history: History, wait: timedelta) -> bool:
    if other is None or other.sha == than.sha or other.at < than.at:
        return False
    return _problem(other, history, wait) is None


def _done_in_jira(command: SmartCommand, history: History, key: IssueKey) -> bool:
    issue = history.issues[key]
    meant = _meant(command, history)
    if meant == "comment":
        return any(said.at >= command.at and said.author == command.author for said in issue.comments)
    if meant == "time":
        return any(change.at >= command.at and change.field in _WORK_LOGGED for change in issue.changes)
    return False


def _stepped(command: SmartCommand, history: History, key: IssueKey) -> bool:
    return command.name not in {"comment", "time"} and any(
        move.at >= command.at for move in history.issues[key].moves()
    )


def _how_to_fix(command: SmartCommand, history: History) -> str:
    key = next((key for key in command.keys if key in history.issues), None) or f"{history.project}-NUMBER"
    issue = history.issues.get(IssueKey(key))
    meant = _meant(command, history)
    again = {"comment": f"#comment {command.text or 'what there is to say'}", "time": "#time 2h 30m"}.get(
        meant, f"#{meant or 'STEP'}"
    )
    address = (
        ""
        if command.email and history.roster.seat_of(command.email)
        else "\nSet your own address before: git config user.email YOU@EXAMPLE.COM"
    )
    place = f"Do it in Jira: {issue.url}\nOr write" if issue else "Write"
    return f"{place} on a line of your next commit's message: {key} {again}{address}"
