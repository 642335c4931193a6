from __future__ import annotations

import threading
from typing import Any

import pytest

from simulator.emulators.kit import journal as journal_module
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Entry, Journal


def an_entry(instance: Instance, **changes: Any) -> Entry:
    fields: dict[str, Any] = {
        "site": "here",
        "at": instance.now(),
        "service": "github",
        "method": "GET",
        "path": "/",
        "status": 200,
    }
    return Entry(**fields | changes)


def test_what_was_added_is_read_newest_first(instance: Instance) -> None:
    journal = Journal(instance)

    journal.add(an_entry(instance, path="/first"))
    journal.add(an_entry(instance, path="/second", status=501))

    assert [entry["path"] for entry in journal.read("here")] == ["/second", "/first"]
    assert [entry["path"] for entry in journal.read("here", status=501)] == ["/second"]
    assert [entry["path"] for entry in journal.read("here", limit=1)] == ["/second"]


def test_gaps_outlive_the_crowd(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "KEPT", 10)
    journal = Journal(instance)
    journal.add(an_entry(instance, path="/gap", status=501))
    for number in range(25):
        journal.add(an_entry(instance, path=f"/{number}"))

    kept = journal.read("here", limit=100)

    assert len(kept) == 11
    assert kept[0]["path"] == "/24"
    assert kept[-1]["path"] == "/gap"


def test_sites_that_are_gone_have_no_journal(instance: Instance) -> None:
    journal = Journal(instance)

    journal.add(an_entry(instance, site="gone"))

    assert journal.read("gone") == []


def test_odd_requests_are_noted_in_bounds(instance: Instance) -> None:
    journal = Journal(instance)

    journal.add(an_entry(instance, method="X" * 50, path="/\0" + "y" * 9000))

    (entry,) = journal.read("here")
    assert entry["method"] == "X" * 10
    assert len(entry["path"]) < 1000


def test_entries_are_written_in_the_background_and_at_the_end(instance: Instance) -> None:
    journal = Journal(instance)
    journal.start()
    threads = [threading.Thread(target=lambda: journal.add(an_entry(instance))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    journal.close()

    assert len(Journal(instance).read("here")) == 8
