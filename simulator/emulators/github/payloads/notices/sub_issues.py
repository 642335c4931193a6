"""Event `sub_issues`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#sub_issues"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.payloads.notices.repositories import told_repository
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository, by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """Parent and sub-issue, and the repository of the one that the action is not about."""
    parent, child = notice.detail["parent"], notice.detail["child"]
    about_parent = notice.issue_id == parent.id
    other = _home(work, child if about_parent else parent)
    return {
        "parent_issue_id": parent.id,
        "parent_issue": issue_payload(replace(work, repository=_home(work, parent)), parent, urls),
        "sub_issue_id": child.id,
        "sub_issue": issue_payload(replace(work, repository=_home(work, child)), child, urls),
        "sub_issue_repo" if about_parent else "parent_issue_repo": told_repository(work, other, urls),
    }


def _home(work: Work, issue: Issue) -> Repository:
    if issue.repository_id == work.repository.id:
        return work.repository
    return by_id(work.connection, work.site, issue.repository_id) or work.repository
