"""How much of a diff is work: lines that a person wrote, without lock files, generated and vendored files, and white space.

Refuses to judge. The families of paths follow GitHub Linguist:
https://github.com/github-linguist/linguist/blob/main/lib/linguist/generated.rb and vendor.yml beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from simulator.model.code import ChangedFile

_FOLDERS = frozenset(
    {
        *("node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "site-packages"),
        *(
            "dist",
            "__pycache__",
            ".yarn",
            ".idea",
            ".gradle",
            ".venv",
            "venv",
            ".terraform",
            "Pods",
            "Carthage",
            ".nuget",
        ),
    }
)
_NAMES = frozenset(
    {
        *("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb", "go.sum", "gradle.lockfile"),
        *(".ds_store", ".pnp.cjs", ".pnp.loader.mjs", "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd"),
    }
)
_ENDINGS = re.compile(
    r"\.(?:lock|min\.js|min\.css|js\.map|css\.map|pb\.go|pb\.cc|pb\.h|g\.dart|designer\.cs|pyc|pyo|class|jar|so|dll|exe|"
    r"png|jpe?g|gif|ico|webp|bmp|pdf|zip|gz|tgz|bz2|xz|7z|woff2?|ttf|otf|eot|mp[34]|mov|avi|wasm|sqlite3?|db|parquet)\Z"
    r"|_pb2(?:_grpc)?\.pyi?\Z|\.egg-info(?:/|\Z)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_written_by_hand(path: str) -> bool:
    """Whether a file of this path is source that people write: no lock file, nothing generated, vendored or binary."""
    folders = path.split("/")
    if not _FOLDERS.isdisjoint(folders[:-1]):
        return False
    return folders[-1].lower() not in _NAMES and _ENDINGS.search(path) is None


def substantive_lines(files: Iterable[ChangedFile]) -> int:
    """Lines changed by hand over some files. A deleted file counts one line, a change of white space alone none."""
    return sum(_lines_of(file) for file in files)


def _lines_of(file: ChangedFile) -> int:
    if not is_written_by_hand(file.path):
        return 0
    if file.status == "removed":
        return 1
    changed = file.additions + file.deletions
    return 0 if changed and file.patch and _only_white_space(file, file.patch) else changed


def _only_white_space(file: ChangedFile, patch: str) -> bool:
    if not file.additions or not file.deletions:
        return False
    lines = patch.splitlines()
    added = [_squeezed(line) for line in lines if line.startswith("+")]
    removed = [_squeezed(line) for line in lines if line.startswith("-")]
    whole = len(added) == file.additions and len(removed) == file.deletions  # GitHub cuts long patches
    return whole and _without_blanks(added) == _without_blanks(removed)


def _squeezed(line: str) -> str:
    return "".join(line[1:].split())


def _without_blanks(lines: list[str]) -> Counter[str]:
    return Counter(line for line in lines if line)
