"""What a file is, by its path: production code, a test, or something that nobody reads in a diff."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_TEST = re.compile(
    r"(?:^|/)(?:[Tt]ests?|[Ss]pecs?|__tests__|__mocks__|e2e|cypress)/|(?:^|/)conftest\.py$"
    r"|(?:^|/)(?:test_[^/]*|[^/]*(?:[._-](?:test|spec)s?|\.cy|[a-z0-9](?:Tests?|Spec)))\.[a-z]+$"
)
_CODE = frozenset(
    {
        *(".py", ".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".vue", ".svelte", ".java", ".kt", ".kts", ".go", ".rs"),
        *(
            ".rb",
            ".php",
            ".cs",
            ".fs",
            ".c",
            ".cc",
            ".cpp",
            ".h",
            ".hpp",
            ".m",
            ".swift",
            ".scala",
            ".dart",
            ".ex",
            ".exs",
        ),
        ".sql",
    }
)
# Lock files, and what linguist calls generated or vendored: https://github.com/github-linguist/linguist/blob/main/lib/linguist/generated.rb
_NOT_READ = re.compile(
    r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Pipfile\.lock|pdm\.lock"
    r"|poetry\.lock|uv\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock|Podfile\.lock|pubspec\.lock|gradle\.lockfile"
    r"|packages\.lock\.json|flake\.lock|\.terraform\.lock\.hcl|mix\.lock)$"
    r"|(?:^|/)(?:node_modules|vendor|third_party|dist|__snapshots__|__generated__)/|(?:_pb2(?:_grpc)?\.pyi?|\.pb\.go|\.g\.dart)$"
    r"|\.(?:generated|gen)\.[a-z]+$|\.min\.(?:js|css)$|\.(?:js|css)\.map$|\.snap$"
    r"|\.(?:png|jpe?g|gif|ico|webp|pdf|svg|woff2?|ttf|otf|mp[34])$"
)


def is_test(path: str) -> bool:
    """Whether a file is a test, or belongs to tests, by where it lies and what it is called."""
    return _TEST.search(path) is not None


def is_code(path: str) -> bool:
    """Whether a file is production code."""
    return PurePosixPath(path).suffix.lower() in _CODE and not is_test(path)


def is_read(path: str) -> bool:
    """Whether a reviewer reads the file: lock files, generated, vendored and binary ones are passed over."""
    return _NOT_READ.search(path) is None
