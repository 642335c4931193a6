"""The repository part on PostgreSQL: the same doors, another database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from waitress.server import create_server

from simulator.emulators.server import Emulators
from tests.emulators.conftest import Server, Site, TickingClock, a_seed
from tests.emulators.github.worktree import Clone


@pytest.fixture
def postgresql_site(postgresql_url: str, tmp_path: Path) -> Iterator[Site]:
    """A seeded site of emulators of their own, on PostgreSQL."""
    clock = TickingClock()
    emulators = Emulators(database_url=postgresql_url, folder=tmp_path / "data", now=clock)
    emulators.create_site("pg", a_seed())
    sockets: dict[int, Any] = {}
    server: Any = create_server(emulators.wsgi, map=sockets, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site("pg", Server(emulators, clock, f"http://127.0.0.1:{server.effective_port}"))
    server.trigger.pull_trigger(sockets.clear)  # ends the loop from within, so that no socket closes under its select
    thread.join(5)
    server.close()
    emulators.close()


def test_a_repository_is_worked_on_as_on_sqlite(postgresql_site: Site, tmp_path: Path) -> None:
    site = postgresql_site
    repository = site.github().get_repo("acme/payments")
    repository.create_file("a.txt", "feat: a", "1")
    repository.create_label("new", "ffffff")
    repository.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json"}, ["*"])
    repository.get_branch("main").edit_protection(strict=False, checks=["ci"], required_approving_review_count=1)
    clone = Clone(site, tmp_path / "clone")
    sha = clone.commit("b.txt", "2")

    refused = clone.push("main", "main:topic")
    repository.get_commit(sha).create_status("success", context="ci")
    repository.create_check_run("lint", sha, status="completed", conclusion="success")

    assert "protected branch hook declined" in refused.stderr
    assert repository.get_commit("topic").get_combined_status().state == "success"
    activity = site.session().get(f"{repository.url}/activity").json()
    assert [each["activity_type"] for each in activity] == ["branch_creation", "push", "branch_creation"]
    repository.delete()
    assert site.session().get(repository.url).status_code == 404


def test_numbers_and_refs_are_given_once_under_load(postgresql_site: Site) -> None:
    site = postgresql_site
    repository = site.github().get_repo("acme/payments")
    sha = repository.get_branch("main").commit.sha

    def make(number: int) -> tuple[int, int]:
        session = site.session("bob")
        label = session.post(f"{repository.url}/labels", json={"name": f"l{number}", "color": "ffffff"}).json()
        ref = session.post(f"{repository.url}/git/refs", json={"ref": "refs/heads/one", "sha": sha})
        same = session.post(f"{repository.url}/labels", json={"name": "same", "color": "ffffff"})
        repo = session.post(f"{site.api_url}/user/repos", json={"name": "same"})
        assert {same.status_code, repo.status_code} <= {201, 422}
        return label["id"], ref.status_code

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(make, range(12)))

    assert len({label for label, _ in made}) == 12
    assert sorted(status for _, status in made) == [201] + [422] * 11
