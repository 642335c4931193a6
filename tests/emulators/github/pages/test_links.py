"""Every address of a page that the API gives leads to a page, and the fragment in it to a place there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urldefrag

import pytest
import requests

from simulator.emulators.kit.seed import seed_of
from tests.emulators.browsing import HOSTILE, Browser, Page
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by
from tests.emulators.github.test_actions import CI, moved, playing, with_workflows

REPOSITORY = "/github/acme/payments"
_LISTS = (
    "",
    "/activity",
    "/actions/runs",
    "/actions/workflows",
    "/branches",
    "/comments",
    "/commits",
    "/commits/main/check-runs",
    "/contents",
    "/contributors",
    "/issues?state=all",
    "/issues/comments",
    "/issues/events",
    "/issues/1/timeline",
    "/labels",
    "/milestones",
    "/pulls?state=all",
    "/pulls/comments",
    "/readme",
    "/releases",
    "/releases/latest",
    "/rulesets",
    "/tags",
    "/teams",
)
RULES = [
    {"type": "deletion"},
    {
        "type": "commit_message_pattern",
        "parameters": {"operator": "starts_with", "pattern": f"feat{HOSTILE}", "name": f"Say {HOSTILE}"},
    },
    {
        "type": "required_status_checks",
        "parameters": {"strict_required_status_checks_policy": False, "required_status_checks": [{"context": "build"}]},
    },
]


@pytest.fixture
def browser(site: Site) -> Browser:
    """Alice's."""
    return Browser(site)


def furnish(site: Site) -> None:
    """Something of everything that has a page."""
    repository = a_repository(site)
    playing(site)
    with_workflows(site, ci=CI)
    site.github().get_organization("acme").create_team("Builders", [repository], privacy="closed")
    issue = repository.create_issue(f"Broken {HOSTILE}", labels=["bug"])
    issue.edit(milestone=repository.create_milestone(f"First {HOSTILE}", description=HOSTILE))
    issue.create_comment("Yes")
    pull = a_pull(site, "feature/x", {"a b.txt": "one\n"}, title=f"Add {HOSTILE}", body="Fixes #1")
    comment = {"path": "a b.txt", "line": 1, "side": "RIGHT", "body": "Why?"}
    seen_by(site, "alice", pull).create_review(event="APPROVE", body="Good", comments=[comment])  # type: ignore[list-item]
    commit = repository.get_commit("main")
    commit.create_comment(f"A word {HOSTILE}")
    repository.create_check_run("build", commit.sha, status="completed", conclusion="success")
    release = {"draft": False, "prerelease": False}
    repository.create_git_release("v1/0#1", f"One {HOSTILE}", HOSTILE, **release)
    repository.create_git_release("v2", "Two", "", draft=True)
    body = {"name": f"Main {HOSTILE}", "target": "branch", "enforcement": "active", "rules": RULES}
    body["conditions"] = {"ref_name": {"include": ["~ALL"], "exclude": []}}
    assert asked(site, "/rulesets", body).status_code == 201
    seen_by(site, "alice", pull)


def asked(site: Site, path: str, body: object = None) -> requests.Response:
    address = f"{site.api_url}/repos/acme/payments{path}"
    return site.session().post(address, json=body) if body else site.session().get(address)


def addresses_in(body: Any) -> Iterator[str]:
    """The addresses of pages in a body, wherever they stand."""
    if isinstance(body, list):
        for each in body:
            yield from addresses_in(each)
    elif isinstance(body, dict):
        for name, value in body.items():
            if name in ("html_url", "html", "permalink_url", "external_url", "avatar_url", "badge_url"):
                yield value["href"] if isinstance(value, dict) else value
            else:
                yield from addresses_in(value)


def test_each_address_of_a_page_leads_to_it(site: Site, browser: Browser) -> None:
    furnish(site)
    ruleset = asked(site, "/rulesets").json()[0]["id"]
    bodies = [asked(site, path) for path in (*_LISTS, f"/rulesets/{ruleset}", "/compare/main...feature/x")]
    assert [body.url for body in bodies if body.status_code != 200] == []
    found = {each for body in bodies for each in addresses_in(body.json()) if each and each.startswith(site.html_url)}
    root = f"{site.html_url}/acme/payments/"
    kinds = {each.removeprefix(root).partition("/")[0] for each in found if each.startswith(root)}
    assert {"actions", "blob", "commit", "issues", "milestone", "pull", "releases", "rules", "runs", "tree"} <= kinds

    for address, fragment in sorted(urldefrag(each) for each in found):
        answer = browser.session.get(address, timeout=20)
        assert answer.status_code == 200, address
        if answer.headers["Content-Type"].startswith("text/html"):
            page = Page(answer.text)
            page.check()
            assert not fragment or fragment in page.ids, f"{address}#{fragment}"
            assert "<script" not in answer.text


def test_the_tabs_lead_everywhere(site: Site, browser: Browser) -> None:
    furnish(site)
    seen: set[str] = set()
    ahead = [REPOSITORY, f"{REPOSITORY}/issues", f"{REPOSITORY}/tags", f"{REPOSITORY}/labels", f"{REPOSITORY}/rules"]

    for path in ahead:
        for link in browser.read(path).links:
            below = urldefrag(link).url
            if below.startswith("/") and below not in seen and not below.startswith("?"):
                seen.add(below)
                status = browser.session.get(site.server.url + below, timeout=20).status_code
                assert status == 200, f"{path} -> {below}"

    names = ("actions", "labels", "milestones", "releases", "tags")
    assert {f"/sites/{site.key}{REPOSITORY}/{name}" for name in names} <= seen


def test_a_refused_push_is_told_of_a_page_of_the_rules_in_force(site: Site, browser: Browser) -> None:
    furnish(site)

    in_force = browser.read(f"{REPOSITORY}/rules?ref={quote('refs/heads/main', safe='')}")
    for_tags = browser.read(f"{REPOSITORY}/rules?ref=refs/tags/v1&x={quote(HOSTILE)}")
    odd = browser.read(f"{REPOSITORY}/rules?ref={quote(HOSTILE)}")

    assert "Restrict deletions" in in_force.text
    assert "Require status checks to pass" in in_force.text
    assert "required status checks: build" in in_force.text
    assert "pattern: feat<script>" in in_force.text
    assert "No ruleset is in force for it." in for_tags.text
    assert "No ruleset is in force for it." in odd.text
    assert browser.ask(f"{REPOSITORY}/rules/99").status_code == 404


def test_drafts_and_teams_are_shown_to_those_who_may_know_of_them(site: Site, browser: Browser) -> None:
    furnish(site)
    drafts = [each for each in asked(site, "/releases").json() if each["draft"]]
    path = drafts[0]["html_url"].removeprefix(site.url)
    stranger = Browser(site, "carol")

    assert "Two" in browser.read(path).text
    assert "Two" not in stranger.read(f"{REPOSITORY}/releases").text
    assert stranger.ask(path).status_code == 404
    assert "Builders" in browser.read("/github/orgs/acme/teams").text
    assert "acme/payments" in browser.read("/github/orgs/acme/teams/builders").text
    assert stranger.ask("/github/orgs/acme/teams/builders").status_code == 404
    assert Browser(site, None).ask("/github/orgs/acme/teams/builders").status_code == 302
    assert browser.ask("/github/orgs/carol/teams").status_code == 404


def test_whoever_is_invited_sees_by_whom(site: Site) -> None:
    site.emulators.create_site(site.key, seed_of({"github": {"invitations": True}}))
    private = site.github().get_user().create_repo("secrets", private=True)
    invitation = private.add_to_collaborators("carol", "push")
    assert invitation is not None
    path = invitation.html_url.removeprefix(site.url)

    assert "alice invited you to collaborate, with the role write" in Browser(site, "carol").read(path).text
    assert Browser(site, "bob").ask(path).status_code == 404
    assert Browser(site, None).ask(path).status_code == 302


def test_the_timeline_says_what_happened_in_words(site: Site, browser: Browser) -> None:
    repository = a_repository(site)
    issue = repository.create_issue("Broken", assignees=["bob"])
    issue.edit(milestone=repository.create_milestone("First"))
    issue.edit(milestone=None)
    sha = a_commit(site, "side", {"a.txt": "a\n"}, message=f"fix: see #{issue.number}")
    issue.lock("too heated")
    pull = a_pull(site)
    seen_by(site, "alice", pull).merge()

    page, merged = (browser.read(f"{REPOSITORY}/{path}") for path in (f"issues/{issue.number}", f"pull/{pull.number}"))

    for words in ("added it to the milestone First", "took it out of the milestone First", "as too heated"):
        assert words in page.text
    assert f"mentioned it in a commit, {sha[:7]}" in page.text
    assert "alice merged it as" in merged.text
    assert "closed it" not in merged.text


def test_labels_have_their_colours(site: Site, browser: Browser) -> None:
    repository = a_repository(site)
    repository.create_label("loud/one", "ff00aa", "As loud as it gets")
    repository.create_issue("Broken", labels=["loud/one"])

    page = browser.read(f"{REPOSITORY}/issues")
    dots = [attrs["src"] for tag, attrs in page.tags if tag == "img"]
    picture = browser.session.get(site.server.url + dots[0], timeout=20)

    assert dots == [f"/sites/{site.key}/github/-/colors/ff00aa.svg"]
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert 'fill="#ff00aa"' in picture.text
    assert "Broken" in browser.read(f"{REPOSITORY}/labels/loud%2Fone").text
    for bad in ("red", "-1", "1000000", "0x1", "%22"):
        assert browser.ask(f"/github/-/colors/{bad}.svg").status_code == 404


def test_an_error_knows_who_is_signed_in(site: Site, browser: Browser) -> None:
    page = browser.read(f"{REPOSITORY}/nonsense", status=404)

    assert "Sign in" not in page.text
    assert "Alice" in page.text


def test_a_badge_says_how_the_last_run_ended(site: Site, browser: Browser) -> None:
    playing(site)
    with_workflows(site, ci=CI.replace("name: CI", 'name: "<b>CI</b> & more"'))
    path = f"{REPOSITORY}/actions/workflows/ci.yml"

    def badge() -> str:
        return browser.session.get(f"{site.url}{path}/badge.svg", timeout=20).text

    before = badge()
    (run,) = a_repository(site).get_workflow_runs()
    assert moved(site, run.id, {"status": "completed", "conclusion": "failure"}).status_code == 200

    assert "<title>&lt;b&gt;CI&lt;/b&gt; &amp; more - no status</title>" in before
    assert "failing" in badge()
    assert "failure" in browser.read(path).text
    assert browser.ask(f"{REPOSITORY}/actions/workflows/none.yml").status_code == 404
    assert browser.ask(f"{REPOSITORY}/actions/workflows/none.yml/badge.svg").status_code == 404
