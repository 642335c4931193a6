"""What a process that died in the middle of a push left behind is put right by the next one, when the repository is first met.

A push moves refs first and is written down right after. Between the two a killed process leaves a ref whose movement nobody
knows of; the next process writes it down before it serves the repository.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import current_app

from simulator.emulators.github.state.refs import reconcile
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance

logger = logging.getLogger(__name__)

_MET = "emulators.github.met"


_Key = tuple[str, int, datetime]


def recover(repository: Repository) -> None:
    """Write down lost movements of a repository's refs, once in the life of this process."""
    met, key = _met(), _key(repository)
    if key in met:
        return
    with instance().database.writing() as connection:
        lost = reconcile(connection, instance(), repository)
    if lost:
        logger.warning("%s: wrote down %d movements that were lost", repository.full_name, lost)
    met.add(key)


@contextmanager
def or_recover_later(repository: Repository) -> Iterator[None]:
    """When the block fails, the repository is looked at again the next time it is met."""
    try:
        yield
    except BaseException:
        _met().discard(_key(repository))
        raise


def _met() -> set[_Key]:
    met: set[_Key] = current_app.extensions.setdefault(_MET, set())
    return met


def _key(repository: Repository) -> _Key:
    return repository.site, repository.id, repository.created_at
