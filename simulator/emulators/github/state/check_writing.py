"""What happens when check runs begin, move on and are asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulator.emulators.github.state.check_annotations import add_annotations
from simulator.emulators.github.state.check_suites import CheckSuite, shared_suite, suites_by_id, touch_suite
from simulator.emulators.github.state.checks import CheckRun, add_run, change_run, runs_of_suites, summary
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import refs


def begin_run(
    work: Work, run: CheckRun, *, annotations: Sequence[dict[str, Any]] = (), suite: CheckSuite | None = None
) -> CheckRun:
    """Keep a new check run, in the suite that its commit's runs share unless another is given; gives it with its number."""
    if suite is None:
        branch = _branch_at(work, run.head_sha)
        suite = shared_suite(work.connection, work.repository, run.head_sha, branch=branch, at=work.at)
    was_completed = _is_completed(work, suite)
    made = add_run(work.connection, work.repository, replace(run, suite_id=suite.id))
    add_annotations(work.connection, work.site, made.id, annotations)
    work.tell("check_run", "created", run=made)
    if made.is_completed:
        work.tell("check_run", "completed", run=made)
    _moved(work, suite, was_completed=was_completed)
    return made


def move_run(work: Work, before: CheckRun, run: CheckRun, *, annotations: Sequence[dict[str, Any]] = ()) -> None:
    """Keep the new values of a check run, and further annotations."""
    suite = suites_by_id(work.connection, work.repository, [run.suite_id])[run.suite_id]
    was_completed = _is_completed(work, suite)
    change_run(work.connection, work.repository, run)
    add_annotations(work.connection, work.site, run.id, annotations)
    if run.is_completed and not before.is_completed:
        work.tell("check_run", "completed", run=run)
    _moved(work, suite, was_completed=was_completed)


def rerequest_suite(work: Work, suite_id: int) -> None:
    """Ask for all of a suite again: it is queued until one of its runs moves.

    Webhooks of repositories are not told, only apps: docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite
    """
    touch_suite(work.connection, work.repository, suite_id, at=work.at, rerequested=True)


def _moved(work: Work, suite: CheckSuite, *, was_completed: bool) -> None:
    touch_suite(work.connection, work.repository, suite.id, at=work.at)
    if not was_completed and _is_completed(work, suites_by_id(work.connection, work.repository, [suite.id])[suite.id]):
        work.tell("check_suite", "completed", suite_id=suite.id)


def _is_completed(work: Work, suite: CheckSuite) -> bool:
    runs = runs_of_suites(work.connection, work.repository, [suite.id])[suite.id]
    return not suite.rerequested and summary(runs)[0] == "completed"


def _branch_at(work: Work, sha: str) -> str | None:
    heads = refs.list_refs(work.git, "refs/heads/")
    return next((ref.removeprefix("refs/heads/") for ref, tip in heads.items() if tip == sha), None)
