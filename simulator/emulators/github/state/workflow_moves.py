"""How runs of workflows move on: queued, in progress, completed; run again, cancelled.

Each job is a check run too, so protections see it; a run is where its jobs are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.emulators.github.state.check_suites import find_suite
from simulator.emulators.github.state.check_writing import begin_run, move_run
from simulator.emulators.github.state.checks import CONCLUSIONS, CheckRun, find_run
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.state.workflow_runs import (
    Job,
    WorkflowRun,
    add_jobs,
    change_job,
    change_workflow_run,
    find_workflow_run,
    jobs_of,
)
from simulator.emulators.kit.web import stamp_seconds

_WORST_FIRST = ("failure", "timed_out", "cancelled", "action_required", "success", "neutral", "skipped")
_FAILED = frozenset({"failure", "timed_out", "cancelled", "action_required"})
_LONGEST_LOG = 4 * 1024 * 1024


class BadMove(ValueError):
    """A job or run cannot go there; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMove:
    """Where a job goes: in_progress, or completed with a conclusion.

    `steps` are `{name, conclusion, log}`; without them the steps of the file have the job's conclusion.
    """

    status: str
    conclusion: str | None = None
    steps: Sequence[Mapping[str, Any]] = ()
    log: str | None = None


def queue_jobs(work: Work, run: WorkflowRun, planned: Sequence[Job]) -> list[Job]:
    """Keep the jobs of a run's present attempt, each with its check run."""
    assert run.suite_id is not None
    suite = find_suite(work.connection, work.repository, run.suite_id)
    made = []
    for job in planned:
        check = begin_run(work, _check_of(job, run), suite=suite)
        made += add_jobs(work, [replace(job, check_run_id=check.id)])
        if made[-1].status == "queued":
            work.tell("workflow_job", "queued", run_id=run.id, job=made[-1])
    return made


def move_job(work: Work, run: WorkflowRun, job: Job, move: JobMove) -> WorkflowRun:
    """Move a job on and its run with it; gives the run as it is then. Raises BadMove."""
    _check_move(job, move)
    moved = _moved(work, job, move)
    change_job(work, moved)
    check = find_run(work.connection, work.repository, job.check_run_id or 0)
    if check is not None:
        move_run(work, check, _check_like(check, moved))
    if moved.status != job.status:
        work.tell("workflow_job", moved.status, run_id=run.id, job=moved)
    return _follow_jobs(work, run)


def cancel_run(work: Work, run: WorkflowRun) -> None:
    """Complete what has not completed yet, as cancelled. Raises BadMove for a run that has."""
    if run.status == "completed":
        raise BadMove("Cannot cancel a workflow run that is completed.")
    for job in jobs_of(work, run):
        if job.status != "completed":
            run = move_job(work, run, job, JobMove(status="completed", conclusion="cancelled"))
    if run.status != "completed":  # it had no jobs
        _set(work, replace(run, status="completed", conclusion="cancelled", updated_at=work.at))


def run_again(work: Work, run: WorkflowRun, *, only: Collection[int] | None = None) -> None:
    """A further attempt of a completed run; with `only`, of these jobs, the others keep what they came to. Raises BadMove."""
    if run.status != "completed":
        raise BadMove("This workflow is already running")
    before = jobs_of(work, run)
    again = replace(
        run,
        attempt=run.attempt + 1,
        triggering_actor_id=work.actor.id,
        status="queued",
        conclusion=None,
        updated_at=work.at,
        started_at=work.at,
    )
    change_workflow_run(work, again)
    work.tell("workflow_run", "requested", run_id=run.id)
    queue_jobs(work, again, [_once_more(work, job, only) for job in before])


def has_failed(job: Job) -> bool:
    """Whether a job is one of those that are run again when only the failed ones are."""
    return job.conclusion in _FAILED


def _once_more(work: Work, job: Job, only: Collection[int] | None) -> Job:
    if only is not None and job.id not in only:
        return replace(job, attempt=job.attempt + 1)
    planned = [{**step, "status": "queued", "conclusion": None, "log": ""} for step in job.steps]
    return replace(
        job,
        attempt=job.attempt + 1,
        status="queued",
        conclusion=None,
        steps=planned,
        log="",
        created_at=work.at,
        started_at=None,
        completed_at=None,
    )


def _check_move(job: Job, move: JobMove) -> None:
    if move.status not in ("in_progress", "completed"):
        raise BadMove(f"a job goes to in_progress or completed, not to {move.status[:40]!r}")
    if job.status == "completed":
        raise BadMove(f"the job {job.name!r} has completed already")
    if (move.status == "completed") != (move.conclusion is not None):
        raise BadMove("a completed job has a conclusion, another has none")
    if move.conclusion is not None and move.conclusion not in CONCLUSIONS:
        raise BadMove(f"{move.conclusion[:40]!r} is not one of {', '.join(CONCLUSIONS)}")
    if len(move.log or "") > _LONGEST_LOG:
        raise BadMove(f"a log has {_LONGEST_LOG} characters at most")


def _moved(work: Work, job: Job, move: JobMove) -> Job:
    done = move.status == "completed"
    started_at = job.started_at or work.at
    steps = _steps(work, job, move)
    logs = [str(step["log"]) for step in steps if step.get("log")]
    return replace(
        job,
        status=move.status,
        conclusion=move.conclusion,
        steps=steps,
        log=move.log if move.log is not None else "".join(logs) or job.log,
        started_at=started_at,
        completed_at=work.at if done else None,
    )


def _steps(work: Work, job: Job, move: JobMove) -> list[dict[str, Any]]:
    started, ended = stamp_seconds(job.started_at or work.at), stamp_seconds(work.at)
    done = move.status == "completed"
    given = [dict(step) for step in move.steps] or _usual_steps(job, move)
    return [
        {
            "name": str(step.get("name", ""))[:255],
            "status": move.status,
            "conclusion": (step.get("conclusion") or move.conclusion) if done else None,
            "number": number,
            "started_at": started,
            "completed_at": ended if done else None,
            "log": str(step.get("log") or ""),
        }
        for number, step in enumerate(given, 1)
    ]


def _usual_steps(job: Job, move: JobMove) -> list[dict[str, Any]]:
    """The steps of the file; the last of the workflow's own, right before "Complete job", decided how the job ended."""
    decisive = max(len(job.steps) - 2, 0)
    around = "success" if move.conclusion in _FAILED else move.conclusion
    steps = [{"name": step["name"], "conclusion": around} for step in job.steps]
    if steps:
        steps[decisive] |= {"conclusion": move.conclusion, "log": move.log}
    return steps


def _follow_jobs(work: Work, run: WorkflowRun) -> WorkflowRun:
    found = jobs_of(work, run)
    status, conclusion = "in_progress", None
    if all(job.status == "completed" for job in found):
        conclusions = {job.conclusion for job in found}
        status, conclusion = "completed", next((word for word in _WORST_FIRST if word in conclusions), "success")
    moved = replace(run, status=status, conclusion=conclusion, updated_at=work.at)
    if run.status == "queued" and status == "in_progress":
        moved = replace(moved, started_at=work.at)
    return _set(work, moved, was=run.status)


def _set(work: Work, run: WorkflowRun, *, was: str = "") -> WorkflowRun:
    change_workflow_run(work, run)
    if run.status != was:
        work.tell("workflow_run", run.status, run_id=run.id)
    return find_workflow_run(work, run.id) or run


def _check_of(job: Job, run: WorkflowRun) -> CheckRun:
    return CheckRun(
        id=0,
        suite_id=0,
        head_sha=run.head_sha,
        name=job.name[:255],
        status=job.status,
        conclusion=job.conclusion,
        details_url=None,
        external_id="",
        output={},
        started_at=job.started_at or job.created_at,
        completed_at=job.completed_at,
    )


def _check_like(check: CheckRun, job: Job) -> CheckRun:
    return replace(
        check,
        status=job.status,
        conclusion=job.conclusion,
        started_at=job.started_at,
        completed_at=job.completed_at,
    )
