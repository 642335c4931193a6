"""Addresses of job logs: they hold a signature that stands for a token, for a minute.

Source: https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
"""

from __future__ import annotations

from datetime import timedelta

from simulator.emulators.github.signed_links import is_good, signature
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls

LASTS = timedelta(minutes=1)
"""How long an address of a log is good."""


def link_to_log(repository: Repository, job_id: int) -> str:
    """Where to fetch the log of a job, for whoever was found to be allowed to."""
    until = int((instance().now() + LASTS).timestamp())
    token = signature("job log", repository, job_id, until=until)
    return Urls.of_request().html(f"/_logs/{repository.id}/jobs/{job_id}.txt?token={token}")


def opens(token: str, repository: Repository, job_id: int) -> bool:
    """Whether a signature is for this job and still good."""
    return is_good(token, "job log", repository, job_id)
