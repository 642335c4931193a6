"""Branch protection."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.repositories import Repository


class ProtectionView(InRepository):
    """What is asked of changes to one branch."""

    typename = "BranchProtectionRule"
    database_id = None

    def __init__(self, reader: Reader, repository: Repository, rule: Protection) -> None:
        super().__init__(reader, repository)
        self.pattern = rule.branch
        self.is_admin_enforced = rule.enforce_admins
        self.allows_deletions = rule.allow_deletions
        self.allows_force_pushes = rule.allow_force_pushes
        self.blocks_creations = rule.block_creations
        self.lock_branch = rule.lock_branch
        self.lock_allows_fetch_and_merge = rule.allow_fork_syncing
        self.restricts_pushes = rule.pushers is not None
        self.requires_linear_history = rule.linear_history
        self.requires_conversation_resolution = rule.conversation_resolution
        self.requires_commit_signatures = rule.signatures
        self.requires_status_checks = rule.checks is not None
        self.requires_strict_status_checks = rule.checks is not None and rule.strict
        self.required_status_check_contexts = list(rule.checks) if rule.checks is not None else []
        asked = rule.reviews
        self.requires_approving_reviews = asked is not None
        self.required_approving_review_count = asked.approvals if asked else None
        self.dismisses_stale_reviews = asked is not None and asked.dismiss_stale
        self.requires_code_owner_reviews = asked is not None and asked.code_owners
        self.require_last_push_approval = asked is not None and asked.last_push_approval
        self.restricts_review_dismissals = asked is not None and asked.dismissers is not None

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.pattern)

    def matching_refs(self, window: Window, query: str | None = None) -> Connection:
        """The branch, if it is there."""
        sha = changes.tip(self.place, self.pattern)
        found: list[Any] = []
        if sha is not None and (query or "").lower() in self.pattern.lower():
            found = [self.show("Ref", self.home, f"refs/heads/{self.pattern}", sha)]
        return Connection.of(window, found)
