"""What a change takes away from those who use the product from outside: endpoints, and names that a package exports.

A name counts as exported where a package says so itself: in `__init__.py` or `__all__`, or as an `export` of an `index` file.
Refuses to guess from names alone: in an application nearly every function could be called public. Linear in the diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from simulator.hygiene.paths import PathClass, path_class
from simulator.model.code import ChangedFile

_MOST_LINES = 20_000
_LONGEST_LINE = 400
_ROUTE = re.compile(
    r"(?:@[\w.]{1,60}\.(?:route|get|post|put|patch|delete)\(\s*"
    r"|\b(?:app|api|server|mux|\w{0,40}(?:router|blueprint|routes|bp))\.(?:route|get|post|put|patch|delete|add_url_rule|HandleFunc)\(\s*"
    r"|@(?:Get|Post|Put|Patch|Delete|Request)Mapping\(\s*(?:(?:value|path)\s*=\s*)?"
    r"|[\"'](?:GET|POST|PUT|PATCH|DELETE)[\"']\s*,\s*r?)"
    r"[\"'](?P<path>/[^\"'\s]{0,200})[\"']"
)
_QUOTED_PATH = re.compile(r"[\"'](/[^\"'\s]{0,200})[\"']")
_PARAMETER = re.compile(r"<[^>/]*>|\{[^}/]*\}|:[A-Za-z_]\w*|\([^)/]*\)")
_PYTHON_IMPORT = re.compile(r"\s*from\s+[.\w]+\s+import\s+\(?(?P<names>[^#()]*)")
_LISTED = re.compile(
    r"\s*(?:__all__\s*\+?=\s*[\[(])?\s*(?P<names>[\"'][A-Za-z_]\w*[\"'](?:\s*,\s*[\"'][A-Za-z_]\w*[\"'])*),?\s*[\])]?\s*\Z"
)
_BARE_NAME = re.compile(r"\s{2,}(?P<names>[A-Za-z_]\w*),\s*\Z")
_EXPORT = re.compile(
    r"\s*export\s+(?:\{(?P<names>[^}]*)\}|(?:default\s+)?(?:async\s+)?(?:function|class|const|let|interface|type|enum)\s+(?P<name>\w+))"
)
_NAME = re.compile(r"[A-Za-z_]\w*")


def taken_away(files: Iterable[ChangedFile]) -> tuple[str, ...]:
    """The endpoints and exported names that a diff removes and does not bring back elsewhere, sorted."""
    code = [file for file in files if file.patch and path_class(file.path) is PathClass.PRODUCTION]
    removed = [(file, line) for file in code for line in _lines(file, "-")]
    added = [(file, line) for file in code for line in _lines(file, "+")]
    there = {_normal(path) for _, line in added for path in _QUOTED_PATH.findall(line)}
    routes = {path for _, line in removed for path in _routes(line) if _normal(path) not in there}
    kept = {name for file, line in added for name in _exports(file, line)}
    names = {name for file, line in removed for name in _exports(file, line)} - kept
    return (*sorted(routes), *sorted(names))


def _lines(file: ChangedFile, sign: str) -> Iterator[str]:
    for line in (file.patch or "").splitlines()[:_MOST_LINES]:
        if line.startswith(sign):
            yield line[1:_LONGEST_LINE]


def _routes(line: str) -> Iterator[str]:
    return (found["path"] for found in _ROUTE.finditer(line))


def _normal(path: str) -> str:
    """A path without the names of its parameters: calling one otherwise breaks nothing."""
    return _PARAMETER.sub("*", path).rstrip("/")


def _exports(file: ChangedFile, line: str) -> Iterator[str]:
    name = file.path.rpartition("/")[2]
    if name == "__init__.py":
        found = _PYTHON_IMPORT.match(line) or _LISTED.match(line) or _BARE_NAME.match(line)
        if found:
            yield from (part for part in _exported(found["names"]) if not part.startswith("_"))
    elif name.rpartition(".")[0] in {"index", "index.d"}:
        found = _EXPORT.match(line)
        if found:
            yield from _exported(found["names"] or found["name"])


def _exported(names: str) -> Iterator[str]:
    """The names by which things are exported: of `a as b`, `b`."""
    for part in names.split(","):
        words = _NAME.findall(part)
        if words:
            yield words[-1]
