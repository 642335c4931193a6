from __future__ import annotations

import pytest
from sqlalchemy import select

from simulator.emulators.kit import accounts, sites
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import metadata
from tests.emulators.conftest import a_seed


@pytest.mark.parametrize("key", ["default", "first-sprint-1", "0", "a" * 80])
def test_a_site_key_is_taken(key: str) -> None:
    assert sites.check_key(key) == key


@pytest.mark.parametrize("key", ["", "-a", "A", "a/b", "..", "a.b", "ä", "a\n", "a" * 81, "a b"])
def test_what_could_be_a_path_is_no_site_key(key: str) -> None:
    with pytest.raises(sites.BadSiteKey):
        sites.check_key(key)


def test_planting_people_twice_changes_nothing(instance: Instance) -> None:
    rows = []
    for _ in range(2):
        with instance.database.writing() as connection:
            sites.plant_people(connection, "here", a_seed(), now=instance.now())
        with instance.database.reading() as connection:
            rows.append([connection.execute(select(table)).all() for table in metadata.sorted_tables])

    assert rows[0] == rows[1]


def test_people_added_to_a_seed_are_added_to_the_site(instance: Instance) -> None:
    with instance.database.writing() as connection:
        sites.plant_people(connection, "here", a_seed(), now=instance.now())
        dave = {"login": "dave", "email": "dave@example.com", "token": "dave-token"}
        sites.plant_people(connection, "here", a_seed(users=[dave], github={}, jira={}), now=instance.now())

        caller = accounts.by_token(connection, "here", "dave-token", now=instance.now())

    assert caller is not None
    assert caller.account.id == 5  # after alice, bob, carol and acme
    assert caller.account.name == "dave"


def test_a_site_that_was_never_made_has_no_seed(instance: Instance) -> None:
    with instance.database.reading() as connection, pytest.raises(LookupError):
        sites.kept_seed(connection, "elsewhere")


def test_every_table_belongs_to_sites() -> None:
    assert [table.name for table in metadata.sorted_tables if next(iter(table.primary_key)).name != "site"] == []
