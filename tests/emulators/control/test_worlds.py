"""States of a site on both databases, and what a crash in the middle of an exchange leaves behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.emulators.control.folders import Folders
from simulator.emulators.kit.seed import seed_of
from simulator.emulators.server import Emulators
from tests.emulators.conftest import TickingClock, a_seed
from tests.emulators.test_server import rows_of
from tests.tables import file_with_tables

ZOE = {"login": "zoe", "email": "zoe@example.com", "token": "zoe-token"}


def emulators_at(url: str, folder: Path) -> Emulators:
    return Emulators(database_url=url, folder=folder, now=TickingClock(), deliver=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    sqlite = request.param == "sqlite"
    return (
        file_with_tables(tmp_path / "emulators.db")
        if sqlite
        else str(request.getfixturevalue("postgresql_url_with_tables"))
    )


@pytest.fixture
def emulators(url: str, tmp_path: Path) -> Iterator[Emulators]:
    made = emulators_at(url, tmp_path)
    made.create_site("one", a_seed())
    yield made
    made.close()


def without(rows: dict[str, list[object]], *tables: str) -> dict[str, list[object]]:
    return {name: found for name, found in rows.items() if name not in tables}


def test_a_restored_site_has_the_rows_it_had(emulators: Emulators) -> None:
    before = rows_of(emulators, "one")
    kept = emulators.worlds.keep("one", "first")
    emulators.worlds.extend("one", {"users": [ZOE]})

    emulators.worlds.restore("one", "first")

    counted = ("em_counters", "em_snapshots")
    assert without(rows_of(emulators, "one"), *counted) == without(before, *counted)
    assert len(rows_of(emulators, kept.kept_as)) > 10
    emulators.delete_site("one")
    assert rows_of(emulators, kept.kept_as) == rows_of(emulators, "one") == {}
    assert [folder.name for folder in emulators.instance.repositories.glob("*") if folder.name != ".aside"] == []


def test_a_state_that_two_sites_share_goes_with_the_last_of_them(emulators: Emulators) -> None:
    kept = emulators.worlds.keep("one", "first")
    emulators.branch_site("two", of="one", snapshot="first", seed=seed_of({"users": [ZOE]}))
    emulators.share_states("two", of="one", names={"first"})

    emulators.delete_site("one")
    emulators.restore_site("two", "first", seed=seed_of({"users": [ZOE]}))

    assert len(rows_of(emulators, kept.kept_as)) > 10
    emulators.drop_state("two", "first")
    assert rows_of(emulators, kept.kept_as) == {}


def test_a_crash_while_a_site_is_exchanged_leaves_the_one_state_or_the_other(
    emulators: Emulators, url: str, tmp_path: Path
) -> None:
    folders = Folders(emulators.instance.repositories)
    emulators.create_site("two", a_seed())
    emulators.reset_site("two")
    for site, number in (("one", 1), ("two", 1)):  # one: not yet committed; two: committed, not yet cleaned up
        folders.of(site).rename(folders.aside(site, number))
        folders.of(site).mkdir()
    folders.copy("one")
    (folders.root / "~half-made").mkdir()
    emulators.close()

    again = emulators_at(url, tmp_path)

    assert [path.name for path in folders.of("one").iterdir()] == ["1.git"]
    assert list(folders.of("two").iterdir()) == []
    assert list(folders.root.glob("~*")) == list((folders.root / ".aside").iterdir()) == []
    again.close()


def test_a_restore_that_fails_changes_nothing(emulators: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    emulators.worlds.keep("one", "first")
    before = rows_of(emulators, "one")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("simulator.emulators.kit.copies.copy_rows", fail)
    for attempt in (emulators.worlds.restore, emulators.worlds.keep):
        with pytest.raises(OSError, match="disk full"):
            attempt("one", "first")

    assert rows_of(emulators, "one") == before
    assert [path.name for path in (emulators.instance.repositories / "one").iterdir()] == ["1.git"]
    assert list((emulators.instance.repositories / ".aside").iterdir()) == []


def test_readers_see_one_state_or_the_other(tmp_path: Path) -> None:
    from werkzeug.test import Client

    emulators = emulators_at(file_with_tables(tmp_path / "emulators.db"), tmp_path)
    emulators.create_site("one", a_seed())
    emulators.worlds.keep("one", "first")
    address = "/sites/one/github/api/v3/repos/acme/payments/contents/README.md"
    statuses: set[int] = set()
    ended = threading.Event()

    def read() -> None:
        client = Client(emulators.wsgi)
        while not ended.is_set():
            statuses.add(client.get(address, headers={"Authorization": "token bob-token"}).status_code)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(3):
        emulators.worlds.restore("one", "first")
        emulators.reset_site("one")
    ended.set()
    for reader in readers:
        reader.join()

    assert statuses == {200}
    emulators.close()


def test_a_branch_with_a_seed_knows_the_tokens_of_the_seed_alone(emulators: Emulators) -> None:
    people = [{**user, "token": f"new-{user['login']}"} for user in ({"login": "alice", "email": "alice@example.com"},)]
    emulators.keep_site("one", "day-2")

    emulators.branch_site("two", of="one", snapshot="day-2", seed=seed_of({"users": people}))

    here, there = rows_of(emulators, "one"), rows_of(emulators, "two")
    assert len(here["em_tokens"]) == 3
    assert len(there["em_tokens"]) == 1
    assert len(there["em_accounts"]) == len(here["em_accounts"])
    with pytest.raises(LookupError):
        emulators.branch_site("three", of="one", snapshot="day-9", seed=seed_of({}))
