"""Event `check_run`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.checks import check_run, parent_of, suite_core
from simulator.emulators.github.state.check_annotations import count_annotations
from simulator.emulators.github.state.check_suites import suites_by_id
from simulator.emulators.github.state.checks import runs_of_suites
from simulator.emulators.github.state.pulls_on import pulls_on
from simulator.emulators.github.state.repositories import git_of
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.gitserver import history
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The check run, with more of its suite than elsewhere."""
    run, repository = notice.detail["run"], work.repository
    pulls = pulls_on(work, [run.head_sha])[run.head_sha]
    count = count_annotations(work.connection, work.site, [run.id])[run.id]
    suite = suites_by_id(work.connection, repository, [run.suite_id])[run.suite_id]
    runs = runs_of_suites(work.connection, repository, [suite.id])[suite.id]
    before = parent_of(history.commit(git_of(work.instance, repository), run.head_sha))
    body = check_run(run, repository, urls, annotations=count, pulls=pulls)
    return {"check_run": body | {"check_suite": suite_core(suite, runs, repository, urls, before=before, pulls=pulls)}}
