"""Which checks finished on the tips of branches: check runs and commit statuses; and which were asked for once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.seen import instant
from simulator.errors import AdapterError
from simulator.model.facts import FactKind, Observation

_CONCLUSIONS = {"success": "success", "failure": "failure", "error": "failure"}
_FINE = ("success", "neutral", "skipped")
_LONGEST_SUMMARY = 300


class CheckObserver:
    """Looks at the checks of a commit. `is_strict`: checks that are kept from this token are an error, and not none."""

    def __init__(self, reader: GithubReader, *, is_strict: bool = False) -> None:
        self._reader = reader
        self._is_strict = is_strict
        self.failed: set[str] = set()
        """Commits on which a check run has failed: somebody may ask for it once more."""

    def check_runs(self, sha: str) -> list[Observation]:
        """Finished check runs on a commit; none where the service keeps them from this token."""
        numbered = _numbered(self._runs(sha), "name")
        if any(run["conclusion"] not in (None, *_FINE) for run, _ in numbered):
            self.failed.add(sha)
        return [
            self._run(sha, run, attempt)
            for run, attempt in numbered
            if run["status"] == "completed" and run["completed_at"]
        ]

    def asked_again(self, sha: str) -> list[Observation]:
        """Requests to run the checks of a commit once more that nobody has followed yet."""
        runs = self._runs(sha)
        busy = {run["check_suite"]["id"] for run in runs if run["status"] != "completed"}
        suites = self._suites(sha) if runs else []
        done = {run["check_suite"]["id"] for run in runs} - busy
        return [self._asked(sha, s) for s in suites if s["id"] in done and s["status"] == "queued"]

    def statuses(self, sha: str) -> list[Observation]:
        """Finished commit statuses on a commit."""
        listed = self._reader.all(f"/commits/{sha}/statuses", doing=f"reading the statuses of {sha}")
        return list(self._finished(sha, [status for status in listed if status["state"] in _CONCLUSIONS]))

    def _runs(self, sha: str) -> list[Json]:
        return self._listed(f"/commits/{sha}/check-runs", "check_runs", f"reading the checks of {sha}")

    def _suites(self, sha: str) -> list[Json]:
        return self._listed(f"/commits/{sha}/check-suites", "check_suites", f"reading the check suites of {sha}")

    def _listed(self, path: str, key: str, doing: str) -> list[Json]:
        wanted: dict[str, Any] = {"filter": "all"} if key == "check_runs" else {}
        try:
            return self._reader.all(path, doing=doing, key=key, **wanted)
        except AdapterError as refused:
            if refused.retryable or self._is_strict:
                raise
            return []

    def _finished(self, sha: str, listed: list[Json]) -> Iterator[Observation]:
        for status, attempt in _numbered(listed, "context"):
            yield Observation(
                source_id=f"github:status:{status['id']}",
                kind=FactKind.CHECK_COMPLETED,
                subject=f"commit:{sha}",
                account=(status.get("creator") or {}).get("login"),
                url=status.get("target_url") or "",
                recorded_at=instant(status["created_at"]),
                detail={
                    "sha": sha,
                    "name": status["context"],
                    "conclusion": _CONCLUSIONS[status["state"]],
                    "attempt": attempt,
                    "summary": status.get("description") or "",
                },
            )

    def _run(self, sha: str, run: Json, attempt: int) -> Observation:
        return Observation(
            source_id=f"github:check-run:{run['id']}",
            kind=FactKind.CHECK_COMPLETED,
            subject=f"commit:{sha}",
            account=None,
            url=run.get("html_url") or "",
            recorded_at=instant(run["completed_at"]),
            detail={
                "sha": sha,
                "name": run["name"],
                "conclusion": run["conclusion"],
                "attempt": attempt,
                "summary": ((run.get("output") or {}).get("summary") or "")[:_LONGEST_SUMMARY],
            },
        )

    def _asked(self, sha: str, suite: Json) -> Observation:
        return Observation(
            source_id=f"github:check-suite:{suite['id']}:again:{suite['updated_at']}",
            kind=FactKind.CHECK_REQUESTED,
            subject=f"commit:{sha}",
            account=None,
            url="",
            recorded_at=instant(suite["updated_at"]),
            detail={"sha": sha},
        )


def _numbered(listed: Iterable[Json], name: str) -> list[tuple[Json, int]]:
    """What was listed, oldest first, each with its number among those of its name."""
    times: Counter[str] = Counter()
    numbered: list[tuple[Json, int]] = []
    for item in sorted(listed, key=lambda item: int(item["id"])):
        times[item[name]] += 1
        numbered.append((item, times[item[name]]))
    return numbered
