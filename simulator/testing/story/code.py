"""What is told of branches, commits, checks and the default branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from simulator.model.people import Roster
from simulator.testing.story.telling import WEB, ZEROS, K, Telling, instant, sha_of


@dataclass
class Tree:
    """A branch: its tip and its own commits."""

    tip: str
    commits: list[str] = field(default_factory=list)


class OnBranches(Telling):
    """Branches, commits, checks, protection."""

    def __init__(self, roster: Roster | None = None) -> None:
        super().__init__(roster)
        self._branches: dict[str, Tree] = {}
        self._pulls: dict[int, str] = {}
        self._main = sha_of("main")
        self._files: dict[str, list[dict[str, Any]]] = {}

    def push(
        self,
        branch: str,
        *,
        commits: Sequence[Mapping[str, Any]] = ({"message": "feat: one step", "lines": 40},),
        by: str = "ada",
        force: bool = False,
        from_main: bool = False,
        written: str | None = None,
    ) -> Self:
        """Push commits; a new branch begins `from_main` as it was pushed last, else somewhere.

        With `force` they replace what the branch had, without any they throw it away.

        A commit has a `message`, and `lines` or `files` (path → lines, or status, additions, deletions, patch, size), `by`,
        `parents` (how many), `email`, `name`; with `by: null` no account is known that wrote it, with `known: false` only who
        pushed it.
        """
        subject = f"branch:{branch}"
        known = self._branches.get(branch)
        tree = self._branches.setdefault(branch, Tree(tip=self._main if from_main else sha_of("main")))
        if known is None:
            self._fact(K.BRANCH_CREATED, subject, by, url=f"{WEB}/tree/{branch}", sha=sha_of("main"))
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

    def restore(self, branch: str, *, by: str = "ada") -> Self:
        """What the last push to a branch threw away is pushed back."""
        last = next(
            fact for fact in reversed(self.facts) if fact.kind is K.PUSHED and fact.subject == f"branch:{branch}"
        )
        tree = self._branches[branch]
        before, tree.tip = tree.tip, str(last.detail["before"])
        ends = {"before": before, "after": tree.tip, "forced": True, "default_branch": False}
        return self._fact(K.PUSHED, f"branch:{branch}", by, url=f"{WEB}/tree/{branch}", **ends)

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

    def push_main(self, message: str, *, by: str = "ada", first: bool = False) -> Self:
        sha = self._main = sha_of(message, by)
        self._fact(K.LANDED, f"commit:{sha}", by, sha=sha, message=message, pulls=[], parents=0 if first else 1)
        before = ZEROS if first else sha_of("main")
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
        name = author or ""
        sha = sha_of(branch, message, name, str(self.now))
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
            parent_shas=[self._branches[branch].tip],
            author_name=commit.get("name", name.title()),
            author_email=commit.get("email", f"{name}@example.com" if name else ""),
            author_known=commit.get("known", bool(name)),
            files=listed,
        )
        self.now = kept
        return sha

    def check(
        self, branch: str, *, name: str = "tests", conclusion: str = "success", merge_of: int = 0, by: str = "rita"
    ) -> Self:
        """A check of a branch's tip is over, or of the commit that the merge of a pull request made."""
        commit = sha_of("merge", str(merge_of)) if merge_of else self._branches[branch].tip
        url = f"{WEB}/commit/{commit}/checks"
        return self._fact(
            K.CHECK_COMPLETED, f"commit:{commit}", by, url=url, sha=commit, name=name, conclusion=conclusion, attempt=1
        )

    def protect(self, *, by: str = "rita", **rules: Any) -> Self:
        """How the default branch is protected, as it is seen; what is not given is off."""
        bare = {
            "branch": "main",
            "protected": bool(rules),
            "pull_requests": bool(rules),
            "reviews": 0,
            "dismiss_stale": False,
            "conversations": False,
            "checks": [],
            "up_to_date": False,
            "linear_history": False,
            "force_pushes": not rules,
            "deletions": not rules,
            "admins": False,
        }
        url = f"{WEB}/settings/branches"
        return self._fact(K.PROTECTION_SEEN, "branch:main", by, url=url, **{**bare, **rules})

    def _head(self, number: int, by: str) -> None:
        raise NotImplementedError
