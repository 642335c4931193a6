"""Repositories made by the real git, commit by commit, with dates and people that are the same each time."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator.adapters.clone import Clone
from simulator.adapters.clone_past import ClonePast
from simulator.model.facts import FactKind, Observation
from simulator.model.past import Past

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SINCE, UNTIL = MONDAY - timedelta(days=10), MONDAY + timedelta(days=60)
_PEOPLE = {"ada": ("Ada Lovelace", "ada@example.com"), "tom": ("Tom Kilburn", "tom@example.com")}
_QUIET = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}


@dataclass
class Workshop:
    """A working copy; each commit is made half an hour after the last one."""

    folder: Path
    now: datetime = MONDAY
    made: int = field(default=0)

    @classmethod
    def at(cls, folder: Path, *words: str) -> Workshop:
        """A new repository on `main`."""
        folder.mkdir(parents=True)
        shop = cls(folder)
        shop.git("init", "-q", "-b", "main", *words)
        return shop

    def git(self, *words: str, by: str = "ada", env: Mapping[str, str] | None = None) -> str:
        """What a git command prints; it must not fail."""
        name, email = _PEOPLE.get(by, (by, f"{by}@example.com"))
        stamp = f"{int(self.now.timestamp())} +0000"
        who = {
            **{
                f"GIT_{role}_{what}": value
                for role in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", name), ("EMAIL", email))
            },
            **{f"GIT_{role}_DATE": stamp for role in ("AUTHOR", "COMMITTER")},
        }
        ran = subprocess.run(
            ["git", "-C", str(self.folder), *words],
            env=_QUIET | who | dict(env or {}),
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr.decode(errors="replace")
        return ran.stdout.decode(errors="replace").strip()

    def write(self, name: str, text: str | bytes) -> None:
        """A file in the working copy, put into the index."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        self.git("add", "--", name)

    def commit(self, message: str, *, by: str = "ada", lines: int = 3, name: str = "") -> str:
        """A commit of a few new lines in a file of its own; its sha."""
        self.made += 1
        self.now += timedelta(minutes=30)
        if lines:
            self.write(
                name or f"payments/part_{self.made}.py", "".join(f"step_{n} = {n + self.made}\n" for n in range(lines))
            )
        self.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "--allow-empty-message", "-m", message, by=by)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, *messages: str, by: str = "ada") -> list[str]:
        """A branch off `main` with a commit for each message; leaves it checked out."""
        self.git("checkout", "-q", "-b", name, "main")
        return [self.commit(message, by=by) for message in messages]

    def merge(self, *branches: str, message: str, by: str = "tom") -> str:
        """A merge commit on `main`."""
        self.now += timedelta(minutes=30)
        self.git("checkout", "-q", "main")
        self.git("merge", "-q", "--no-ff", "-m", message, *branches, by=by)
        return self.git("rev-parse", "HEAD")

    def pull(
        self, number: int, name: str, *messages: str, title: str = "feat: refund a payment", by: str = "ada"
    ) -> str:
        """A pull request as GitHub merges it; the sha of its merge."""
        self.branch(name, *(messages or (title,)), by=by)
        return self.merge(name, message=f"Merge pull request #{number} from acme/{name}\n\n{title}")

    def past(self, **more: datetime) -> Past:
        """What the repository tells."""
        return past_of(self.folder, **more)


def past_of(folder: Path, *, since: datetime = SINCE, until: datetime = UNTIL, branch: str | None = None) -> Past:
    """What a clone in a folder tells."""
    return ClonePast(Clone(folder, branch=branch), since=since, until=until).past()


def told(past: Past, kind: FactKind) -> list[Observation]:
    """The observations of a kind, in their order."""
    return [seen for seen in past.observations if seen.kind is kind]
