"""Which parts of a project a change touches: top-level folders, whatever the language calls the folders around them.

A change's tests and documents belong to the code that they are about, and so do the build's settings. Refuses to read files.
"""

from __future__ import annotations

from collections.abc import Iterable

from simulator.hygiene.paths import PathClass, path_class
from simulator.model.code import ChangedFile

_ROOTS = frozenset(
    (
        *(
            "src",
            "source",
            "lib",
            "libs",
            "app",
            "apps",
            "packages",
            "modules",
            "services",
            "internal",
            "pkg",
            "cmd",
            "main",
        ),
        *("java", "kotlin", "scala", "python", "js", "ts", "com", "org", "net", "io", "de"),
    )
)
ROOT = "(root)"


def areas_of(files: Iterable[ChangedFile]) -> tuple[str, ...]:
    """The areas of the code that files belong to, sorted; where no code is touched, what else is: tests, docs, ci, build."""
    classes = {file.path: path_class(file.path) for file in files}
    code = {_area(path) for path, found in classes.items() if found is PathClass.PRODUCTION}
    if code:
        return tuple(sorted(code))
    return tuple(sorted({found.value for found in classes.values() if found is not PathClass.GENERATED}))


def _area(path: str) -> str:
    folders = path.split("/")[:-1]
    return next((folder for folder in folders if folder.lower() not in _ROOTS), ROOT)
