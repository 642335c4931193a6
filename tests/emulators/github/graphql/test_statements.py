"""What queries cost the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.emulators.conftest import Site
from tests.emulators.github.graphql.asking import ask, of_payments
from tests.emulators.github.pulls import a_repository


def test_a_long_list_costs_as_many_statements_as_a_short_one(site: Site) -> None:
    repository = a_repository(site)
    for number in range(12):
        issue = repository.create_issue(f"Issue {number}", labels=["bug", f"l{number}"], assignees=["bob"])
        issue.create_comment("x")
        issue.create_reaction("heart")
    selection = """issues(first: $n) {totalCount nodes {
      number author {login} authorAssociation milestone {title} subIssuesSummary {total} participants(first: 5) {nodes {login}}
      labels(first: 5) {nodes {name}} assignees(first: 5) {nodes {login}} reactionGroups {content users {totalCount}}
      comments(last: 1) {totalCount nodes {body author {login} reactionGroups {users {totalCount}}}}
    }}"""
    query = of_payments(selection, "($n:Int!)")

    with statements(site) as of_two:
        ask(site, query, n=2)
    with statements(site) as of_twelve:
        found = ask(site, query, n=12)["repository"]["issues"]["nodes"]

    assert len(found) == 12
    assert all(node["comments"]["nodes"][0]["author"]["login"] == "alice" for node in found)
    assert len(of_twelve) == len(of_two) < 40


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """The statements that are run meanwhile, by whatever way they reach the driver."""
    seen: list[str] = []
    engine = site.emulators.database.engine

    def watch(connection: Any, *_: object) -> None:
        connection.set_trace_callback(lambda text: seen.append(text) if text.startswith("SELECT") else None)

    def leave(connection: Any, *_: object) -> None:
        connection.set_trace_callback(None)

    event.listen(engine, "checkout", watch)
    event.listen(engine, "checkin", leave)
    try:
        yield seen
    finally:
        event.remove(engine, "checkout", watch)
        event.remove(engine, "checkin", leave)
