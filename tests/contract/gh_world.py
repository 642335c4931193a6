"""A site for a tour with `gh`, and what its people have."""

from __future__ import annotations

from pathlib import Path

from github import Auth, Github
from github.Repository import Repository

from simulator.emulators.kit.seed import Seed, seed_of
from simulator.run.shell import GitHubAccess
from tests.contract.gh import Shell
from tests.emulators.conftest import Server

PAYMENTS = "acme/payments"
OPEN = "acme/open"


def a_team(key: str) -> Seed:
    """Alice and Bob, whose tokens no other site knows: by host name the token alone says which site is meant."""
    people = [
        {"login": login, "name": login.title(), "email": f"{login}@example.com", "token": f"{login}-{key}-token"}
        for login in ("alice", "bob")
    ]
    repository = {
        "name": PAYMENTS,
        "private": True,
        "files": {"README.md": "# Payments\n", ".github/workflows/test.yml": "name: Tests\non: push\njobs: {}\n"},
        "collaborators": {"bob": "write"},
        "labels": [{"name": "billing", "color": "ff0000"}],
        "branches": [{"name": "feat/refunds", "author": "bob", "files": {"refunds.py": "def refund(): ...\n"}}],
        "issues": [{"title": "Refund a payment", "body": "Please.", "labels": ["billing"], "author": "bob"}],
        "pull_requests": [
            {
                "title": "feat: refunds",
                "body": "Closes #1",
                "head": "feat/refunds",
                "author": "bob",
                "reviewers": ["alice"],
            }
        ],
    }
    people[0]["admin"] = True  # type: ignore[assignment]
    repositories = [repository, {"name": OPEN, "files": {"README.md": "# Open\n"}}]
    organizations = [{"login": "acme", "members": ["alice", "bob"]}]
    return seed_of({"users": people, "github": {"organizations": organizations, "repositories": repositories}})


class World:
    """A site, and what its people have: a shell with `gh`, and PyGithub to look at what came of it."""

    def __init__(self, server: Server, key: str, folder: Path) -> None:
        self.url = f"{server.url}/sites/{key}/github"
        self.key = key
        self._folder = folder

    def shell(self, login: str, *, token: str | None = None) -> Shell:
        """A shell for somebody."""
        access = GitHubAccess(
            api_url=f"{self.url}/api/v3", html_url=self.url, login=login, token=token or self._token(login)
        )
        return Shell(self._folder / login, access)

    def repository(self, name: str = PAYMENTS) -> Repository:
        """A repository as Alice has it."""
        return self.hub().get_repo(name)

    def hub(self, login: str = "alice") -> Github:
        """PyGithub."""
        return Github(
            auth=Auth.Token(self._token(login)),
            base_url=f"{self.url}/api/v3",
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )

    def _token(self, login: str) -> str:
        return f"{login}-{self.key}-token"
