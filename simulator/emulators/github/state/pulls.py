"""Opening and editing pull requests. Following their branches is in `following.py`, merging in `merges.py`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert

from simulator.emulators.github.errors import FieldError, ValidationFailed, invalid
from simulator.emulators.github.state import changes, events, issues, pull_refs
from simulator.emulators.github.state.following import note_commits
from simulator.emulators.github.state.pull_rows import Pull, change_pull, open_pull_between, pull_by_id
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import pulls
from simulator.emulators.gitserver import history


@dataclass(frozen=True, slots=True, kw_only=True)
class PullDraft:
    """What a new pull request is to be. `head` is a branch name, with or without `owner:` before it."""

    title: str
    body: str | None
    head: str
    base: str
    draft: bool = False
    maintainer_can_modify: bool = False


def open_pull(work: Work, wanted: PullDraft) -> Pull:
    """Open a pull request. Raises ValidationFailed when there is nothing to merge, no such branch, or one open already."""
    branch = _branch_of(work, wanted.head)
    head_sha = changes.tip(work, branch) if branch else None
    base_sha = changes.tip(work, wanted.base)
    if branch is None or head_sha is None:
        raise _invalid("head")
    if base_sha is None:
        raise _invalid("base")
    _check_pair(work, branch, head_sha, wanted.base, base_sha)
    issue = issues.create_issue(work, title=wanted.title, body=wanted.body, is_pull=True)
    row = {
        "site": work.site,
        "id": issue.id,
        "repository_id": work.repository.id,
        "number": issue.number,
        "head_repository_id": work.repository.id,
        "head_ref": branch,
        "head_sha": head_sha,
        "base_ref": wanted.base,
        "base_sha": base_sha,
        "draft": wanted.draft,
        "maintainer_can_modify": wanted.maintainer_can_modify,
    }
    work.connection.execute(insert(pulls), row)
    pull = pull_by_id(work, issue.id)
    pull_refs.keep_head(work, pull.number, head_sha)
    pull_refs.test_merge(work, pull)
    note_commits(work, pull, known=set())
    work.tell("pull_request", "opened", pull.id)
    return pull


def change_base(work: Work, pull: Pull, base: str) -> None:
    """Let an open pull request go into another branch. Raises ValidationFailed as opening it would."""
    if base == pull.row.base_ref:
        return
    base_sha = changes.tip(work, base)
    if base_sha is None:
        raise _invalid("base")
    if not pull.is_open:
        raise _custom("Cannot change the base branch of a closed pull request.", field="base")
    _check_pair(work, pull.row.head_ref, pull.row.head_sha, base, base_sha)
    events.record(work, pull.id, "base_ref_changed", old_base=pull.row.base_ref, new_base=base)
    change_pull(work, pull.id, base_ref=base, base_sha=base_sha)
    issues.touch(work, pull.id)
    changed = {"base": {"ref": {"from": pull.row.base_ref}, "sha": {"from": pull.row.base_sha}}}
    work.tell("pull_request", "edited", pull.id, changes=changed)


def reopen_pull(work: Work, pull: Pull) -> None:
    """Open a closed pull request again. Raises ValidationFailed when it is merged or its branches do not allow it."""
    if pull.is_open:
        return
    head_sha, base_sha = changes.tip(work, pull.row.head_ref), changes.tip(work, pull.row.base_ref)
    reason = _reopening_refused(work, pull, head_sha, base_sha)
    if reason:
        raise _custom(f"state cannot be changed. {reason}", field="state")
    assert head_sha is not None
    known = {str(commit.id) for commit in changes.commits_of(work, pull)}
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


def _branch_of(work: Work, head: str) -> str | None:
    owner, colon, branch = head.partition(":")
    if not colon:
        return head
    return branch if owner.lower() == work.repository.owner.login.lower() else None


def _check_pair(work: Work, head: str, head_sha: str, base: str, base_sha: str) -> None:
    git = changes.git(work)
    if changes.is_landed(work, head_sha, base_sha):
        raise _custom(f"No commits between {base} and {head}")
    if history.merge_base(git, base_sha, head_sha) is None:
        raise _custom(f"The {head} branch has no history in common with {base}")
    if open_pull_between(work, head, base) is not None:
        raise _custom(f"A pull request already exists for {work.repository.owner.login}:{head}.")


def _reopening_refused(work: Work, pull: Pull, head_sha: str | None, base_sha: str | None) -> str | None:
    head, base = pull.row.head_ref, pull.row.base_ref
    if pull.is_merged:
        return "The pull request is merged."
    if head_sha is None:
        return f"The {head} branch has been deleted."
    if base_sha is None:
        return f"The {base} branch has been deleted."
    if not history.is_ancestor(changes.git(work), pull.row.head_sha, head_sha):
        return f"The {head} branch was force-pushed or recreated."
    if changes.is_landed(work, head_sha, base_sha):
        return f"There are no new commits on the {head} branch."
    if open_pull_between(work, head, base) is not None:
        return f"There is already an open pull request from {head} to {base}."
    return None


def _invalid(field: str) -> ValidationFailed:
    return invalid("PullRequest", field)


def _custom(message: str, *, field: str = "") -> ValidationFailed:
    return ValidationFailed([FieldError(resource="PullRequest", field=field, code="custom", message=message)])
