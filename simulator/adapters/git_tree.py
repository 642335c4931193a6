"""What the files of a commit hold: whether rules about them are broken. Reads through git, bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from simulator.adapters.git_command import Git
from simulator.model.code import Sighting, TreeRule
from simulator.scenario.expressions import finds

_LONGEST_FILE = 500_000  # bytes; what is longer is not searched
_LONGEST_LINE = 2_000  # characters that are searched
_MOST_FILES = 500  # that one sighting reads


def first_broken(git: Git, sha: str, rules: Sequence[TreeRule]) -> TreeRule | None:
    """The first rule whose sightings are all there in a commit, None when there is none. Raises AdapterError."""
    files = dict(_files(git, sha))
    return next((rule for rule in rules if all(_is_seen(git, files, each) for each in rule.sightings)), None)


def _is_seen(git: Git, files: dict[str, str], sighting: Sighting) -> bool:
    fitting = [path for path in sorted(files) if fnmatchcase(path, sighting.path)]
    if sighting.pattern:
        texts = _contents(git, [files[path] for path in fitting[:_MOST_FILES]])
        found = any(finds(sighting.pattern, line[:_LONGEST_LINE]) for text in texts for line in text.split("\n"))
    else:
        found = bool(fitting)
    return found is not sighting.absent


def _contents(git: Git, blobs: Sequence[str]) -> Iterator[str]:
    """What some files hold, read at once. Source of the form: https://git-scm.com/docs/git-cat-file#_batch_output"""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    said = git.run(["cat-file", "--batch"], stdin=asked, doing="reading files")
    while said:
        header, _, rest = said.partition(b"\n")
        size = int(header.rsplit(b" ", 1)[1])
        yield rest[:size].decode("utf-8", "replace")
        said = rest[size + 1 :]


def _files(git: Git, sha: str) -> Iterator[tuple[str, str]]:
    """Path and blob of each file that is short enough to be read."""
    listed = git.run(["ls-tree", "-r", "-l", "-z", "--full-tree", sha], doing=f"reading the files of {sha}").decode()
    for entry in filter(None, listed.split("\0")):
        facts, _, path = entry.partition("\t")
        _, kind, blob, size = facts.split()
        if kind == "blob" and int(size) <= _LONGEST_FILE:
            yield path, blob
