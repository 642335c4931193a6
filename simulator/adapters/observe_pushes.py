"""What happened to branches: pushes, commits, and what landed on the default branch.

Reads the repository's activity list; where a service has none, compares the branches with what they were at the last look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.pull_files import with_patches
from simulator.adapters.seen import LAG, instant
from simulator.errors import AdapterError, Conflict, NotFound
from simulator.model.facts import FactKind, Observation

_NOTHING = "0" * 40
_MERGES = ("pr_merge", "merge_queue_merge")
_PUSHES = ("push", "force_push")
_MOST_IDS = 300
_MOST_SHAS = 600
_MOST_TIPS = 100
_SHORT = 12  # of a sha, in the cursor
_SQUASHED = re.compile(r"\(#([0-9]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Push:
    """A movement of a branch, as the activity list tells it."""

    id: str
    kind: str
    branch: str
    before: str
    after: str
    at: datetime
    login: str | None


@dataclass(slots=True)
class _State:
    """The part of the cursor that this module keeps."""

    since: str | None = None
    ids: list[str] = field(default_factory=list)
    shas: list[str] = field(default_factory=list)
    tips: dict[str, str] = field(default_factory=dict)

    def packed(self) -> dict[str, Any]:
        return {
            "since": self.since,
            "ids": self.ids[-_MOST_IDS:],
            "shas": self.shas[-_MOST_SHAS:],
            "tips": dict(list(self.tips.items())[-_MOST_TIPS:]),
        }


class PushObserver:
    """Looks at branches."""

    def __init__(self, reader: GithubReader, *, html_url: str, now: Callable[[], datetime]) -> None:
        self._reader = reader
        self._html_url = html_url
        self._now = now
        self._default: str | None = None
        self._has_activity = True

    def new_pushes(self, cursor: Mapping[str, Any]) -> list[Push]:
        """Movements of branches since the cursor, oldest first. Raises NotFound when there is no repository."""
        state = _State(**cursor)
        if self._has_activity:
            earliest = None if state.since is None else instant(state.since) - LAG
            try:
                return [push for push in self.told(earliest) if push.id not in state.ids]
            except NotFound:
                pass
            except AdapterError as refused:
                if " 501 " not in refused.what:
                    raise
        branches = self._branches()
        self._has_activity = False
        return self._from_branches(state, branches)

    def observe(
        self, pushes: Sequence[Push], cursor: Mapping[str, Any], *, merges: Mapping[str, int]
    ) -> tuple[list[Observation], dict[str, Any]]:
        """What these pushes did, and the cursor after them. `merges`: sha of a merge → number of its pull request."""
        state = _State(**cursor)
        seen: list[Observation] = []
        for push in pushes:
            seen += self.movement(push)
            seen += self._commits(push, state, merges)
            state.ids.append(push.id)
            state.tips.pop(push.branch, None)
            if push.after != _NOTHING:
                state.tips[push.branch] = push.after
            elif push.branch == self._default:  # there may be another one now
                self._default = None
        latest = max((push.at for push in pushes), default=None)
        if latest is not None and (state.since is None or latest > instant(state.since)):
            state.since = latest.isoformat()
        return seen, state.packed()

    def told(self, earliest: datetime | None) -> list[Push]:
        """Movements of branches since an instant as the activity list tells them, oldest first. Raises AdapterError."""

        def is_old(entry: Json) -> bool:
            return earliest is not None and instant(entry["timestamp"]) < earliest

        entries = self._reader.all("/activity", doing="reading the repository's activity", until=is_old)
        return [_push(entry) for entry in reversed(entries) if entry["ref"].startswith("refs/heads/")]

    def _from_branches(self, state: _State, tips: Mapping[str, str]) -> list[Push]:
        moved: list[Push] = []
        for branch in {**state.tips, **tips}:
            before, after = state.tips.get(branch, _NOTHING), tips.get(branch, _NOTHING)
            if before != after:
                kind = {before: "branch_creation", after: "branch_deletion"}.get(_NOTHING, "push")
                made = f"{branch}:{before[:_SHORT]}..{after[:_SHORT]}"
                moved.append(Push(made, kind, branch, before, after, self._now(), None))
        return moved

    def _branches(self) -> dict[str, str]:
        listed = self._reader.all("/branches", doing="listing the branches")
        return {branch["name"]: branch["commit"]["sha"] for branch in listed}

    def movement(self, push: Push) -> Iterator[Observation]:
        """What happened to the branch itself; nothing for a merge, which is told of the pull request. Raises AdapterError."""
        url = f"{self._html_url}/tree/{quote(push.branch)}"
        if push.kind == "branch_creation":
            yield self._seen(push, FactKind.BRANCH_CREATED, url, {"sha": push.after})
        elif push.kind == "branch_deletion":
            yield self._seen(push, FactKind.BRANCH_DELETED, url, {"sha": push.before})
        elif push.kind in _PUSHES:
            detail = {
                "before": push.before,
                "after": push.after,
                "forced": push.kind == "force_push",
                "default_branch": push.branch == self.default_branch(),
            }
            yield self._seen(push, FactKind.PUSHED, f"{self._html_url}/compare/{push.before}...{push.after}", detail)

    def _seen(self, push: Push, kind: FactKind, url: str, detail: Mapping[str, Any]) -> Observation:
        return Observation(
            source_id=f"github:activity:{push.id}",
            kind=kind,
            subject=f"branch:{push.branch}",
            account=push.login,
            url=url,
            recorded_at=push.at,
            detail=detail,
        )

    def _commits(self, push: Push, state: _State, merges: Mapping[str, int]) -> Iterator[Observation]:
        if push.after == _NOTHING:
            return
        landing = push.branch == self.default_branch()
        merged = push.kind in _MERGES or push.after in merges
        commits = self._commits_of(push, landing=landing)
        pulls = self._pulls_of(push, commits, merges) if landing and merged else []
        for commit in commits:
            known = commit["sha"][:_SHORT] in state.shas
            if not known:
                state.shas.append(commit["sha"][:_SHORT])
            if not known and not (landing and merged):
                yield self._committed(commit, push)
            if landing:
                yield self._landed(commit, push, pulls)

    def _commits_of(self, push: Push, *, landing: bool) -> list[Json]:
        """The commits that a push brought, oldest first."""
        if push.before == _NOTHING and landing:
            listed = self._reader.all("/commits", doing=f"listing the commits of {push.branch}", sha=push.after)
            return listed[::-1]
        try:
            return self._between(self.default_branch() if push.before == _NOTHING else push.before, push.after)
        except (NotFound, Conflict):  # what it was before has been thrown away, or shares nothing with what it is
            return []

    def _between(self, base: str, head: str) -> list[Json]:
        answer = self._reader.one(f"/compare/{_quoted(base)}...{head}", doing=f"comparing {base} and {head}")
        return list(answer["commits"])

    def _committed(self, commit: Json, push: Push) -> Observation:
        full = self._reader.one(f"/commits/{commit['sha']}", doing=f"reading the commit {commit['sha']}")
        written, author = full["commit"], full["commit"]["author"]
        stats = full.get("stats") or {}
        author_login = (full.get("author") or {}).get("login")
        return Observation(
            source_id=f"github:commit:{full['sha']}",
            kind=FactKind.COMMITTED,
            subject=f"commit:{full['sha']}",
            account=author_login or push.login,
            url=full["html_url"],
            recorded_at=instant(written["committer"]["date"]),
            detail={
                "sha": full["sha"],
                "message": written["message"],
                "branch": push.branch,
                "authored_at": instant(author["date"]).isoformat(),
                "author_name": author["name"],
                "author_email": author["email"],
                "author_known": author_login is not None,
                "parents": len(full["parents"]),
                "parent_shas": [parent["sha"] for parent in full["parents"]],
                "additions": stats.get("additions"),
                "deletions": stats.get("deletions"),
                "files": self._files(full),
            },
        )

    def _files(self, commit: Json) -> list[dict[str, Any]]:
        """The files of a commit, with the sizes of those that came without a patch: a diff does not tell them."""
        files = with_patches(commit.get("files") or [])
        added = {file["path"] for file in files if file["patch"] is None and file["status"] == "added"}
        if not added:
            return files
        tree = commit["commit"]["tree"]["sha"]
        try:
            listed = self._reader.one(f"/git/trees/{tree}", doing=f"reading the tree {tree}", recursive=1)["tree"]
        except AdapterError as refused:
            if refused.retryable:
                raise
            return files
        sizes = {entry["path"]: entry.get("size") for entry in listed if entry["path"] in added}
        return [file | ({"size": sizes[file["path"]]} if sizes.get(file["path"]) else {}) for file in files]

    def _landed(self, commit: Json, push: Push, pulls: list[int]) -> Observation:
        return Observation(
            source_id=f"github:landed:{commit['sha']}",
            kind=FactKind.LANDED,
            subject=f"commit:{commit['sha']}",
            account=push.login or (commit.get("author") or {}).get("login"),
            url=commit["html_url"],
            recorded_at=push.at,
            detail={
                "sha": commit["sha"],
                "message": commit["commit"]["message"],
                "pulls": pulls,
                "parents": len(commit["parents"]),
                "parent_shas": [parent["sha"] for parent in commit["parents"]],
            },
        )

    def _pulls_of(self, push: Push, commits: Sequence[Json], merges: Mapping[str, int]) -> list[int]:
        if push.after in merges:
            return [merges[push.after]]
        try:
            doing = f"looking for the pull request of {push.after}"
            return [pull["number"] for pull in self._reader.all(f"/commits/{push.after}/pulls", doing=doing)]
        except AdapterError:
            title = commits[-1]["commit"]["message"].partition("\n")[0] if commits else ""
            return [int(number) for number in _SQUASHED.findall(title)]

    def default_branch(self) -> str:
        """Name of the default branch; asked once."""
        if self._default is None:
            self._default = str(self._reader.one("", doing="looking at the repository")["default_branch"])
        return self._default


def _push(entry: Json) -> Push:
    return Push(
        id=str(entry["id"]),
        kind=entry["activity_type"],
        branch=entry["ref"].removeprefix("refs/heads/"),
        before=entry["before"],
        after=entry["after"],
        at=instant(entry["timestamp"]),
        login=(entry.get("actor") or {}).get("login"),
    )


def _quoted(name: str) -> str:
    return name.replace("%", "%25").replace("#", "%23").replace("?", "%3F")
