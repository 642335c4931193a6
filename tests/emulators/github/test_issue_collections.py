"""Issues of a person over many repositories."""

from __future__ import annotations

from typing import Any

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository


def _titles(site: Site, path: str, login: str = "alice") -> list[str]:
    answer: Any = site.session(login).get(f"{site.api_url}{path}")
    assert answer.status_code == 200, answer.text
    assert flaws("GET", path.partition("?")[0], 200, answer.json()) == []
    return [issue["title"] for issue in answer.json()]


def test_issues_are_gathered_from_all_repositories(site: Site) -> None:
    notes = site.github("alice").get_user().create_repo("notes", private=True)
    repository = a_repository(site, "bob")
    repository.create_issue("Assigned", assignees=["alice"], labels=["bug"])
    repository.create_issue("Mentioning", body="@alice?")
    repository.create_issue("Neither")
    a_repository(site, "alice").create_issue("Written").edit(state="closed")
    notes.create_issue("Private", assignees=["alice"])
    a_pull(site, title="Pull")

    assert _titles(site, "/issues") == ["Private", "Assigned"]
    assert _titles(site, "/issues?labels=bug&sort=updated&direction=asc") == ["Assigned"]
    assert _titles(site, "/issues?filter=created") == ["Private"]
    assert _titles(site, "/issues?filter=created&state=all") == ["Private", "Written"]
    assert _titles(site, "/issues?filter=mentioned") == ["Mentioning"]
    assert set(_titles(site, "/issues?filter=subscribed")) == {"Private", "Assigned", "Mentioning"}
    assert set(_titles(site, "/issues?filter=all")) == {"Private", "Pull", "Neither", "Mentioning", "Assigned"}
    assert "Pull" not in _titles(site, "/issues?filter=all&pulls=false")
    assert _titles(site, "/user/issues?per_page=1&page=2") == ["Assigned"]
    assert _titles(site, "/orgs/acme/issues") == ["Assigned"]
    assert _titles(site, "/issues?filter=all", "carol") == []
    assert [issue.repository.full_name for issue in site.github("alice").get_user().get_issues()] == [
        "alice/notes",
        "acme/payments",
    ]


def test_they_need_a_token_and_an_organization(site: Site) -> None:
    for path in ("/issues", "/user/issues", "/orgs/acme/issues"):
        assert site.session(None).get(site.api_url + path).status_code == 401
    assert site.session().get(f"{site.api_url}/orgs/bob/issues").status_code == 404
    assert site.session().get(f"{site.api_url}/issues?since=soon").status_code == 422
