"""What ends by itself after weeks: on a clock of its own, as the others share one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from simulator.emulators.server import Emulators
from tests.emulators.conftest import TickingClock, a_seed
from tests.tables import file_with_tables

DAY_S = timedelta(days=1).total_seconds()


class Ask:
    """Alice's requests to the app without a socket, as those of an app."""

    def __init__(self, emulators: Emulators) -> None:
        self._client = Client(emulators.wsgi)

    def __call__(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:
        headers = {"Authorization": "Bearer alice-token"}
        answer = self._client.open(f"/sites/one/jira/rest/api/3{path}", method=method, json=body, headers=headers)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.get_json() if answer.data else None


@pytest.fixture
def clock() -> TickingClock:
    """A clock that nobody else looks at."""
    return TickingClock()


@pytest.fixture
def ask(tmp_path: Path, clock: TickingClock) -> Iterator[Ask]:
    """Requests to emulators of one's own."""
    made = Emulators(database_url=file_with_tables(tmp_path / "one.db"), folder=tmp_path, now=clock, deliver=False)
    made.create_site("one", a_seed())
    yield Ask(made)
    made.close()


def test_a_deleted_project_is_forgotten_after_sixty_days(ask: Ask, clock: TickingClock) -> None:
    new = {"key": "AUTOTEST", "name": "Autotest", "projectTypeKey": "software"}
    ask("DELETE", "/project/AUTOTEST", status=204)

    clock.skip(59 * DAY_S)
    ask("POST", "/project", new, status=400)
    clock.skip(2 * DAY_S)
    made = ask("POST", "/project", new, status=201)

    assert ask("GET", "/project/search?status=deleted")["values"] == []
    assert ask("GET", "/project/AUTOTEST")["id"] == str(made["id"])


def test_a_dynamic_webhook_ends_after_thirty_days_unless_it_is_refreshed(ask: Ask, clock: TickingClock) -> None:
    wanted = {"events": ["jira:issue_created"], "jqlFilter": ""}
    body = {"url": "http://127.0.0.1:9/", "webhooks": [wanted, wanted]}
    ended, kept = (one["createdWebhookId"] for one in ask("POST", "/webhook", body)["webhookRegistrationResult"])

    clock.skip(29 * DAY_S)
    ask("PUT", "/webhook/refresh", {"webhookIds": [kept]})
    clock.skip(2 * DAY_S)
    ask("PUT", "/webhook/refresh", {"webhookIds": [ended]})

    assert [one["id"] for one in ask("GET", "/webhook")["values"]] == [kept]
    ask("POST", "/webhook", body)
    assert ask("GET", "/webhook")["total"] == 3
