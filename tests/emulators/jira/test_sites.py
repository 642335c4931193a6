"""Sites never meet, the same deeds give the same ids, and eight people at once get eight numbers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import requests
from sqlalchemy import select

from simulator.emulators.jira import tables
from simulator.emulators.server import Emulators
from tests.emulators.conftest import Server, Site, a_seed
from tests.emulators.jira.conftest import Api
from tests.tables import file_with_tables


def api_at(site: Site, login: str = "alice") -> Api:
    return Api(site.jira_url, site.jira_session(login))


def some_deeds(api: Api) -> list[object]:
    key = api.issue(labels=["x"])
    sprint = api.sprint()
    api.plan(sprint, key)
    comment = api.post(f"/rest/api/2/issue/{key}/comment", {"body": "hm"}, status=201)
    history = api.get(f"/rest/api/2/issue/{key}/changelog")["values"][0]
    people = [person["accountId"] for person in api.get("/rest/api/3/users/search")]
    return [key, api.get(f"/rest/api/3/issue/{key}")["id"], sprint, comment["id"], history["id"], people]


def test_two_sites_give_the_same_ids_and_never_meet(site: Site, other_site: Site) -> None:
    here, there = api_at(site), api_at(other_site)
    here.issue()
    assert there.found("project = AUTOTEST") == []

    there.issue()

    assert some_deeds(here) == some_deeds(there)
    assert here.found("project = AUTOTEST") == ["AUTOTEST-2", "AUTOTEST-1"]
    there.delete("/rest/api/3/issue/AUTOTEST-1")
    assert here.get("/rest/api/3/issue/AUTOTEST-1")["self"].startswith(site.jira_url)


def test_a_site_made_anew_has_nothing_of_the_old_one(site: Site) -> None:
    api = api_at(site)
    api.put("/rest/api/3/project/AUTOTEST", {"name": "Another name"}, status=200)
    api.issue()

    site.emulators.reset_site(site.key)

    assert api.get("/rest/api/3/project/AUTOTEST")["name"] == "Autotest"
    assert api.found("project = AUTOTEST") == []


def test_a_deleted_site_leaves_no_row(emulator_server: Server) -> None:
    emulators = emulator_server.emulators
    emulators.create_site("short-lived", a_seed())
    some_deeds(api_at(Site("short-lived", emulator_server)))

    emulators.delete_site("short-lived")

    with emulators.database.reading() as connection:
        for name in tables.__all__:
            table = getattr(tables, name)
            assert connection.execute(select(table).where(table.c.site == "short-lived")).first() is None, name


def test_eight_creators_at_once_get_every_number_once(site: Site) -> None:
    def create(number: int) -> str:
        return api_at(site, ("alice", "bob", "carol")[number % 3]).issue(summary=f"Issue {number}")

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(create, range(40)))

    assert sorted(keys, key=lambda key: int(key.split("-")[1])) == [f"AUTOTEST-{n}" for n in range(1, 41)]
    assert len(api_at(site).found("project = AUTOTEST ORDER BY rank")) == 40


def test_moves_at_once_leave_a_total_order_and_a_whole_history(site: Site) -> None:
    api = api_at(site)
    keys = [api.issue(summary=f"Issue {n}") for n in range(6)]

    def play(number: int) -> None:
        own, key, other = api_at(site), keys[number % 6], keys[(number + 2) % 6]
        own.put("/rest/agile/1.0/issue/rank", {"issues": [key], "rankBeforeIssue": other}, status=204)
        own.move(key, ("In Progress", "In Review", "Done")[number % 3])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(play, range(24)))

    assert sorted(api.found("project = AUTOTEST ORDER BY rank")) == sorted(keys)
    for key in keys:
        moves = [(was, now) for field, was, now in api.changes(key) if field == "status"]
        assert all(earlier[1] == later[0] for earlier, later in itertools.pairwise(moves))


def test_another_process_sees_a_changed_configuration_at_once(tmp_path: Path) -> None:
    """Two instances over one database stand for two processes: neither may go on with what it knew."""

    url = file_with_tables(tmp_path / "shared.db")

    def emulators() -> Emulators:
        return Emulators(database_url=url, folder=tmp_path, now=lambda: datetime(2026, 3, 2, tzinfo=UTC), deliver=False)

    one, other = emulators(), emulators()
    one.create_site("shared", a_seed())
    ask, tell = (_caller(instance) for instance in (one, other))
    assert ask("GET", "/rest/api/3/project/AUTOTEST")["name"] == "Autotest"

    tell("PUT", "/rest/api/3/project/AUTOTEST", {"name": "Renamed"})

    assert ask("GET", "/rest/api/3/project/AUTOTEST")["name"] == "Renamed"
    one.close()
    other.close()


def _caller(emulators: Emulators) -> Callable[..., dict[str, object]]:
    from werkzeug.test import Client

    client = Client(emulators.wsgi)
    auth = requests.auth._basic_auth_str("alice@example.com", "alice-token")

    def call(method: str, path: str, body: object = None) -> dict[str, object]:
        answer = client.open(f"/sites/shared/jira{path}", method=method, json=body, headers={"Authorization": auth})
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.get_json()
        return found

    return call
