"""Releases whose tag is deleted: they are drafts again, as on GitHub.

Source: https://docs.github.com/en/repositories/releasing-projects-on-github/managing-releases-in-a-repository
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import releases
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.database import Connection

_TAGS = "refs/tags/"


def withdraw_untagged(connection: Connection, repository: Repository, movements: Sequence[Movement]) -> None:
    """Make drafts of the releases whose tags these movements take away."""
    gone = [each.ref.removeprefix(_TAGS) for each in movements if each.after == ZERO and each.ref.startswith(_TAGS)]
    if not gone:
        return
    r = releases.c
    of = (r.site == repository.site) & (r.repository_id == repository.id) & r.tag_name.in_(gone)
    values = {"draft": True, "published_at": None, "make_latest": "legacy"}
    connection.execute(update(releases).where(of).values(**values))
