"""Check runs, the suites they belong to, and the program that makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.ids import read_id
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository, Numbered, Paged
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.check_suites import CheckSuite, find_suite
from simulator.emulators.github.state.checks import CheckRun, latest, summary
from simulator.emulators.github.state.gathering import SuiteRun
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.pull_rows import find_pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.commits import CommitView


class CheckRunView(Numbered, Paged, InRepository):
    """One check of a commit."""

    typename = "CheckRun"

    def __init__(self, commit: CommitView, row: CheckRun) -> None:
        super().__init__(commit.reader, commit.home)
        self.commit = commit
        self.row = row
        self.number_in_site = row.id
        self.name = row.name
        self.status = row.status.upper()
        self.conclusion = row.conclusion.upper() if row.conclusion else None
        self.started_at = row.started_at
        self.completed_at = row.completed_at
        self.external_id = row.external_id
        self.title = row.output.get("title")
        self.summary = row.output.get("summary")
        self.text = row.output.get("text")

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{self.home.full_name}/runs/{self.row.id}"

    @property
    def permalink(self) -> str:
        """The address of that page."""
        return self.url

    @property
    def details_url(self) -> str:
        """Where more is told."""
        return self.row.details_url or self.url

    @property
    def check_suite(self) -> CheckSuiteView:
        """The suite it belongs to."""
        rows = self.around.check_runs.get(self.row.head_sha) or ()
        return CheckSuiteView(
            self.commit, self.row.suite_id, [row for row in rows if row.suite_id == self.row.suite_id]
        )

    def is_required(self, pull_request_id: str | None = None, pull_request_number: int | None = None) -> bool:
        """Whether a pull request cannot be merged without it."""
        return self.name in required_by(self, pull_request_id, pull_request_number)


class CheckSuiteView(Numbered, Paged, InRepository):
    """All check runs of a commit that belong together."""

    typename = "CheckSuite"

    def __init__(self, commit: CommitView, suite_id: int, runs: Sequence[CheckRun]) -> None:
        super().__init__(commit.reader, commit.home)
        self.commit = commit
        self.number_in_site = suite_id
        self._runs = list(runs)
        status, conclusion = summary(self._runs)
        self.status = status.upper()
        self.conclusion = conclusion.upper() if conclusion else None

    @cached_property
    def row(self) -> CheckSuite:
        """The suite's own row."""
        found = find_suite(self.reader.connection, self.home, self.number_in_site)
        assert found is not None
        return found

    @property
    def created_at(self) -> datetime:
        """When it began."""
        return self.row.created_at

    @property
    def updated_at(self) -> datetime:
        """When it last changed."""
        ends = (run.completed_at for run in self._runs if run.completed_at)
        return max([self.row.updated_at, *ends])

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{self.home.full_name}/commit/{self.commit.oid}/checks"

    @property
    def branch(self) -> Any:
        """The branch that the commit was pushed to."""
        branch = self.row.head_branch
        sha = changes.tip(self.place, branch) if branch else None
        return self.show("Ref", self.home, f"refs/heads/{branch}", sha) if sha else None

    @property
    def app(self) -> AppView:
        """The program that makes its check runs."""
        return AppView(self.reader.urls)

    @property
    def workflow_run(self) -> WorkflowRunView | None:
        """The run of a workflow that it reports."""
        found = self.around.suite_runs.get(self.number_in_site)
        return WorkflowRunView(self, found) if found else None

    def check_runs(self, window: Window, filter_by: Mapping[str, Any] | None = None) -> Connection:
        """Its check runs, the last of each name unless all are asked for."""
        wanted = filter_by or {}
        rows = self._runs if wanted.get("check_type") == "ALL" else latest(self._runs)
        found = [CheckRunView(self.commit, row) for row in reversed(rows)]
        return Connection.of(window, [run for run in found if _fits(run, wanted)])


class WorkflowRunView(Numbered, Paged, InRepository):
    """One run of a workflow."""

    typename = "WorkflowRun"

    def __init__(self, suite: CheckSuiteView, row: SuiteRun) -> None:
        super().__init__(suite.reader, suite.home)
        self.check_suite = suite
        self.row = row
        self.number_in_site = row.id
        self.run_number = row.number
        self.event = row.event
        self.created_at = row.created_at
        self.updated_at = row.updated_at

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{self.home.full_name}/actions/runs/{self.row.id}"

    @property
    def workflow(self) -> WorkflowView:
        """What was run."""
        return WorkflowView(self.reader, self.home, self.row)


class WorkflowView(Numbered, Paged, InRepository):
    """A file of .github/workflows."""

    typename = "Workflow"

    def __init__(self, reader: Reader, repository: Repository, row: SuiteRun) -> None:
        super().__init__(reader, repository)
        self._path = row.workflow_path
        self.number_in_site = row.workflow_id
        self.name = row.workflow_name
        self.state = row.workflow_state.upper()
        self.created_at = row.workflow_created_at
        self.updated_at = row.workflow_updated_at

    @property
    def resource_path(self) -> str:
        """The page of its runs."""
        return f"/{self.home.full_name}/actions/workflows/{PurePosixPath(self._path).name}"


class AppView:
    """GitHub Actions, which all check runs here belong to."""

    typename = "App"
    database_id = 15368
    name = "GitHub Actions"
    slug = "github-actions"
    description = "Automate your workflow from idea to production"

    def __init__(self, urls: Urls) -> None:
        self.url = urls.html("/apps/github-actions")

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.database_id)


def required_by(view: InRepository, pull_request_id: str | None, pull_request_number: int | None) -> Sequence[str]:
    """The names of the checks that a pull request cannot be merged without."""
    pull = None
    if pull_request_number is not None:
        pull = find_pull(view.place, pull_request_number)
    elif pull_request_id is not None and (wanted := read_id(pull_request_id)) is not None:
        pull = view.around.pulls.get(wanted.number) if wanted.kind == "PullRequest" else None
    return demands_on(view.place, pull).checks if pull else ()


def _fits(run: CheckRunView, wanted: Mapping[str, Any]) -> bool:
    name, status, conclusions = wanted.get("check_name"), wanted.get("status"), wanted.get("conclusions")
    statuses = wanted.get("statuses") or ([status] if status else None)
    return (
        (name is None or run.name == name)
        and (not statuses or run.status in statuses)
        and (not conclusions or run.conclusion in conclusions)
    )
