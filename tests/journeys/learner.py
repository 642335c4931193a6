"""A learner who has nothing but what `sprintdojo status --json` says: git, PyGithub, jira, and no code of the project."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from github import Auth, Github
from github.PullRequest import PullRequest
from jira import JIRA


class Learner:
    """Somebody at the keyboard of a clone."""

    def __init__(self, status: dict[str, Any], folder: Path) -> None:
        self.status = status
        self.folder = folder / "clone"
        github, jira = status["github"], status["jira"]
        self.github = Github(
            auth=Auth.Token(github["token"]),
            base_url=github["api_url"],
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
        self.repository = self.github.get_repo(github["repository"])
        self.jira = JIRA(server=jira["url"], basic_auth=(jira["email"], jira["token"]), max_retries=0)
        self._git("clone", "-q", self._with_token(github["clone_url"]), str(self.folder), inside=False)
        self._git("config", "user.name", github["login"])
        self._git("config", "user.email", jira["email"])

    def _with_token(self, url: str) -> str:
        parts = urlsplit(url)
        github = self.status["github"]
        return urlunsplit(parts._replace(netloc=f"{github['login']}:{github['token']}@{parts.netloc}"))

    def git(self, *words: str, good: bool = True) -> str:
        """A git command in the clone; with `good` False it must fail, and what it said is returned."""
        return self._git(*words, good=good)

    def _git(self, *words: str, inside: bool = True, good: bool = True) -> str:
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder if inside else None,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder.parent), "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) is good, f"git {words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def commit(self, message: str, files: dict[str, str]) -> None:
        """Write files and commit them."""
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branch(self, name: str) -> None:
        """A new branch from the fresh default branch."""
        self.git("fetch", "-q", "origin")
        self.git("switch", "-q", "-c", name, f"origin/{self.status['github']['default_branch']}")

    def push(self) -> str:
        """Push the present branch."""
        return self.git("push", "-q", "-u", "origin", "HEAD")

    def open_pull_request(self, *, head: str, title: str, body: str) -> PullRequest:
        """Open a pull request by PyGithub."""
        base = self.status["github"]["default_branch"]
        return self.repository.create_pull(base=base, head=head, title=title, body=body)

    def move(self, key: str, status: str) -> None:
        """Move an issue on the board by `jira`."""
        names = {t["to"]["name"]: t["id"] for t in self.jira.transitions(key)}
        self.jira.transition_issue(key, names[status])
