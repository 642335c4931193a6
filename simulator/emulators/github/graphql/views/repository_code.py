"""What a repository's git says: branches, tags, files, languages, templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pygit2

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.community import (
    ContactLink,
    IssueTemplate,
    PullTemplate,
    blank_issues,
    contact_links,
    has_security_policy,
    issue_templates,
    pull_templates,
)
from simulator.emulators.github.graphql.views.git_objects import entry_view, object_view
from simulator.emulators.github.graphql.views.languages import LanguageView, LicenseView, language_connection
from simulator.emulators.github.graphql.views.protection import ProtectionView
from simulator.emulators.github.graphql.views.refs import RefView, branch_view, ref_connection, ref_named
from simulator.emulators.github.graphql.views.repository_settings import RepositorySettings
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.revisions import is_empty, resolve
from simulator.emulators.gitserver import history, refs


class RepositoryCode(RepositorySettings):
    """Branches, tags, files, and what follows from them."""

    @property
    def git(self) -> pygit2.Repository:
        """The git repository."""
        return changes.git(self.place)

    @property
    def is_empty(self) -> bool:
        """Whether there is no branch yet."""
        return is_empty(self.git)

    @property
    def default_branch_ref(self) -> RefView | None:
        """The default branch, None as long as it is empty."""
        return branch_view(self.reader, self.home, self.home.default_branch)

    def ref(self, qualified_name: str) -> RefView | None:
        """A branch or tag by its name, with or without what stands before it."""
        return ref_named(self.reader, self.home, qualified_name)

    def refs(self, window: Window, **wanted: Any) -> Connection:
        """The branches or tags below a prefix."""
        return ref_connection(self.reader, self.home, window, **wanted)

    def object(self, expression: str | None = None, oid: str | None = None) -> Any:
        """A commit, file, folder or tag: by its id, or by `REVISION` or `REVISION:PATH`."""
        if oid is not None:
            found = self.git.get(oid)
            return object_view(self.reader, self.home, found) if found is not None else None
        revision, colon, path = (expression or "").partition(":")
        if not colon:
            return self._named(revision)
        sha = resolve(self.git, self.home, revision)
        if sha is None:
            return None
        tree = history.commit(self.git, sha).tree
        if not path.strip("/"):
            return object_view(self.reader, self.home, tree)
        entry = entry_view(self.reader, self.home, tree, path)
        return entry.object if entry else None

    def _named(self, revision: str) -> Any:
        sha = refs.read_ref(self.git, f"refs/tags/{revision.removeprefix('refs/tags/')}")
        sha = sha or resolve(self.git, self.home, revision) or ""
        found = self.git.get(sha) if sha else None
        return object_view(self.reader, self.home, found) if found is not None else None

    @cached_property
    def tip_tree(self) -> pygit2.Tree | None:
        """The files of the default branch."""
        sha = changes.tip(self.place, self.home.default_branch)
        return history.commit(self.git, sha).tree if sha else None

    def branch_protection_rules(self, window: Window) -> Connection:
        """What is asked of changes to its branches, for those who may push."""
        rules = self.around.protections.values() if self.may("push") else ()
        return Connection.of(window, [ProtectionView(self.reader, self.home, rule) for rule in rules])

    def languages(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """The languages of its files."""
        return language_connection(window, self.tip_tree, order_by=order_by)

    @property
    def primary_language(self) -> LanguageView | None:
        """The language that most of it is written in."""
        name = self.facts.code.language
        return LanguageView(name) if name else None

    @property
    def license_info(self) -> LicenseView | None:
        """The licence that it names."""
        known = self.facts.code.license
        return LicenseView(known) if known else None

    @property
    def issue_templates(self) -> list[IssueTemplate]:
        """What new issues can begin with."""
        return issue_templates(self.tip_tree)

    @property
    def pull_request_templates(self) -> list[PullTemplate]:
        """What new pull requests can begin with."""
        return pull_templates(self.tip_tree, self)

    @property
    def contact_links(self) -> list[ContactLink]:
        """Where people are sent instead of writing an issue."""
        return contact_links(self.tip_tree)

    @property
    def funding_links(self) -> list[Any]:
        """Where people can give money: that is not kept."""
        return []

    @property
    def is_blank_issues_enabled(self) -> bool:
        """Whether an issue may begin with nothing."""
        return blank_issues(self.tip_tree)

    @property
    def is_security_policy_enabled(self) -> bool:
        """Whether it has a security policy."""
        return has_security_policy(self.tip_tree)

    @property
    def security_policy_url(self) -> str:
        """The page of that policy."""
        return f"{self.url}/security/policy"
