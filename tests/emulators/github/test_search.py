"""Issues and pull requests searched for: what each qualifier finds, who sees what, what is refused."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull, a_repository, seen_by
from tests.emulators.github.searching import lived_in, search


@pytest.fixture
def busy(site: Site) -> Site:
    return lived_in(site)


def _titles(site: Site, query: str, login: str | None = "bob", **more: str) -> list[str]:
    return [item["title"] for item in search(site, "issues", query, login, **more)["items"]]


FIRST, SECOND, THIRD = "Payment fails", "Add Größe to the form", "Slow payment form"
FIX, DRAFT, MERGED = "Fix payment", "Early work", "Other work"

FINDS: list[tuple[str, set[str]]] = [
    ("payment", {FIRST, THIRD, FIX}),
    ("PAYMENT in:title", {FIRST, THIRD, FIX}),
    ("pay", set()),
    ("größe", {FIRST, SECOND}),
    ("größe in:title", {SECOND}),
    ('"payment form"', {THIRD}),
    ("form payment", {THIRD}),
    ("50%_off", {SECOND}),
    ("blinks", {SECOND}),
    ("blinks in:title,body", set()),
    ("payment -slow is:issue", {FIRST}),
    ("payment NOT slow is:issue", {FIRST}),
    ("(slow OR add) is:issue", {SECOND, THIRD}),
    ("is:issue", {FIRST, SECOND, THIRD}),
    ("type:pr", {FIX, DRAFT, MERGED}),
    ("is:open is:issue", {FIRST, SECOND}),
    ("state:closed", {THIRD, MERGED}),
    ("is:merged", {MERGED}),
    ("is:unmerged is:pr", {FIX, DRAFT}),
    ("draft:true", {DRAFT}),
    ("is:draft", {DRAFT}),
    ("draft:false", {FIX, MERGED}),
    ("reason:completed", set()),
    ('reason:"not planned"', {THIRD}),
    ("label:BUG", {FIRST, THIRD}),
    ('label:bug label:"help wanted"', {THIRD}),
    ('label:question,"help wanted"', {THIRD}),
    ("-label:bug is:issue", {SECOND}),
    ("no:label is:issue", {SECOND}),
    ("has:label", {FIRST, THIRD}),
    ('milestone:"sprint 1"', {FIRST}),
    ("no:milestone is:issue", {SECOND, THIRD}),
    ("no:assignee is:issue", {SECOND, THIRD}),
    ("author:carol", {SECOND}),
    ("author:@me is:issue", {FIRST, THIRD}),
    ("assignee:alice", {FIRST}),
    ("assignee:*", {FIRST}),
    ("mentions:carol", {FIRST}),
    ("commenter:carol", {SECOND}),
    ("involves:carol", {FIRST, SECOND}),
    ("reviewed-by:alice", {FIX}),
    ("review-requested:alice", {FIX}),
    ("user-review-requested:alice", {FIX}),
    ("review-requested:bob", set()),
    ("team-review-requested:acme/nobody", set()),
    ("review:approved", {FIX}),
    ("review:none", {DRAFT, MERGED}),
    ("review:changes_requested", set()),
    ("review:required", set()),
    ("linked:pr", {FIRST}),
    ("linked:issue", {FIX}),
    ("head:fix/", {FIX}),
    ("base:main", {FIX, DRAFT, MERGED}),
    ("head:main", set()),
    ("comments:>0", {SECOND}),
    ("comments:0 is:issue", {FIRST, THIRD}),
    ("reactions:>=2", {FIRST}),
    ("interactions:1..2 is:issue", {FIRST, SECOND}),
    ("created:2026-03-02 is:issue", {FIRST, SECOND, THIRD}),
    ("created:<2026-03-02", set()),
    ("updated:>=2026-03-02T00:00:00Z is:issue", {FIRST, SECOND, THIRD}),
    ("closed:2026-03-01..2026-03-03", {THIRD, MERGED}),
    ("merged:>2026-03-01", {MERGED}),
    ("is:locked", set()),
    ("archived:true", set()),
    ("is:public", {FIRST, SECOND, THIRD, FIX, DRAFT, MERGED}),
    ("repo:acme/payments label:bug", {FIRST, THIRD}),
    ("org:acme author:carol", {SECOND}),
    ("-repo:acme/payments", set()),
    ("project:acme/1", set()),
    ("no:project is:issue", {FIRST, SECOND, THIRD}),
    ("is:nonsense", set()),
]


def finds_what_it_says(site: Site) -> None:
    """Each query of the table finds its issues."""
    session, wrong = site.session("bob"), {}
    for query, wanted in FINDS:
        items = session.get(f"{site.api_url}/search/issues?q={quote(query, safe='')}").json()["items"]
        found = {item["title"] for item in items}
        if found != wanted:
            wrong[query] = found

    assert wrong == {}


def test_each_qualifier_finds_what_it_says(busy: Site) -> None:
    finds_what_it_says(busy)


def test_private_repositories_are_searched_by_their_own_people_only(busy: Site) -> None:
    assert "Payment plans" in _titles(busy, "payment", "alice")
    assert "Payment plans" not in _titles(busy, "payment", "bob")
    assert _titles(busy, "payment is:private", None) == []
    assert _titles(busy, "plans is:private", "alice") == ["Payment plans"]
    assert _titles(busy, "repo:alice/secret repo:acme/payments plans", "bob") == []
    for what in ("issues", "repositories", "commits", "code"):
        answer = busy.session("bob").get(f"{busy.api_url}/search/{what}?q=x+repo:alice/secret")
        assert answer.status_code == 422
        assert "repositories cannot be searched" in answer.json()["errors"][0]["message"]


def test_results_are_sorted_and_paged(busy: Site) -> None:
    by_comments = _titles(busy, "is:issue", sort="comments", order="desc")
    oldest_first = _titles(busy, "is:issue sort:created-asc")
    best = _titles(busy, "form")
    page = search(busy, "issues", "is:issue", per_page="2", page="2", sort="created", order="asc")

    assert by_comments[0] == SECOND
    assert oldest_first == [FIRST, SECOND, THIRD]
    assert set(best) == {SECOND, THIRD}
    assert (page["total_count"], len(page["items"]), page["incomplete_results"]) == (4, 2, False)
    assert [item["title"] for item in page["items"]] == [THIRD, "Payment plans"]
    assert {item["score"] for item in page["items"]} == {1.0}
    assert _titles(busy, "is:issue", sort="reactions-heart")[0] == FIRST
    found = busy.github("bob").search_issues("payment", sort="created", order="asc", state="open", type="issue")
    assert [issue.title for issue in found] == [FIRST]


WRONG: list[tuple[str, str, str | None]] = [
    ("issues", "missing", None),
    ("issues?q=", "missing", None),
    ("repositories", "missing", None),
    ("users?q=+", "missing", None),
    ("issues?q=author:nobody", "invalid", "The listed users cannot be searched"),
    ("issues?q=assignee:%40me-not", "invalid", "The listed users cannot be searched"),
    ("issues?q=repo:acme/none", "invalid", "The listed users and repositories cannot be searched"),
    ("issues?q=created:soon", "invalid", "is not a recognized date/time format"),
    ("issues?q=comments:many", "invalid", "is not a number"),
    ("issues?q=" + "x" * 257, "invalid", "longer than 256"),
    ("code?q=user:acme", "invalid", "at least one search term"),
    ("commits?q=author:nobody", "invalid", "The listed users cannot be searched"),
]


def test_a_wrong_query_is_422(site: Site) -> None:
    session = site.session()

    for path, code, message in WRONG:
        answer = session.get(f"{site.api_url}/search/{path}")
        assert answer.status_code == 422, path
        (error,) = answer.json()["errors"]
        assert (error["resource"], error["field"], error["code"]) == ("Search", "q", code), path
        assert message is None or message in error["message"], path


def test_only_the_first_thousand_results_can_be_had(site: Site) -> None:
    session = site.session()

    beyond = session.get(f"{site.api_url}/search/issues?q=x&per_page=100&page=11")
    within = session.get(f"{site.api_url}/search/issues?q=x&per_page=100&page=10")

    assert (beyond.status_code, within.status_code) == (422, 200)
    assert beyond.json()["message"] == "Only the first 1000 search results are available"
    assert session.get(f"{site.api_url}/search/labels?q=bug").status_code == 422
    assert session.get(f"{site.api_url}/search/labels?q=bug&repository_id=99").status_code == 404
    assert site.session(None).get(f"{site.api_url}/search/code?q=x").status_code == 401


def test_reviews_that_a_branch_requires_are_searched_for(site: Site) -> None:
    pull, repository = a_pull(site), a_repository(site)
    repository.get_branch("main").edit_protection(required_approving_review_count=1)
    wanted = {"required_approving_review_count": 2, "require_code_owner_review": False}
    wanted |= {"require_last_push_approval": False, "required_review_thread_resolution": False}
    rule = {"type": "pull_request", "parameters": wanted | {"dismiss_stale_reviews_on_push": False}}
    condition = {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}

    required = [_titles(site, "review:required")]
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    required.append(_titles(site, "review:required"))
    body = {"name": "two", "enforcement": "active", "rules": [rule], "conditions": condition}
    assert site.session().post(f"{repository.url}/rulesets", json=body).status_code == 201
    required.append(_titles(site, "review:required"))
    seen_by(site, "alice", pull).create_review(event="REQUEST_CHANGES", body="no")

    assert required == [[pull.title], [], [pull.title]]
    assert _titles(site, "review:changes_requested") == [pull.title]
