"""Which checks finished on the tips of branches: check runs and commit statuses."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.seen import instant
from simulator.errors import AdapterError
from simulator.model.facts import FactKind, Observation

_CONCLUSIONS = {"success": "success", "failure": "failure", "error": "failure"}


class CheckObserver:
    """Looks at the checks of a commit."""

    def __init__(self, reader: GithubReader) -> None:
        self._reader = reader

    def check_runs(self, sha: str) -> list[Observation]:
        """Finished check runs on a commit; none where the service keeps them from this token."""
        try:
            answer = self._reader.one(f"/commits/{sha}/check-runs", doing=f"reading the checks of {sha}", per_page=100)
        except AdapterError as refused:
            if refused.retryable:
                raise
            return []
        return [self._run(sha, run) for run in answer["check_runs"] if run["status"] == "completed"]

    def statuses(self, sha: str) -> list[Observation]:
        """Finished commit statuses on a commit."""
        listed = self._reader.all(f"/commits/{sha}/statuses", doing=f"reading the statuses of {sha}")
        return list(self._finished(sha, listed))

    def _finished(self, sha: str, listed: list[Json]) -> Iterator[Observation]:
        for status in listed:
            if status["state"] in _CONCLUSIONS:
                yield Observation(
                    source_id=f"github:status:{status['id']}",
                    kind=FactKind.CHECK_COMPLETED,
                    subject=f"commit:{sha}",
                    account=(status.get("creator") or {}).get("login"),
                    url=status.get("target_url") or "",
                    recorded_at=instant(status["created_at"]),
                    detail={"sha": sha, "name": status["context"], "conclusion": _CONCLUSIONS[status["state"]]},
                )

    def _run(self, sha: str, run: Json) -> Observation:
        return Observation(
            source_id=f"github:check-run:{run['id']}",
            kind=FactKind.CHECK_COMPLETED,
            subject=f"commit:{sha}",
            account=None,
            url=run.get("html_url") or "",
            recorded_at=instant(run["completed_at"]),
            detail={"sha": sha, "name": run["name"], "conclusion": run["conclusion"]},
        )
