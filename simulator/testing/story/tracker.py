"""What is told of the tracker: issues, sprints, the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from simulator.model.people import Roster
from simulator.testing.story.telling import CATEGORIES, K, Telling

BOARD = "https://jira.test/jira/software/c/projects/PAY/boards/1"


class OnTheTracker(Telling):
    """Issues, sprints and the board."""

    def __init__(self, roster: Roster | None = None) -> None:
        super().__init__(roster)
        self._texts: dict[tuple[str, str], str] = {}
        named: dict[str, Any] = {"id": 1, "name": "Sprint 1", "goal": "Refunds", "url": BOARD}
        self._fact(K.SPRINT_CREATED, "sprint:1", "rita", state="future", **named)
        self._fact(K.SPRINT_STARTED, "sprint:1", "rita", **named)

    def issue(self, key: str, *, by: str = "rita", **fields: Any) -> Self:
        status = fields.get("status", "To Do")
        detail = {
            "type": "Story",
            "summary": f"The work of {key}",
            "description": "",
            "points": 3,
            "assignee": None,
            "sprints": [1],
            "labels": [],
            "priority": "Medium",
            **fields,
        }
        assignee = f"{detail['assignee']}@example.com" if detail["assignee"] else None
        detail |= {"key": key, "status": status, "category": CATEGORIES[status], "assignee": assignee, "reporter": by}
        self._texts[key, "status"] = status
        return self._fact(K.ISSUE_CREATED, f"issue:{key}", by, url=f"https://jira.test/browse/{key}", **detail)

    def move(self, issue: str, *, to: str, by: str = "ada") -> Self:
        return self._change(issue, "status", to, by, category=CATEGORIES[to])

    def assign(self, issue: str, *, to: str | None, by: str = "ada") -> Self:
        return self._change(issue, "assignee", f"{to}@example.com" if to else None, by)

    def describe(self, issue: str, *, text: str, by: str = "ada") -> Self:
        return self._change(issue, "description", text, by)

    def estimate(self, issue: str, *, points: float | None, by: str = "ada") -> Self:
        return self._change(issue, "Story Points", None if points is None else str(points), by)

    def plan(self, issue: str, *, sprints: str, by: str = "ada") -> Self:
        return self._change(issue, "Sprint", sprints, by)

    def prioritise(self, issue: str, *, to: str, by: str = "ada") -> Self:
        return self._change(issue, "priority", to, by)

    def label(self, issue: str, *, labels: Sequence[str], by: str = "ada") -> Self:
        """The labels that it bears from now on, all of them."""
        return self._change(issue, "labels", " ".join(labels), by)

    def resolve(self, issue: str, *, to: str = "Done", by: str = "ada") -> Self:
        return self._change(issue, "resolution", to, by)

    def flag(self, issue: str, *, up: bool = True, by: str = "ada") -> Self:
        return self._change(issue, "Flagged", "Impediment" if up else "", by)

    def link(self, issue: str, *, words: str, gone: bool = False, by: str = "ada") -> Self:
        """`words` as in `is blocked by PAY-3`; the other issue is not told."""
        said, other = f"This issue {words}", words.rpartition(" ")[2]
        ends = {"from": other, "from_text": said, "to": None, "to_text": None}
        if not gone:
            ends = {"from": None, "from_text": None, "to": other, "to_text": said}
        return self._issue_fact(K.ISSUE_CHANGED, issue, by, field="Link", **ends)

    def change(self, issue: str, *, field: str, to: str, by: str = "ada") -> Self:
        """Any other field, as Jira's history names it: `environment`, `duedate`, `IssueParentAssociation`."""
        return self._change(issue, field, to, by)

    def comment_on(self, issue: str, *, body: str = "Looking into it", by: str = "ada") -> Self:
        """Comment on an issue."""
        number = str(len(self.facts))
        url = f"https://jira.test/browse/{issue}?focusedCommentId={number}"
        return self._fact(K.ISSUE_COMMENTED, f"issue:{issue}", by, url=url, key=issue, id=number, body=body)

    def drop(self, issue: str, *, by: str = "ada") -> Self:
        """An issue is deleted."""
        return self._issue_fact(K.ISSUE_DELETED, issue, by)

    def close_sprint(self, number: int = 1, *, by: str = "rita") -> Self:
        return self._fact(K.SPRINT_CLOSED, f"sprint:{number}", by, id=number, name=f"Sprint {number}")

    def start_sprint(self, number: int, *, goal: str = "", by: str = "rita") -> Self:
        named: dict[str, Any] = {"id": number, "name": f"Sprint {number}", "goal": goal, "url": BOARD}
        self._fact(K.SPRINT_CREATED, f"sprint:{number}", by, state="future", **named)
        return self._fact(K.SPRINT_STARTED, f"sprint:{number}", by, **named)

    def answer_planning(self, issues: str, *, by: str = "ada") -> Self:
        """Somebody is asked what goes into the sprint to come, and says which `issues`."""
        prompt = f"planning-{len(self.facts)}"
        named: dict[str, Any] = {"prompt": prompt, "seat": by}
        self._fact(K.PROMPT_POSTED, f"prompt:{prompt}", by, kind="planning", title="Planning", **named)
        return self._fact(K.PROMPT_ANSWERED, f"prompt:{prompt}", by, answers={"issues": issues}, **named)

    def aim(self, goal: str, *, number: int = 1, by: str = "rita") -> Self:
        """The sprint's goal is another one from now on."""
        named: dict[str, Any] = {"id": number, "name": f"Sprint {number}", "goal": goal, "url": BOARD}
        return self._fact(K.SPRINT_CHANGED, f"sprint:{number}", by, **named)

    def board(self, columns: Sequence[dict[str, Any]], *, by: str = "rita") -> Self:
        """The board's columns as they are seen: `name`, `statuses`, `min`, `max`."""
        return self._fact(K.BOARD_SEEN, "board:1", by, columns=list(columns))

    def _change(self, issue: str, name: str, to: str | None, by: str, **more: Any) -> Self:
        before = self._texts.get((issue, name))
        self._texts[issue, name] = to or ""
        ends = {"from": before, "to": to, "from_text": before, "to_text": to}
        return self._issue_fact(K.ISSUE_CHANGED, issue, by, field=name, **ends, **more)

    def _issue_fact(self, kind: K, key: str, by: str, **detail: Any) -> Self:
        return self._fact(kind, f"issue:{key}", by, url=f"https://jira.test/browse/{key}", key=key, **detail)
