"""Reports against a plain account of what was done: random work on a board, noted down as it happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator.plan.draws import rng
from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

CHARTS = "/rest/greenhopper/1.0/rapid/charts"
POINTS = "customfield_10016"
DONE = "41"


@dataclass
class Account:
    """What a person with pencil and paper knows. `running` says whether the sprint is."""

    running: bool = False
    inside: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    points: dict[str, float] = field(default_factory=dict)
    ever: set[str] = field(default_factory=set)  # in the running sprint
    committed: float = 0
    added: set[str] = field(default_factory=set)
    initial: dict[str, float] = field(default_factory=dict)
    done_on_the_way: set[str] = field(default_factory=set)  # was not done when it came, or was reopened since

    def come(self, key: str) -> None:
        """An issue comes into the sprint."""
        self.inside.add(key)
        if self.running and key not in self.ever:
            self.ever.add(key)
            self.added.add(key)
            self.initial[key] = self.points.get(key, 0)
            if key not in self.done:
                self.done_on_the_way.add(key)

    def start(self) -> None:
        """The sprint starts."""
        self.running, self.ever = True, set(self.inside)
        self.initial = {key: self.points.get(key, 0) for key in self.inside}
        self.done_on_the_way = self.inside - self.done
        self.committed = sum(self.initial[key] for key in self.done_on_the_way)


def act(draw: Any, api: Api, account: Account, keys: list[str], sprint: int) -> None:
    """One random thing, done and noted. `draw` is a random stream."""
    key = draw.choice(keys)
    match draw.randrange(6):
        case 0:
            new = api.issue(**({"customfield_10020": sprint} if draw.random() < 0.5 else {}))
            keys.append(new)
            if new in api.found(f"sprint = {sprint}"):
                account.come(new)
        case 1:
            api.plan(sprint, key)
            account.come(key)
        case 2:
            api.post("/rest/agile/1.0/backlog/issue", {"issues": [key]}, status=204)
            account.inside.discard(key)
        case 3:
            account.points[key] = float(draw.choice([1, 2, 3, 5, 8]))
            api.put(f"/rest/api/2/issue/{key}", {"fields": {POINTS: account.points[key]}}, status=204)
        case _:
            step = draw.choice(["11", "21", DONE, DONE])
            api.post(f"/rest/api/2/issue/{key}/transitions", {"transition": {"id": step}}, status=204)
            (account.done.add if step == DONE else account.done.discard)(key)
            if step != DONE and key in account.ever:
                account.done_on_the_way.add(key)


@pytest.mark.parametrize("seed", range(3))
def test_a_report_says_what_was_done(site: Site, api: Api, seed: int) -> None:
    draw, account = rng(seed, "sprint report"), Account()
    keys = [api.issue() for _ in range(4)]
    sprint = api.sprint()
    for _ in range(10):
        act(draw, api, account, keys, sprint)
    api.set_state(sprint, "active")
    account.start()
    for _ in range(25):
        act(draw, api, account, keys, sprint)
    api.set_state(sprint, "closed")

    expected = {
        "completedIssues": account.inside & account.done & account.done_on_the_way,
        "issuesCompletedInAnotherSprint": (account.inside & account.done) - account.done_on_the_way,
        "issuesNotCompletedInCurrentSprint": account.inside - account.done,
        "puntedIssues": account.ever - account.inside,
    }
    for key in keys[:3]:  # whatever happens later changes nothing
        api.put(f"/rest/api/2/issue/{key}", {"fields": {POINTS: 99}}, status=204)
        api.move(key, "In Progress")

    contents = api.get(f"{CHARTS}/sprintreport", rapidViewId=1, sprintId=sprint)["contents"]
    assert {name: {line["key"] for line in contents[name]} for name in expected} == expected
    assert set(contents["issueKeysAddedDuringSprint"]) == account.added
    for name, group in expected.items():
        prefix = name.replace("InCurrentSprint", "")
        found = [contents[f"{prefix}{kind}Sum"].get("value", 0) for kind in ("InitialEstimate", "Estimate")]
        sums = [sum(known.get(key, 0) for key in group) for known in (account.initial, account.points)]
        assert found == sums, name
    entry = api.get(f"{CHARTS}/velocity", rapidViewId=1)["velocityStatEntries"][str(sprint)]
    completed = sum(account.points.get(key, 0) for key in expected["completedIssues"])
    assert (entry["estimated"]["value"], entry["completed"]["value"]) == (account.committed, completed)


def test_an_issue_without_a_column_counts_for_the_commitment_but_not_with_its_estimate(api: Api) -> None:
    shown, unseen, sprint = api.issue(customfield_10016=3), api.issue(customfield_10016=5), api.sprint()
    api.plan(sprint, shown, unseen)
    api.move(unseen, "In Review")
    columns = [{"name": name, "mappedStatuses": [{"id": number}]} for name, number in (("A", "10000"), ("Z", "10002"))]
    body = {"rapidViewId": 1, "mappedColumns": columns}
    api.put("/rest/greenhopper/1.0/rapidviewconfig/columns", body, status=200)
    api.set_state(sprint, "active")
    api.set_state(sprint, "closed")

    entry = api.get(f"{CHARTS}/velocity", rapidViewId=1)["velocityStatEntries"][str(sprint)]

    assert entry["allConsideredIssueKeys"] == [shown, unseen]
    assert entry["estimated"]["value"] == 3.0
