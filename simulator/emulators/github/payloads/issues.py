"""Issues, and pull requests as issues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.payloads.milestones import milestone_payload
from simulator.emulators.github.payloads.reactions import reaction_sums
from simulator.emulators.github.payloads.users import maybe_user, node_id, simple_user
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.surroundings import Surroundings, surroundings_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def issue_payload(place: Place, issue: Issue, urls: Urls, *, new: bool = False, bare: bool = False) -> dict[str, Any]:
    """One issue; a `new` or `bare` one needs fewer questions, see `surroundings_of`."""
    return _issue(place.repository, issue, surroundings_of(place, [issue], new=new, bare=bare), urls)


def issue_payloads(place: Place, issues: Sequence[Issue], urls: Urls) -> list[dict[str, Any]]:
    """Issues of one repository."""
    around = surroundings_of(place, issues)
    return [_issue(place.repository, issue, around, urls) for issue in issues]


def shared_part(repository: Repository, issue: Issue, around: Surroundings, urls: Urls) -> dict[str, Any]:
    """What bodies of issues and of pull requests have in common."""
    assignees = [simple_user(person, urls) for person in around.assigned_to(issue.id)]
    return {
        "id": issue.id,
        "number": issue.number,
        "state": issue.state,
        "locked": issue.locked,
        "active_lock_reason": issue.lock_reason,
        "title": issue.title,
        "body": issue.body,
        "user": maybe_user(around.people.get(issue.author_id), urls),
        "labels": [label_payload(repository, label, urls) for label in around.labels.get(issue.id, ())],
        "assignee": assignees[0] if assignees else None,
        "assignees": assignees,
        "milestone": _milestone(repository, issue, around, urls),
        "created_at": stamp_seconds(issue.created_at),
        "updated_at": stamp_seconds(issue.updated_at),
        "closed_at": stamp_seconds(issue.closed_at),
        "author_association": around.people.association(issue.author_id),
    }


def _issue(repository: Repository, issue: Issue, around: Surroundings, urls: Urls) -> dict[str, Any]:
    url = urls.api(f"{repository.path}/issues/{issue.number}")
    kind = "pull" if issue.is_pull else "issues"
    body = {
        "url": url,
        "repository_url": urls.api(repository.path),
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": urls.html(f"/{repository.full_name}/{kind}/{issue.number}"),
        "node_id": node_id("PullRequest" if issue.is_pull else "Issue", issue.id),
        **shared_part(repository, issue, around, urls),
        "comments": issue.comments,
        "closed_by": maybe_user(around.people.get(issue.closed_by_id), urls),
        "reactions": reaction_sums(url, around.reactions.get(issue.id)),
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": None,
        "state_reason": issue.state_reason,
    }
    if issue.is_pull:
        return body | _pull_part(repository, issue, around, urls)
    return body | {
        **_family(issue, around, urls),
        "type": None,
        "pinned_comment": None,
        "issue_dependencies_summary": {"blocked_by": 0, "total_blocked_by": 0, "blocking": 0, "total_blocking": 0},
    }


def _milestone(repository: Repository, issue: Issue, around: Surroundings, urls: Urls) -> dict[str, Any] | None:
    milestone = around.milestones.get(issue.milestone_id or 0)
    if milestone is None:
        return None
    return milestone_payload(repository, milestone, around.people.get(milestone.creator_id), urls)


def _family(issue: Issue, around: Surroundings, urls: Urls) -> dict[str, Any]:
    total, done = around.sub_issues.get(issue.id, (0, 0))
    percent = 100 * done // total if total else 0
    parent = around.parents.get(issue.id)
    return {
        "sub_issues_summary": {"total": total, "completed": done, "percent_completed": percent},
        **({"parent_issue_url": urls.api(f"/repos/{parent.full_name}/issues/{parent.number}")} if parent else {}),
    }


def _pull_part(repository: Repository, issue: Issue, around: Surroundings, urls: Urls) -> dict[str, Any]:
    row = around.pulls[issue.id].row
    html = urls.html(f"/{repository.full_name}/pull/{issue.number}")
    return {
        "draft": row.draft,
        "pull_request": {
            "url": urls.api(f"{repository.path}/pulls/{issue.number}"),
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            "merged_at": stamp_seconds(row.merged_at),
        },
    }
