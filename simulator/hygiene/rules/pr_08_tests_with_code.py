"""PR-08: code comes with its tests."""

from __future__ import annotations

import shlex
from datetime import datetime

from pydantic import Field

from simulator.hygiene.gates import ended_at
from simulator.hygiene.headers import type_of
from simulator.hygiene.paths import PathClass, path_class
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import PULLS_WITH_PRODUCTION
from simulator.model.history import Head, History, PullRequest
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_FOLLOWED_UP = 0.5
_WITHOUT = "no-tests"
_LEAST_REASON = 10
_EXEMPT = frozenset({"refactor", "docs", "chore", "ci", "build", "style", "perf", "revert"})


class TestsOptions(Options):
    """What may be set."""

    least_lines: int = Field(
        default=10, ge=0, le=500, description="added lines of production code that need no test yet"
    )


@rule(
    code="PR-08",
    name="tests-with-code",
    about=PULLS_WITH_PRODUCTION,
    severity=Severity.MEDIUM,
    target=0.8,
    quota=0,
    options=TestsOptions(),
)
def tests_with_code(pull: PullRequest, history: History, options: TestsOptions) -> Verdict:
    """A pull request that changes what the program does changes its tests too.

    What it checks
    --------------
    More than ten added lines of production code, and no file of tests changed with them. Titles of type refactor, docs, chore,
    ci, build, style and perf are left out; so is a pull request labelled `no-tests` with a reason in its description.

    Why it matters
    --------------
    A test that is written with the code costs minutes, the same test after the first defect costs a day and a customer.

    Example
    -------
    Good: `payments/refunds.py` +60, `tests/test_refunds.py` +45

    Bad: `payments/refunds.py` +60 alone

    How to fix
    ----------
    Push the tests before the merge. A follow-up within the sprint, with the tests and for the same issue, earns half.

    References
    ----------
    - https://danger.systems
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    - https://github.com/linear-b/gitstream
    - https://github.com/chrisma/ScrumLint
    """
    head = pull.heads[-1]
    added = _added(head)
    evidence: Measures = {"added production lines": added, "limit": options.least_lines, "test files": _tests(head)}
    if _tests(head):
        return Pass(message=f"#{pull.number} brings tests with its {added} lines", evidence=evidence)
    if added <= options.least_lines:
        return Skip(reason=f"#{pull.number} adds {added} lines of production code; no test is asked for yet")
    if type_of(pull.title) in _EXEMPT:
        return Skip(reason=f"#{pull.number} says that nothing behaves differently")
    if _is_waived(pull):
        return Skip(reason=f"#{pull.number} is labelled {_WITHOUT}, with a reason")
    is_open = ended_at(pull) is None
    followed = _follow_up(pull, history)
    how = f" The tests came with #{followed}: half credit." if followed else ""
    return Breach(
        message=f"#{pull.number} adds {added} lines of production code and changes no test.{how}",
        how_to_fix=_how_to_fix(pull, head, is_open=is_open) if not followed else "Bring the next test with its code.",
        credit=_FOLLOWED_UP if followed else 0.0,
        repair=Repair.NONE if followed else Repair.SAFE if is_open else Repair.PARTIAL,
        repaired=followed is not None,
        evidence=evidence,
    )


def _added(head: Head) -> int:
    return sum(file.additions for file in head.files if path_class(file.path) is PathClass.PRODUCTION)


def _tests(head: Head) -> int:
    return sum(path_class(file.path) is PathClass.TEST and file.status != "removed" for file in head.files)


def _is_waived(pull: PullRequest) -> bool:
    labels = pull.labels[-1][1] if pull.labels else frozenset()
    return _WITHOUT in labels and len(pull.body.strip()) >= _LEAST_REASON


def _follow_up(pull: PullRequest, history: History) -> int | None:
    """A later pull request for the same issue that brought tests within the same sprint."""
    if pull.merged_at is None:
        return None
    end = _end_of_sprint(pull.merged_at, history)
    for other in history.merged_for.get(pull.item, ()):
        in_time = other.merged_at is not None and pull.merged_at < other.merged_at <= end
        if in_time and other.heads and _tests(other.heads[-1]):
            return other.number
    return None


def _end_of_sprint(at: datetime, history: History) -> datetime:
    """When the sprint ends, or ended, that ran at an instant; without one, when the run does."""
    ends = []
    for sprint in history.sprint_spans:
        end = sprint.closed_at or max(history.days_of(sprint), default=history.sprint_end)
        if sprint.started_at and sprint.started_at <= at <= end:
            ends.append(end)
    return min(ends, default=history.sprint_end)


def _how_to_fix(pull: PullRequest, head: Head, *, is_open: bool) -> str:
    weightiest = max(
        (file for file in head.files if path_class(file.path) is PathClass.PRODUCTION), key=lambda file: file.additions
    )
    if is_open:
        return f"Write a test of what {shlex.quote(weightiest.path)} does now, commit it and push it to {shlex.quote(pull.head)}."
    return f"Bring the test of {shlex.quote(weightiest.path)} in a pull request of its own for the same issue: half credit."
