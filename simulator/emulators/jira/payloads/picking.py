"""Issues as the picker suggests them: the letters that fit in bold, everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.picking import Picked


def picked(session: Session, found: Picked, query: str) -> list[Json]:
    """The sections of the picker's answer: what the caller looked at before, and what the present search has."""
    return [
        _section(session, found.viewed, query, {"label": "History Search", "id": "hs"}),
        _section(session, found.current, query, {"label": "Current Search", "id": "cs"}),
    ]


def _section(session: Session, issues: Sequence[Issue], query: str, head: Json) -> Json:
    shown = [_one(session, issue, query) for issue in issues]
    section = head | {"sub": f"Showing {len(shown)} of {len(shown)} matching issues", "issues": shown}
    return section if shown else section | {"msg": "No matching issues found"}


def _one(session: Session, issue: Issue, query: str) -> Json:
    kind = session.context.meta.issue_types[issue.type_id]
    return {
        "id": issue.id,
        "key": issue.key,
        "keyHtml": _bold(issue.key, query),
        "img": f"/secure/viewavatar?size=medium&avatarId={kind.avatar_id}&avatarType=issuetype",
        "summary": _bold(issue.summary, query),
        "summaryText": issue.summary,
    }


def _bold(text: str, query: str) -> str:
    words = "|".join(re.escape(word) for word in query.split()[:10])
    if not words:
        return escape(text)
    parts = re.split(f"({words})", text, flags=re.IGNORECASE)
    return "".join(f"<b>{escape(part)}</b>" if n % 2 else escape(part) for n, part in enumerate(parts))
