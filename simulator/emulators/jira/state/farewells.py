"""What webhooks are told of things that are about to go: read and matched while they are still there."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.jira.fields import VALUE_IDS
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.context import Context, Notice
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.webhook_filters import concerned, viewers
from simulator.emulators.jira.state.webhooks import listening_to

_DELETED = "jira:issue_deleted"


def tell_deleted(context: Context, issues: Sequence[Issue]) -> None:
    """Note down that these issues are deleted, for the webhooks that want to know."""
    hooks = listening_to(context, [_DELETED])
    if not hooks:
        return
    for issue in issues:
        told = concerned(context, hooks, Notice(event=_DELETED, by=context.account, issue_id=issue.id))
        for viewer, own in viewers(context, told):
            bundle = read_bundle(viewer, [issue], fields=VALUE_IDS)
            context.tell(_DELETED, issue.id, told=own, issue=issue, bundle=bundle)
