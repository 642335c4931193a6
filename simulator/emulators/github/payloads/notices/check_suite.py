"""Event `check_suite`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.checks import check_suite
from simulator.emulators.github.state.check_suites import suites_by_id
from simulator.emulators.github.state.checks import runs_of_suites
from simulator.emulators.github.state.pulls_on import pulls_on
from simulator.emulators.github.state.repositories import git_of
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.gitserver import history
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The check suite, without its repository, which the payload has anyway."""
    suite_id, repository = notice.detail["suite_id"], work.repository
    suite = suites_by_id(work.connection, repository, [suite_id])[suite_id]
    runs = runs_of_suites(work.connection, repository, [suite_id])[suite_id]
    pulls = pulls_on(work, [suite.head_sha])[suite.head_sha]
    commit = history.commit(git_of(work.instance, repository), suite.head_sha)
    body = check_suite(suite, runs, commit, repository, urls, pulls=pulls)
    return {"check_suite": {name: value for name, value in body.items() if name != "repository"}}
