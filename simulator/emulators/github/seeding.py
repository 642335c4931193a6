"""Plants what a seed puts into a new repository: branches, labels, issues, pull requests… through the same state as the API.

Nothing is announced: webhooks hear of what happens after the seed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from simulator.emulators.github.errors import FieldError, GitHubError
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.hook_request import read_new
from simulator.emulators.github.protection_request import read_protection
from simulator.emulators.github.state import hooks, labels, milestones, repositories
from simulator.emulators.github.state.assignees import assign
from simulator.emulators.github.state.comments import add_comment
from simulator.emulators.github.state.issue_labels import add_labels
from simulator.emulators.github.state.issue_milestones import set_milestone
from simulator.emulators.github.state.issues import Issue, close, create_issue, issue_by_id
from simulator.emulators.github.state.protections import protect
from simulator.emulators.github.state.pulls import PullDraft, open_pull
from simulator.emulators.github.state.refs import BRANCHES, move_ref
from simulator.emulators.github.state.releases import ReleaseDraft, create_release
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.review_requests import request_reviews
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.seed import SeedError
from simulator.emulators.kit.seed_content import (
    SeedBranch,
    SeedHook,
    SeedIssue,
    SeedLabel,
    SeedMilestone,
    SeedProtection,
    SeedPullRequest,
    SeedRelease,
    SeedThread,
)
from simulator.emulators.kit.seed_repository import SeedRepository


@dataclass(frozen=True)
class _Garden:
    """Where is planted, and who does it unless the seed names somebody."""

    connection: Connection
    instance: Instance
    repository: Repository
    author: Account

    def work(self, login: str | None = None) -> Work:
        """Something for a person to do, at an instant of its own."""
        return Work(
            connection=self.connection,
            instance=self.instance,
            site=self.repository.site,
            repository=self.repository,
            actor=self.person(login) if login else self.author,
            at=self.instance.now(),
        )

    def person(self, login: str) -> Account:
        """An account of the site; the seed was checked, so there is one."""
        found = accounts.by_login(self.connection, self.repository.site, login)
        if found is None:
            raise LookupError(login)
        return found

    def people(self, logins: Iterable[str]) -> list[Account]:
        """Several of them."""
        return [self.person(login) for login in logins]


def plant_content(
    connection: Connection, instance: Instance, repository: Repository, wanted: SeedRepository, *, author: Account
) -> None:
    """Put the content of a seed into a repository that has just been made. Raises SeedError for what GitHub refuses."""
    try:
        _plant(_Garden(connection, instance, repository, author), wanted)
    except GitHubError as exc:
        reasons = [str(error.body() if isinstance(error, FieldError) else error) for error in exc.errors]
        raise SeedError([f"github.repositories {wanted.name}: {' '.join([exc.message, *reasons])}"]) from exc


def _plant(garden: _Garden, wanted: SeedRepository) -> None:
    if wanted.topics:
        topics = list(wanted.topics)
        repositories.edit(garden.connection, garden.repository, at=garden.instance.now(), topics=topics)
    for label in wanted.labels:
        _plant_label(garden, label)
    for milestone in wanted.milestones:
        _plant_milestone(garden, milestone)
    for branch in wanted.branches:
        _plant_branch(garden, branch)
    for issue in wanted.issues:
        _plant_issue(garden, issue)
    for pull in wanted.pull_requests:
        _plant_pull(garden, pull)
    for name, protection in wanted.protection.items():
        _protect(garden, name, protection)
    for release in wanted.releases:
        _plant_release(garden, release)
    for hook in wanted.hooks:
        _plant_hook(garden, hook)


def _plant_label(garden: _Garden, wanted: SeedLabel) -> None:
    place = garden.connection, garden.repository.site, garden.repository.id
    found = labels.find_label(*place, wanted.name)
    shown: dict[str, Any] = {"name": wanted.name, "color": wanted.color, "description": wanted.description}
    if found is None:
        labels.create_label(*place, **shown)
    else:
        labels.edit_label(*place, found, **shown)


def _plant_milestone(garden: _Garden, wanted: SeedMilestone) -> None:
    milestones.create_milestone(
        garden.work(),
        title=wanted.title,
        description=wanted.description,
        due_on=wanted.due_on,
        state=wanted.state,
    )


def _plant_branch(garden: _Garden, wanted: SeedBranch) -> None:
    work = garden.work(wanted.author)
    git = git_of(garden.instance, garden.repository)
    sha = refs.read_ref(git, BRANCHES + (wanted.base or garden.repository.default_branch))
    if sha is None:
        raise LookupError(wanted.base)
    if wanted.files:
        who = signature(work.actor.name or work.actor.login, work.actor.email, work.at)
        changes = {path: text.encode() for path, text in wanted.files.items()}
        tree = edit_tree(git, str(history.commit(git, sha).tree_id), changes)
        message = wanted.message or f"Add {', '.join(wanted.files)}"
        sha = commit_tree(git, tree, parents=(sha,), message=message, author=who, committer=who)
    update = RefUpdate(ref=BRANCHES + wanted.name, before=None, after=sha)
    move_ref(garden.connection, garden.instance, garden.repository, update, work.actor)


def _plant_issue(garden: _Garden, wanted: SeedIssue) -> None:
    work = garden.work(wanted.author)
    issue = create_issue(work, title=wanted.title, body=wanted.body)
    _furnish(garden, work, issue, wanted)
    if wanted.state == "closed":
        close(garden.work(wanted.author), issue_by_id(work, issue.id))


def _plant_pull(garden: _Garden, wanted: SeedPullRequest) -> None:
    work = garden.work(wanted.author)
    draft = PullDraft(
        title=wanted.title,
        body=wanted.body,
        head=wanted.head,
        base=wanted.base or garden.repository.default_branch,
        draft=wanted.draft,
    )
    pull, _ = open_pull(work, draft)
    _furnish(garden, work, pull.issue, wanted)
    request_reviews(work, pull.id, garden.people(wanted.reviewers))


def _furnish(garden: _Garden, work: Work, issue: Issue, wanted: SeedThread) -> None:
    add_labels(work, issue, wanted.labels)
    assign(work, issue.id, garden.people(wanted.assignees), is_pull=issue.is_pull)
    if wanted.milestone:
        set_milestone(work, issue, milestones.by_title(work, wanted.milestone))
    for comment in wanted.comments:
        later = garden.work(comment.author)
        add_comment(later, issue_by_id(later, issue.id), comment.body)


def _protect(garden: _Garden, branch: str, wanted: SeedProtection) -> None:
    checks = {"strict": wanted.up_to_date, "contexts": wanted.checks}
    reviews = {
        "required_approving_review_count": wanted.approvals,
        "require_code_owner_reviews": wanted.code_owners,
        "dismiss_stale_reviews": wanted.dismiss_stale,
    }
    body = {
        "required_status_checks": checks if wanted.checks or wanted.up_to_date else None,
        "enforce_admins": wanted.admins,
        "required_pull_request_reviews": reviews if wanted.approvals is not None else None,
        "restrictions": None,
        "required_linear_history": wanted.linear_history,
        "required_conversation_resolution": wanted.conversations,
    }
    of_organization = garden.repository.owner.kind == "organization"
    protection = read_protection(branch, body, of_organization=of_organization)
    protect(garden.work(), protection)


def _plant_release(garden: _Garden, wanted: SeedRelease) -> None:
    draft = ReleaseDraft(
        tag_name=wanted.tag,
        target_commitish=garden.repository.default_branch,
        name=wanted.name,
        body=wanted.body,
        draft=wanted.draft,
        prerelease=wanted.prerelease,
    )
    create_release(garden.work(), draft)


def _plant_hook(garden: _Garden, wanted: SeedHook) -> None:
    config = {"url": wanted.url, "content_type": "json", **({"secret": wanted.secret} if wanted.secret else {})}
    fields = Fields({"events": list(wanted.events), "config": config}, "Hook")
    hook = read_new(garden.connection, garden.repository, fields, at=garden.instance.now())
    hooks.create_hook(garden.connection, garden.repository, replace(hook, repository_id=garden.repository.id))
