"""A local clone of any repository: opened, its default branch and its addresses found.

Reads git's objects and nothing else: no program of git's runs, so no hook, filter, pager or signature check of somebody's
configuration does, and nothing is fetched. Refuses to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlsplit

import pygit2

from simulator.errors import SetupError
from simulator.model.past import Someone

_SSH = re.compile(r"ssh://(?:[^@/\s]+@)?([A-Za-z0-9.-]+)(?::[0-9]+)?/([^\s?#@]+?)(?:\.git)?/?\Z")
_SCP = re.compile(r"(?:[^@/\s:]+@)?([A-Za-z0-9.-]{2,}):(?!//)([^\s?#@\\]+?)(?:\.git)?/?\Z")
_WAYS = {  # where other hosts than GitHub show the same things, by a word in their names
    "gitlab": {"commit": "-/commit", "pull": "-/merge_requests", "tree": "-/tree"},
    "bitbucket": {"commit": "commits", "pull": "pull-requests", "tree": "branch"},
}
_USUAL = ("main", "master", "trunk", "develop")
_NOREPLY = re.compile(r"(?:[0-9]+\+)?([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))@users\.noreply\.github\.com\Z", re.ASCII)
_BOT = re.compile(r"\[bot\]|\A(?:dependabot|renovate|github-actions|greenkeeper|snyk)\b|\bbot@", re.IGNORECASE)
_LONGEST_NAME = 100
_STEERING = frozenset(
    map(chr, (*range(9), *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""What steers a terminal or turns the writing round: no part of a name."""
_LONGEST_MAILMAP = 1_000_000  # bytes
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Signed:
    """Who stands in a commit, after the project's `.mailmap`: name and address as written there, either may be empty."""

    name: str
    email: str

    @property
    def account(self) -> str | None:
        """What the person is known by: the address, without one the name."""
        return (self.email or self.name).lower() or None

    def someone(self) -> Someone:
        """The person; GitHub's address that hides another one tells the login."""
        login = _NOREPLY.match(self.email)
        accounts = (self.account, login[1].lower() if login else None)
        is_bot = bool(_BOT.search(self.name) or _BOT.search(self.email))
        return Someone(self.name or self.email, tuple(name for name in accounts if name), is_bot=is_bot)


class Clone:
    """A repository on this machine, with or without a working copy. Raises SetupError when there is none at `path`."""

    def __init__(self, path: Path, *, branch: str | None = None) -> None:
        self.path = path
        self.repository = _opened(path)
        self.branch, self.tip = self._found(branch)

    @cached_property
    def html_url(self) -> str:
        """Where people see the repository, as its remote `origin` tells (never with a password); empty when nothing does."""
        try:
            return _page_of(self._remote_url())
        except (ValueError, KeyError, pygit2.GitError):  # a port that is none, a remote without a name
            return ""

    def _remote_url(self) -> str:
        names = [name or "" for name in self.repository.remotes.names()]
        name = "origin" if "origin" in names else next(iter(names), "")
        return self.repository.remotes[name].url or "" if name else ""

    def url_of(self, kind: str, name: str) -> str:
        """The address of a commit, a pull request (`pull`) or a branch (`tree`); empty without one."""
        host = urlsplit(self.html_url).hostname or ""
        ways = next((ways for word, ways in _WAYS.items() if word in host), {})
        return f"{self.html_url}/{ways.get(kind, kind)}/{quote(name)}" if self.html_url else ""

    @cached_property
    def cut_off(self) -> frozenset[pygit2.Oid]:
        """The oldest commits of a shallow clone, whose parents were left out: what they change nobody knows."""
        folder = Path(self.repository.path)
        common = folder / "commondir"  # that of a worktree leads to the clone's own
        file = (folder / common.read_text().strip() if common.is_file() else folder) / "shallow"
        if not self.repository.is_shallow and not file.is_file():
            return frozenset()
        return frozenset(pygit2.Oid(hex=line) for line in file.read_text().split())

    def commit_of(self, name: str | pygit2.Oid) -> pygit2.Commit | None:
        """The commit of this name; None when the clone does not hold one that can be read."""
        try:
            return self.repository[name].peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError):
            return None

    def last_instant(self) -> datetime:
        """When the last commit of the default branch was made."""
        return instant_of(self.repository[self.tip].peel(pygit2.Commit).committer.time)

    @cached_property
    def _mailmap(self) -> pygit2.Mailmap | None:
        """That of the default branch. A configuration may name any file of this machine as another one: it is left alone."""
        try:
            blob = self.repository[self.tip].peel(pygit2.Commit).tree[".mailmap"].peel(pygit2.Blob)
            if blob.size > _LONGEST_MAILMAP:
                return None
            return pygit2.Mailmap.from_buffer(blob.data.decode("utf-8", errors="replace"))
        except (pygit2.GitError, KeyError, ValueError):
            return None

    def signed(self, signature: pygit2.Signature) -> Signed:
        """Who a signature of a commit stands for."""
        resolved = signature
        if self._mailmap is not None:
            try:
                resolved = self._mailmap.resolve_signature(signature)
            except (pygit2.GitError, ValueError):
                resolved = signature  # an empty name or address
        return Signed(_text(resolved.raw_name), _text(resolved.raw_email))

    def _found(self, asked: str | None) -> tuple[str, pygit2.Oid]:
        names = [asked] if asked else self._default_names()
        for name in names:
            tip = self._tip(name)
            if tip is not None:
                return name, tip
        known = sorted(self.repository.branches)
        branches = ", ".join(known[:5])
        if broken := next((name for name in names if name in known), None):
            raise SetupError(
                f"the last commit of {broken[:100]} cannot be read",
                where=str(self.path),
                to_do="look with `git fsck` there, or clone it again",
            )
        if asked:
            hint = f"one of: {branches}" if branches else "it has no branch"
            raise SetupError(f"the clone has no branch {asked[:100]}", where=str(self.path), to_do=hint)
        raise SetupError(
            "the clone has no commits on a default branch",
            where=str(self.path),
            to_do=f"name the branch with --branch, one of: {branches}"
            if branches
            else "clone it again, or commit something",
        )

    def _default_names(self) -> list[str]:
        far = self._branch_at("refs/remotes/origin/HEAD", "refs/remotes/origin/")
        here = self._branch_at("HEAD", "refs/heads/")
        return [name for name in (far, *(name for name in _USUAL if self._tip(name) is not None), here) if name]

    def _branch_at(self, reference: str, below: str) -> str:
        """The branch that a symbolic reference leads to; empty where it leads to none."""
        try:
            target = self.repository.references[reference].raw_target
        except (KeyError, ValueError, pygit2.GitError):
            return ""
        name = target.decode(errors="replace") if isinstance(target, bytes) else ""
        return name.removeprefix(below) if name.startswith(below) else ""

    def _tip(self, name: str) -> pygit2.Oid | None:
        """The branch's last commit: the remote's where it goes on from the one here."""
        found = []
        for reference in (f"refs/heads/{name}", f"refs/remotes/origin/{name}"):
            try:
                commit = self.repository.references[reference].peel(pygit2.Commit)
            except (KeyError, ValueError, pygit2.GitError):
                continue
            found.append(commit.id)
        if len(found) == 2 and found[0] != found[1] and self.repository.descendant_of(found[1], found[0]):
            return found[1]
        return found[0] if found else None


def instant_of(seconds: int) -> datetime:
    """The instant of a stamp of git, UTC; one that no calendar has is the nearest that it has."""
    try:
        return min(max(datetime.fromtimestamp(seconds, UTC), _EARLIEST), _LATEST)
    except (OverflowError, OSError, ValueError):
        return _EARLIEST if seconds < 0 else _LATEST


def _opened(path: Path) -> pygit2.Repository:
    try:
        if not path.exists():
            raise SetupError("there is no such folder", where=str(path), to_do="give the folder of a clone")
        found = pygit2.discover_repository(str(path))
        if found is None:
            raise SetupError(
                "this folder is no clone of a git repository", where=str(path), to_do="give the folder of a clone"
            )
        return pygit2.Repository(found)
    except (pygit2.GitError, KeyError, ValueError, OSError) as exc:
        said = str(exc).lower()
        if "not owned" in said:
            to_do = f"if you trust it: git config --global --add safe.directory {path.resolve()}"
            raise SetupError("the clone belongs to another user of this machine", where=str(path), to_do=to_do) from exc
        if "object" in said and "format" in said:
            to_do = "give a clone with SHA-1 names, as git makes them unless it is told otherwise"
            raise SetupError(
                "the clone uses SHA-256 names, which are not read yet", where=str(path), to_do=to_do
            ) from exc
        hint = "read a copy: git clone --bare --ref-format=files" if "unsupported" in said else "try `git fsck` there"
        raise SetupError(f"the clone cannot be read ({exc})", where=str(path), to_do=hint) from exc


def _page_of(url: str) -> str:
    """The page that a remote's address leads to; empty when it may be none. What may hide a password is none."""
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.path:
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path.removesuffix('/').removesuffix('.git')}"
    ssh = _SSH.match(url) or _SCP.match(url)
    return f"https://{ssh[1]}/{ssh[2]}" if ssh and parts.scheme not in {"file", "git"} else ""


def _text(raw: bytes | None) -> str:
    text = "".join(sign for sign in (raw or b"").decode("utf-8", errors="replace") if sign not in _STEERING)
    return " ".join(text.split())[:_LONGEST_NAME]
