"""How branches, checks and releases are worked on: what each such action asks of git and GitHub."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.adapters.acting import Grounds, Way
from simulator.model import actions as do
from simulator.ports import Bindings


def _push_commit(on: Grounds, action: do.PushCommit, _: Bindings, again: bool) -> Bindings:
    on.git.push_files(
        action.actor,
        action.files,
        branch=action.branch,
        base=action.base,
        message=action.message,
        force=action.force,
        merges=action.merges,
        again=again,
    )
    return {}


def _delete_branch(on: Grounds, action: do.DeleteBranch, _: Bindings, _again: bool) -> Bindings:
    on.forge.delete_branch(action.actor, action.branch)
    return {}


def _create_branch(on: Grounds, action: do.CreateBranch, _: Bindings, _again: bool) -> Bindings:
    on.git.push_branch(action.actor, branch=action.branch, base=action.base, commit=action.commit)
    return {}


def _rewrite_branch(on: Grounds, action: do.RewriteBranch, _: Bindings, again: bool) -> Bindings:
    on.git.rewrite(
        action.actor,
        action.commits,
        branch=action.branch,
        base=action.base,
        after=action.after,
        merging=action.merging,
        again=again,
    )
    return {}


def _report_check(on: Grounds, action: do.ReportCheck, _: Bindings, again: bool) -> Bindings:
    sha = action.sha or on.forge.tip(action.actor, action.branch)
    broken = on.git.broken(action.actor, sha, action.breaks) if action.breaks else None
    on.forge.report_check(
        action.actor,
        sha,
        name=action.name,
        conclusion="failure" if broken else action.conclusion,
        summary=(broken.log.strip().partition("\n")[0] if broken else action.summary),
        log=broken.log if broken else action.log,
        attempt=action.attempt,
        again=again,
    )
    return {}


def _rerun_check(on: Grounds, action: do.RerunCheck, _: Bindings, _again: bool) -> Bindings:
    on.forge.rerun_checks(action.actor, action.branch)
    return {}


def _publish_release(on: Grounds, action: do.PublishRelease, _: Bindings, _again: bool) -> Bindings:
    on.forge.publish_release(action.actor, action.tag, name=action.name, notes=action.notes, branch=action.branch)
    return {}


WAYS: Mapping[type[do.Action], Way] = {
    do.PushCommit: _push_commit,
    do.CreateBranch: _create_branch,
    do.RewriteBranch: _rewrite_branch,
    do.DeleteBranch: _delete_branch,
    do.ReportCheck: _report_check,
    do.RerunCheck: _rerun_check,
    do.PublishRelease: _publish_release,
}
