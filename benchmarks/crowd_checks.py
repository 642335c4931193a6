"""What has to be true when the crowd has gone, and after a kill."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import requests
from crowd_worker import Ledger
from serving import client, said_by_git


def check_numbers(ledger: Ledger) -> None:
    """No number is missing between the first and the last."""
    given = sorted([*ledger.issues, *ledger.pulls])
    if given != list(range(1, len(given) + 1)):
        missing = sorted(set(range(1, max(given) + 1)) - set(given))
        ledger.fault(f"numbers were lost: {missing[:20]}")


def check_answers(ledger: Ledger, url: str) -> None:
    """Everything that was answered is there."""
    root = f"{url}/github/api/v3/repos/alice/payments"
    with client() as session:
        session.headers["Authorization"] = "token alice-token"
        listed = {each["number"]: each for each in _all(session, f"{root}/issues?state=all")}
        comments = {each["id"]: each for each in _all(session, f"{root}/issues/comments")}
        merged = {each["number"]: each for each in _all(session, f"{root}/pulls?state=closed") if each["merged_at"]}
        made = session.post(f"{root}/issues", json={"title": "After the kill"})
        if made.status_code != 201 or made.json()["number"] <= max(listed):
            ledger.fault(f"the first issue after the kill: {made.status_code} {made.text[:200]}")
    _check_issues(ledger, listed)
    _check_comments(ledger, listed, comments)
    for number, sha in ledger.merges.items():
        if merged.get(number, {}).get("merge_commit_sha") != sha:
            ledger.fault(f"the merge of #{number} is not there")


def _check_issues(ledger: Ledger, listed: dict[int, dict[str, Any]]) -> None:
    for number, title in [*ledger.issues.items(), *ledger.pulls.items()]:
        if listed.get(number, {}).get("title") != title:
            ledger.fault(f"#{number} {title!r} is not there")
    for number, name in ledger.labels:
        if name not in [label["name"] for label in listed.get(number, {}).get("labels", [])]:
            ledger.fault(f"the label {name} of #{number} is not there")


def _check_comments(ledger: Ledger, listed: dict[int, dict[str, Any]], comments: dict[int, dict[str, Any]]) -> None:
    for comment_id, number in ledger.comments.items():
        if not comments.get(comment_id, {}).get("issue_url", "").endswith(f"/issues/{number}"):
            ledger.fault(f"comment {comment_id} of #{number} is not there")
    there = Counter(int(comment["issue_url"].rpartition("/")[2]) for comment in comments.values())
    for number, issue in listed.items():
        if issue["comments"] != there[number]:
            ledger.fault(f"#{number} says {issue['comments']} comments and has {there[number]}")


def _all(session: requests.Session, url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    address: str | None = f"{url}{'&' if '?' in url else '?'}per_page=100"
    while address:
        reply = session.get(address)
        reply.raise_for_status()
        found += reply.json()
        address = reply.links.get("next", {}).get("url")
    return found


def check_repository(ledger: Ledger, repository: Path) -> None:
    """git finds nothing wrong, and has all that was answered."""
    checked = said_by_git("fsck", "--strict", "--no-dangling", inside=repository)
    if checked.returncode or checked.stderr.strip() or "missing" in checked.stdout:
        ledger.fault(f"git fsck: {checked.stdout[-300:]}{checked.stderr[-300:]}")
    commits = set(said_by_git("rev-list", "main", inside=repository).stdout.split())
    for number, sha in ledger.merges.items():
        if sha not in commits:
            ledger.fault(f"main does not have the merge of #{number}")
    listed = said_by_git(
        "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads", inside=repository
    ).stdout
    tips = dict(line.split(" ") for line in listed.splitlines())
    for branch, sha in ledger.branches.items():
        if said_by_git("merge-base", "--is-ancestor", sha, tips.get(branch, ""), inside=repository).returncode:
            ledger.fault(f"the push to {branch} is not there")
    for (branch, path), sha in ledger.files.items():
        if said_by_git("rev-parse", f"{tips.get(branch, 'gone')}:{path}", inside=repository).stdout.strip() != sha:
            ledger.fault(f"{path} on {branch} is not there")
