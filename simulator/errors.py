"""Every error the house raises on purpose, and nothing else.

    SprintdojoError                what is wrong, where it is, what to do about it
    ├── ScenarioError              a scenario file cannot be used; carries every problem found, each with its place
    ├── CalendarError              a working calendar that has no working time where some is needed
    ├── AdapterError               a service said no, or nothing (service, retryable)
    │   ├── AuthenticationFailed   the token is wrong or lacks a right
    │   ├── NotFound               no such thing, or none that this token may see
    │   ├── Conflict               the service refuses because of its state (merge conflict, protection, duplicate)
    │   └── RateLimited            asked to wait (retry_after_s)
    ├── StorageError               the database cannot be opened, read or written
    ├── SetupError                 this machine lacks something (git, a free port, a writable folder)
    └── RunError                   the run is not in a state that allows the request
        ├── UnknownRun             there is no such run
        ├── UnknownPrompt          the run has not asked that
        ├── UnknownFinding         the scorecards have no such finding
        ├── TrainerNeeded          a second person has to say that, with the trainer's code
        └── BadAnswer              what was answered cannot be used

The command line prints `what`, `where` and `to_do`, one line each, and never a traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class SprintdojoError(Exception):
    """Base of all errors raised on purpose: one line what, one line where, one line what to do."""

    def __init__(self, what: str, *, where: str = "", to_do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.to_do = to_do

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own way calls __init__ with `args` alone, which fails on the way back from another process
        return _restored, (type(self), self.args, dict(self.__dict__))


def _restored(kind: type[SprintdojoError], arguments: tuple[Any, ...], state: dict[str, Any]) -> SprintdojoError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a scenario: its place, what is wrong, and the nearest right thing.

    Lines and columns count from 1; a line of 0 says that the fault is in no file, as when there is none of that name.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    @property
    def place(self) -> str:
        """Where it is, as FILE:LINE:COLUMN; nothing for what is in no file."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.line else self.message
        return f"{text} ({self.hint})" if self.hint else text


class ScenarioError(SprintdojoError):
    """A scenario cannot be used. `problems` holds every fault found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        first = self.problems[0]
        count = len(self.problems)
        super().__init__(
            first.message if count == 1 else f"{count} problems in the scenario, the first: {first.message}",
            where=first.place,
            to_do=first.hint,
        )


class CalendarError(SprintdojoError):
    """A working calendar has no working time where some is needed."""


class AdapterError(SprintdojoError):
    """A service refused or did not answer. `retryable` says whether the same request may succeed later."""

    def __init__(self, what: str, *, service: str, retryable: bool = False, where: str = "", to_do: str = "") -> None:
        super().__init__(what, where=where, to_do=to_do)
        self.service = service
        self.retryable = retryable


class AuthenticationFailed(AdapterError):
    """The service does not accept the token, or the token lacks the right."""


class NotFound(AdapterError):
    """The service has no such thing, or none that this token may see."""


class Conflict(AdapterError):
    """The service refuses because of its state: a merge conflict, a protected branch, a thing that exists already."""


class RateLimited(AdapterError):
    """The service asks to wait `retry_after_s` seconds of wall time."""

    def __init__(self, what: str, *, service: str, retry_after_s: float) -> None:
        super().__init__(what, service=service, retryable=True)
        self.retry_after_s = retry_after_s


class StorageError(SprintdojoError):
    """The database cannot be opened, read or written."""


class SetupError(SprintdojoError):
    """This machine lacks something that is needed: git, a free port, a folder that can be written."""


class RunError(SprintdojoError):
    """The run is not in a state that allows what was asked."""


class UnknownRun(RunError):
    """There is no run of that id."""


class UnknownPrompt(RunError):
    """The run has not asked a question of that id."""


class UnknownFinding(RunError):
    """The scorecards of the run have no such finding, or the run no such dispute."""


class TrainerNeeded(RunError):
    """What was asked only a second person may say, who shows the trainer's code."""


class BadAnswer(RunError):
    """What was answered, or said, cannot be used as it is."""
