"""Files that do not belong into a repository: what a build makes, archives, very large ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model.file_kinds import is_code, is_read
from simulator.plan.reviews.rules.point import Point, Reading

_UNFIT = re.compile(
    r"(?:^|/)(?:__pycache__|node_modules|\.venv|venv|\.idea|target|\.DS_Store)(?:/|$)"
    r"|\.(?:pyc|class|o|exe|dll|so|zip|tar|gz|7z|rar|jar|db|sqlite3?|log|bak|orig|swp|mp4|mov|psd|dump)$|(?:^|/)\.env$",
    re.IGNORECASE,
)
_MEANT_TO_BE_THERE = re.compile(r"(?:^|/)(?:gradle|maven)-wrapper\.jar$|(?:^|/)(?:tests?|fixtures|testdata)/")
_LARGE = 2_000  # added lines of one file that somebody would have to have written


def unfit_files(reading: Reading) -> Iterator[Point]:
    """Files that come in and should not, one point for all of them."""
    coming = (file.path for file in reading.files if file.status != "removed")
    unfit = [path for path in coming if _UNFIT.search(path) and not _is_meant(path)]
    if unfit:
        fields = {"path": unfit[0], "more": f" and {len(unfit) - 1} more like it" if len(unfit) > 1 else ""}
        yield Point(
            kind="unfit", key="unfit", occasion="unfit", fields=fields, topics=("file", "binary", unfit[0].lower())
        )
    for file in reading.files:
        written = is_read(file.path) and not is_code(file.path)  # of code, the size as a whole is the point
        if file.status == "added" and file.additions > _LARGE and written and file.path not in unfit:
            fields = {"path": file.path, "lines": str(file.additions)}
            yield Point(
                kind="large-file",
                key=f"large-file|{file.path}",
                occasion="large-file",
                fields=fields,
                topics=("file", file.path.lower()),
            )


def _is_meant(path: str) -> bool:
    """Whether people keep such a file in the repository on purpose; what a tool left there is never meant."""
    return _MEANT_TO_BE_THERE.search(path) is not None and not path.endswith((".pyc", ".class", ".DS_Store", ".swp"))
