"""Addresses of a run's site after the server has moved."""

from __future__ import annotations

from dataclasses import replace

from simulator.model.facts import FactKind
from simulator.model.keys import RunId
from simulator.run.addresses import SiteAddress
from tests.plan.builders import a_fact

HERE = SiteAddress("http://127.0.0.1:9000", RunId("first-sprint-1"))
OLD = "http://127.0.0.1:8000/sites/first-sprint-1/jira/browse/PAY-1"
NEW = "http://127.0.0.1:9000/sites/first-sprint-1/jira/browse/PAY-1"


def test_an_address_of_an_earlier_port_leads_to_the_present_one() -> None:
    card = {"findings": [{"url": OLD, "how_to_fix": f"Move PAY-1 now: {OLD}", "points_lost": 1.5}]}

    assert HERE.in_json(card) == {
        "findings": [{"url": NEW, "how_to_fix": f"Move PAY-1 now: {NEW}", "points_lost": 1.5}]
    }


def test_other_runs_and_other_sites_are_left_alone() -> None:
    for other in (OLD.replace("sprint-1", "sprint-12"), "https://github.com/acme/x/pull/1", "http://127.0.0.1:8000/"):
        assert HERE.in_json(other) == other


def test_facts_are_led_to_the_present_address_too() -> None:
    (fact,) = HERE.in_facts([replace(a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-1"), url=OLD)])

    assert fact.url == NEW
