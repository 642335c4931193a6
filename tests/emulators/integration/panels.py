"""What an issue shows of the code host, asked as scripts do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

Panel = Callable[[str, str], Any]


def listed(api: Api, key: str, kind: str) -> Any:
    """What an issue's development panel lists of a kind."""
    number = api.get(f"/rest/api/3/issue/{key}", fields="summary")["id"]
    asked = {"issueId": number, "applicationType": "GitHub", "dataType": kind}
    answer = api.session.get(f"{api.base}/rest/dev-status/1.0/issue/detail", params=asked)
    assert answer.status_code == 200, answer.text
    (host,) = answer.json()["detail"]
    return host


def commits_of(panel: Panel, key: str) -> list[str]:
    """The first lines of the commits that an issue shows."""
    found = panel(key, "repository")["repositories"]
    return [commit["message"].partition("\n")[0] for one in found for commit in one["commits"]]


def summary_of(site: Site, api: Api, key: str) -> Any:
    """The panel's counts."""
    number = api.get(f"/rest/api/3/issue/{key}", fields="summary")["id"]
    answer = api.session.get(f"{site.jira_url}/rest/dev-status/latest/issue/summary", params={"issueId": number})
    return answer.json()["summary"]


def status_of(api: Api, key: str) -> str:
    """The name of an issue's status."""
    return str(api.get(f"/rest/api/3/issue/{key}", fields="status")["fields"]["status"]["name"])


def comments_on(api: Api, key: str) -> list[tuple[str, str]]:
    """Who said what."""
    found = api.get(f"/rest/api/2/issue/{key}/comment")["comments"]
    return [(comment["author"]["displayName"], comment["body"]) for comment in found]
