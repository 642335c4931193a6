"""What is done to pull requests, by PyGithub.

Refuses to judge a review: it only sees to it that GitHub takes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from github.GithubObject import NotSet
from github.PullRequest import PullRequest, ReviewComment

from simulator.adapters.diff_lines import line_of
from simulator.adapters.github_accounts import GithubAccounts
from simulator.errors import Conflict
from simulator.model.code import MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.diff_lines import shown_lines
from simulator.model.keys import SeatId

_STATE_OF = {
    ReviewVerdict.APPROVE: "APPROVED",
    ReviewVerdict.REQUEST_CHANGES: "CHANGES_REQUESTED",
    ReviewVerdict.COMMENT: "COMMENTED",
}


class GithubPulls:
    """Opens, reviews, comments and merges pull requests."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def open_pull(
        self, seat: SeatId, *, branch: str, base: str, title: str, body: str, draft: bool, again: bool = False
    ) -> int:
        """Open a pull request and return its number."""
        if again:
            with self._asking("looking for the pull request"):
                head = f"{self._accounts.services.owner}:{branch}"
                found = self._accounts.repository(seat).get_pulls(state="all", head=head, base=base)
                mine = [pull.number for pull in found if pull.user.login.lower() == self._login(seat)]
            if mine:
                return max(mine)
        with self._asking(f"opening a pull request from {branch}"):
            made = self._accounts.repository(seat).create_pull(
                base=base, head=branch, title=title, body=body, draft=draft
            )
            return made.number

    def request_reviews(self, seat: SeatId, number: int, reviewers: Sequence[SeatId]) -> None:
        """Ask people to review a pull request."""
        logins = [self._accounts.login(reviewer) for reviewer in reviewers]
        if logins:
            with self._asking(f"asking {', '.join(logins)} for a review"):
                self._pull(seat, number).create_review_request(reviewers=list(logins))

    def review(
        self,
        seat: SeatId,
        number: int,
        *,
        verdict: ReviewVerdict,
        body: str,
        remarks: Sequence[ReviewRemark],
        head: str = "",
        again: bool = False,
    ) -> None:
        """Review a pull request, if `head` (when given) is its tip still; remarks on lines outside the diff go into the body."""
        if again and self._has_review(seat, number, verdict, body):
            return
        if (
            head and self._tip(seat, number) != head
        ):  # pushed to a moment ago: what was read is not what would be approved
            return
        placed, others = self._placed(seat, number, remarks) if remarks else ([], [])
        doing = f"reviewing the pull request {number}"
        try:
            with self._asking(doing):
                self._submit(seat, number, verdict, _with_remarks(body, others), placed)
        except Conflict:
            # GitHub answers 422 when it cannot resolve a line, for all remarks at once.
            if not placed:
                raise
            with self._asking(doing):
                self._submit(seat, number, verdict, _with_remarks(body, remarks), [])

    def comment(self, seat: SeatId, number: int, body: str, *, again: bool = False) -> None:
        """Comment on the conversation of a pull request."""
        with self._asking(f"commenting on the pull request {number}"):
            issue = self._accounts.repository(seat).get_issue(number)
            if again:
                mine = [c.body for c in issue.get_comments() if c.user.login.lower() == self._login(seat)]
                if mine and mine[-1].strip() == body.strip():
                    return
            issue.create_comment(body)

    def keep_comment(self, seat: SeatId, number: int, body: str, *, mark: str) -> None:
        """Have one comment of the seat's on a pull request that begins with `mark`: new words for it, or a first one."""
        with self._asking(f"commenting on the pull request {number}"):
            issue = self._accounts.repository(seat).get_issue(number)
            mine = (c for c in issue.get_comments() if c.user and c.user.login.lower() == self._login(seat))
            kept = next((comment for comment in mine if (comment.body or "").startswith(mark)), None)
            if kept is None:
                issue.create_comment(body)
            elif kept.body.strip() != body.strip():
                kept.edit(body)

    def edit_pull(self, seat: SeatId, number: int, *, title: str | None, body: str | None) -> None:
        """Change title or body of a pull request; None leaves it alone."""
        with self._asking(f"editing the pull request {number}"):
            self._pull(seat, number).edit(
                title=NotSet if title is None else title, body=NotSet if body is None else body
            )

    def merge(self, seat: SeatId, number: int, *, method: MergeMethod, title: str | None) -> None:
        """Merge a pull request; one that is merged already is fine. Conflict when the service refuses."""
        words = NotSet if title is None or method is MergeMethod.REBASE else title
        try:
            with self._asking(f"merging the pull request {number}"):
                self._pull(seat, number).merge(merge_method=str(method), commit_title=words)
        except Conflict:
            with self._asking(f"looking at the pull request {number}"):
                if not self._pull(seat, number).is_merged():
                    raise

    def head_branch(self, seat: SeatId, number: int) -> str:
        """Name of the branch a pull request comes from."""
        with self._asking(f"looking at the pull request {number}"):
            return self._pull(seat, number).head.ref

    def close_pull(self, seat: SeatId, number: int) -> None:
        """Close a pull request without merging it."""
        with self._asking(f"closing the pull request {number}"):
            self._pull(seat, number).edit(state="closed")

    def _submit(
        self, seat: SeatId, number: int, verdict: ReviewVerdict, body: str, placed: list[ReviewComment]
    ) -> None:
        self._pull(seat, number).create_review(body=body, event=str(verdict), comments=placed)

    def _placed(
        self, seat: SeatId, number: int, remarks: Sequence[ReviewRemark]
    ) -> tuple[list[ReviewComment], list[ReviewRemark]]:
        """Remarks on lines that the diff shows, as GitHub wants them, and the others."""
        with self._asking(f"reading the diff of the pull request {number}"):
            patches = {file.filename: file.patch for file in self._pull(seat, number).get_files()}
        shown = {path: shown_lines(patch) for path, patch in patches.items()}
        looked_up = [_looked_up(remark, patches) for remark in remarks]
        inside = [remark for remark in looked_up if remark.line in shown.get(remark.path, ())]
        placed: list[ReviewComment] = [
            {"path": remark.path, "line": remark.line, "side": "RIGHT", "body": remark.body} for remark in inside
        ]
        others = (remark for remark in looked_up if remark not in inside)
        return placed, [r for r in others if r.line or not (r.find and r.only_if_found)]

    def _has_review(self, seat: SeatId, number: int, verdict: ReviewVerdict, body: str) -> bool:
        with self._asking(f"listing the reviews of the pull request {number}"):
            pull = self._pull(seat, number)
            mine = [review for review in pull.get_reviews() if review.user.login.lower() == self._login(seat)]
            states = (_STATE_OF[verdict], "DISMISSED")
            return bool(mine) and mine[-1].state in states and (mine[-1].body or "").startswith(body.strip())

    def _tip(self, seat: SeatId, number: int) -> str:
        with self._asking(f"looking at the pull request {number}"):
            return self._pull(seat, number).head.sha

    def _pull(self, seat: SeatId, number: int) -> PullRequest:
        return self._accounts.repository(seat).get_pull(number)

    def _login(self, seat: SeatId) -> str:
        return self._accounts.login(seat).lower()


def _looked_up(remark: ReviewRemark, patches: Mapping[str, str | None]) -> ReviewRemark:
    """The remark on the line in which its text is found; without a line, on a file that fits, when the diff has no such text."""
    if not remark.find:
        return remark
    fitting = [path for path in patches if fnmatchcase(path, remark.path)]
    for path in fitting:
        line = line_of(patches[path], remark.find)
        if line is not None:
            return replace(remark, path=path, line=line)
    return replace(remark, path=next(iter(fitting), ""), line=0)


def _with_remarks(body: str, remarks: Sequence[ReviewRemark]) -> str:
    lines = [f"{_place_of(remark)}: {remark.body}" if remark.path else remark.body for remark in remarks]
    return "\n\n".join(filter(None, [body, *lines]))


def _place_of(remark: ReviewRemark) -> str:
    return f"`{remark.path}`, line {remark.line}" if remark.line else f"`{remark.path}`"
