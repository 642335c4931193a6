"""Whose accounts the tokens really are, as both services say."""

from __future__ import annotations

from dataclasses import replace

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.jira_accounts import JiraAccounts
from simulator.model.keys import Login, SeatId
from simulator.ports import Credentials, Services


def identify(services: Services) -> dict[SeatId, Credentials]:
    """Every seat's credentials with the login that GitHub and the e-mail that Jira know them by.

    Raises AuthenticationFailed or another AdapterError. Jira Cloud may hide an e-mail address; then the given one stays:
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/
    """
    github, jira = GithubAccounts(services), JiraAccounts(services)
    try:
        return {seat: _identified(seat, services, github, jira) for seat in services.credentials}
    finally:
        github.close()
        jira.close()


def _identified(seat: SeatId, services: Services, github: GithubAccounts, jira: JiraAccounts) -> Credentials:
    with github.asking(f"asking whose token the seat {seat} has"):
        login = github.client(seat).get_user().login
    with jira.asking(f"asking whose token the seat {seat} has"):
        email = jira.client(seat).myself().get("emailAddress")
    given = services.credentials[seat]
    return replace(given, login=Login(login), email=str(email or given.email).lower())
