"""What relates issues to one another and to people, by the jira client: links, ranks, watchers, logged work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.adapters.jira_accounts import JiraAccounts
from simulator.errors import NotFound
from simulator.model.keys import IssueKey, SeatId


class JiraLinks:
    """Links and ranks issues, watches them, logs work on them."""

    def __init__(self, accounts: JiraAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def rank_before(self, seat: SeatId, key: IssueKey, before: IssueKey) -> None:
        """Rank an issue before another one."""
        with self._asking(f"ranking {key} before {before}"):
            self._accounts.client(seat).rank(key, next_issue=before)

    def rank_after(self, seat: SeatId, key: IssueKey, after: IssueKey) -> None:
        """Rank an issue after another one."""
        with self._asking(f"ranking {key} after {after}"):
            self._accounts.client(seat).rank(key, prev_issue=after)

    def link(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey, *, again: bool = False) -> None:
        """Link two issues: `key` <words> `other`, the words being a link type's outward or inward ones, or its name."""
        name, doer, done_to = self._meant(seat, key, words, other)
        if again and self._are_linked(seat, name, doer, done_to):
            return
        # "A blocks B" is inwardIssue A and outwardIssue B, however odd:
        # https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-issue-links/
        with self._asking(f"linking {key} and {other}"):
            self._accounts.client(seat).create_issue_link(name, inwardIssue=doer, outwardIssue=done_to)

    def unlink(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey) -> None:
        """Take such a link away; none is fine."""
        name, doer, done_to = self._meant(seat, key, words, other)
        for link in self._links(seat, doer):
            if link["type"]["name"] == name and (link.get("outwardIssue") or {}).get("key") == done_to:
                with self._asking(f"unlinking {key} and {other}"):
                    self._accounts.client(seat).delete_issue_link(link["id"])

    def watch(self, seat: SeatId, key: IssueKey, *, watching: bool) -> None:
        """Watch an issue, or no longer."""
        client, me = self._accounts.client(seat), self._accounts.account_id(seat)
        with self._asking(f"watching {key}" if watching else f"watching {key} no longer"):
            if watching:
                client.add_watcher(key, me)
            else:  # the client names people as Jira Data Center does
                self._accounts.send(seat, "DELETE", f"/rest/api/2/issue/{key}/watchers", params={"accountId": me})

    def log_work(self, seat: SeatId, key: IssueKey, *, spent_s: int, text: str, again: bool = False) -> None:
        """Log time on an issue, in seconds."""
        client, me = self._accounts.client(seat), self._accounts.account_id(seat)
        if again:
            with self._asking(f"reading the work on {key}"):
                logged = [entry.raw or {} for entry in client.worklogs(key)]
            mine = [entry for entry in logged if entry["author"].get("accountId") == me]
            if mine and (mine[-1]["timeSpentSeconds"], (mine[-1].get("comment") or "").strip()) == (spent_s, text):
                return
        body: dict[str, Any] = {"timeSpentSeconds": spent_s, **({"comment": text} if text else {})}
        with self._asking(f"logging work on {key}"):
            self._accounts.send(seat, "POST", f"/rest/api/2/issue/{key}/worklog", body)

    def _meant(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey) -> tuple[str, IssueKey, IssueKey]:
        """Name of the link type that the words mean, the issue that does it, and the one it is done to."""
        with self._asking("listing the link types"):
            types = self._accounts.client(seat).issue_link_types()
        found = _link(words, key, other, types)
        if found is None:
            known = ", ".join(sorted({t.outward for t in types} | {t.inward for t in types}))
            raise NotFound(f"Jira has no link {words!r}", service="Jira", to_do=f"it has: {known}")
        return found

    def _links(self, seat: SeatId, key: IssueKey) -> list[dict[str, Any]]:
        with self._asking(f"reading the links of {key}"):
            issue = self._accounts.client(seat).issue(key, fields="issuelinks")
        return list((issue.raw or {})["fields"].get("issuelinks", []))

    def _are_linked(self, seat: SeatId, name: str, doer: IssueKey, done_to: IssueKey) -> bool:
        return any(
            link["type"]["name"] == name and (link.get("outwardIssue") or {}).get("key") == done_to
            for link in self._links(seat, doer)
        )


def _link(words: str, key: IssueKey, other: IssueKey, types: Sequence[Any]) -> tuple[str, IssueKey, IssueKey] | None:
    """Name of the link type, the issue that does it, and the one it is done to."""
    for kind in types:
        if words.lower() in (kind.outward.lower(), kind.name.lower()):
            return kind.name, key, other
        if words.lower() == kind.inward.lower():
            return kind.name, other, key
    return None
