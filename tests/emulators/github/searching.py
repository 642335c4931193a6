"""A site in which there is something to be found, and how to ask for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_pull, a_repository


def lived_in(site: Site) -> Site:
    """Issues 1 to 3, an approved pull request (4) that closes 1, a merged one (5), a private repository with an issue."""
    repository = a_repository(site, "bob")
    milestone = repository.create_milestone("Sprint 1")
    first = repository.create_issue(
        "Payment fails", body="Größe is wrong, ask @carol", labels=["bug"], assignees=["alice"], milestone=milestone
    )
    second = a_repository(site, "carol").create_issue("Add Größe to the form", body="50%_off (really)")
    third = repository.create_issue("Slow payment form", labels=["bug", "help wanted"])
    second.create_comment("the cursor blinks")
    first.create_reaction("+1")
    first.create_reaction("heart")
    third.edit(state="closed", state_reason="not_planned")
    pull = a_pull(site, "fix/größe", body="Fixes #1", title="Fix payment")
    pull.create_review_request(reviewers=["alice"])
    a_repository(site, "alice").get_pull(pull.number).create_review(event="APPROVE")
    pull.create_review_request(reviewers=["alice"])
    a_pull(site, "merged-one", draft=True, title="Early work")
    other = a_pull(site, "other", title="Other work")
    other.merge()
    secret = site.github("alice").get_user().create_repo("secret", private=True, auto_init=True)
    secret.create_issue("Payment plans")
    return site


def search(site: Site, what: str, query: str, login: str | None = "alice", **more: str) -> Any:
    arguments = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"q": query, **more}.items())
    answer = site.session(login).get(f"{site.api_url}/search/{what}?{arguments}")
    assert answer.status_code == 200, answer.text
    found = flaws("GET", f"/search/{what}", 200, answer.json())
    # The description forgets that an issue need not have a text; GitHub's replies have null then.
    assert [flaw for flaw in found if "/body: null" not in flaw] == []
    return answer.json()
