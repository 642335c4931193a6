"""Facts in words: one sentence each, for the feed. None for what nobody needs to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId

_LONGEST = 140
_REVIEWS = {"APPROVED": "approved", "CHANGES_REQUESTED": "asked for changes on", "COMMENTED": "reviewed"}
_CONCLUSIONS = {"success": "passed", "failure": "failed", "timed_out": "took too long", "cancelled": "was cancelled"}

Namer = Callable[[SeatId | None], str]


def in_words(fact: Fact, name: Namer) -> str | None:
    """A sentence about a fact, in plain text; a note's own words; None when it says nothing new."""
    teller = _TELLERS.get(fact.kind)
    return teller(fact, name(fact.actor), fact.detail) if teller else None


def _short(text: Any) -> str:
    line = str(text or "").strip().partition("\n")[0]
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _note(_fact: Fact, _who: str, detail: Any) -> str:
    return str(detail.get("text") or "")


def _asked(_fact: Fact, who: str, detail: Any) -> str | None:
    if detail.get("kind") == "stand_up":  # every morning, of everybody: the stand-up itself shows
        return None
    return f"{who} asks {detail.get('name') or detail.get('seat')}: {_short(detail.get('title'))}"


def _answered(_fact: Fact, who: str, detail: Any) -> str:
    if detail.get("kind") == "stand_up":
        return str(detail.get("words") or "").replace("\n", "\n\n")
    return f"{who} answered “{_short(detail.get('title'))}”: {_short(detail.get('words'))}"


def _pushed(fact: Fact, who: str, detail: Any) -> str:
    return f"{who} {'force-pushed' if detail.get('forced') else 'pushed'} to {fact.subject_name}"


def _opened(fact: Fact, who: str, detail: Any) -> str:
    return f"{who} opened {_pull(fact)} “{_short(detail.get('title'))}”"


def _reviewed(fact: Fact, who: str, detail: Any) -> str | None:
    if detail.get("state") == "COMMENTED":  # without words of its own its remarks tell it
        return f"{who} commented on {_pull(fact)}: “{_short(detail['body'])}”" if detail.get("body") else None
    return f"{who} {_REVIEWS.get(str(detail.get('state')), 'reviewed')} {_pull(fact)}"


def _checked(_fact: Fact, _who: str, detail: Any) -> str:
    ended = _CONCLUSIONS.get(str(detail.get("conclusion")), f"ended as {detail.get('conclusion')}")
    said = f": {_short(detail['summary'])}" if detail.get("summary") else ""
    return f"The check {detail.get('name')} {ended} on {str(detail.get('sha'))[:7]}{said}"


_LINK = "This issue "  # so Jira's history begins what it says of a link


def _changed(fact: Fact, who: str, detail: Any) -> str | None:
    field, key = str(detail.get("field")), detail.get("key") or fact.subject_name
    before, after = _short(detail.get("from_text")) or "nothing", _short(detail.get("to_text")) or "nothing"
    if field.lower() == "status":
        return f"{who} moved {key} from {before} to {after}"
    if field.lower() in ("rank", "resolution", "remoteissuelink", "description"):
        return None if field.lower() != "description" else f"{who} edited the description of {key}"
    if field == "Sprint":
        had, has = str(detail.get("from_text") or ""), str(detail.get("to_text") or "")
        if had and has.startswith(f"{had}, "):  # what was carried over is of both
            after = _short(has.removeprefix(f"{had}, "))
        return f"{who} moved {key} to {'the backlog' if after == 'nothing' else after}"
    if field == "assignee":
        return _assigned(who, str(key), after)
    if field == "Link" and _LINK in (before + after):
        linked = "linked" if after.startswith(_LINK) else "took back a link"
        return f"{who} {linked}: {key} {(after if after.startswith(_LINK) else before).removeprefix(_LINK)}"
    return f"{who} changed {field} of {key} from {before} to {after}"


def _assigned(who: str, key: str, after: str) -> str:
    if after == who:
        return f"{who} took {key}"
    return f"{who} left {key} to nobody" if after == "nothing" else f"{who} gave {key} to {after}"


def _pull(fact: Fact) -> str:
    return f"#{fact.subject_name}"


_TELLERS: dict[FactKind, Callable[[Fact, str, Any], str | None]] = {
    FactKind.NOTE_POSTED: _note,
    FactKind.SIGHTED: _note,
    FactKind.PROMPT_POSTED: _asked,
    FactKind.PROMPT_ANSWERED: _answered,
    FactKind.PUSHED: _pushed,
    FactKind.BRANCH_CREATED: lambda f, who, _: f"{who} pushed the new branch {f.subject_name}",
    FactKind.BRANCH_DELETED: lambda f, who, _: f"{who} deleted the branch {f.subject_name}",
    FactKind.PULL_REQUEST_OPENED: _opened,
    FactKind.PULL_REQUEST_READY: lambda f, who, _: f"{who} marked {_pull(f)} as ready for review",
    FactKind.PULL_REQUEST_DRAFTED: lambda f, who, _: f"{who} turned {_pull(f)} into a draft",
    FactKind.PULL_REQUEST_MERGEABLE: lambda f, _, d: (
        f"{_pull(f)} {'merges cleanly again' if d.get('mergeable') else 'conflicts with what was merged meanwhile'}"
    ),
    FactKind.PULL_REQUEST_CLOSED: lambda f, who, _: f"{who} closed {_pull(f)}",
    FactKind.PULL_REQUEST_REOPENED: lambda f, who, _: f"{who} reopened {_pull(f)}",
    FactKind.PULL_REQUEST_MERGED: lambda f, who, _: f"{who} merged {_pull(f)}",
    FactKind.PULL_REQUEST_COMMENTED: lambda f, who, d: f"{who} commented on {_pull(f)}: “{_short(d.get('body'))}”",
    FactKind.REVIEW_REQUESTED: lambda f, who, d: f"{who} asked {d.get('reviewer')} to review {_pull(f)}",
    FactKind.REVIEW_SUBMITTED: _reviewed,
    FactKind.REVIEW_COMMENTED: lambda f, who, d: (
        f"{who} remarked on {d.get('path')} in {_pull(f)}: “{_short(d.get('body'))}”"
    ),
    FactKind.REVIEW_DISMISSED: lambda f, who, d: (
        f"a review of {_pull(f)} is from before {who}'s last push, and counts no more"
        if d.get("by_push")
        else f"{who} dismissed a review of {_pull(f)}"
    ),
    FactKind.REVIEW_REQUEST_REMOVED: lambda f, who, d: f"{who} asks {d.get('reviewer')} no longer to review {_pull(f)}",
    FactKind.THREAD_RESOLVED: lambda f, who, d: f"{who} resolved a conversation about {d.get('path')} in {_pull(f)}",
    FactKind.THREAD_REOPENED: lambda f, _w, d: f"a conversation about {d.get('path')} in {_pull(f)} is open again",
    FactKind.RELEASED: lambda _f, who, d: f"{who} released {d.get('tag')}",
    FactKind.CHECK_REQUESTED: lambda f, _w, _d: f"the checks of {f.subject_name[:7]} are asked for once more",
    FactKind.CHECK_COMPLETED: _checked,
    FactKind.ISSUE_CREATED: lambda f, who, d: f"{who} created {f.subject_name} “{_short(d.get('summary'))}”",
    FactKind.ISSUE_CHANGED: _changed,
    FactKind.ISSUE_COMMENTED: lambda f, who, d: f"{who} commented on {f.subject_name}: “{_short(d.get('body'))}”",
    FactKind.SPRINT_STARTED: lambda _f, _w, d: f"{d.get('name')} has started",  # services do not say by whom
    FactKind.SPRINT_CHANGED: lambda _f, _w, d: (
        f"the goal of {d.get('name')} is {_short(d.get('goal'))}"
        if d.get("goal")
        else f"{d.get('name')} has no goal now"
    ),
    FactKind.SPRINT_CLOSED: lambda _f, _w, d: f"{d.get('name')} is closed",
}
