"""Conversations about lines of a pull request, by PyGithub: replying, resolving, opening again; and reviews dismissed.

Threads have no address in GitHub's REST API, only in GraphQL:
https://docs.github.com/en/graphql/reference/mutations#resolvereviewthread
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from github.PullRequest import PullRequest

from simulator.adapters.github_accounts import GithubAccounts
from simulator.errors import NotFound
from simulator.model.keys import SeatId
from simulator.ports import RemarkChoice
from simulator.scenario.expressions import finds

Json = Any
"""Whatever JSON the service sent."""

THREADS = """
query Threads($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          isResolved
          resolvedBy { login }
          comments(first: 1) { nodes { databaseId path body author { login } } }
          latest: comments(last: 1) { nodes { createdAt } }
        }
      }
    }
  }
}
"""
_MOST_THREADS = 2_000  # of a pull request
_LONGEST_READ = 5_000  # characters of a remark
_DECIDING = ("APPROVED", "CHANGES_REQUESTED")


class GithubThreads:
    """Answers in threads, settles them, dismisses reviews."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def reply(self, seat: SeatId, number: int, remark: RemarkChoice, body: str, *, again: bool = False) -> None:
        """Reply to a remark on a line, the last one of those meant. NotFound when there is none."""
        with self._asking(f"reading the remarks on the pull request {number}"):
            comments = [comment.raw_data for comment in self._pull(seat, number).get_review_comments()]
        firsts = [comment for comment in comments if not comment.get("in_reply_to_id")]
        meant = [c for c in firsts if self._is_meant(remark, _said(c["id"], c["path"], c["body"], c.get("user")))]
        if not meant:
            raise _nothing_meant(number, remark)
        first = meant[-1]["id"]
        mine = [c["body"] for c in comments if c.get("in_reply_to_id") == first and self._is(seat, c.get("user"))]
        if again and mine and mine[-1].strip() == body.strip():
            return
        with self._asking(f"replying on the pull request {number}"):
            self._pull(seat, number).create_review_comment_reply(first, body)

    def settle_threads(self, seat: SeatId, number: int, remarks: RemarkChoice, *, resolved: bool) -> None:
        """Resolve the threads of the remarks that are meant, or open them again. NotFound when there is none."""
        meant = [thread for thread in self._threads(seat, number) if self._is_meant(remarks, _first_of(thread))]
        if not meant:
            raise _nothing_meant(number, remarks)
        mutation = "resolveReviewThread" if resolved else "unresolveReviewThread"
        requester = self._accounts.client(seat).requester
        for thread in meant:
            if bool(thread["isResolved"]) != resolved:
                with self._asking(f"settling a thread of the pull request {number}"):
                    requester.graphql_named_mutation(mutation, {"threadId": thread["id"]}, "thread { isResolved }")

    def dismiss_review(self, seat: SeatId, number: int, *, of: SeatId, message: str) -> None:
        """Dismiss somebody's last approval or request for changes; one that is dismissed already is fine."""
        with self._asking(f"listing the reviews of the pull request {number}"):
            reviews = list(self._pull(seat, number).get_reviews())
        login = self._accounts.login(of).lower()
        theirs = [r for r in reviews if r.user.login.lower() == login and r.state in (*_DECIDING, "DISMISSED")]
        if not theirs:
            raise NotFound(f"{of} has not reviewed the pull request {number}", service="GitHub")
        if theirs[-1].state in _DECIDING:
            with self._asking(f"dismissing {of}'s review of the pull request {number}"):
                theirs[-1].dismiss(message)

    def _threads(self, seat: SeatId, number: int) -> list[Json]:
        return read_threads(self._accounts, seat, number)

    def _is_meant(self, choice: RemarkChoice, said: _Said) -> bool:
        number, path, body, login = said
        if choice.number:
            return number == choice.number
        by = None if choice.by is None else self._accounts.login(choice.by).lower()
        return (
            by in (None, login)
            and (not choice.path or fnmatchcase(path, choice.path))
            and (not choice.says or finds(choice.says, body[:_LONGEST_READ]))
        )

    def _is(self, seat: SeatId, user: Json) -> bool:
        return bool(user) and str(user["login"]).lower() == self._accounts.login(seat).lower()

    def _pull(self, seat: SeatId, number: int) -> PullRequest:
        return self._accounts.repository(seat).get_pull(number)


_Said = tuple[int, str, str, str]


def read_threads(accounts: GithubAccounts, seat: SeatId, number: int) -> list[Json]:
    """The threads of a pull request, as GraphQL gives them. Raises AdapterError."""
    variables = {"owner": accounts.services.owner, "name": accounts.services.repository, "number": number}
    found: list[Json] = []
    after: str | None = None
    while True:
        with accounts.asking(f"reading the threads of the pull request {number}"):
            _, answer = accounts.client(seat).requester.graphql_query(THREADS, {**variables, "after": after})
        page = answer["data"]["repository"]["pullRequest"]["reviewThreads"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"] or len(found) >= _MOST_THREADS:
            return found


def _first_of(thread: Json) -> _Said:
    nodes = thread["comments"]["nodes"]
    first: Json = nodes[0] if nodes else {}
    return _said(first.get("databaseId"), first.get("path"), first.get("body"), first.get("author"))


def _said(number: Json, path: Json, body: Json, user: Json) -> _Said:
    return int(number or 0), str(path or ""), str(body or ""), str((user or {}).get("login") or "").lower()


def _nothing_meant(number: int, choice: RemarkChoice) -> NotFound:
    wanted = [f"number {choice.number}" if choice.number else "", f"by {choice.by}" if choice.by else ""]
    wanted += [f"on {choice.path}" if choice.path else "", f"that says {choice.says}" if choice.says else ""]
    return NotFound(
        f"the pull request {number} has no remark {' '.join(filter(None, wanted))}".rstrip(), service="GitHub"
    )
