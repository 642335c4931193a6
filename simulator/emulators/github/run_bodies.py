"""Bodies of workflow runs, with what they name looked up together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pygit2

from simulator.emulators.github.payloads.workflows import run_payload
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pulls_on import pulls_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_runs import WorkflowRun
from simulator.emulators.github.state.workflows import workflows_by_id
from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.kit.urls import Urls


def run_bodies(
    place: Place, found: Sequence[WorkflowRun], urls: Urls, *, with_pulls: bool = True
) -> list[dict[str, Any]]:
    """The bodies of runs."""
    git = place.git
    workflows = workflows_by_id(place, {run.workflow_id for run in found})
    people = load_people(place, {each for run in found for each in (run.actor_id, run.triggering_actor_id)})
    pulls = pulls_on(place, {run.head_sha for run in found}) if with_pulls else {}
    return [
        run_payload(
            run,
            workflows[run.workflow_id],
            _commit(git, run.head_sha),
            place.repository,
            people,
            urls,
            pulls=pulls.get(run.head_sha, ()),
        )
        for run in found
    ]


def _commit(git: pygit2.Repository, sha: str) -> pygit2.Commit | None:
    try:
        return history.commit(git, sha)
    except NoSuchObject:
        return None
