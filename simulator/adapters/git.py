"""Commits and pushes by real git, in one bare repository kept beside the run.

The folder is a cache of the remote: when it is damaged, it is made anew. Refuses to keep a token in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from simulator.adapters.git_command import Git, Identity
from simulator.adapters.git_commits import Wanted, blob_id, change_bytes, check_paths, message_bytes
from simulator.adapters.git_merge import merge_of_both, merge_of_theirs
from simulator.adapters.git_tree import first_broken
from simulator.errors import AdapterError, Conflict, NotFound, SetupError, SprintdojoError
from simulator.model.code import CommitDraft, FileChange, TreeRule
from simulator.model.keys import SeatId, Sha
from simulator.ports import Services
from simulator.timekeeping.clock import Clock

_NEVER_COMMITTED = "__pycache__/\n*.pyc\n.pytest_cache/\n.mypy_cache/\n.ruff_cache/\n.venv/\n.DS_Store\n"
_LOOK_BACK = 100  # commits of a branch among which an earlier attempt is looked for


class GitClone:
    """The run's repository on GitHub, through git. `now` gives commits their dates; `workdir` is the run's own folder."""

    def __init__(self, services: Services, *, now: Clock, workdir: Path) -> None:
        self._services = services
        self._now = now
        self._folder = workdir / "repository.git"
        self._url = f"{services.github_html_url.rstrip('/')}/{services.owner}/{services.repository}.git"
        secrets = tuple(person.github_token for person in services.credentials.values())
        self._git = Git(folder=self._folder, secrets=secrets)
        self._sound = False  # whether the folder was looked over since the last failure
        self._lock = Lock()

    def push_folder(self, seat: SeatId, folder: Path, *, branch: str, message: str) -> Sha:
        """Push all files of a folder as the first commit of an empty repository; of a filled one, find that commit."""
        with self._at_work():
            tip = self._fetch(seat).get(branch)
            if tip is not None:
                return self._first_commit(tip, message)
            sha = self._commit_folder(seat, folder, message)
            self._push(seat, sha, branch, over=None)
            return sha

    def push_files(
        self,
        seat: SeatId,
        files: Sequence[FileChange],
        *,
        branch: str,
        base: str,
        message: str,
        force: bool = False,
        merges: str = "",
        again: bool = False,
    ) -> Sha:
        """Commit changes on the branch (from `base` when it is new) and push it; `force` replaces its last own commit.

        With `merges` the commit is a merge of that branch.
        """
        check_paths(files)
        wanted = Wanted(files=files, branch=branch, base=base, message=message, force=force, merges=merges, again=again)
        with self._at_work():
            self._open()
            tips = self._tips()
            if not (force or again or merges) and branch in tips:
                try:
                    return self._push_files(seat, wanted, tips)
                except Conflict:
                    before, tips = tips, self._fetch(seat)
                    if tips.get(branch) == before[branch]:  # it was not that somebody else had pushed
                        raise
            else:
                tips = self._fetch(seat)
            return self._push_files(seat, wanted, tips)

    def push_branch(self, seat: SeatId, *, branch: str, base: str, commit: str = "") -> Sha:
        """Begin a branch at the tip of another one, or at a commit; one that is there already stays as it is."""
        with self._at_work():
            tips = self._fetch(seat)
            if branch in tips:
                return tips[branch]
            start = Sha(commit) if commit else self._start(tips, base)
            self._push(seat, start, branch, over=None)
            return start

    def rewrite(
        self,
        seat: SeatId,
        commits: Sequence[CommitDraft],
        *,
        branch: str,
        base: str,
        after: int = 0,
        merging: bool = False,
        again: bool = False,
    ) -> Sha:
        """Replace the branch by force: the tip of `base`, the first `after` own commits of the branch, and these on top.

        With `merging` without force: the first of the commits is a merge, with the files of `base` and its own.
        """
        for commit in commits:
            check_paths(commit.files)
        with self._at_work():
            tips = self._fetch(seat)
            tip = tips.get(branch)
            if again and tip and commits and self._done_before(seat, tip, commits[-1].files, commits[-1].message):
                return tip
            start = self._start(tips, base)
            own = self._own_commits(tip, start) if tip and not merging else []
            sha = tip if tip and merging else [start, *own[:after]][-1]
            merge = merge_of_theirs(self._git, start) if tip and merging else b""
            for commit in commits:
                sha, merge = self._commit_files(seat, sha, commit.files, commit.message, merge=merge), b""
            self._push(seat, sha, branch, over=tip)
            return sha

    def broken(self, seat: SeatId, sha: str, rules: Sequence[TreeRule]) -> TreeRule | None:
        """The first rule that the files of a commit break, None when they break none."""
        with self._at_work():
            if not self._has(sha):
                self._fetch(seat)
            return first_broken(self._git, sha, rules)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except SprintdojoError:
                self._sound = False
                raise

    def _push_files(self, seat: SeatId, wanted: Wanted, tips: Mapping[str, Sha]) -> Sha:
        branch, files, message = wanted.branch, wanted.files, wanted.message
        tip, start = tips.get(branch), tips.get(branch) or self._start(tips, wanted.base)
        done = self._done_before(seat, tip, files, message) if wanted.again and tip else None
        if done is not None:
            return done
        if wanted.force and tip is not None and branch != wanted.base:
            start = self._parent_of_own(tip, tips.get(wanted.base)) or tip
        merge = merge_of_both(self._git, start, self._start(tips, wanted.merges)) if wanted.merges else b""
        sha = self._commit_files(seat, start, files, message, merge=merge)
        self._push(seat, sha, branch, over=tip)
        return sha

    def _commit_files(
        self, seat: SeatId, parent: Sha, files: Sequence[FileChange], message: str, *, merge: bytes = b""
    ) -> Sha:
        runnable = self._runnable(parent, files)
        person = self._identity(seat).line
        text = message_bytes(message)
        stream = [
            f"commit refs/sprintdojo/made\nmark :1\nauthor {person}\ncommitter {person}\n".encode(),
            b"data %d\n%s\nfrom %s\n" % (len(text), text, parent.encode()),
            merge,
            *(change_bytes(change, "100755" if change.path in runnable else "100644") for change in files),
            b"\nget-mark :1\ndone\n",
        ]
        said = self._git.run(
            ["fast-import", "--quiet", "--force", "--done"], stdin=b"".join(stream), doing="the commit"
        )
        return Sha(said.decode().strip())

    def _commit_folder(self, seat: SeatId, folder: Path, message: str) -> Sha:
        if not folder.is_dir():
            raise SetupError("the starter folder is not there", where=str(folder), to_do="check the scenario's folder")
        with tempfile.TemporaryDirectory(dir=self._folder) as scratch:
            index = {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
            self._git.run(
                [f"--work-tree={folder}", "add", "--all", "."], environment=index, doing="reading the starter"
            )
            tree = self._git.run(["write-tree"], environment=index).decode().strip()
        person = self._identity(seat)
        environment = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", person.name), ("EMAIL", person.email), ("DATE", f"{person.at_s} +0000"))
        }
        said = self._git.run(["commit-tree", tree], stdin=message_bytes(message), environment=environment)
        return Sha(said.decode().strip())

    def _push(self, seat: SeatId, sha: Sha, branch: str, *, over: Sha | None) -> None:
        """Push a commit; refused unless the branch is at `over` still (None: not there)."""
        lease = f"--force-with-lease=refs/heads/{branch}:{over or ''}"
        self._git.run(
            ["push", "--porcelain", lease, "origin", f"{sha}:refs/heads/{branch}"],
            token_for=self._token(seat),
            doing=f"the push to {branch}",
        )

    def _fetch(self, seat: SeatId) -> dict[str, Sha]:
        self._open()
        self._git.run(
            ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "origin"],
            token_for=self._token(seat),
            doing="fetching",
        )
        return self._tips()

    def _open(self) -> None:
        """Make the folder when it is missing, and anew when a killed git left its locks behind."""
        if self._sound:
            return
        made = self._folder / "sprintdojo-made"
        if self._folder.exists() and (not made.exists() or any(self._folder.glob("**/*.lock"))):
            shutil.rmtree(self._folder)
        self._sound = True
        if self._folder.exists():
            return
        self._folder.mkdir(parents=True)
        self._git.run(["init", "--quiet", "--bare", str(self._folder)], doing="making a repository")
        self._git.run(["remote", "add", "origin", self._url])
        (self._folder / "info").mkdir(exist_ok=True)
        (self._folder / "info" / "exclude").write_text(_NEVER_COMMITTED, encoding="utf-8")
        made.touch()

    def _tips(self) -> dict[str, Sha]:
        """The remote's branches as last fetched or pushed."""
        listed = self._git.run(["for-each-ref", "--format=%(objectname) %(refname:lstrip=3)", "refs/remotes/origin"])
        lines = (line.split(" ", 1) for line in listed.decode().splitlines())
        return {name: Sha(sha) for sha, name in lines}

    def _first_commit(self, tip: Sha, message: str) -> Sha:
        said = self._git.run(["rev-list", "--max-parents=0", "--format=%H%x00%B%x01", tip]).decode()
        for entry in said.split("\x01"):
            sha, _, text = entry.rpartition("commit ")[2].partition("\n")[2].partition("\x00")
            if text.strip() == message.strip():
                return Sha(sha)
        raise Conflict("the repository holds other work already", service="GitHub", where=self._url)

    def _done_before(self, seat: SeatId, tip: Sha, files: Sequence[FileChange], message: str) -> Sha | None:
        there = self._entries(tip, files)
        if any(there.get(change.path, ("", None))[1] != blob_id(change.content) for change in files):
            return None
        said = self._git.run(["log", f"-{_LOOK_BACK}", "--format=%H%x00%ae%x00%B%x01", tip]).decode()
        email = self._services.credentials[seat].email.lower()
        for entry in said.split("\x01"):
            sha, _, rest = entry.strip("\n").partition("\x00")
            author, _, text = rest.partition("\x00")
            if author.lower() == email and text.strip() == message.strip():
                return Sha(sha)
        return None

    def _parent_of_own(self, tip: Sha, base: Sha | None) -> Sha | None:
        """The parent of the branch's last commit, None when that commit belongs to the base already."""
        own = self._git.run(["rev-list", "--parents", "-1", tip, *([f"^{base}"] if base else [])]).decode().split()
        return Sha(own[1]) if len(own) > 1 else None

    def _runnable(self, commit: Sha, files: Sequence[FileChange]) -> set[str]:
        return {path for path, (mode, _) in self._entries(commit, files).items() if mode == "100755"}

    def _start(self, tips: Mapping[str, Sha], base: str) -> Sha:
        if base not in tips:
            raise NotFound(f"there is no branch {base} to start from", service="git", where=self._url)
        return tips[base]

    def _own_commits(self, tip: Sha, base: Sha) -> list[Sha]:
        """The commits of a branch that its base has not, oldest first."""
        listed = self._git.run(["rev-list", "--reverse", "--first-parent", tip, f"^{base}"]).decode()
        return [Sha(sha) for sha in listed.split()]

    def _has(self, sha: str) -> bool:
        self._open()
        try:
            self._git.run(["cat-file", "-e", f"{sha}^{{commit}}"])
        except AdapterError:
            return False
        return True

    def _entries(self, commit: Sha, files: Sequence[FileChange]) -> dict[str, tuple[str, str]]:
        """Mode and blob id of those of the files that a commit has."""
        if not files:
            return {}
        paths = [change.path for change in files]
        listed = self._git.run(["--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", *paths]).decode()
        found: dict[str, tuple[str, str]] = {}
        for entry in filter(None, listed.split("\0")):
            facts, _, path = entry.partition("\t")
            mode, _, blob = facts.split(" ")
            found[path] = (mode, blob)
        return found

    def _identity(self, seat: SeatId) -> Identity:
        person = self._services.credentials[seat]
        return Identity(name=person.name, email=person.email, at_s=int(self._now().timestamp()))

    def _token(self, seat: SeatId) -> tuple[str, str]:
        return self._services.github_html_url.rstrip("/") + "/", self._services.credentials[seat].github_token
