"""What the adapters' tests are made of: services with seats, issue drafts."""

from __future__ import annotations

from typing import Any

from simulator.model.agile import IssueDraft
from simulator.model.keys import IssueRef, Login, SeatId
from simulator.ports import Credentials, Services

ALICE, BOB, CAROL = SeatId("lead"), SeatId("learner"), SeatId("reviewer")
LOGINS = {ALICE: "alice", BOB: "bob", CAROL: "carol"}


def credentials_of(login: str, **changes: str) -> Credentials:
    """A person's accounts as the emulators' seed has them."""
    values: dict[str, Any] = {
        "login": Login(login),
        "email": f"{login}@example.com",
        "name": login.capitalize(),
        "github_token": f"{login}-token",
        "jira_token": f"{login}-token",
    }
    return Credentials(**{**values, **changes})


def services_at(url: str, **changes: Any) -> Services:
    """Services of a run below a base URL: acme/shop and SHOP, Alice sets up."""
    values: dict[str, Any] = {
        "github_api_url": f"{url}/github/api/v3",
        "github_html_url": f"{url}/github",
        "jira_url": f"{url}/jira",
        "owner": Login("acme"),
        "repository": "shop",
        "project": "SHOP",
        "credentials": {seat: credentials_of(login) for seat, login in LOGINS.items()},
        "admin": ALICE,
    }
    return Services(**{**values, **changes})


def a_draft(ref: str = "refund", **changes: Any) -> IssueDraft:
    """A story to be created."""
    values: dict[str, Any] = {"ref": IssueRef(ref), "summary": f"Summary of {ref}"}
    return IssueDraft(**{**values, **changes})
