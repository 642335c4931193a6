"""Many people at once in one site: nothing fails, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository

ROUNDS = 4


def test_a_crowd_works_on_the_same_pull_requests(site: Site) -> None:
    first = a_pull(site, "f1", {"one.txt": "1\n"}, body="Fixes #3")
    second = a_pull(site, "f2", {"two.txt": "2\n"})
    a_repository(site).create_issue("Wanted")
    root = f"{site.api_url}/repos/acme/payments"

    def comments(number: int) -> list[int]:
        session = site.session("bob")
        return [
            session.post(f"{root}/issues/{number}/comments", json={"body": f"{each} #3"}).status_code
            for each in range(ROUNDS)
        ]

    def reviews() -> list[int]:
        session = site.session("alice")
        sent = []
        for _ in range(ROUNDS):
            comment = {"path": "two.txt", "line": 1, "body": "hm"}
            body = {"event": "COMMENT", "body": "x", "comments": [comment]}
            sent.append(session.post(f"{root}/pulls/{second.number}/reviews", json=body).status_code)
        return sent

    def labels() -> list[int]:
        session = site.session("alice")
        return [
            session.post(f"{root}/issues/{first.number}/labels", json={"labels": [f"label {each}"]}).status_code
            for each in range(ROUNDS)
        ]

    def pushes() -> list[int]:
        for each in range(ROUNDS):
            a_commit(site, "f2", {f"more-{each}.txt": "x\n"})
        return [200]

    def merge() -> list[int]:
        return [site.session("alice").put(f"{root}/pulls/{first.number}/merge", json={}).status_code]

    tasks: list[Callable[[], list[int]]] = [
        lambda: comments(1), lambda: comments(2), lambda: comments(3), reviews, labels, pushes, merge,
    ]  # fmt: skip
    with ThreadPoolExecutor(len(tasks)) as pool:
        statuses = [status for done in pool.map(lambda task: task(), tasks) for status in done]

    assert set(statuses) == {200, 201}
    repository = a_repository(site)
    assert [repository.get_issue(number).comments for number in (1, 2, 3)] == [ROUNDS] * 3
    assert repository.get_pull(1).merged
    assert repository.get_issue(3).state == "closed"
    assert repository.get_pull(2).commits == 1 + ROUNDS
    assert repository.get_pull(2).review_comments == ROUNDS
