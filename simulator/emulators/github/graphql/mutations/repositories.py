"""Repositories, refs and commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.github.graphql.mutations.base import Changes, Fields, mutation
from simulator.emulators.github.graphql.problems import forbidden, not_found, unprocessable
from simulator.emulators.github.graphql.views.owned import named_repository
from simulator.emulators.github.graphql.views.refs import ref_named
from simulator.emulators.github.state.branch_commits import BranchCommit, commit_on_branch

_NAMES = {
    "name": "name",
    "description": "description",
    "homepage_url": "homepage",
    "has_issues_enabled": "has_issues",
    "has_wiki_enabled": "has_wiki",
    "has_projects_enabled": "has_projects",
    "has_discussions_enabled": "has_discussions",
    "template": "is_template",
}


class RepositoryChanges(Changes):
    """Repositories and what their git holds."""

    @mutation
    def create_repository(self, name: str, visibility: str, owner_id: str | None = None, **given: Any) -> Fields:
        """Make a repository."""
        path = "/user/repos"
        if owner_id is not None:
            owner = self.named(owner_id, "User", "Organization")
            if owner.typename == "Organization":
                path = f"/orgs/{owner.login}/repos"
            elif owner.account.id != self.reader.viewer.id:
                raise forbidden(self.reader.viewer.login, "createRepository")
        made = self.ask("POST", path, {"name": name, "private": visibility != "PUBLIC", **_settings(given)})
        return {"repository": self.made("Repository", made["id"])}

    @mutation
    def update_repository(self, repository_id: str, **given: Any) -> Fields:
        """Change a repository."""
        return self._edit(repository_id, _settings(given))

    @mutation
    def archive_repository(self, repository_id: str) -> Fields:
        """Make a repository read-only."""
        return self._edit(repository_id, {"archived": True})

    @mutation
    def unarchive_repository(self, repository_id: str) -> Fields:
        """Let a repository be changed again."""
        return self._edit(repository_id, {"archived": False})

    def _edit(self, repository_id: str, changes: Mapping[str, Any]) -> Fields:
        repository = self.named(repository_id, "Repository")
        self.ask("PATCH", repository.home.path, changes)
        return {"repository": self.again(repository)}

    @mutation
    def create_ref(self, repository_id: str, name: str, oid: str) -> Fields:
        """Make a branch or a tag."""
        repository = self.named(repository_id, "Repository")
        self.ask("POST", f"{repository.home.path}/git/refs", {"ref": name, "sha": oid})
        return {"ref": self.again(repository).ref(name)}

    @mutation
    def update_ref(self, ref_id: str, oid: str, force: bool | None = None) -> Fields:
        """Move a branch or a tag."""
        ref = self.named(ref_id, "Ref")
        self.ask("PATCH", f"{ref.home.path}/git/{ref.full_name}", {"sha": oid, "force": bool(force)})
        return {"ref": self.again(ref)}

    @mutation
    def delete_ref(self, ref_id: str) -> Fields:
        """Delete a branch or a tag."""
        ref = self.named(ref_id, "Ref")
        self.ask("DELETE", f"{ref.home.path}/git/{ref.full_name}")
        return {}

    @mutation
    def merge_branch(
        self,
        repository_id: str,
        base: str,
        head: str,
        commit_message: str | None = None,
        author_email: str | None = None,  # noqa: ARG002 - people have one address here
    ) -> Fields:
        """Merge a branch or commit into a branch."""
        home = self.named(repository_id, "Repository").home
        body = {"base": base, "head": head} | ({"commit_message": commit_message} if commit_message else {})
        made = self.ask("POST", f"{home.path}/merges", body)
        return {"merge_commit": self.made("Commit", home.id, made["sha"]) if made else None}

    @mutation
    def create_commit_on_branch(
        self,
        branch: Mapping[str, Any],
        expected_head_oid: str,
        message: Mapping[str, Any],
        file_changes: Mapping[str, Any] | None = None,
    ) -> Fields:
        """Commit files to the end of a branch, if that is where the caller saw it."""
        ref = self._branch(branch)
        wanted = BranchCommit(
            branch=ref.name,
            expected=expected_head_oid,
            message="\n\n".join(part for part in (message["headline"], message.get("body")) if part),
            files=_files(file_changes or {}),
        )
        with self.work(ref.home, need="push") as work:
            sha = commit_on_branch(work, wanted)
        return {"commit": self.made("Commit", ref.home.id, sha), "ref": self.again(ref)}

    def _branch(self, given: Mapping[str, Any]) -> Any:
        if given.get("id"):
            return self.named(given["id"], "Ref")
        owner, slash, name = (given.get("repository_name_with_owner") or "").partition("/")
        if not slash or not given.get("branch_name"):
            raise unprocessable("A branch needs an id, or a repository's name with owner and a branch's name.")
        repository = named_repository(self.reader, owner, name)
        ref = ref_named(self.reader, repository.home, given["branch_name"])
        if ref is None:
            raise not_found(f'No branch named "{given["branch_name"][:200]}" in {owner}/{name}.')
        return ref

    @mutation
    def add_star(self, starrable_id: str) -> Fields:
        """Keep a star for a repository."""
        return self._star("PUT", starrable_id)

    @mutation
    def remove_star(self, starrable_id: str) -> Fields:
        """Keep it no longer."""
        return self._star("DELETE", starrable_id)

    def _star(self, method: str, starrable_id: str) -> Fields:
        repository = self.named(starrable_id, "Repository")
        self.ask(method, f"/user/starred/{repository.home.full_name}")
        return {"starrable": self.again(repository)}


def _settings(given: Mapping[str, Any]) -> dict[str, Any]:
    return {rest: given[name] for name, rest in _NAMES.items() if given.get(name) is not None}


def _files(changes: Mapping[str, Any]) -> dict[str, bytes | None]:
    deleted = {each["path"]: None for each in changes.get("deletions") or ()}
    return {**deleted, **{each["path"]: each["contents"] for each in changes.get("additions") or ()}}
