from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text

from simulator.errors import StorageError
from simulator.storage.database import Database, lock_key
from simulator.storage.leadership import Leadership

LEAD_AND_WAIT = """
import sys
from pathlib import Path
from simulator.storage.database import Database
from simulator.storage.leadership import Leadership
leadership = Leadership(Database(sys.argv[1]), Path(sys.argv[2]))
print(leadership.acquire(), flush=True)
sys.stdin.read()
"""


def test_one_candidate_leads_until_it_gives_the_lead_away(empty_database: Database, tmp_path: Path) -> None:
    first, second = Leadership(empty_database, tmp_path), Leadership(empty_database, tmp_path)

    elected = [first.acquire(), second.acquire(), first.acquire()]
    held = (first.held, second.held)
    first.release()
    first.release()
    then = second.acquire()

    assert elected == [True, False, True]
    assert held == (True, False)
    assert then
    assert not first.held
    second.release()


def test_of_many_candidates_at_once_one_is_elected(empty_database: Database, tmp_path: Path) -> None:
    candidates = [Leadership(empty_database, tmp_path) for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        elected = list(threads.map(Leadership.acquire, candidates))

    for each in candidates:
        each.release()
    assert elected.count(True) == 1


def test_a_leader_that_is_killed_leads_no_more(empty_database: Database, tmp_path: Path) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", LEAD_AND_WAIT, url, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as leader:
        assert leader.stdout is not None
        elected = leader.stdout.readline().strip()
        candidate = Leadership(empty_database, tmp_path)
        while_it_lives = candidate.acquire()
        leader.kill()
        leader.wait(10)

    afterwards = _within(candidate.acquire, tries=100)

    candidate.release()
    assert (elected, while_it_lives, afterwards) == ("True", False, True)


def test_a_lost_connection_has_lost_the_lead(postgresql_url: str, tmp_path: Path) -> None:
    database = Database(postgresql_url)
    leader, other = Leadership(database, tmp_path), Leadership(database, tmp_path)
    leader.acquire()

    key = lock_key("pacer")
    with database.reading() as connection:
        ended = connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                "AND (classid::bigint << 32) | objid::bigint = :key AND database = (SELECT oid FROM pg_database "
                "WHERE datname = current_database())"
            ),
            {"key": key},
        ).all()

    assert len(ended) == 1
    assert not leader.held
    assert _within(other.acquire, tries=100)
    other.release()
    database.close()


def test_a_folder_that_is_not_there_is_told(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StorageError, match="lock file cannot be made") as caught:
        Leadership(sqlite_database, tmp_path / "file").acquire()

    assert caught.value.where.endswith("pacer.lock")


def _within(acquire: Callable[[], bool], *, tries: int) -> bool:
    """Whether it succeeds in the end: PostgreSQL notices a dead session a moment later."""
    pause = Event()
    return any(acquire() or pause.wait(0.05) for _ in range(tries))
