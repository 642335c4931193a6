"""Which files of a diff are production code, tests or neither, and how much of it there is to read."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from simulator.model.code import ChangedFile

_TEST = re.compile(
    r"(?:^|/)(?:tests?|specs?|__tests__)/|(?:^|/)(?:test_[^/]*|[^/]*(?:_test|\.test|\.spec|Tests?))\.[a-z]+$"
)
_CODE = frozenset(
    {
        *(".py", ".js", ".jsx", ".ts", ".tsx", ".java", ".kt", ".go", ".rs", ".rb", ".php"),
        *(".cs", ".c", ".cc", ".cpp", ".h", ".hpp", ".swift", ".scala", ".sql"),
    }
)
# Lock files, and what linguist calls generated or vendored: https://github.com/github-linguist/linguist/blob/main/lib/linguist/generated.rb
_NOT_READ = re.compile(
    r"(?:^|/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock)$"
    r"|(?:^|/)(?:node_modules|vendor|third_party|dist)/|\.min\.(?:js|css)$|\.(?:png|jpe?g|gif|ico|pdf|svg|woff2?)$"
)


def is_test(path: str) -> bool:
    """Whether a file is a test, by where it lies and what it is called."""
    return _TEST.search(path) is not None


def is_code(path: str) -> bool:
    """Whether a file is production code."""
    return PurePosixPath(path).suffix.lower() in _CODE and not is_test(path)


def is_read(path: str) -> bool:
    """Whether a reviewer reads the file: lock files, vendored and binary ones are passed over."""
    return _NOT_READ.search(path) is None


def lines_to_read(files: tuple[ChangedFile, ...]) -> int:
    """Changed lines that a reviewer reads; a deleted file counts one."""
    read = (file for file in files if is_read(file.path))
    return sum(1 if file.status == "removed" else file.additions + file.deletions for file in read)
