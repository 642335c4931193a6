"""What work happens within: the board's columns with their limits, and how the default branch is protected.

Both are told at first and when they are others than before; the services do not say who changed them and when: it is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.jira_accounts import JiraAccounts
from simulator.adapters.seen import ISSUE_PRECISION_S, turn_of
from simulator.errors import AdapterError, NotFound
from simulator.model.facts import FactKind, Observation

_MOST_NAMES = 100  # of columns, statuses, checks


class SurroundingsObserver:
    """Looks at the board and the default branch as the admin seat."""

    def __init__(self, reader: GithubReader, accounts: JiraAccounts, *, html_url: str) -> None:
        self._reader = reader
        self._html_url = html_url
        self._accounts = accounts

    def protection(
        self, cursor: Mapping[str, str], *, branch: str, now: datetime
    ) -> tuple[list[Observation], dict[str, str]]:
        """How a branch is protected, when it is otherwise than the cursor knows; and the cursor after it."""
        detail = self._protection(branch)
        turn = turn_of(cursor.get("protection", ""), detail) if detail else ""
        if detail is None or not turn:
            return [], dict(cursor)
        seen = protection_seen(branch, detail, turn, html_url=self._html_url, at=now)
        return [seen], {**cursor, "protection": turn}

    def board(
        self, cursor: Mapping[str, str], *, board: int, now: datetime
    ) -> tuple[list[Observation], dict[str, str]]:
        """The columns of a board, when they are others than the cursor knows; and the cursor after it."""
        seen, turn = board_seen(self._accounts, board, before=cursor.get("board", ""), at=now)
        return ([seen], {**cursor, "board": turn}) if seen else ([], dict(cursor))

    def _protection(self, branch: str) -> dict[str, Any] | None:
        """Protection and rulesets taken together; None when the service does not tell."""
        try:
            return read_protection(self._reader, branch)
        except AdapterError as refused:
            if refused.retryable:
                raise
            return None


def read_protection(reader: GithubReader, branch: str, *, has_classic: bool = False) -> dict[str, Any]:
    """How a branch is protected, by protection and rulesets together, as PROTECTION_SEEN tells it. Raises AdapterError.

    `has_classic`: a classic protection is known to be there; then a service that shows none to this token, which only shows them
    to administrators, is not taken for one without.
    """
    classic = _classic(reader, branch, has_classic=has_classic)
    rules = reader.all(f"/rules/branches/{branch}", doing=f"reading the rules of {branch}")
    return {"branch": branch, **_joined(classic, {rule["type"]: rule.get("parameters") or {} for rule in rules})}


def board_seen(accounts: JiraAccounts, board: int, *, before: str, at: datetime) -> tuple[Observation | None, str]:
    """The columns of a board and their turn; None when they are still those of the turn `before`. Raises AdapterError."""
    admin = accounts.services.admin
    with accounts.asking("reading the board's columns"):
        answer = accounts.send(admin, "GET", f"/rest/agile/1.0/board/{board}/configuration")
        columns = answer["columnConfig"]["columns"][:_MOST_NAMES]
        turn = turn_of(before, [_column(column, {}) for column in columns])
        if not turn:
            return None, before
        names = {str(status.id): str(status.name) for status in accounts.client(admin).statuses()}
    detail = {"columns": [_column(column, names) for column in columns]}
    return _seen(FactKind.BOARD_SEEN, f"jira:board:{board}:{turn}", f"board:{board}", detail, at), turn


def protection_seen(branch: str, detail: Mapping[str, Any], turn: str, *, html_url: str, at: datetime) -> Observation:
    """The observation of a protection; `turn` as `turn_of` gives it."""
    seen = _seen(FactKind.PROTECTION_SEEN, f"github:protection:{turn}", f"branch:{branch}", detail, at)
    return replace(seen, url=f"{html_url}/settings/branches")


def _classic(reader: GithubReader, branch: str, *, has_classic: bool) -> Mapping[str, Json]:
    try:
        found = reader.one(f"/branches/{branch}/protection", doing=f"reading the protection of {branch}")
    except NotFound:  # not protected
        if has_classic:
            raise
        return {}
    return dict(found)


def _column(column: Json, names: Mapping[str, str]) -> dict[str, Any]:
    ids = [str(status["id"]) for status in column.get("statuses") or ()][:_MOST_NAMES]
    return {
        "name": column["name"],
        "statuses": [names.get(status, status) for status in ids],
        "min": column.get("min"),
        "max": column.get("max"),
    }


def _joined(classic: Mapping[str, Json], rules: Mapping[str, Mapping[str, Json]]) -> dict[str, Any]:
    """The stricter of both for each thing.

    Sources: https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection and
    https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
    """
    reviews = classic.get("required_pull_request_reviews") or {}
    checks = classic.get("required_status_checks") or {}
    pulls, statuses = rules.get("pull_request", {}), rules.get("required_status_checks", {})
    named = [*(checks.get("contexts") or ()), *(c["context"] for c in statuses.get("required_status_checks") or ())]
    return {
        "protected": bool(classic or rules),
        "reviews": max(
            int(reviews.get("required_approving_review_count") or 0),
            int(pulls.get("required_approving_review_count") or 0),
        ),
        "pull_requests": "pull_request" in rules or "required_pull_request_reviews" in classic,
        "dismiss_stale": bool(reviews.get("dismiss_stale_reviews") or pulls.get("dismiss_stale_reviews_on_push")),
        "conversations": _on(classic, "required_conversation_resolution")
        or bool(pulls.get("required_review_thread_resolution")),
        "checks": sorted(set(map(str, named)))[:_MOST_NAMES],
        "up_to_date": bool(checks.get("strict") or statuses.get("strict_required_status_checks_policy")),
        "linear_history": _on(classic, "required_linear_history") or "required_linear_history" in rules,
        "force_pushes": "non_fast_forward" not in rules and (not classic or _on(classic, "allow_force_pushes")),
        "deletions": "deletion" not in rules and (not classic or _on(classic, "allow_deletions")),
        "admins": _on(classic, "enforce_admins") or bool(rules),
    }


def _on(classic: Mapping[str, Json], name: str) -> bool:
    return bool((classic.get(name) or {}).get("enabled"))


def _seen(kind: FactKind, source: str, subject: str, detail: Mapping[str, Any], now: datetime) -> Observation:
    return Observation(
        source_id=source,
        kind=kind,
        subject=subject,
        account=None,
        url="",
        recorded_at=now,
        precision_s=ISSUE_PRECISION_S,
        detail=detail,
    )
