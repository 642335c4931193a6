"""What is done to the run's repository, by PyGithub. The same code for github.com and for the emulated GitHub.

Refuses to keep anything: each call looks at GitHub itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from github import Github
from github.AuthenticatedUser import AuthenticatedUser
from github.GitRef import GitRef
from github.Organization import Organization
from github.Repository import Repository

from simulator.adapters.github_accounts import GithubAccounts
from simulator.errors import AuthenticationFailed, Conflict, NotFound
from simulator.model.keys import SeatId


class GithubRepository:
    """Sets up the repository: access, labels, protection, branches."""

    def __init__(self, accounts: GithubAccounts) -> None:
        self._accounts = accounts
        self._asking = accounts.asking

    def create_repository(self, seat: SeatId, *, description: str, private: bool, again: bool = False) -> None:
        """Create the repository, or adopt an empty one of that name; a filled one is a Conflict unless `again`."""
        name = self._accounts.services.repository
        try:
            with self._asking("creating the repository"):
                self._owner(seat).create_repo(name, description=description, private=private, auto_init=False)
        except Conflict:
            if not again and self._has_branches(seat):
                raise

    def set_default_branch(self, seat: SeatId, branch: str) -> None:
        """Make a branch the default one, if it isn't."""
        with self._asking("setting the default branch"):
            repository = self._repository(seat)
            if repository.default_branch != branch:
                repository.edit(default_branch=branch)

    def add_collaborators(self, seat: SeatId, permissions: Mapping[SeatId, str]) -> None:
        """Give seats access (pull, push, maintain, admin); invitations are accepted at once."""
        owner = self._accounts.services.owner.lower()
        for invited, permission in permissions.items():
            login = self._accounts.login(invited)
            if login.lower() == owner:
                continue
            with self._asking(f"inviting {login}"):
                invitation = self._repository(seat).add_to_collaborators(login, permission)
            if invitation is not None:
                with self._asking(f"accepting {login}'s invitation"):
                    self._me(invited).accept_invitation(invitation.id)

    def create_labels(self, seat: SeatId, labels: Mapping[str, str]) -> None:
        """Create labels, name → colour; those that exist keep theirs."""
        with self._asking("listing the labels"):
            known = {label.name.lower() for label in self._repository(seat).get_labels()}
        for name, colour in labels.items():
            if name.lower() not in known:
                with self._asking(f"creating the label {name}"):
                    self._repository(seat).create_label(name, colour.lstrip("#"))

    def protect_branch(
        self,
        seat: SeatId,
        branch: str,
        *,
        approvals: int,
        checks: Sequence[str],
        dismiss_stale: bool,
        enforce_admins: bool,
    ) -> None:
        """Let a branch change through pull requests only, under these conditions."""
        required = {"strict": False, "checks": list(checks)} if checks else {}
        with self._asking(f"protecting the branch {branch}"):
            self._repository(seat).get_branch(branch).edit_protection(
                required_approving_review_count=approvals,
                dismiss_stale_reviews=dismiss_stale,
                enforce_admins=enforce_admins,
                **required,  # type: ignore[arg-type]  # PyGithub's own types of optional arguments
            )

    def delete_branch(self, seat: SeatId, branch: str) -> None:
        """Delete a branch; one that is gone already is fine."""
        try:
            with self._asking(f"deleting the branch {branch}"):
                repository = self._repository(seat)
                # Repository.get_git_ref knows it by the address for reading (git/ref), which cannot be deleted.
                GitRef(repository.requester, url=f"{repository.url}/git/refs/heads/{quote(branch)}").delete()
        except NotFound:
            pass
        except Conflict as refused:
            # GitHub answers 422 "Reference does not exist" for a branch that is gone.
            if "does not exist" not in refused.what:
                raise

    def _has_branches(self, seat: SeatId) -> bool:
        with self._asking("listing the branches"):
            return any(True for _ in self._repository(seat).get_branches())

    def _owner(self, seat: SeatId) -> Organization | AuthenticatedUser:
        owner = self._accounts.services.owner
        if owner.lower() == self._accounts.login(seat).lower():
            return self._me(seat)
        return self._client(seat).get_organization(owner)

    def _me(self, seat: SeatId) -> AuthenticatedUser:
        return self._client(seat).get_user()

    def _client(self, seat: SeatId) -> Github:
        return self._accounts.client(seat)

    def _repository(self, seat: SeatId) -> Repository:
        return self._accounts.repository(seat)


def check_github(accounts: GithubAccounts, seat: SeatId) -> None:
    """Raises AuthenticationFailed when a seat's GitHub token is not accepted or belongs to somebody else."""
    login = accounts.login(seat)
    try:
        with accounts.asking(f"asking who {seat} is"):
            answered = accounts.client(seat).get_user().login
    except AuthenticationFailed as refused:
        raise AuthenticationFailed(
            f"GitHub does not accept the token of the seat {seat} ({login})",
            service="GitHub",
            where=accounts.services.github_api_url,
            to_do="make a new token for this account and give it again",
        ) from refused
    if answered.lower() != login.lower() and not _is_shared(accounts, seat):
        raise AuthenticationFailed(
            f"the GitHub token of the seat {seat} belongs to {answered}, not to {login}",
            service="GitHub",
            where=accounts.services.github_api_url,
            to_do="give each seat its own token",
        )


def _is_shared(accounts: GithubAccounts, seat: SeatId) -> bool:
    """Whether other seats act under the same token: then it cannot be each one's own."""
    tokens = [credentials.github_token for credentials in accounts.services.credentials.values()]
    return tokens.count(accounts.services.credentials[seat].github_token) > 1
