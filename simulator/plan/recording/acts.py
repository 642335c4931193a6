"""A fact as the act that brings it about; nothing for what follows from other acts, or cannot be written as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.plan.recording.naming import Act, Naming

_VERDICTS = {"APPROVED": "approve", "CHANGES_REQUESTED": "request_changes", "COMMENTED": "comment"}
_FIELDS = {"summary": "summary", "description": "description", "priority": "priority", "story points": "points"}
_ENOUGH = 60  # characters of a remark, to know it by
_SAYS_NOTHING = "Looked through it."

Content = Callable[[str, str], str | None]
"""What a file (by path) held at a commit (by sha); None when it cannot be read, or is no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What acts are made with: the names of things, and contents of files.

    `remarks` are those of each review, `said` every remark by its id, `landings` the commits that each pull request (by number)
    brought, `deleted` the branches that were deleted, `heads` the branch of each pull request, `events` the story's ids.
    """

    naming: Naming
    content: Content
    remarks: Mapping[str, tuple[Fact, ...]]
    said: Mapping[str, Fact]
    events: frozenset[str]
    landings: Mapping[str, tuple[Fact, ...]]
    deleted: frozenset[str]
    heads: Mapping[str, str]


def act_of(fact: Fact, reading: Reading) -> Act | None:
    """The act that would bring a fact about."""
    make = _MAKERS.get(fact.kind)
    return make(fact, fact.detail, reading) if make else None


def _created(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    new = {
        "id": reading.naming.new_issue(fact.subject_name),
        "summary": detail.get("summary"),
        "type": detail.get("type"),
    }
    more = {"description": reading.naming.text(str(detail.get("description") or "")), "points": detail.get("points")}
    return {"do": "create_issue", "new": new | {name: value for name, value in more.items() if value}}


def _changed(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    issue, name = reading.naming.issue(fact.subject_name), str(detail.get("field") or "").lower()
    if issue is None:
        return None
    after = str(detail.get("to_text") or "")
    if name == "status":
        return {"do": "move", "issue": issue, "to": after}
    if name == "assignee":
        return {"do": "assign", "issue": issue, "to": reading.naming.seat(detail.get("to"))}
    if name == "sprint":
        sprint = str(detail.get("to") or "").rpartition(",")[2].strip()
        return {"do": "schedule", "issue": issue, "sprint": reading.naming.sprint(sprint)}
    return {"do": "edit_issue", "issue": issue, **_edit(_FIELDS[name], after, reading)} if name in _FIELDS else None


def _edit(name: str, after: str, reading: Reading) -> dict[str, object]:
    if name == "points":
        return {name: float(after or 0)}
    return {name: reading.naming.text(after) or "-"}


def _commented(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    issue, text = reading.naming.issue(fact.subject_name), str(detail.get("body") or "").strip()
    return {"do": "comment", "issue": issue, "text": reading.naming.text(text)} if issue and text else None


def _committed(_fact: Fact, detail: Any, reading: Reading) -> Act | None:
    sha, branch = str(detail.get("sha")), detail.get("branch")
    if not branch or int(detail.get("parents") or 1) > 1:
        return None
    files, gone = {}, []
    for file in detail.get("files") or ():
        path = str(file["path"])
        text = None if file.get("status") == "removed" else reading.content(sha, path)
        if text is not None:
            files[path] = text
        elif file.get("status") == "removed":
            gone.append(path)
    act = {
        "do": "push",
        "branch": reading.naming.text(str(branch)),
        "message": reading.naming.text(str(detail.get("message") or "-").strip()),
    }
    changes = {"files": files, "delete": gone}
    return act | {name: value for name, value in changes.items() if value} if files or gone else None


def _opened(fact: Fact, detail: Any, reading: Reading) -> Act:
    naming = reading.naming
    act = {
        "do": "open_pull_request",
        "pull": naming.new_pull(fact.subject_name),
        "branch": naming.text(str(detail.get("head"))),
        "title": naming.text(str(detail.get("title") or "-")),
        "body": naming.text(str(detail.get("body") or "").strip()) or " ",
    }
    return act | ({"draft": True} if detail.get("draft") else {})


def _requested(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, seat = reading.naming.pull(fact.subject_name), reading.naming.seat(str(detail.get("reviewer")))
    return {"do": "request_review", "pull": pull, "reviewers": [seat]} if pull and seat else None


def _reviewed(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, verdict = reading.naming.pull(fact.subject_name), _VERDICTS.get(str(detail.get("state")))
    if pull is None or verdict is None:
        return None
    remarks = [
        {
            "path": str(r.detail["path"]),
            "line": int(r.detail["line"]),
            "text": reading.naming.text(str(r.detail["body"])),
        }
        for r in reading.remarks.get(str(detail.get("id")), ())
        if r.detail.get("line") and not r.detail.get("in_reply_to")
    ]
    text = reading.naming.text(str(detail.get("body") or "").strip()) or _SAYS_NOTHING
    act = {"do": "review", "pull": pull, "verdict": verdict, "text": text}
    return act | ({"remarks": remarks} if remarks else {})


def _replied(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, first = reading.naming.pull(fact.subject_name), reading.said.get(str(detail.get("in_reply_to")))
    text = str(detail.get("body") or "").strip()
    if pull is None or first is None or not text:
        return None
    return {"do": "reply", "pull": pull, **_thread(first), "text": reading.naming.text(text)}


def _thread(first: Fact) -> Act:
    """What tells a thread from others, by its first comment."""
    line = str(first.detail["body"]).strip().partition("\n")[0]
    told = {"path": str(first.detail["path"]), "says": re.escape(line[:_ENOUGH])}
    return told | ({"by": str(first.actor)} if first.actor else {})


def _resolved(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, first = reading.naming.pull(fact.subject_name), reading.said.get(str(detail.get("remark")))
    if pull is None or first is None:
        return None
    opened = {"resolved": False} if fact.kind is FactKind.THREAD_REOPENED else {}
    return {"do": "resolve", "pull": pull, **_thread(first), **opened}


def _labelled(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, label = reading.naming.pull(fact.subject_name), str(detail.get("label") or "")
    way = "add" if fact.kind is FactKind.PULL_REQUEST_LABELLED else "remove"
    return {"do": "label", "pull": pull, way: [label]} if pull and label else None


def _noted(_fact: Fact, detail: Any, reading: Reading) -> Act | None:
    """What was said in the chat; a stand-up's lines are the answers to its question."""
    text = str(detail.get("text") or "").strip()
    return {"do": "note", "text": reading.naming.text(text)} if text and detail.get("channel") == "chat" else None


def _answered(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    asked = str(detail.get("prompt")).removesuffix(f":{fact.actor}")
    meeting, _, day = asked.partition(":day-")
    if day.isdigit():
        return {"do": "speak", "meeting": meeting, "day": int(day)}
    answers = {name: reading.naming.text(str(words)) for name, words in detail.get("answers", {}).items() if words}
    kind = "meeting" if asked in reading.events else "question"
    return {"do": "answer", kind: asked, "answers": answers} if answers else None


def _said_on_pull(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull, text = reading.naming.pull(fact.subject_name), str(detail.get("body") or "").strip()
    return {"do": "comment", "pull": pull, "text": reading.naming.text(text)} if pull and text else None


def _edited(fact: Fact, detail: Any, reading: Reading) -> Act | None:
    pull = reading.naming.pull(fact.subject_name)
    given = {name: reading.naming.text(str(detail[name])) for name in ("title", "body") if detail.get(name)}
    return {"do": "edit_pull_request", "pull": pull, **given} if pull and given else None


def _merged(fact: Fact, _detail: Any, reading: Reading) -> Act | None:
    number = fact.subject_name
    pull, landed = reading.naming.pull(number), reading.landings.get(number, ())
    if pull is None:
        return None
    act: dict[str, object] = {"do": "merge", "pull": pull, "method": _method(landed), "if_possible": True}
    act["delete_branch"] = reading.heads.get(number) in reading.deleted
    if act["method"] == "squash" and landed:
        act["title"] = reading.naming.text(str(landed[0].detail.get("message")).partition("\n")[0][:200])
    return act


def _method(landed: tuple[Fact, ...]) -> str:
    if any(int(fact.detail.get("parents") or 1) > 1 for fact in landed):
        return "merge"
    return "rebase" if len(landed) > 1 else "squash"


def _to_pull(name: str) -> Callable[[Fact, Any, Reading], Act | None]:
    def make(fact: Fact, _detail: Any, reading: Reading) -> Act | None:
        pull = reading.naming.pull(fact.subject_name)
        return {"do": name, "pull": pull} if pull else None

    return make


_MAKERS: Mapping[FactKind, Callable[[Fact, Any, Reading], Act | None]] = {
    FactKind.ISSUE_CREATED: _created,
    FactKind.ISSUE_CHANGED: _changed,
    FactKind.ISSUE_COMMENTED: _commented,
    FactKind.COMMITTED: _committed,
    FactKind.PULL_REQUEST_OPENED: _opened,
    FactKind.PULL_REQUEST_EDITED: _edited,
    FactKind.PULL_REQUEST_CLOSED: _to_pull("close_pull_request"),
    FactKind.PULL_REQUEST_REOPENED: _to_pull("reopen_pull_request"),
    FactKind.PULL_REQUEST_READY: _to_pull("ready"),
    FactKind.PULL_REQUEST_DRAFTED: _to_pull("draft"),
    FactKind.PULL_REQUEST_MERGED: _merged,
    FactKind.PULL_REQUEST_COMMENTED: _said_on_pull,
    FactKind.REVIEW_REQUESTED: _requested,
    FactKind.REVIEW_SUBMITTED: _reviewed,
    FactKind.REVIEW_COMMENTED: _replied,
    FactKind.PROMPT_ANSWERED: _answered,
    FactKind.THREAD_RESOLVED: _resolved,
    FactKind.THREAD_REOPENED: _resolved,
    FactKind.PULL_REQUEST_LABELLED: _labelled,
    FactKind.PULL_REQUEST_UNLABELLED: _labelled,
    FactKind.NOTE_POSTED: _noted,
}
