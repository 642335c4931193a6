"""Which conversations about lines were resolved and opened again.

GitHub tells the state of a thread and who resolved it, not when: it happened when it was seen. A service without GraphQL is
not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.github_threads import Json, read_threads
from simulator.adapters.seen import instant
from simulator.errors import AdapterError
from simulator.model.facts import FactKind, Observation

_MOST_PULLS = 100

Turns = Mapping[str, Mapping[str, int]]
"""Number of a pull request → id of a thread's first comment → how often it was seen to be settled and opened; odd is settled."""


class ThreadObserver:
    """Looks at threads as the admin seat."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._has_threads = True
        self.refused: AdapterError | None = None
        """Why the service told of no threads, None while it does."""

    def observe(
        self, numbers: Sequence[int], cursor: Turns, *, now: datetime
    ) -> tuple[list[Observation], dict[str, dict[str, int]]]:
        """What changed in the threads of some pull requests since the cursor, and the cursor after it."""
        turns = {number: dict(known) for number, known in cursor.items()}
        seen: list[Observation] = []
        for number in numbers:
            known = turns.setdefault(str(number), {})
            for thread in self._threads(number):
                first = (thread["comments"]["nodes"] or [{}])[0]
                remark = str(first.get("databaseId") or "")
                if remark and bool(thread["isResolved"]) != bool(known.get(remark, 0) % 2):
                    known[remark] = known.get(remark, 0) + 1
                    login = (thread.get("resolvedBy") or {}).get("login")
                    turn = known[remark]
                    seen.append(self._seen(number, remark, str(first.get("path") or ""), login, turn, now))
        return seen, dict(list(turns.items())[-_MOST_PULLS:])

    def settled(self, number: int) -> list[Observation]:
        """The threads of a pull request that stand resolved, each since its last comment: looking back, nothing tells later."""
        seen: list[Observation] = []
        for thread in self._threads(number):
            first = (thread["comments"]["nodes"] or [{}])[0]
            said = [instant(comment["createdAt"]) for comment in thread["latest"]["nodes"]]
            if thread["isResolved"] and said and first.get("databaseId"):
                login = (thread.get("resolvedBy") or {}).get("login")
                remark, path = str(first["databaseId"]), str(first.get("path") or "")
                seen.append(self._seen(number, remark, path, login, 1, said[-1]))
        return seen

    def _threads(self, number: int) -> list[Json]:
        if not self._has_threads:
            return []
        try:
            return read_threads(self._accounts, self._accounts.services.admin, number)
        except AdapterError as refused:
            if refused.retryable:
                raise
            self._has_threads = False
            self.refused = refused
            return []

    def _seen(self, number: int, remark: str, path: str, login: str | None, turn: int, now: datetime) -> Observation:
        return Observation(
            source_id=f"github:thread:{remark}:{turn}",
            kind=FactKind.THREAD_RESOLVED if turn % 2 else FactKind.THREAD_REOPENED,
            subject=f"pull:{number}",
            account=login,
            url=f"{self._accounts.services.github_html_url.rstrip('/')}/{self._accounts.full_name}/pull/{number}"
            f"#discussion_r{remark}",
            recorded_at=now,
            detail={"remark": int(remark), "path": path},
        )
