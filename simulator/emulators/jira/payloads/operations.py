"""What the caller can do with an issue, as the links of its page: `expand=operations`."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.configuration import Transition
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permissions import may

_LINKS = (
    # permission, id, label, title, page
    ("EDIT_ISSUES", "edit-issue", "Edit", "Edit this issue", "EditIssue!default.jspa"),
    ("ADD_COMMENTS", "comment-issue", "Add comment", "Comment on this issue", "AddComment!default.jspa"),
    ("ASSIGN_ISSUES", "assign-issue", "Assign", "Assign this issue to someone", "AssignIssue!default.jspa"),
    ("DELETE_ISSUES", "delete-issue", "Delete", "Delete this issue", "DeleteIssue!default.jspa"),
)


def operations(session: Session, issue: Issue, steps: Sequence[Transition]) -> Json:
    """The groups of links that the caller's permissions leave."""
    context = session.context
    found = [
        _group(f"{name}_container", weight, [_link(issue, name, label, title, page)])
        for weight, (permission, name, label, title, page) in enumerate(_LINKS, start=1)
        if may(context, permission, issue=issue)
    ]
    if may(context, "TRANSITION_ISSUES", issue=issue):
        links = [
            _link(issue, f"action_id_{step.id}", step.name, step.name, f"WorkflowUIDispatcher.jspa?action={step.id}")
            for step in steps
        ]
        found.append(_group("transitions-all", len(_LINKS) + 1, links))
    return {"linkGroups": [{"id": "view.issue.opsbar", "links": [], "groups": found}]}


def _group(name: str, weight: int, links: list[Json]) -> Json:
    return {"id": name, "weight": weight, "links": links, "groups": []}


def _link(issue: Issue, name: str, label: str, title: str, page: str) -> Json:
    href = f"/secure/{page}{'&' if '?' in page else '?'}id={issue.id}"
    return {"id": name, "styleClass": f"issueaction-{name}", "label": label, "title": title, "href": href}
