"""Clients of the emulated Jira: the unmodified jira package, and bare requests whose answers are held against the vendor's
description where it lies beside the project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
from jira import JIRA

from simulator.emulators.kit.seed import Seed
from tests.emulators.conftest import Site, a_seed
from tests.emulators.jira.description import violations


@dataclass(frozen=True)
class Api:
    """Bare requests below a site's Jira. Good answers are checked against the description."""

    base: str
    session: requests.Session
    checked: list[str] = field(default_factory=list)

    def __call__(self, method: str, path: str, *, status: int | None = None, **more: Any) -> Any:
        """Send a request and return the JSON body (None for an empty one); with `status`, the answer must have it."""
        answer = self.session.request(method, self.base + path, **more)
        if status is not None:
            assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        body = answer.json() if answer.content and "json" in answer.headers.get("Content-Type", "") else None
        if answer.status_code < 300 and answer.status_code != 204:
            assert violations(method, path.partition("?")[0], answer.status_code, body) == []
            self.checked.append(f"{method} {path}")
        return body

    def get(self, path: str, **params: Any) -> Any:
        """The body of a 200."""
        return self("GET", path, status=200, params=params)

    def post(self, path: str, body: object, *, status: int | None = None) -> Any:
        """POST a JSON body."""
        return self("POST", path, status=status, json=body)

    def put(self, path: str, body: object, *, status: int | None = None) -> Any:
        """PUT a JSON body."""
        return self("PUT", path, status=status, json=body)

    def delete(self, path: str, *, status: int = 204) -> Any:
        """DELETE."""
        return self("DELETE", path, status=status)

    def refused(self, method: str, path: str, status: int, **more: Any) -> tuple[list[str], dict[str, str]]:
        """The messages and field errors of a refusal in Jira's shape."""
        body = self(method, path, status=status, **more)
        assert set(body) >= {"errorMessages", "errors"}
        return body["errorMessages"], body["errors"]

    def issue(self, *, project: str = "AUTOTEST", kind: str = "Story", summary: str = "An issue", **fields: Any) -> str:
        """Create an issue and return its key."""
        given = {"project": {"key": project}, "issuetype": {"name": kind}, "summary": summary} | fields
        return str(self.post("/rest/api/2/issue", {"fields": given}, status=201)["key"])

    def move(self, key: str, status: str) -> None:
        """Take the transition of that name."""
        steps = self.get(f"/rest/api/2/issue/{key}/transitions")["transitions"]
        number = next(step["id"] for step in steps if step["name"] == status)
        self.post(f"/rest/api/2/issue/{key}/transitions", {"transition": {"id": number}}, status=204)

    def found(self, jql: str) -> list[str]:
        """The keys that a query finds, in order."""
        page = self.post("/rest/api/3/search/jql", {"jql": jql, "fields": ["summary"], "maxResults": 100}, status=200)
        return [issue["key"] for issue in page["issues"]]

    def changes(self, key: str) -> list[tuple[str, str | None, str | None]]:
        """The history of an issue, oldest first: field, from, to as a person reads them."""
        entries = self.get(f"/rest/api/3/issue/{key}/changelog")["values"]
        return [(item["field"], item["fromString"], item["toString"]) for entry in entries for item in entry["items"]]

    def sprint(self, board: int = 1, name: str = "Sprint 1", **more: Any) -> int:
        """Create a sprint of two weeks and return its id."""
        dates = {"startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T17:00:00.000Z"}
        body = {"name": name, "originBoardId": board} | dates | more
        return int(self.post("/rest/agile/1.0/sprint", body, status=201)["id"])

    def plan(self, sprint: int, *keys: str) -> None:
        """Put issues into a sprint."""
        self.post(f"/rest/agile/1.0/sprint/{sprint}/issue", {"issues": list(keys)}, status=204)

    def set_state(self, sprint: int, state: str) -> None:
        """Start or close a sprint."""
        self.post(f"/rest/agile/1.0/sprint/{sprint}", {"state": state}, status=200)


@pytest.fixture
def planted() -> Seed:
    """`a_seed` without its repository."""
    return a_seed(github={"organizations": [], "repositories": []})


@pytest.fixture
def api(site: Site) -> Api:
    """Alice's bare requests (she administers)."""
    return Api(site.jira_url, site.jira_session("alice"))


@pytest.fixture
def api_of(site: Site) -> Callable[[str], Api]:
    """Anybody's bare requests."""
    return lambda login: Api(site.jira_url, site.jira_session(login))


@pytest.fixture
def jira(site: Site) -> JIRA:
    """Alice's jira client."""
    return site.jira("alice")


@pytest.fixture
def account_ids(api: Api) -> dict[str, str]:
    """accountIds by display name in lower case."""
    return {person["displayName"].lower(): person["accountId"] for person in api.get("/rest/api/3/users/search")}
