"""Rules about the files that commits bring: restricted paths and extensions, lengths of paths, sizes.

Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets#restrict-file-paths
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pygit2

from simulator.emulators.github.state import ref_patterns
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.violations import Violation
from simulator.emulators.gitserver import history

_MEBIBYTE = 1024 * 1024
_MOST_SHOWN = 10
_KINDS = ("file_path_restriction", "file_extension_restriction", "max_file_path_length", "max_file_size")

Files = Mapping[str, int]


def broken_by_files(ruleset: Ruleset, git: pygit2.Repository, commits: Sequence[pygit2.Commit]) -> Iterator[Violation]:
    """What a ruleset has against the files that commits add or change."""
    asked = {kind: wanted for kind in _KINDS if (wanted := ruleset.rule(kind))}
    if not asked:
        return
    files = history.files_brought(git, commits)
    for kind, wanted in asked.items():
        reason, is_wrong = _judge(kind, wanted)
        wrong = [path for path, size in files.items() if is_wrong(path, size)]
        if wrong:
            yield Violation(kind, reason, tuple(wrong[:_MOST_SHOWN]))


def _judge(kind: str, wanted: Mapping[str, Any]) -> tuple[str, Callable[[str, int], bool]]:
    match kind:
        case "file_path_restriction":
            paths = wanted["restricted_file_paths"]
            return "File path is restricted", lambda path, _: ref_patterns.matches_any(path, paths)
        case "file_extension_restriction":
            endings = tuple(f".{each.lstrip('*.').lower()}" for each in wanted["restricted_file_extensions"])
            return "File extension is restricted", lambda path, _: path.lower().endswith(endings)
        case "max_file_path_length":
            longest = wanted["max_file_path_length"]
            return f"File path is longer than {longest} characters", lambda path, _: len(path) > longest
    largest = wanted["max_file_size"]
    return f"File is larger than {largest} MB", lambda _, size: size > largest * _MEBIBYTE
