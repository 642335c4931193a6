"""How issues are worked on: what each such action asks of Jira."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.adapters.acting import Grounds, Way
from simulator.adapters.fill import issue_key, sprint_id
from simulator.model import actions as do
from simulator.ports import Bindings


def _edit_issue(on: Grounds, action: do.EditIssue, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.edit_issue(action.actor, issue_key(action.issue, bindings), action.changes)
    return {}


def _comment_on_issue(on: Grounds, action: do.CommentOnIssue, bindings: Bindings, again: bool) -> Bindings:
    on.tracker.comment(action.actor, issue_key(action.issue, bindings), action.body, again=again)
    return {}


def _keep_comment(on: Grounds, action: do.KeepIssueComment, _: Bindings, _again: bool) -> Bindings:
    on.tracker.keep_comment(action.actor, action.issue, action.body, mark=action.mark)
    return {}


def _transition_issue(on: Grounds, action: do.TransitionIssue, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.transition(action.actor, issue_key(action.issue, bindings), action.status)
    return {}


def _assign_issue(on: Grounds, action: do.AssignIssue, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.assign(action.actor, issue_key(action.issue, bindings), action.assignee)
    return {}


def _rank_issue(on: Grounds, action: do.RankIssue, bindings: Bindings, _again: bool) -> Bindings:
    key = issue_key(action.issue, bindings)
    if action.before is not None:
        on.tracker.rank_before(action.actor, key, issue_key(action.before, bindings))
    if action.after is not None:
        on.tracker.rank_after(action.actor, key, issue_key(action.after, bindings))
    return {}


def _move_issue(on: Grounds, action: do.MoveIssue, bindings: Bindings, _again: bool) -> Bindings:
    to = None if action.sprint is None else sprint_id(action.sprint, bindings)
    on.tracker.move_issues(action.actor, [issue_key(action.issue, bindings)], to)
    return {}


def _link_issues(on: Grounds, action: do.LinkIssues, bindings: Bindings, again: bool) -> Bindings:
    other = issue_key(action.other, bindings)
    on.tracker.link(action.actor, issue_key(action.issue, bindings), action.link, other, again=again)
    return {}


def _unlink_issues(on: Grounds, action: do.UnlinkIssues, bindings: Bindings, _again: bool) -> Bindings:
    other = issue_key(action.other, bindings)
    on.tracker.unlink(action.actor, issue_key(action.issue, bindings), action.link, other)
    return {}


def _watch_issue(on: Grounds, action: do.WatchIssue, bindings: Bindings, _again: bool) -> Bindings:
    on.tracker.watch(action.actor, issue_key(action.issue, bindings), watching=action.watching)
    return {}


def _log_work(on: Grounds, action: do.LogWork, bindings: Bindings, again: bool) -> Bindings:
    key = issue_key(action.issue, bindings)
    on.tracker.log_work(action.actor, key, spent_s=action.spent_s, text=action.text, again=again)
    return {}


WAYS: Mapping[type[do.Action], Way] = {
    do.EditIssue: _edit_issue,
    do.CommentOnIssue: _comment_on_issue,
    do.KeepIssueComment: _keep_comment,
    do.TransitionIssue: _transition_issue,
    do.AssignIssue: _assign_issue,
    do.RankIssue: _rank_issue,
    do.MoveIssue: _move_issue,
    do.LinkIssues: _link_issues,
    do.UnlinkIssues: _unlink_issues,
    do.WatchIssue: _watch_issue,
    do.LogWork: _log_work,
}
