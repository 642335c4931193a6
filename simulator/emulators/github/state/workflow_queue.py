"""Which workflows listen to what has just happened, and the runs that are queued for them.

Nothing here executes a workflow. Runs that nobody moves on would hold up pull requests for ever, so events queue runs only where
somebody has said that a runner is played; what a person starts by hand is queued anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.emulators.github.state import pull_refs
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.changes import fork_point
from simulator.emulators.github.state.check_suites import add_suite
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.github.state.workflow_moves import queue_jobs
from simulator.emulators.github.state.workflow_patterns import matches
from simulator.emulators.github.state.workflow_runs import Job, WorkflowRun, add_workflow_run, change_workflow_run
from simulator.emulators.github.state.workflow_text import JobPlan, Listener, WorkflowText
from simulator.emulators.github.state.workflows import ACTIVE, Workflow, files_at, workflow_at
from simulator.emulators.gitserver import diffs, history
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.site_settings import read_setting, write_setting

_SETTING = "github.actions"
_QUEUE = "queue"
_SKIPS = ("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]")
_MOST_PATHS = (
    300  # files of a difference that path filters look at: docs.github.com/…/workflow-syntax#git-diff-comparisons
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that workflows may listen to. `paths` are asked for only when a filter needs them."""

    event: str
    sha: str
    branch: str | None
    title: str
    base: str | None = None  # what path filters compare with, None for an empty tree


def is_played(connection: Connection, site: str) -> bool:
    """Whether somebody plays the runner, so that events queue runs."""
    return bool(read_setting(connection, site, _SETTING) == _QUEUE)


def play(connection: Connection, site: str, *, on: bool) -> None:
    """Say that somebody plays the runner in a site, or does no more."""
    write_setting(connection, site, _SETTING, _QUEUE if on else None)


def queue_for(work: Work, notices: Sequence[Notice]) -> None:
    """Queue the runs that pushes and pull requests among these notices cause, if somebody plays the runner."""
    wanted = [notice for notice in notices if notice.event in ("push", "pull_request")]
    if not wanted or not is_played(work.connection, work.site):
        return
    for notice in wanted:
        if notice.event == "push":
            _queue_for_push(work, notice.detail["movement"])
        else:
            _queue_for_pull(work, notice)


def queue_run(work: Work, workflow: Workflow, text: WorkflowText, trigger: Trigger) -> WorkflowRun:
    """A queued run of a workflow with its jobs and its check suite."""
    made = add_workflow_run(work, _fresh_run(work, workflow, trigger))
    suite = add_suite(
        work.connection, work.repository, trigger.sha, branch=trigger.branch, at=work.at, workflow_run_id=made.id
    )
    run = replace(made, suite_id=suite.id)
    change_workflow_run(work, run)
    work.tell("workflow_run", "requested", run_id=run.id)
    queue_jobs(work, run, [_fresh_job(work, run, plan) for plan in text.jobs])
    return run


def _queue_for_push(work: Work, movement: Movement) -> None:
    _, kind, name = movement.ref.split("/", 2)
    if movement.after == ZERO or kind not in ("heads", "tags"):
        return
    git = work.git
    try:
        commit = history.commit(git, movement.after)
    except NoSuchObject:  # a tag that leads to no commit
        return
    if _is_skipped(commit.message):
        return
    known = movement.before != ZERO and kind == "heads"
    base = movement.before if known else next((str(parent) for parent in commit.parent_ids), None)
    title = commit.message.partition("\n")[0]
    trigger = Trigger(event="push", sha=str(commit.id), branch=name, title=title, base=base)
    for path, text in files_at(git, str(commit.id)).items():
        listener = text.listens.get("push")
        if listener is not None and _takes_ref(listener, kind, name) and _takes_paths(work, listener, trigger):
            _queue_file(work, path, text, trigger)


def _queue_for_pull(work: Work, notice: Notice) -> None:
    pull = pull_by_id(work, notice.issue_id)
    head, git = pull.row.head_sha, work.git
    if not pull.is_open or _is_skipped(history.commit(git, head).message):
        return
    files = files_at(git, head)
    if not files or pull_refs.test_merge(work, pull) is None:
        return  # docs.github.com/…/events-that-trigger-workflows#pull_request: not while there is a conflict
    base = fork_point(work, pull)
    trigger = Trigger(event="pull_request", sha=head, branch=pull.row.head_ref, title=pull.issue.title, base=base)
    for path, text in files.items():
        listener = text.listens.get("pull_request")
        if listener is None or notice.action not in listener.types():
            continue
        if _takes_branch(listener, pull.row.base_ref) and _takes_paths(work, listener, trigger):
            _queue_file(work, path, text, trigger)


def _queue_file(work: Work, path: str, text: WorkflowText, trigger: Trigger) -> None:
    workflow = workflow_at(work, path, text, at=work.at)
    if workflow.state == ACTIVE and text.jobs:
        queue_run(work, workflow, text, replace(trigger, title=_run_name(text) or trigger.title))


def _takes_ref(listener: Listener, kind: str, name: str) -> bool:
    own, others = ("branches", "tags") if kind == "heads" else ("tags", "branches")
    asked_for_others = any(key in listener.filters for key in (others, f"{others}-ignore"))
    if asked_for_others and not any(key in listener.filters for key in (own, f"{own}-ignore")):
        return False
    return _passes(listener, own, [name])


def _takes_branch(listener: Listener, name: str) -> bool:
    return _passes(listener, "branches", [name])


def _takes_paths(work: Work, listener: Listener, trigger: Trigger) -> bool:
    if not any(key in listener.filters for key in ("paths", "paths-ignore")):
        return True
    git = work.git
    files = diffs.changed_files(git, trigger.base, trigger.sha, patches=False)[:_MOST_PATHS]
    return _passes(listener, "paths", [file.path for file in files])


def _passes(listener: Listener, key: str, names: Iterable[str]) -> bool:
    """Whether one of the names is wanted, or not every one unwanted."""
    wanted, unwanted = listener.filters.get(key), listener.filters.get(f"{key}-ignore")
    if wanted is not None:
        return any(matches(name, wanted) for name in names)
    return unwanted is None or any(not matches(name, unwanted) for name in names)


def _is_skipped(message: str) -> bool:
    return any(words in message for words in _SKIPS)


def _run_name(text: WorkflowText) -> str | None:
    return None if text.run_name is None or "${{" in text.run_name else text.run_name


def _fresh_run(work: Work, workflow: Workflow, trigger: Trigger) -> WorkflowRun:
    return WorkflowRun(
        id=0,
        workflow_id=workflow.id,
        suite_id=None,
        actor_id=work.actor.id,
        triggering_actor_id=work.actor.id,
        number=0,
        attempt=1,
        event=trigger.event,
        title=trigger.title,
        head_branch=trigger.branch,
        head_sha=trigger.sha,
        status="queued",
        conclusion=None,
        created_at=work.at,
        updated_at=work.at,
        started_at=work.at,
    )


def _fresh_job(work: Work, run: WorkflowRun, plan: JobPlan) -> Job:
    steps: list[dict[str, Any]] = [
        {"name": name, "status": "queued", "conclusion": None, "number": number, "log": ""}
        for number, name in enumerate(plan.steps, 1)
    ]
    return Job(
        id=0,
        run_id=run.id,
        attempt=run.attempt,
        check_run_id=None,
        name=plan.name,
        status="queued",
        conclusion=None,
        labels=list(plan.labels),
        steps=steps,
        log="",
        created_at=work.at,
        started_at=None,
        completed_at=None,
    )
