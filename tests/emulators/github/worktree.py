"""A learner's clone: git as a program against the emulated service."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.emulators.conftest import Site


def git(
    folder: Path, *command: str, check: bool = True, stdin: bytes | None = None
) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, without anybody's configuration; raises when it fails, unless told not to check."""
    settings = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    identity = ["-c", "user.name=Bob", "-c", "user.email=bob@example.com", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", *identity, *command],
        cwd=folder,
        env={**settings, "GIT_TERMINAL_PROMPT": "0"},
        input=None if stdin is None else stdin.decode(),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=check,
        timeout=60,
    )


class Clone:
    """A clone of one repository with somebody's token in the remote's address."""

    def __init__(self, site: Site, folder: Path, login: str = "bob", repository: str = "acme/payments") -> None:
        self.folder = folder
        folder.mkdir()
        self.git("clone", "--quiet", site.clone_url(login, repository), ".")

    def git(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run git in the clone."""
        return git(self.folder, *command, check=check)

    def commit(self, path: str, content: str | bytes, message: str = "feat: change") -> str:
        """Write a file, commit it, give the commit's id."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)
        return self.tip()

    def tip(self, name: str = "HEAD") -> str:
        """The commit that a name means."""
        return self.git("rev-parse", name).stdout.strip()

    def push(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Push; look at the result's returncode and stderr."""
        return self.git("push", "origin", *arguments, check=False)


def protect(site: Site, **settings: object) -> None:
    """Protect main: pull requests with one approval, unless told otherwise."""
    wanted = {"required_approving_review_count": 1, **settings}
    site.github().get_repo("acme/payments").get_branch("main").edit_protection(**wanted)
