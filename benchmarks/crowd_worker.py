"""The crowd: what each of it does, and the ledger of all that was answered."""

from __future__ import annotations

import base64
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import requests
from serving import client, git, said_by_git

PEOPLE = ("alice", "bob", "carol", "dave")
_MIX = {
    "read": 2,
    "list": 2,
    "comments": 2,
    "issue": 2,
    "comment": 3,
    "label": 1,
    "file": 2,
    "pull": 2,
    "merge": 2,
    "push": 1,
}
CALLS = [name for name, times in _MIX.items() for _ in range(times)]


class Stopped(Exception):
    """The server is gone, as it was to be."""


@dataclass
class Ledger:
    """Every write that was answered, by what it has to be found with; and whatever was wrong."""

    issues: dict[int, str] = field(default_factory=dict)
    pulls: dict[int, str] = field(default_factory=dict)
    comments: dict[int, int] = field(default_factory=dict)
    labels: set[tuple[int, str]] = field(default_factory=set)
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    merges: dict[int, str] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def number(self, number: int, title: str, *, kind: dict[int, str]) -> None:
        """A number was given."""
        with self.guard:
            if number in self.issues or number in self.pulls:
                self.faults.append(f"number {number} was given twice")
            kind[number] = title

    def fault(self, what: str) -> None:
        """Something was wrong."""
        with self.guard:
            self.faults.append(what)


class Worker:
    """One of the crowd: a client, a branch, and a git repository of its own."""

    def __init__(self, number: int, url: str, folder: Path, ledger: Ledger, stopping: threading.Event) -> None:
        login = PEOPLE[number % len(PEOPLE)]
        self._name = f"{number}"
        self._root = f"{url}/github/api/v3/repos/alice/payments"
        self._git_url = f"{url}/github/alice/payments.git".replace("://", f"://{login}:{login}-token@")
        self._clone = folder / f"clone-{self._name}"
        self._session = client()
        self._session.headers["Authorization"] = f"token {login}-token"
        self._ledger = ledger
        self._stopping = stopping
        self._draw = Random(number)
        self._count = 0
        self._waiting: list[int] = []

    def work(self, calls: int) -> None:
        """Make so many calls, or as many as there are until the server is gone."""
        try:
            for _ in range(calls):
                getattr(self, f"_{self._draw.choice(CALLS)}")()
        except Stopped:
            return
        except Exception as exc:
            self._ledger.fault(f"{type(exc).__name__}: {exc}")

    def _call(self, method: str, path: str, body: object = None, *, allowed: tuple[int, ...] = (200, 201)) -> Any:
        try:
            reply = self._session.request(method, self._root + path, json=body, timeout=120)
        except requests.RequestException as exc:
            if self._stopping.is_set():
                raise Stopped from exc
            raise
        with self._ledger.guard:
            self._ledger.statuses[reply.status_code] += 1
        if reply.status_code not in allowed:
            self._ledger.fault(f"{method} {path}: {reply.status_code} {reply.text[:200]}")
            return None
        return reply.json() if reply.status_code in (200, 201) else None

    def _next(self) -> str:
        self._count += 1
        return f"{self._name}-{self._count}"

    def _some_issue(self) -> int | None:
        with self._ledger.guard:
            return self._draw.choice(list(self._ledger.issues)) if self._ledger.issues else None

    def _read(self) -> None:
        number = self._some_issue()
        self._call("GET", f"/issues/{number}" if number else "")

    def _list(self) -> None:
        self._call(
            "GET", self._draw.choice(("/issues?state=all&per_page=50", "/pulls?state=all", "/commits", "/branches"))
        )

    def _comments(self) -> None:
        self._call("GET", f"/issues/{self._some_issue() or 1}/comments", allowed=(200, 404))

    def _issue(self) -> None:
        title = f"Issue {self._next()}"
        made = self._call("POST", "/issues", {"title": title, "body": "As seen by the crowd."})
        if made:
            self._ledger.number(made["number"], title, kind=self._ledger.issues)

    def _comment(self) -> None:
        number = self._some_issue()
        made = self._call("POST", f"/issues/{number}/comments", {"body": self._next()}) if number else None
        if made:
            with self._ledger.guard:
                if made["id"] in self._ledger.comments:
                    self._ledger.faults.append(f"comment {made['id']} was made twice")
                self._ledger.comments[made["id"]] = number

    def _label(self) -> None:
        number, name = self._some_issue(), self._draw.choice(("bug", "question", "crowd", "late"))
        if number and self._call("POST", f"/issues/{number}/labels", {"labels": [name]}) is not None:
            with self._ledger.guard:
                self._ledger.labels.add((number, name))

    def _branch_with_file(self) -> str | None:
        main = self._call("GET", "/git/ref/heads/main")
        branch, path = f"work/{self._next()}", f"crowd/{self._name}/{self._count}.txt"
        if not self._call("POST", "/git/refs", {"ref": f"refs/heads/{branch}", "sha": main["object"]["sha"]}):
            return None
        text = base64.b64encode(branch.encode()).decode()
        made = self._call("PUT", f"/contents/{path}", {"message": f"Add {path}", "content": text, "branch": branch})
        if made:
            with self._ledger.guard:
                self._ledger.files[branch, path] = made["content"]["sha"]
        return branch if made else None

    def _file(self) -> None:
        self._branch_with_file()

    def _pull(self) -> None:
        branch = self._branch_with_file()
        body = {"title": f"Pull {branch}", "head": branch, "base": "main", "body": "Part of the crowd."}
        made = self._call("POST", "/pulls", body) if branch else None
        if made:
            self._ledger.number(made["number"], body["title"], kind=self._ledger.pulls)
            self._waiting.append(made["number"])

    def _merge(self) -> None:
        if not self._waiting:
            return self._pull()
        number, method = self._waiting.pop(0), self._draw.choice(("merge", "squash", "rebase"))
        # 405 and 409: somebody else was quicker and the base has moved, as on GitHub
        done = self._call("PUT", f"/pulls/{number}/merge", {"merge_method": method}, allowed=(200, 405, 409))
        if done:
            with self._ledger.guard:
                self._ledger.merges[number] = done["sha"]
        return None

    def _push(self) -> None:
        branch, name = f"pushed/{self._name}", self._next()
        if not self._clone.exists():
            self._clone.mkdir()
            git("init", "-q", "-b", "main", inside=self._clone)
        (self._clone / f"{name}.txt").write_text(name)
        git("add", "-A", inside=self._clone)
        git("-c", "user.name=Crowd", "-c", "user.email=c@example.com", "commit", "-q", "-m", name, inside=self._clone)
        said = said_by_git("push", "-q", self._git_url, f"main:{branch}", inside=self._clone)
        if said.returncode == 0:
            with self._ledger.guard:
                self._ledger.branches[branch] = said_by_git("rev-parse", "main", inside=self._clone).stdout.strip()
        elif self._stopping.is_set():
            raise Stopped
        else:
            self._ledger.fault(f"git push: {said.stderr[-300:]}")
