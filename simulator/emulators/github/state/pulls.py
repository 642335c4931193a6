"""Opening and editing pull requests. Following their branches is in `following.py`, merging in `merges.py`."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.emulators.github.errors import FieldError, ValidationFailed, invalid
from simulator.emulators.github.state import auto_merge, changes, code_owners, events, heads, issues, pull_refs
from simulator.emulators.github.state.following import note_commits
from simulator.emulators.github.state.heads import Head
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import (
    Pull,
    PullRow,
    add_pull,
    change_pull,
    open_pull_between,
    pull_by_id,
)
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history


@dataclass(frozen=True, slots=True, kw_only=True)
class PullDraft:
    """What a new pull request is to be. `head` is a branch name, with or without `owner:` before it.

    `head_repo` is the name of the head's repository, for an owner who has several of the network.
    """

    title: str
    body: str | None
    head: str
    base: str
    draft: bool = False
    maintainer_can_modify: bool = False
    head_repo: str | None = None


def open_pull(work: Work, wanted: PullDraft) -> tuple[Pull, bool]:
    """Open a pull request, also from a fork; says too whether what it changes has owners, who are asked to review it.

    Raises ValidationFailed when there is nothing to merge, no such branch, one open already, or when the head is not the
    actor's to offer.
    """
    head = heads.head_named(work, work.actor, wanted.head, repository=wanted.head_repo)
    if head is not None and not allows(permission_of(work.connection, head.repository, work.actor), "push"):
        # docs.github.com/en/rest/pulls/pulls#create-a-pull-request: write access to the head branch is needed
        raise _custom("must be a collaborator")
    base_sha = changes.tip(work, wanted.base)
    head_sha = heads.tip_of(work, head) if head else None
    if head is None or head_sha is None:
        raise _invalid("head")
    if base_sha is None:
        raise _invalid("base")
    _check_pair(work, head, head_sha, wanted.base, base_sha)
    issue = issues.create_issue(work, title=wanted.title, body=wanted.body, is_pull=True)
    row = PullRow(
        id=issue.id,
        repository_id=work.repository.id,
        number=issue.number,
        head_repository_id=head.repository.id,
        head_owner_id=head.repository.owner_id,
        head_ref=head.branch,
        head_sha=head_sha,
        base_ref=wanted.base,
        base_sha=base_sha,
        draft=wanted.draft,
        maintainer_can_modify=wanted.maintainer_can_modify and head.repository.id != work.repository.id,
        merged_at=None,
        merged_by_id=None,
        merge_commit_sha=None,
        auto_merge=None,
    )
    add_pull(work, row)
    pull = Pull(issue=issue, row=row)
    pull_refs.keep_head(work, pull.number, head_sha)
    note_commits(work, pull, base=base_sha)
    work.tell("pull_request", "opened", pull.id, made=pull)
    has_owners = not pull.row.draft and code_owners.request_owners(work, pull, base=base_sha)
    return (pull_by_id(work, pull.id) if has_owners else pull), has_owners


def change_base(work: Work, pull: Pull, base: str) -> None:
    """Let an open pull request go into another branch. Raises ValidationFailed as opening it would."""
    if base == pull.row.base_ref:
        return
    base_sha = changes.tip(work, base)
    if base_sha is None:
        raise _invalid("base")
    if not pull.is_open:
        raise _custom("Cannot change the base branch of a closed pull request.", field="base")
    home = changes.head_repository(work, pull) or work.repository
    _check_pair(work, Head(repository=home, branch=pull.row.head_ref), pull.row.head_sha, base, base_sha)
    events.record(work, pull.id, "base_ref_changed", old_base=pull.row.base_ref, new_base=base)
    change_pull(work, pull.id, base_ref=base, base_sha=base_sha)
    auto_merge.disable(work, pull, reason="The base branch was changed.")
    issues.touch(work, pull.id)
    changed = {"base": {"ref": {"from": pull.row.base_ref}, "sha": {"from": pull.row.base_sha}}}
    work.tell("pull_request", "edited", pull.id, changes=changed)


def reopen_pull(work: Work, pull: Pull) -> None:
    """Open a closed pull request again. Raises ValidationFailed when it is merged or its branches do not allow it."""
    if pull.is_open:
        return
    head_sha, base_sha = changes.head_tip(work, pull), changes.tip(work, pull.row.base_ref)
    reason = _reopening_refused(work, pull, head_sha, base_sha)
    if reason:
        raise _custom(f"state cannot be changed. {reason}", field="state")
    assert head_sha is not None
    known = set(changes.commit_shas(work, pull))
    change_pull(work, pull.id, head_sha=head_sha, base_sha=base_sha)
    issues.reopen(work, pull.issue)
    pull_refs.keep_head(work, pull.number, head_sha)
    note_commits(work, pull_by_id(work, pull.id), known=known)


def set_draft(work: Work, pull: Pull, draft: bool) -> None:
    """Turn a pull request into a draft, or a draft into one that is ready for review."""
    if draft == pull.row.draft:
        return
    change_pull(work, pull.id, draft=draft)
    events.record(work, pull.id, "convert_to_draft" if draft else "ready_for_review")
    issues.touch(work, pull.id)
    work.tell("pull_request", "converted_to_draft" if draft else "ready_for_review", pull.id)
    if draft:
        auto_merge.disable(work, pull, reason="The pull request was converted to a draft.")
    else:
        code_owners.request_owners(work, pull)


def _check_pair(work: Work, head: Head, head_sha: str, base: str, base_sha: str) -> None:
    git, branch = changes.git(work), head.branch
    if changes.is_landed(work, head_sha, base_sha):
        raise _custom(f"No commits between {base} and {branch}")
    if history.merge_base(git, base_sha, head_sha) is None:
        raise _custom(f"The {branch} branch has no history in common with {base}")
    if open_pull_between(work, branch, base, head_repository_id=head.repository.id) is not None:
        raise _custom(f"A pull request already exists for {head.repository.owner.login}:{branch}.")


def _reopening_refused(work: Work, pull: Pull, head_sha: str | None, base_sha: str | None) -> str | None:
    head, base = pull.row.head_ref, pull.row.base_ref
    if pull.is_merged:
        return "The pull request is merged."
    if pull.row.head_repository_id is None:
        return "The repository of its head branch has been deleted."
    if head_sha is None:
        return f"The {head} branch has been deleted."
    if base_sha is None:
        return f"The {base} branch has been deleted."
    if not history.is_ancestor(changes.git(work), pull.row.head_sha, head_sha):
        return f"The {head} branch was force-pushed or recreated."
    if changes.is_landed(work, head_sha, base_sha):
        return f"There are no new commits on the {head} branch."
    if open_pull_between(work, head, base, head_repository_id=pull.row.head_repository_id) is not None:
        return f"There is already an open pull request from {head} to {base}."
    return None


def _invalid(field: str) -> ValidationFailed:
    return invalid("PullRequest", field)


def _custom(message: str, *, field: str = "") -> ValidationFailed:
    return ValidationFailed([FieldError(resource="PullRequest", field=field, code="custom", message=message)])
