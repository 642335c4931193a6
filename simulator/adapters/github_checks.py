"""Checks of commits and releases, by PyGithub. The same code for github.com and for the emulated GitHub.

On github.com check runs are for Apps only: there a commit status is reported instead, which can be repeated but not asked for
again. https://docs.github.com/en/rest/checks/runs#create-a-check-run
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from github.CheckRun import CheckRun
from github.Commit import Commit

from simulator.adapters.github_accounts import GithubAccounts
from simulator.errors import AuthenticationFailed, Conflict, NotFound
from simulator.model.keys import SeatId

_LONGEST_STATUS = 140  # characters: https://docs.github.com/en/rest/commits/statuses#create-a-commit-status
_LONGEST_TITLE = 200
_LONGEST_LOG = 60_000  # GitHub takes 65,535 characters
_STATES = {"": "pending", "success": "success", "neutral": "success", "skipped": "success"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """What is said of a check; `mark` tells a repeated run from the first one."""

    name: str
    conclusion: str
    summary: str
    log: str
    mark: str

    def values(self) -> dict[str, Any]:  # Any: PyGithub's own types of optional arguments
        """As GitHub wants them."""
        output = {"title": self.summary[:_LONGEST_TITLE] or self.name, "summary": self.summary or self.name}
        if self.log:
            output["text"] = f"```\n{self.log[:_LONGEST_LOG].strip()}\n```"
        if not self.conclusion:
            return {"status": "in_progress", "output": output}
        return {"status": "completed", "conclusion": self.conclusion, "output": output}


class GithubChecks:
    """Reports checks, asks for them once more, and releases."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def tip(self, seat: SeatId, branch: str) -> str:
        """The sha of a branch's tip."""
        with self._asking(f"reading the tip of {branch}"):
            return self._accounts.repository(seat).get_git_ref(f"heads/{branch}").object.sha

    def report_check(
        self,
        seat: SeatId,
        sha: str,
        *,
        name: str,
        conclusion: str,
        summary: str,
        log: str = "",
        attempt: int = 1,
        again: bool = False,
    ) -> None:
        """Report a check of a commit; without a conclusion it has only begun.

        The run that has begun under the same attempt is ended, else a new one is made.
        """
        report = _Report(name=name, conclusion=conclusion, summary=summary, log=log, mark=f"attempt-{attempt}")
        try:
            begun = self._begun(seat, sha, report) if again or conclusion else None
            if begun is not None and again and (begun.conclusion or "") == conclusion:
                return
            with self._asking(f"reporting the check {name}"):
                if begun is None or begun.conclusion:
                    self._accounts.repository(seat).create_check_run(
                        name, sha, external_id=report.mark, **report.values()
                    )
                else:
                    begun.edit(**report.values())
        except (AuthenticationFailed, NotFound):
            self._report_status(seat, sha, report, again=again)

    def rerun_checks(self, seat: SeatId, branch: str) -> None:
        """Ask for all checks of a branch's tip once more."""
        sha = self.tip(seat, branch)
        with self._asking(f"asking for the checks of {branch} once more"):
            suites = list(self._commit(seat, sha).get_check_suites())
        if not suites:
            raise NotFound(
                f"no check has run on {branch}", service="GitHub", to_do="wait until a check was reported there"
            )
        for suite in suites:
            with self._asking(f"asking for the checks of {branch} once more"):
                suite.rerequest()

    def publish_release(self, seat: SeatId, tag: str, *, name: str, notes: str, branch: str) -> None:
        """Release a branch's tip under a tag; a release of that tag is taken as it is."""
        try:
            with self._asking(f"releasing {tag}"):
                self._accounts.repository(seat).create_git_release(tag, name, notes, target_commitish=branch)
        except Conflict as refused:
            if "already_exists" not in refused.what:
                raise

    def _begun(self, seat: SeatId, sha: str, report: _Report) -> CheckRun | None:
        """The latest run of a check on a commit, when it is that of the same attempt."""
        with self._asking(f"looking for the check {report.name}"):
            runs = self._commit(seat, sha).get_check_runs(check_name=report.name)
            return next((run for run in runs if run.external_id == report.mark), None)

    def _report_status(self, seat: SeatId, sha: str, report: _Report, *, again: bool) -> None:
        state = _STATES.get(report.conclusion, "failure")
        with self._asking(f"reporting the status {report.name}"):
            commit = self._commit(seat, sha)
            if again and any(said.context == report.name and said.state == state for said in commit.get_statuses()):
                return
            commit.create_status(state, description=report.summary[:_LONGEST_STATUS], context=report.name)

    def _commit(self, seat: SeatId, sha: str) -> Commit:
        return self._accounts.repository(seat).get_commit(sha)
