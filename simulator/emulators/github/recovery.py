"""What a process that died in the middle of a push or merge left behind is put right when the repository is first met again.

Refs move first and are written down right after. Between the two a killed process leaves a ref whose movement nobody
knows of; the next process writes it down before it serves the repository. Notes tell of merges and renames (state/notes.py).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask, Response, current_app

from simulator.emulators.github.state import repositories, unfinished
from simulator.emulators.github.state.notes import are_left, repositories_with_notes
from simulator.emulators.github.state.refs import reconcile, unrecorded
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.web import site as site_key

logger = logging.getLogger(__name__)

_MET = "emulators.github.met"
_LOOKED = "emulators.github.looked_for_unfinished"
_BROKEN = 500


_Key = tuple[str, int, datetime]


def recover(repository: Repository) -> None:
    """Write down lost movements of a repository's refs, once in the life of this process."""
    met, key = _met(), _key(repository)
    if key in met:
        return
    if not _is_in_order(repository):
        _put_in_order(repository)
    met.add(key)


def _is_in_order(repository: Repository) -> bool:
    # nearly always: then nobody who writes is waited for
    with instance().database.reading() as connection:
        return not are_left(instance(), repository) and not unrecorded(connection, instance(), repository)


def _put_in_order(repository: Repository) -> None:
    with instance().database.writing() as connection:
        done = unfinished.finish(connection, instance(), repository)
        lost = reconcile(connection, instance(), repository)
    if done or lost:
        logger.warning(
            "%s: wrote down %d merges or renames and %d movements that were lost", repository.full_name, done, lost
        )


def look_around() -> None:
    """Finish what a process left unfinished anywhere in the site that is asked for, once in the life of this process."""
    site = site_key()
    looked: set[str] = current_app.extensions.setdefault(_LOOKED, set())
    if site in looked:
        return
    with instance().database.reading() as connection:
        left = repositories.by_ids(connection, site, repositories_with_notes(instance(), site))
    for repository in left.values():
        try:
            recover(repository)
        except Exception:  # the rest of the site is none the worse for it
            logger.exception("%s: what a process left unfinished cannot be finished", repository.full_name)
    looked.add(site)


def look_again(response: Response) -> Response:
    """After a request that broke: it may have left something unfinished."""
    if response.status_code == _BROKEN:
        forget(current_app, site_key())
    return response


@contextmanager
def or_recover_later(repository: Repository) -> Iterator[None]:
    """When the block fails, the repository is looked at again the next time it is met."""
    try:
        yield
    except BaseException:
        _met().discard(_key(repository))
        raise


def forget(app: Flask, site: str) -> None:
    """The site's repositories are not what they were: they are looked at again."""
    met: set[_Key] = app.extensions.setdefault(_MET, set())
    for key in [key for key in list(met) if key[0] == site]:
        met.discard(key)
    looked: set[str] = app.extensions.setdefault(_LOOKED, set())
    looked.discard(site)


def _met() -> set[_Key]:
    met: set[_Key] = current_app.extensions.setdefault(_MET, set())
    return met


def _key(repository: Repository) -> _Key:
    return repository.site, repository.id, repository.created_at
