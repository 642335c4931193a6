"""What a repository is called and how it is set up."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.base import InRepository, Numbered, Paged
from simulator.emulators.github.payloads.repositories import ECHOED
from simulator.emulators.github.state.permissions import allows
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import Facts, facts_of

_PERMISSIONS = {"admin": "ADMIN", "maintain": "MAINTAIN", "push": "WRITE", "triage": "TRIAGE", "pull": "READ"}


class RepositorySettings(Numbered, Paged, InRepository):
    """Names, settings, counts, and what the caller may do."""

    code_of_conduct = mirror_url = template_repository = None
    is_disabled = is_locked = is_mirror = uses_custom_open_graph_image = False

    def __init__(self, reader: Reader, repository: Repository) -> None:
        super().__init__(reader, repository)
        self.number_in_site = repository.id
        self.name = repository.name
        self.name_with_owner = repository.full_name
        self.description = repository.description
        self.homepage_url = repository.homepage
        self.is_private = repository.private
        self.visibility = "PRIVATE" if repository.private else "PUBLIC"
        self.is_archived = repository.archived
        self.is_fork = repository.is_fork
        self.has_issues_enabled = repository.has_issues
        self.merge_commit_allowed = repository.allow_merge_commit
        self.squash_merge_allowed = repository.allow_squash_merge
        self.rebase_merge_allowed = repository.allow_rebase_merge
        self.auto_merge_allowed = repository.allow_auto_merge
        self.delete_branch_on_merge = repository.delete_branch_on_merge
        self.created_at = repository.created_at
        self.updated_at = repository.updated_at
        self.pushed_at = repository.pushed_at
        self.is_in_organization = repository.owner.kind == "organization"
        self.is_user_configuration_repository = repository.name.lower() == repository.owner.login.lower()

    def _setting(self, name: str) -> Any:
        return self.home.settings.get(name, ECHOED[name])

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{quote(self.home.full_name)}"

    @property
    def ssh_url(self) -> str:
        """The clone address for SSH, which nobody listens on."""
        return f"git@{self.url.partition('://')[2].replace('/', ':', 1)}.git"

    @property
    def open_graph_image_url(self) -> str:
        """The picture that other sites show of it."""
        return self.reader.urls.html(f"/avatars/u/{self.home.owner_id}?s=400&v=4")

    @property
    def description_html(self) -> str:
        """The description as a page shows it."""
        return f"<div>{escape(self.description or '')}</div>"

    @property
    def owner(self) -> ActorView | None:
        """Whose it is."""
        return actor_view(self.reader, self.home.owner)

    @property
    def archived_at(self) -> datetime | None:
        """When it was archived, as far as that is known: when it last changed."""
        return self.home.updated_at if self.home.archived else None

    # --- settings that are only kept ---

    @property
    def has_wiki_enabled(self) -> bool:
        """Whether it has a wiki."""
        return bool(self._setting("has_wiki"))

    @property
    def has_projects_enabled(self) -> bool:
        """Whether it has projects."""
        return bool(self._setting("has_projects"))

    @property
    def has_discussions_enabled(self) -> bool:
        """Whether it has discussions."""
        return bool(self._setting("has_discussions"))

    @property
    def is_template(self) -> bool:
        """Whether others are made from it."""
        return bool(self._setting("is_template"))

    @property
    def forking_allowed(self) -> bool:
        """Whether it may be forked."""
        return self.home.allows_forking

    @property
    def allow_update_branch(self) -> bool:
        """Whether pages offer to bring heads up to date."""
        return bool(self._setting("allow_update_branch"))

    @property
    def web_commit_signoff_required(self) -> bool:
        """Whether commits on pages are signed off."""
        return bool(self._setting("web_commit_signoff_required"))

    @property
    def merge_commit_title(self) -> str:
        """Where the title of a merge commit comes from."""
        return str(self._setting("merge_commit_title"))

    @property
    def merge_commit_message(self) -> str:
        """Where its message comes from."""
        return str(self._setting("merge_commit_message"))

    @property
    def squash_merge_commit_title(self) -> str:
        """Where the title of a squashed commit comes from."""
        return str(self._setting("squash_merge_commit_title"))

    @property
    def squash_merge_commit_message(self) -> str:
        """Where its message comes from."""
        return str(self._setting("squash_merge_commit_message"))

    @property
    def squash_pr_title_used_as_default(self) -> bool:
        """Whether squashed commits get the pull request's title."""
        return bool(self._setting("use_squash_pr_title_as_default"))

    # --- counts ---

    @cached_property
    def facts(self) -> Facts:
        """What is counted and what the code says."""
        return facts_of(self.reader.connection, self.reader.instance, [self.home])[self.home.id]

    @property
    def fork_count(self) -> int:
        """How many forks there are."""
        return self.facts.forks

    @property
    def stargazer_count(self) -> int:
        """How many keep a star for it."""
        return self.facts.stars

    @property
    def disk_usage(self) -> int:
        """Kilobytes."""
        return self.facts.code.size_kb or self.home.size_kb

    # --- what the caller may do ---

    @property
    def viewer_permission(self) -> str | None:
        """The caller's permission."""
        return _PERMISSIONS.get(self.reader.permission(self.home))

    @property
    def viewer_can_administer(self) -> bool:
        """Whether the caller may change its settings."""
        return allows(self.reader.permission(self.home), "admin")

    @property
    def viewer_default_commit_email(self) -> str | None:
        """The address that commits of the caller get."""
        return self.reader.viewer.email or None

    @property
    def viewer_possible_commit_emails(self) -> list[str]:
        """The addresses that they could get."""
        viewer = self.reader.viewer
        return [email for email in (viewer.email, f"{viewer.id}+{viewer.login}@users.noreply.github.com") if email]

    @property
    def viewer_default_merge_method(self) -> str:
        """How the caller merges unless told."""
        if self.merge_commit_allowed:
            return "MERGE"
        return "SQUASH" if self.squash_merge_allowed else "REBASE"
