from __future__ import annotations

import pytest

from tests.emulators.conftest import Site
from tests.emulators.control.conftest import Control


def test_the_journal_tells_what_came_newest_first_and_goes_on_after_a_cursor(site: Site, control: Control) -> None:
    site.session().get(f"{site.api_url}/user")
    site.jira_session().get(f"{site.jira_url}/rest/api/3/myself")
    site.session().get(f"{site.api_url}/no/such/route?access_token=secret")

    told = control("GET", "/journal").json()
    gaps = control("GET", "/journal?status=501&limit=5").json()["entries"]
    of_jira = control("GET", "/journal?service=jira").json()["entries"]
    site.session().get(f"{site.api_url}/rate_limit")
    later = control("GET", f"/journal?after={told['cursor']}").json()["entries"]

    assert [entry["path"] for entry in told["entries"]] == [
        "/api/v3/no/such/route",
        "/rest/api/3/myself",
        "/api/v3/user",
    ]
    assert "secret" not in str(told)
    assert [entry["path"] for entry in gaps] == ["/api/v3/no/such/route"]
    assert [entry["service"] for entry in of_jira] == ["jira"]
    assert [entry["path"] for entry in later] == ["/api/v3/rate_limit"]


def test_a_cleared_journal_is_empty_and_counts_on(site: Site, control: Control) -> None:
    site.session().get(f"{site.api_url}/user")
    cursor = control("GET", "/journal").json()["cursor"]

    assert control("DELETE", "/journal").status_code == 204

    assert control("GET", "/journal").json() == {"entries": [], "cursor": cursor}


@pytest.mark.parametrize(
    "query", ["limit=-5", "limit=x", "limit=99999999999", "status=x", "status=-1", "status=", "after=-1", "after=x"]
)
def test_odd_questions_to_the_journal_are_answered(control: Control, query: str) -> None:
    assert control("GET", f"/journal?{query}").status_code == 200
