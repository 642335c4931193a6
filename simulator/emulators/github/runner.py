"""Playing the runner of GitHub Actions: saying that somebody does, and moving queued runs on.

For the control endpoints and for whoever simulates a build; the emulator itself executes no workflow. Webhooks are told, so
there has to be a request whose addresses they get.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import repositories, workflow_queue
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.state.workflow_moves import JobMove, move_job
from simulator.emulators.github.state.workflow_runs import WorkflowRun, find_workflow_run, jobs_of, repository_of_run
from simulator.emulators.kit import accounts
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance


def is_played(instance: Instance, site: str) -> bool:
    """Whether pushes and pull requests queue runs in a site."""
    with instance.database.reading() as connection:
        return workflow_queue.is_played(connection, site)


def play(instance: Instance, site: str, *, on: bool) -> None:
    """From now on pushes and pull requests queue the runs of workflows that listen to them, or no more."""
    with instance.database.writing() as connection:
        workflow_queue.play(connection, site, on=on)


def move_jobs(
    instance: Instance, site: str, run_id: int, move: JobMove, *, named: Mapping[str, JobMove] | None = None
) -> WorkflowRun:
    """Move jobs of a run's present attempt on: those `named`, or with none named all that have not completed, like `move`.

    Gives the run as it is then. Raises LookupError for an unknown run or job, BadMove for what cannot be.
    """
    with instance.database.writing() as connection:
        work = _work_for(connection, instance, site, run_id)
        run = find_workflow_run(work, run_id)
        assert run is not None
        waiting = {job.name: job for job in jobs_of(work, run)}
        unknown = [name for name in named or {} if name not in waiting]
        if unknown:
            raise LookupError(f"run {run_id} has no job {unknown[0][:80]!r}")
        wanted = named or {name: move for name, job in waiting.items() if job.status != "completed"}
        for name, each in wanted.items():
            run = move_job(work, run, waiting[name], each)
        announce(work)
    return run


def _work_for(connection: Connection, instance: Instance, site: str, run_id: int) -> Work:
    found = repository_of_run(connection, site, run_id)
    repository = repositories.by_id(connection, site, found[0]) if found else None
    actor = accounts.by_id(connection, site, found[1]) if found else None
    if repository is None or actor is None:
        raise LookupError(f"there is no workflow run {run_id}")
    repositories.lock(connection, repository)
    return Work(
        connection=connection,
        instance=instance,
        site=site,
        repository=repository,
        actor=actor,
        at=instance.now(),
    )
