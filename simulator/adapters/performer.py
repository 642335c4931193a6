"""Does actions: fills in their texts, finds the services' names of things, and asks Forge, Tracker and GitRemote.

Refuses what belongs to the run itself: notes, reviews to be decided, the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from simulator.adapters.fill import filled, issue_key, pull_number, sprint_id
from simulator.adapters.hints import Hints
from simulator.adapters.patience import Patience
from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound, RunError
from simulator.model import actions as do
from simulator.ports import Bindings, Forge, GitRemote, Tracker

logger = logging.getLogger(__name__)


class ServicePerformer:
    """Does actions on Jira, GitHub and git, each under its actor's account; a service that is not ready is asked again."""

    def __init__(
        self,
        *,
        forge: Forge,
        tracker: Tracker,
        git: GitRemote,
        hints: Hints,
        patience: Patience,
        stop: Event,
    ) -> None:
        self._forge = forge
        self._tracker = tracker
        self._git = git
        self._hints = hints
        self._patience = patience
        self._stop = stop

    def perform(self, action: do.Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        """Do one action and return the bindings it made; with `again`, take what an earlier attempt has made.

        Raises AdapterError (NotFound also for a reference that nothing is bound to); RunError for an action of the run itself.
        """
        perform = _WAYS.get(type(action))
        if perform is None:
            raise RunError(f"{type(action).__name__} is nothing that Jira, GitHub or git can do")
        ready = filled(action, bindings)
        self._hints.give_for(ready)
        return self._patience.keep_trying(
            lambda retried: perform(self, ready, bindings, again or retried), stop=self._stop
        )

    # --- setting up ---------------------------------------------------------------------------------------------

    # The repository's owner and name are those of the connection: a run may take place under another owner than the scenario's.
    def _create_repository(self, action: do.CreateRepository, _: Bindings, again: bool) -> Bindings:
        self._forge.create_repository(action.actor, description=action.description, private=action.private, again=again)
        seed = self._git.push_folder(action.actor, Path(action.starter), branch=action.branch, message=action.message)
        self._forge.set_default_branch(action.actor, action.branch)
        return {"seed": seed}

    def _add_collaborators(self, action: do.AddCollaborators, _: Bindings, _again: bool) -> Bindings:
        self._forge.add_collaborators(action.actor, action.permissions)
        return {}

    def _create_labels(self, action: do.CreateLabels, _: Bindings, _again: bool) -> Bindings:
        self._forge.create_labels(action.actor, action.labels)
        return {}

    def _protect_branch(self, action: do.ProtectBranch, _: Bindings, _again: bool) -> Bindings:
        self._forge.protect_branch(
            action.actor,
            action.branch,
            approvals=action.approvals,
            checks=action.checks,
            dismiss_stale=action.dismiss_stale,
            enforce_admins=action.enforce_admins,
        )
        return {}

    def _create_project(self, action: do.CreateProject, _: Bindings, again: bool) -> Bindings:
        board = self._tracker.create_project(
            action.actor,
            key=action.key,
            name=action.name,
            template=action.template,
            lead=action.lead or action.actor,
            again=again,
        )
        return {"board": board}

    def _create_issues(self, action: do.CreateIssues, bindings: Bindings, again: bool) -> Bindings:
        refs = {draft.ref for draft in action.issues}
        parents = {
            str(d.parent): issue_key(d.parent, bindings) for d in action.issues if d.parent and d.parent not in refs
        }
        made = self._tracker.create_issues(action.actor, action.issues, parents=parents, again=again)
        if action.sprint is not None:
            keys = [made[draft.ref] for draft in action.issues]
            try:
                self._tracker.move_issues(action.actor, keys, sprint_id(action.sprint, bindings))
            except AdapterError as exc:  # somebody closed or deleted the sprint; the issues are there and wanted
                if exc.retryable or isinstance(exc, AuthenticationFailed):
                    raise
                logger.warning("%s stay in the backlog: %s", ", ".join(keys), exc.what)
        return {f"issue:{ref}": key for ref, key in made.items()}

    def _create_sprint(self, action: do.CreateSprint, bindings: Bindings, again: bool) -> Bindings:
        board = bindings.get("board")
        if board is None:
            raise NotFound("there is no board for the sprint", service="the run", to_do="create the project first")
        keys = [issue_key(ref, bindings) for ref in action.issues]
        made = self._tracker.create_sprint(action.actor, board, action.sprint, again=again)
        self._tracker.move_issues(action.actor, keys, made)
        return {f"sprint:{action.sprint.ref}": made}

    def _start_sprint(self, action: do.StartSprint, bindings: Bindings, _again: bool) -> Bindings:
        self._tracker.start_sprint(action.actor, sprint_id(action.sprint, bindings))
        return {}

    def _close_sprint(self, action: do.CloseSprint, bindings: Bindings, _again: bool) -> Bindings:
        carry_to = None if action.carry_to is None else sprint_id(action.carry_to, bindings)
        self._tracker.close_sprint(action.actor, sprint_id(action.sprint, bindings), carry_to=carry_to)
        return {}

    # --- on issues ----------------------------------------------------------------------------------------------

    def _edit_issue(self, action: do.EditIssue, bindings: Bindings, _again: bool) -> Bindings:
        self._tracker.edit_issue(action.actor, issue_key(action.issue, bindings), action.changes)
        return {}

    def _comment_on_issue(self, action: do.CommentOnIssue, bindings: Bindings, again: bool) -> Bindings:
        self._tracker.comment(action.actor, issue_key(action.issue, bindings), action.body, again=again)
        return {}

    def _transition_issue(self, action: do.TransitionIssue, bindings: Bindings, _again: bool) -> Bindings:
        self._tracker.transition(action.actor, issue_key(action.issue, bindings), action.status)
        return {}

    def _assign_issue(self, action: do.AssignIssue, bindings: Bindings, _again: bool) -> Bindings:
        self._tracker.assign(action.actor, issue_key(action.issue, bindings), action.assignee)
        return {}

    def _rank_issue(self, action: do.RankIssue, bindings: Bindings, _again: bool) -> Bindings:
        before = issue_key(action.before, bindings)
        self._tracker.rank_before(action.actor, issue_key(action.issue, bindings), before)
        return {}

    def _move_issue(self, action: do.MoveIssue, bindings: Bindings, _again: bool) -> Bindings:
        to = None if action.sprint is None else sprint_id(action.sprint, bindings)
        self._tracker.move_issues(action.actor, [issue_key(action.issue, bindings)], to)
        return {}

    def _link_issues(self, action: do.LinkIssues, bindings: Bindings, again: bool) -> Bindings:
        other = issue_key(action.other, bindings)
        self._tracker.link(action.actor, issue_key(action.issue, bindings), action.link, other, again=again)
        return {}

    # --- on code ------------------------------------------------------------------------------------------------

    def _push_commit(self, action: do.PushCommit, _: Bindings, again: bool) -> Bindings:
        self._git.push_files(
            action.actor,
            action.files,
            branch=action.branch,
            base=action.base,
            message=action.message,
            force=action.force,
            again=again,
        )
        return {}

    def _delete_branch(self, action: do.DeleteBranch, _: Bindings, _again: bool) -> Bindings:
        self._forge.delete_branch(action.actor, action.branch)
        return {}

    def _open_pull_request(self, action: do.OpenPullRequest, _: Bindings, again: bool) -> Bindings:
        number = self._forge.open_pull(
            action.actor,
            branch=action.branch,
            base=action.base,
            title=action.title,
            body=action.body,
            draft=action.draft,
            again=again,
        )
        self._forge.request_reviews(action.actor, number, action.reviewers)
        return {f"pull:{action.ref}": str(number)}

    def _request_review(self, action: do.RequestReview, bindings: Bindings, _again: bool) -> Bindings:
        self._forge.request_reviews(action.actor, pull_number(action.pull, bindings), action.reviewers)
        return {}

    def _submit_review(self, action: do.SubmitReview, bindings: Bindings, again: bool) -> Bindings:
        self._forge.review(
            action.actor,
            pull_number(action.pull, bindings),
            verdict=action.verdict,
            body=action.body,
            remarks=action.remarks,
            again=again,
        )
        return {}

    def _comment_on_pull_request(self, action: do.CommentOnPullRequest, bindings: Bindings, again: bool) -> Bindings:
        self._forge.comment(action.actor, pull_number(action.pull, bindings), action.body, again=again)
        return {}

    def _edit_pull_request(self, action: do.EditPullRequest, bindings: Bindings, _again: bool) -> Bindings:
        number = pull_number(action.pull, bindings)
        self._forge.edit_pull(action.actor, number, title=action.title, body=action.body)
        return {}

    def _merge_pull_request(self, action: do.MergePullRequest, bindings: Bindings, _again: bool) -> Bindings:
        number = pull_number(action.pull, bindings)
        try:
            self._forge.merge(action.actor, number, method=action.method, title=action.title)
        except Conflict:
            if action.if_possible:
                return {}
            raise
        if action.delete_branch:
            self._forge.delete_branch(action.actor, self._forge.head_branch(action.actor, number))
        return {}

    def _close_pull_request(self, action: do.ClosePullRequest, bindings: Bindings, _again: bool) -> Bindings:
        self._forge.close_pull(action.actor, pull_number(action.pull, bindings))
        return {}

    def _report_check(self, action: do.ReportCheck, _: Bindings, again: bool) -> Bindings:
        self._forge.report_check(
            action.actor,
            action.branch,
            name=action.name,
            conclusion=action.conclusion,
            summary=action.summary,
            again=again,
        )
        return {}


_Way = Callable[[ServicePerformer, Any, Bindings, bool], Bindings]  # Any: each way takes its own kind of action

_WAYS: dict[type[do.Action], _Way] = {
    do.CreateRepository: ServicePerformer._create_repository,
    do.AddCollaborators: ServicePerformer._add_collaborators,
    do.CreateLabels: ServicePerformer._create_labels,
    do.ProtectBranch: ServicePerformer._protect_branch,
    do.CreateProject: ServicePerformer._create_project,
    do.CreateIssues: ServicePerformer._create_issues,
    do.CreateSprint: ServicePerformer._create_sprint,
    do.StartSprint: ServicePerformer._start_sprint,
    do.CloseSprint: ServicePerformer._close_sprint,
    do.EditIssue: ServicePerformer._edit_issue,
    do.CommentOnIssue: ServicePerformer._comment_on_issue,
    do.TransitionIssue: ServicePerformer._transition_issue,
    do.AssignIssue: ServicePerformer._assign_issue,
    do.RankIssue: ServicePerformer._rank_issue,
    do.MoveIssue: ServicePerformer._move_issue,
    do.LinkIssues: ServicePerformer._link_issues,
    do.PushCommit: ServicePerformer._push_commit,
    do.DeleteBranch: ServicePerformer._delete_branch,
    do.OpenPullRequest: ServicePerformer._open_pull_request,
    do.RequestReview: ServicePerformer._request_review,
    do.SubmitReview: ServicePerformer._submit_review,
    do.CommentOnPullRequest: ServicePerformer._comment_on_pull_request,
    do.EditPullRequest: ServicePerformer._edit_pull_request,
    do.MergePullRequest: ServicePerformer._merge_pull_request,
    do.ClosePullRequest: ServicePerformer._close_pull_request,
    do.ReportCheck: ServicePerformer._report_check,
}
