"""Addresses of job logs: they hold a signature that stands for a token, for a minute.

Source: https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.sign_in_key import signing_key
from simulator.emulators.kit.urls import Urls

LASTS = timedelta(minutes=1)
"""How long an address of a log is good."""


def link_to_log(repository: Repository, job_id: int) -> str:
    """Where to fetch the log of a job, for whoever was found to be allowed to."""
    until = int((instance().now() + LASTS).timestamp())
    token = _serializer().dumps([repository.site, repository.id, job_id, until])
    return Urls.of_request().html(f"/_logs/{repository.id}/jobs/{job_id}.txt?token={token}")


def opens(token: str, repository: Repository, job_id: int) -> bool:
    """Whether a signature is for this job and still good."""
    try:
        site, repository_id, number, until = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return False
    same = (site, repository_id, number) == (repository.site, repository.id, job_id)
    return bool(same and until > instance().now().timestamp())


def _serializer() -> URLSafeSerializer:
    key = signing_key(instance().repositories.parent)
    return URLSafeSerializer(key, salt="job log", signer_kwargs={"digest_method": hashlib.sha256})
