"""A crowd on one board: all move, rank and transition at once. No 5xx, ranks are a total order, each change is told once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from simulator.plan.draws import rng
from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"
THREADS, TURNS, ISSUES = 6, 8, 8
PEOPLE = ("alice", "bob", "carol")


@dataclass
class Seen:
    """What one worker was answered: the status codes, and the summaries that it set."""

    statuses: Counter[int] = field(default_factory=Counter)
    written: list[tuple[str, str]] = field(default_factory=list)


def work(site: Site, number: int, keys: list[str], sprint: int) -> Seen:
    """Turns of one worker, the same each time."""
    draw, seen = rng(0, str(number)), Seen()
    session = site.jira_session(PEOPLE[number % len(PEOPLE)])

    def send(method: str, path: str, body: object) -> int:
        status = session.request(method, site.jira_url + path, json=body).status_code
        seen.statuses[status] += 1
        return status

    for turn in range(TURNS):
        key, other = draw.sample(keys, 2)
        send("PUT", f"{AGILE}/issue/rank", {"issues": [key], draw.choice(["rankBeforeIssue", "rankAfterIssue"]): other})
        place = draw.choice([f"{AGILE}/sprint/{sprint}/issue", f"{AGILE}/backlog/issue"])
        send("POST", place, {"issues": [key]})
        step = draw.choice(["11", "21", "31", "41"])
        send("POST", f"/rest/api/2/issue/{key}/transitions", {"transition": {"id": step}})
        summary = f"{number}/{turn}"
        if send("PUT", f"/rest/api/2/issue/{key}", {"fields": {"summary": summary}}) == 204:
            seen.written.append((key, summary))
    return seen


def test_a_crowd_on_one_board_leaves_an_order_and_a_true_history(site: Site, api: Api) -> None:
    keys = [api.issue(summary=f"Issue {n}") for n in range(ISSUES)]
    sprint = api.sprint()
    api.set_state(sprint, "active")

    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(lambda number: work(site, number, keys, sprint), range(THREADS)))

    assert {status for one in seen for status in one.statuses} == {204}
    found = api.get("/rest/api/2/search/jql", jql="project = AUTOTEST ORDER BY rank", fields="customfield_10019,status")
    ranks = [issue["fields"]["customfield_10019"] for issue in found["issues"]]
    assert ranks == sorted(set(ranks))
    assert len(ranks) == ISSUES
    written = Counter(pair for one in seen for pair in one.written)
    told: Counter[tuple[str, str]] = Counter()
    for issue in found["issues"]:
        changes = api.changes(issue["key"])
        told.update((issue["key"], str(to)) for field_, _, to in changes if field_ == "summary")
        for name in ("summary", "status", "Sprint"):
            steps = [(old, new) for field_, old, new in changes if field_ == name]
            assert [new for _, new in steps[:-1]] == [old for old, _ in steps[1:]], name  # each goes on from the last
    assert told == written
