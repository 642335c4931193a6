"""What is told of pull requests: their words, reviews, conversations, merges."""

from __future__ import annotations

from typing import Any, Self

from simulator.model.facts import FactKind
from simulator.testing.story.code import OnBranches
from simulator.testing.story.telling import WEB, K, sha_of


class OnPullRequests(OnBranches):
    """Pull requests."""

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

    def draft(self, pull: int, *, by: str = "ada") -> Self:
        """It is turned into a draft."""
        return self._pull_fact(K.PULL_REQUEST_DRAFTED, pull, by)

    def describe_pull(self, pull: int, *, body: str, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_EDITED, pull, by, title=None, body=body)

    def rebase_onto(self, pull: int, *, base: str, by: str = "ada") -> Self:
        """Its base is another branch from now on."""
        return self._pull_fact(K.PULL_REQUEST_EDITED, pull, by, title=None, body=None, base=base)

    def label_pull(self, pull: int, *, label: str, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_LABELLED, pull, by, label=label)

    def unlabel_pull(self, pull: int, *, label: str, by: str = "ada") -> Self:
        return self._pull_fact(K.PULL_REQUEST_UNLABELLED, pull, by, label=label)

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
        """A review of the head as it is; `name` is how a later step calls it."""
        sha = self._branches[self._pulls[pull]].tip if pull in self._pulls else ""
        detail = {"id": name or str(len(self.facts)), "state": state, "body": body, "commit_sha": sha}
        return self._pull_fact(K.REVIEW_SUBMITTED, pull, by, **detail)

    def dismiss(self, pull: int, *, name: str, message: str = "", by_push: bool = False, by: str = "ada") -> Self:
        """A review is dismissed; with `by_push` the branch's protection did it."""
        pushed = {"by_push": True} if by_push else {}
        return self._pull_fact(K.REVIEW_DISMISSED, pull, by, id=name, message=message, **pushed)

    def thread(
        self,
        pull: int,
        *,
        name: str,
        body: str = "Why is that?",
        path: str = "payments/api.py",
        line: int = 1,
        review: str = "",
        by: str = "rita",
    ) -> Self:
        """A remark on a line begins a conversation; `name` is how a reply or a resolution calls it."""
        detail = {"id": name, "review_id": review, "path": path, "line": line, "body": body, "in_reply_to": None}
        return self._pull_fact(K.REVIEW_COMMENTED, pull, by, **detail)

    def reply(self, pull: int, *, to: str, body: str = "Done", by: str = "ada") -> Self:
        """An answer in the conversation that a remark began."""
        detail = {"id": f"{to}/{len(self.facts)}", "review_id": "", "path": "payments/api.py", "line": 1}
        return self._pull_fact(K.REVIEW_COMMENTED, pull, by, body=body, in_reply_to=to, **detail)

    def settle(self, pull: int, *, remark: str, resolved: bool = True, by: str = "ada") -> Self:
        """A conversation is resolved, or opened again."""
        kind = K.THREAD_RESOLVED if resolved else K.THREAD_REOPENED
        return self._pull_fact(kind, pull, by, remark=remark, path="payments/api.py")

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
        sha = sha_of("merge", str(pull))
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

    def _pull_fact(self, kind: FactKind, number: int, by: str, **detail: Any) -> Self:
        return self._fact(kind, f"pull:{number}", by, url=f"{WEB}/pull/{number}", **detail)
