"""How pull requests are worked on: what each such action asks of GitHub."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.adapters.acting import Grounds, Way
from simulator.adapters.fill import pull_number
from simulator.errors import Conflict
from simulator.model import actions as do
from simulator.ports import Bindings, RemarkChoice


def _open_pull_request(on: Grounds, action: do.OpenPullRequest, _: Bindings, again: bool) -> Bindings:
    number = on.forge.open_pull(
        action.actor,
        branch=action.branch,
        base=action.base,
        title=action.title,
        body=action.body,
        draft=action.draft,
        again=again,
    )
    on.forge.request_reviews(action.actor, number, action.reviewers)
    return {f"pull:{action.ref}": str(number)}


def _request_review(on: Grounds, action: do.RequestReview, bindings: Bindings, _again: bool) -> Bindings:
    on.forge.request_reviews(action.actor, pull_number(action.pull, bindings), action.reviewers)
    return {}


def _submit_review(on: Grounds, action: do.SubmitReview, bindings: Bindings, again: bool) -> Bindings:
    on.forge.review(
        action.actor,
        pull_number(action.pull, bindings),
        verdict=action.verdict,
        body=action.body,
        remarks=action.remarks,
        head=action.head,
        again=again,
    )
    return {}


def _comment_on_pull_request(on: Grounds, action: do.CommentOnPullRequest, bindings: Bindings, again: bool) -> Bindings:
    on.forge.comment(action.actor, pull_number(action.pull, bindings), action.body, again=again)
    return {}


def _keep_comment(on: Grounds, action: do.KeepPullComment, _: Bindings, _again: bool) -> Bindings:
    on.forge.keep_comment(action.actor, action.pull, action.body, mark=action.mark)
    return {}


def _edit_pull_request(on: Grounds, action: do.EditPullRequest, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.edit_pull(action.actor, number, title=action.title, body=action.body)
    return {}


def _merge_pull_request(on: Grounds, action: do.MergePullRequest, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    try:
        on.forge.merge(action.actor, number, method=action.method, title=action.title)
    except Conflict:
        if action.if_possible:
            return {}
        raise
    if action.delete_branch:
        on.forge.delete_branch(action.actor, on.forge.head_branch(action.actor, number))
    return {}


def _close_pull_request(on: Grounds, action: do.ClosePullRequest, bindings: Bindings, _again: bool) -> Bindings:
    on.forge.close_pull(action.actor, pull_number(action.pull, bindings))
    return {}


def _reopen_pull_request(on: Grounds, action: do.ReopenPullRequest, bindings: Bindings, _again: bool) -> Bindings:
    on.forge.reopen_pull(action.actor, pull_number(action.pull, bindings))
    return {}


def _set_draft(on: Grounds, action: do.SetDraft, bindings: Bindings, _again: bool) -> Bindings:
    on.forge.set_draft(action.actor, pull_number(action.pull, bindings), draft=action.draft)
    return {}


def _reply_to_remark(on: Grounds, action: do.ReplyToRemark, bindings: Bindings, again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.reply(action.actor, number, _chosen(action), action.body, again=again)
    return {}


def _resolve_thread(on: Grounds, action: do.ResolveThread, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.settle_threads(action.actor, number, _chosen(action), resolved=action.resolved)
    return {}


def _dismiss_review(on: Grounds, action: do.DismissReview, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.dismiss_review(action.actor, number, of=action.of, message=action.message)
    return {}


def _withdraw_request(on: Grounds, action: do.WithdrawReviewRequest, bindings: Bindings, _again: bool) -> Bindings:
    on.forge.withdraw_reviews(action.actor, pull_number(action.pull, bindings), action.reviewers)
    return {}


def _label(on: Grounds, action: do.LabelPullRequest, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.label_pull(action.actor, number, add=action.add, remove=action.remove)
    return {}


def _assign(on: Grounds, action: do.AssignPullRequest, bindings: Bindings, _again: bool) -> Bindings:
    number = pull_number(action.pull, bindings)
    on.forge.assign_pull(action.actor, number, add=action.add, remove=action.remove)
    return {}


def _chosen(action: do.ReplyToRemark | do.ResolveThread) -> RemarkChoice:
    return RemarkChoice(number=action.remark, by=action.by, path=action.path, says=action.says)


WAYS: Mapping[type[do.Action], Way] = {
    do.OpenPullRequest: _open_pull_request,
    do.RequestReview: _request_review,
    do.SubmitReview: _submit_review,
    do.CommentOnPullRequest: _comment_on_pull_request,
    do.KeepPullComment: _keep_comment,
    do.EditPullRequest: _edit_pull_request,
    do.MergePullRequest: _merge_pull_request,
    do.ClosePullRequest: _close_pull_request,
    do.ReopenPullRequest: _reopen_pull_request,
    do.SetDraft: _set_draft,
    do.ReplyToRemark: _reply_to_remark,
    do.ResolveThread: _resolve_thread,
    do.DismissReview: _dismiss_review,
    do.WithdrawReviewRequest: _withdraw_request,
    do.LabelPullRequest: _label,
    do.AssignPullRequest: _assign,
}
