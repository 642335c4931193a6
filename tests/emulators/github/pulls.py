"""Builders for tests of pull requests, all through PyGithub: a branch with commits, a pull request, a local clone."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from github import GithubException
from github.PullRequest import PullRequest
from github.Repository import Repository
from sqlalchemy import Connection

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history, refs, store
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from simulator.emulators.kit import accounts
from tests.emulators.conftest import Site

MAIN = "main"


def a_repository(site: Site, login: str = "alice", name: str = "acme/payments") -> Repository:
    """The seed's repository as a login sees it."""
    return site.github(login).get_repo(name)


def a_commit(
    site: Site,
    branch: str,
    files: Mapping[str, str | None],
    *,
    onto: str | None = None,
    login: str = "bob",
    message: str = "feat: change",
) -> str:
    """A commit with changed files (None removes one), on top of the branch or of `onto`; the branch then points to it.

    The objects are written into the server's repository; the branch is moved through the API, as `login`.
    """
    ref = f"refs/heads/{branch}"
    instance = site.emulators.instance
    opened = store.opened(instance.repository_path(site.key, 1))
    tip = refs.read_ref(opened, ref)
    parent = onto or tip or refs.read_ref(opened, f"refs/heads/{MAIN}")
    assert parent is not None
    changes = {path: None if text is None else text.encode() for path, text in files.items()}
    tree = edit_tree(opened, str(history.commit(opened, parent).tree_id), changes)
    who = signature(login.title(), f"{login}@example.com", site.clock())
    sha = commit_tree(opened, tree, parents=[parent], message=message, author=who, committer=who)
    repository = a_repository(site, login)
    if tip is None:
        repository.create_git_ref(ref, sha)
    else:
        repository.get_git_ref(f"heads/{branch}").edit(sha, force=True)
    return sha


def a_pull(
    site: Site,
    branch: str = "feature",
    files: Mapping[str, str | None] | None = None,
    *,
    login: str = "bob",
    title: str = "Add a feature",
    body: str = "",
    draft: bool = False,
) -> PullRequest:
    """An open pull request of Bob's from a new branch into main."""
    a_commit(site, branch, files or {f"{branch.replace('/', '-')}.txt": "one\n"}, message=f"feat: {branch}")
    repository = a_repository(site, login)
    made = repository.create_pull(base=MAIN, head=branch, title=title, body=body, draft=draft)
    return repository.get_pull(made.number)  # only when asked again does it say whether it can be merged


def a_collaborator(site: Site, login: str, permission: str = "push") -> None:
    """Let somebody into the repository."""
    assert a_repository(site).add_to_collaborators(login, permission) is None


def a_work(site: Site, connection: Connection, login: str) -> Work:
    """What a request of `login` would work with, for state that no route reaches."""
    repository = repositories.by_name(connection, site.key, "acme", "payments")
    actor = accounts.by_login(connection, site.key, login)
    assert repository is not None
    assert actor is not None
    return Work(
        connection=connection,
        instance=site.emulators.instance,
        site=site.key,
        repository=repository,
        actor=actor,
        at=site.clock(),
    )


def seen_by(site: Site, login: str, pull: PullRequest) -> PullRequest:
    """The same pull request, read afresh by somebody else."""
    return a_repository(site, login).get_pull(pull.number)


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git in a folder without anybody's configuration; gives what it printed, errors included."""
    identity = ["-c", "user.name=Bob", "-c", "user.email=bob@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stdout
    return done.stdout


def a_clone(site: Site, folder: Path, *, login: str = "bob", repository: str = "acme/payments") -> Path:
    """A working copy."""
    git(folder, "clone", "-q", site.clone_url(login, repository), "work")
    return folder / "work"


def refusal(exc: GithubException) -> tuple[int, str, list[object]]:
    """Status, message and errors[] of what PyGithub raised."""
    data = exc.data if isinstance(exc.data, dict) else {}
    return exc.status, data.get("message", ""), data.get("errors", [])
