"""What bodies of repositories show beside their own rows: counts, language, licence, size; loaded for a page at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pygit2
from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from simulator.emulators.github.state.languages import languages_of, languages_since
from simulator.emulators.github.state.licenses import License, license_file, license_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.tallies import tally
from simulator.emulators.github.state.watching import STAR, WATCH, how_many
from simulator.emulators.github.tables import repositories
from simulator.emulators.gitserver import history, refs, store
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.sizes import recent_size_kb
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What the default branch says of a repository, and the room that all its objects take."""

    language: str | None = None
    license: License | None = None
    size_kb: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The counts of a repository and what its code says."""

    open_issues: int = 0
    forks: int = 0
    stars: int = 0
    watchers: int = 0
    code: Code = Code()


_MOST_REMEMBERED = 10_000
_RECENT_S = 30.0
_last_code: dict[Path, tuple[Code, float, datetime]] = {}
_last_languages: dict[Path, tuple[str, dict[str, int]]] = {}
_forks = repositories.alias("forks")


def _open(*, is_pull: bool) -> ColumnElement[int]:
    return tally(repositories.c.site, repositories.c.id, is_pull=is_pull, state="open")


_COUNTS = Prepared(
    select(
        repositories.c.id,
        (_open(is_pull=False) + _open(is_pull=True)).label("open_issues"),
        select(func.count())
        .select_from(_forks)
        .where(_forks.c.site == repositories.c.site, _forks.c.parent_id == repositories.c.id)
        .scalar_subquery()
        .label("forks"),
        how_many(STAR).label("stars"),
        how_many(WATCH).label("watchers"),
    ).where(repositories.c.site == bindparam("site"), repositories.c.id.in_(bindparam("ids", expanding=True))),
    names="ids",
)


def facts_of(
    connection: Connection, instance: Instance, found: Sequence[Repository], *, recent: bool = False
) -> dict[int, Facts]:
    """The facts of repositories of one site by their numbers, in one statement however many they are.

    `recent`: what their code said a moment ago will do, as for repositories that are shown inside other bodies. GitHub too
    reads a repository's languages a while after a push.
    """
    if not found:
        return {}
    rows = _COUNTS.all(connection, site=found[0].site, ids=[repository.id for repository in found])
    counts = {repository_id: numbers for repository_id, *numbers in rows}
    read = recent_code_of if recent else code_of
    return {each.id: _facts(counts.get(each.id, ()), read(instance, each)) for each in found}


def code_of(instance: Instance, repository: Repository) -> Code:
    """Language and licence of the default branch, and the size as of the last push."""
    path = instance.repository_path(repository.site, repository.id)
    try:
        tip = refs.read_ref(store.opened(path), f"refs/heads/{repository.default_branch}")
    except NoSuchObject:
        return Code()
    found = replace(_code_at(path, tip) if tip else Code(), size_kb=recent_size_kb(path, as_of=repository.pushed_at))
    if len(_last_code) >= _MOST_REMEMBERED:
        _last_code.clear()
    _last_code[path] = (found, time.monotonic(), repository.created_at)
    return found


def recent_code_of(instance: Instance, repository: Repository) -> Code:
    """The same as it was half a minute ago at most."""
    known = _last_code.get(instance.repository_path(repository.site, repository.id))
    if known is None or known[2] != repository.created_at or time.monotonic() - known[1] > _RECENT_S:
        return code_of(instance, repository)
    return known[0]


def _facts(counts: Sequence[int], code: Code) -> Facts:
    return Facts(**dict(zip(("open_issues", "forks", "stars", "watchers"), counts, strict=False)), code=code)


@lru_cache(maxsize=4096)
def _code_at(path: Path, tip: str) -> Code:
    # a commit never changes
    tree = history.commit(store.opened(path), tip).tree
    file = license_file(tree)
    return Code(
        language=next(iter(_languages_at(path, tree)), None),
        license=license_of(file) if file is not None else None,
    )


def _languages_at(path: Path, tree: pygit2.Tree) -> dict[str, int]:
    """The languages of a repository's tree, counted anew only as far as it differs from the one before."""
    git = store.opened(path)
    last_tree, last = _last_languages.get(path, (None, {}))
    before = git.get(last_tree) if last_tree else None
    found = languages_since(git, before, last, tree) if isinstance(before, pygit2.Tree) else languages_of(tree)
    if len(_last_languages) >= _MOST_REMEMBERED:
        _last_languages.clear()
    _last_languages[path] = (str(tree.id), found)
    return found
