"""A small sprint to be told step by step: each step makes the facts that the collector would make of it.

Days are those of a sprint of ten working days from Monday 5 January 2026, 9 to 17 o'clock UTC; simulated time is wall time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from simulator.model.facts import Fact, FactKind
from simulator.model.history import History
from simulator.model.keys import Login, SeatId
from simulator.model.people import Person, Roster, SeatKind
from simulator.timekeeping.workdays import WorkCalendar

CALENDAR = WorkCalendar(frozenset(range(5)), time(9), time(17), ZoneInfo("UTC"))
FIRST_DAY = date(2026, 1, 5)
CATEGORIES = {"To Do": "new", "In Progress": "indeterminate", "In Review": "indeterminate", "Done": "done"}
WEB = "https://github.test/acme/payments"
ZEROS = "0" * 40
K = FactKind


def instant(text: str) -> datetime:
    """`2 10:30`: half past ten on the second working day."""
    day, _, clock = str(text).partition(" ")
    return CALENDAR.instant(FIRST_DAY, int(day), time.fromisoformat(clock or "09:00"))


def a_roster(humans: Sequence[str] = ("ada",), teammates: Sequence[str] = ("rita", "tom")) -> Roster:
    people = [(seat, SeatKind.HUMAN) for seat in humans] + [(seat, SeatKind.TEAMMATE) for seat in teammates]
    return Roster(
        {
            SeatId(seat): Person(
                seat=SeatId(seat), kind=kind, name=seat.title(), login=Login(seat), email=f"{seat}@example.com"
            )
            for seat, kind in people
        }
    )


@dataclass
class _Branch:
    tip: str
    commits: list[str] = field(default_factory=list)


class Story:
    """Tell steps, take the facts or the history."""

    def __init__(self, roster: Roster | None = None) -> None:
        self.roster = roster or a_roster()
        self.now = instant("1")
        self.facts: list[Fact] = []
        self._branches: dict[str, _Branch] = {}
        self._pulls: dict[int, str] = {}
        self._files: dict[str, list[dict[str, Any]]] = {}
        self._sprints: dict[str, str] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._fact(K.SPRINT_CREATED, "sprint:1", "rita", id=1, name="Sprint 1", goal="Refunds", state="future")
        self._fact(K.SPRINT_STARTED, "sprint:1", "rita", id=1, name="Sprint 1", goal="Refunds")

    # --- telling ------------------------------------------------------------------------------------------------

    def tell(self, steps: Iterable[Mapping[str, Any]]) -> Self:
        """Steps as the case files write them: `at`, `by`, and one verb with its arguments."""
        for step in steps:
            words = dict(step)
            self.at(words.pop("at", None))
            by = words.pop("by", "ada")
            ((verb, arguments),) = words.items()
            named = arguments if isinstance(arguments, Mapping) else {_FIRST[verb]: arguments}
            getattr(self, verb)(by=by, **named)
        return self

    def at(self, text: str | None) -> Self:
        self.now = instant(text) if text else self.now + timedelta(minutes=1)
        return self

    def history(self, now: str | datetime = "10 17:00") -> History:
        moment = instant(now) if isinstance(now, str) else now
        return history_of(self.facts, self.roster, now=moment)

    # --- on the tracker -----------------------------------------------------------------------------------------

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

    def close_sprint(self, *, by: str = "rita") -> Self:
        return self._fact(K.SPRINT_CLOSED, "sprint:1", by, id=1, name="Sprint 1")

    def _change(self, issue: str, name: str, to: str | None, by: str, **more: Any) -> Self:
        before = self._texts.get((issue, name))
        self._texts[issue, name] = to or ""
        detail = {"key": issue, "field": name, "from": before, "to": to, "from_text": before, "to_text": to, **more}
        return self._fact(K.ISSUE_CHANGED, f"issue:{issue}", by, url=f"https://jira.test/browse/{issue}", **detail)

    # --- on branches --------------------------------------------------------------------------------------------

    def push(
        self,
        branch: str,
        *,
        commits: Sequence[Mapping[str, Any]] = ({"message": "feat: one step", "lines": 40},),
        by: str = "ada",
        force: bool = False,
        written: str | None = None,
    ) -> Self:
        """Push commits (`message`, `lines` or `files`, `by`); with `force` they replace what the branch had."""
        subject = f"branch:{branch}"
        known = self._branches.get(branch)
        tree = self._branches.setdefault(branch, _Branch(tip=_sha("main")))
        if known is None:
            self._fact(K.BRANCH_CREATED, subject, by, url=f"{WEB}/tree/{branch}", sha=_sha("main"))
        before = tree.tip
        if force:
            tree.commits = []
        for commit in commits:
            tree.tip = self._commit(branch, commit, by, written)
            tree.commits.append(tree.tip)
        self._fact(
            K.PUSHED,
            subject,
            by,
            url=f"{WEB}/tree/{branch}",
            before=before if known else ZEROS,
            after=tree.tip,
            forced=force,
            default_branch=False,
        )
        for number, head in self._pulls.items():
            if head == branch:
                self._head(number, by)
        return self

    def rename(self, old: str, *, to: str, by: str = "ada") -> Self:
        tree = self._branches[to] = self._branches.pop(old)
        self._fact(K.BRANCH_CREATED, f"branch:{to}", by, url=f"{WEB}/tree/{to}", sha=tree.tip)
        self._fact(K.BRANCH_DELETED, f"branch:{old}", by, sha=tree.tip)
        for number in [number for number, head in self._pulls.items() if head == old]:
            self._fact(K.PULL_REQUEST_CLOSED, f"pull:{number}", by)
            del self._pulls[number]
        return self

    def delete(self, branch: str, *, by: str = "ada") -> Self:
        return self._fact(K.BRANCH_DELETED, f"branch:{branch}", by, sha=self._branches[branch].tip)

    def push_main(self, message: str, *, by: str = "ada", lines: int = 10, first: bool = False) -> Self:
        sha = _sha(message, by)
        self._fact(K.LANDED, f"commit:{sha}", by, sha=sha, message=message, pulls=[], parents=0 if first else 1)
        before = ZEROS if first else _sha("main")
        return self._fact(
            K.PUSHED,
            "branch:main",
            by,
            url=f"{WEB}/commit/{sha}",
            before=before,
            after=sha,
            forced=False,
            default_branch=True,
        )

    def _commit(self, branch: str, commit: Mapping[str, Any], by: str, written: str | None) -> str:
        files = commit.get("files", {"payments/api.py": commit.get("lines", 10)})
        listed = [
            {"path": path, "status": "modified", "additions": lines, "deletions": 0}
            if isinstance(lines, int)
            else {"path": path, **lines}
            for path, lines in files.items()
        ]
        message, author = commit["message"], commit.get("by", by)
        sha = _sha(branch, message, author, str(self.now))
        self._files[sha] = listed
        kept, self.now = self.now, instant(written) if written else self.now
        self._fact(
            K.COMMITTED,
            f"commit:{sha}",
            author,
            url=f"{WEB}/commit/{sha}",
            sha=sha,
            message=message,
            branch=branch,
            parents=commit.get("parents", 1),
            files=listed,
        )
        self.now = kept
        return sha

    # --- on pull requests ---------------------------------------------------------------------------------------

    def open(
        self,
        branch: str,
        *,
        title: str = "feat: one step",
        body: str = "",
        draft: bool = False,
        by: str = "ada",
        base: str = "main",
    ) -> Self:
        number = 1 + sum(fact.kind is K.PULL_REQUEST_OPENED for fact in self.facts)
        self._pulls[number] = branch
        self._pull_fact(
            K.PULL_REQUEST_OPENED,
            number,
            by,
            title=title,
            body=body,
            draft=draft,
            head=branch,
            base=base,
            head_sha=self._branches[branch].tip,
        )
        self._head(number, by)
        return self

    def _head(self, number: int, by: str) -> None:
        tree = self._branches[self._pulls[number]]
        files: dict[str, dict[str, Any]] = {}
        for sha in tree.commits:
            for file in self._files[sha]:
                known = files.setdefault(file["path"], {**file, "additions": 0, "deletions": 0})
                known["additions"] += file.get("additions", 0)
                known["deletions"] += file.get("deletions", 0)
        self._pull_fact(
            K.PULL_REQUEST_HEAD,
            number,
            by,
            head_sha=tree.tip,
            commits=list(tree.commits),
            files=list(files.values()),
            mergeable=True,
        )

    def ready(self, pull: int, *, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_READY, pull, by)

    def retitle(self, pull: int, *, title: str, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_EDITED, pull, by, title=title, body=None)

    def close(self, pull: int, *, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_CLOSED, pull, by)

    def reopen(self, pull: int, *, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_REOPENED, pull, by)

    def ask(self, pull: int, *, reviewer: str = "rita", by: str = "ada") -> Self:
        return self._pull_fact(K.REVIEW_REQUESTED, pull, by, reviewer=reviewer)

    def withdraw(self, pull: int, *, reviewer: str = "rita", by: str = "ada") -> Self:
        """Somebody is asked no longer for a review."""
        return self._pull_fact(K.REVIEW_REQUEST_REMOVED, pull, by, reviewer=reviewer)

    def review(
        self, pull: int, *, state: str = "APPROVED", by: str = "rita", body: str = "", name: str | None = None
    ) -> Self:
        detail = {"id": name or str(len(self.facts)), "state": state, "body": body, "commit_sha": ""}
        return self._pull_fact(K.REVIEW_SUBMITTED, pull, by, **detail)

    def dismiss(self, pull: int, *, name: str, by: str = "ada") -> Self:
        return self._pull_fact(K.REVIEW_DISMISSED, pull, by, id=name)

    def comment(self, pull: int, *, body: str = "Looking at it", by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_COMMENTED, pull, by, id=str(len(self.facts)), body=body)

    def merge(
        self,
        pull: int,
        *,
        by: str = "ada",
        method: str = "squash",
        title: str | None = None,
        message: str | None = None,
    ) -> Self:
        """Merge with the title given (the pull request's commits decide with `merge`); `message` adds a body."""
        branch = self._branches[self._pulls.pop(pull)]
        header = title or next(
            f.detail["title"] for f in self.facts if f.subject == f"pull:{pull}" and f.kind is K.PULL_REQUEST_OPENED
        )
        text = f"{header} (#{pull})" + (f"\n\n{message}" if message else "")
        sha = _sha("merge", str(pull))
        self._pull_fact(K.PULL_REQUEST_MERGED, pull, by, merge_sha=sha, head_sha=branch.tip)
        landed = [(sha, text, 2 if method == "merge" else 1)]
        if method == "merge":
            landed += [(commit, "", 1) for commit in branch.commits]
        for commit, words, parents in landed:
            url = f"{WEB}/commit/{commit}"
            self._fact(
                K.LANDED, f"commit:{commit}", by, url=url, sha=commit, message=words, pulls=[pull], parents=parents
            )
        return self

    # --- facts --------------------------------------------------------------------------------------------------

    def _pull_fact(self, kind: FactKind, number: int, by: str, **detail: Any) -> Self:
        return self._fact(kind, f"pull:{number}", by, url=f"{WEB}/pull/{number}", **detail)

    def _fact(self, kind: FactKind, subject: str, by: str, *, url: str = "", **detail: Any) -> Self:
        self.facts.append(
            Fact(
                source_id=f"story:{len(self.facts) + 1}",
                kind=kind,
                subject=subject,
                actor=SeatId(by),
                url=url,
                recorded_at=self.now,
                at=self.now,
                detail=detail,
            )
        )
        return self


_FIRST = {
    "issue": "key",
    "push": "branch",
    "delete": "branch",
    "open": "branch",
    "push_main": "message",
} | dict.fromkeys(("ready", "close", "reopen", "ask", "withdraw", "review", "comment", "merge"), "pull")


def history_of(facts: Iterable[Fact], roster: Roster, *, now: datetime, shift: timedelta = timedelta(0)) -> History:
    return History.of(
        facts,
        roster=roster,
        project="PAY",
        default_branch="main",
        now=now + shift,
        working_time=CALENDAR.working_time,
        sprint_start=instant("1") + shift,
        sprint_end=CALENDAR.last_instant(FIRST_DAY, 10) + shift,
    )


def _sha(*words: str) -> str:
    return hashlib.sha1("\0".join(words).encode(), usedforsecurity=False).hexdigest()


def a_clean_sprint(*, issues: int = 4, by: str = "ada", roster: Roster | None = None) -> Story:
    """Everything as it should be: `issues` issues done and two reviews given, one each day."""
    story = Story(roster)
    criteria = "Acceptance criteria\n- Given a paid order when it is refunded then the ledger shows it"
    for number in range(1, issues + 1):
        story.issue(f"PAY-{number}", assignee=by, description=criteria)
    for number in range(1, issues + 1):
        key, branch = f"PAY-{number}", f"feature/PAY-{number}-step"
        story.at(f"{number} 09:30").move(key, to="In Progress", by=by)
        story.at(f"{number} 10:00").push(branch, commits=[{"message": "feat: add one more step", "lines": 60}], by=by)
        story.at(f"{number} 11:00").open(branch, title="feat: add one more step", by=by)
        story.at(f"{number} 11:01").ask(number, by=by).move(key, to="In Review", by=by)
        story.at(f"{number} 13:00").review(number, by="rita")
        story.at(f"{number} 14:00").merge(number, by=by).delete(branch, by=by).move(key, to="Done", by=by)
    for day in (6, 7):
        number = issues + day - 5
        story.at(f"{day} 09:00").push(f"feature/PAY-9-{day}", by="tom").open(f"feature/PAY-9-{day}", by="tom")
        story.ask(number, reviewer=by, by="tom")
        story.at(f"{day} 10:00").review(number, by=by)
    return story
