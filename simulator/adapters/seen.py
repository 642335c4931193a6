"""What the parts of a look share: instants as the services write them, and the order in which observations are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.model.facts import FactKind, Observation

ISSUE_PRECISION_S = 0.001  # Jira's stamps have milliseconds
LAG = timedelta(seconds=60)
"""How late a list may show what happened: looks overlap by so much, and known ids are left out."""
SETTLED = timedelta(seconds=2)
"""After so long, a stamp of whole seconds cannot hide a second change."""

# Causes before effects, for things that bear the same stamp.
_ORDER = (
    FactKind.SPRINT_CREATED,
    FactKind.ISSUE_CREATED,
    FactKind.ISSUE_CHANGED,
    FactKind.ISSUE_COMMENTED,
    FactKind.SPRINT_STARTED,
    FactKind.SPRINT_CHANGED,
    FactKind.BOARD_SEEN,
    FactKind.PROTECTION_SEEN,
    FactKind.BRANCH_CREATED,
    FactKind.COMMITTED,
    FactKind.PUSHED,
    FactKind.CHECK_COMPLETED,
    FactKind.CHECK_REQUESTED,
    FactKind.PULL_REQUEST_OPENED,
    FactKind.PULL_REQUEST_REOPENED,
    FactKind.PULL_REQUEST_DRAFTED,
    FactKind.PULL_REQUEST_READY,
    FactKind.PULL_REQUEST_EDITED,
    FactKind.PULL_REQUEST_HEAD,
    FactKind.PULL_REQUEST_LABELLED,
    FactKind.PULL_REQUEST_UNLABELLED,
    FactKind.REVIEW_REQUESTED,
    FactKind.REVIEW_REQUEST_REMOVED,
    FactKind.REVIEW_SUBMITTED,
    FactKind.REVIEW_COMMENTED,
    FactKind.REVIEW_DISMISSED,
    FactKind.PULL_REQUEST_COMMENTED,
    FactKind.COMMENT_EDITED,
    FactKind.THREAD_RESOLVED,
    FactKind.THREAD_REOPENED,
    FactKind.PULL_REQUEST_MERGED,
    FactKind.PULL_REQUEST_CLOSED,
    FactKind.LANDED,
    FactKind.PULL_REQUEST_MERGEABLE,
    FactKind.RELEASED,
    FactKind.BRANCH_DELETED,
    FactKind.SPRINT_CLOSED,
    FactKind.ISSUE_DELETED,
    FactKind.NOTE_POSTED,
    FactKind.SIGHTED,
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}


def instant(stamp: str) -> datetime:
    """The instant of an ISO 8601 stamp, aware, UTC."""
    return datetime.fromisoformat(stamp).astimezone(UTC)


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """Oldest first; at the same instant causes before effects, then as they were found; each id once."""
    once = {observation.source_id: observation for observation in observations}
    return sorted(once.values(), key=lambda observation: (observation.recorded_at, _RANK[observation.kind]))


def turn_of(before: str, state: Any) -> str:  # Any: JSON
    """How often it was seen to change and a short name for its state; empty when that is the state before."""
    count, _, known = before.partition(":")
    name = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:12]
    return "" if name == known else f"{int(count or 0) + 1}:{name}"
