"""Search through PyGithub and by hand: what each qualifier finds, who sees what, what is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, seen_by


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


@pytest.fixture
def busy(site: Site) -> Site:
    return lived_in(site)


def _search(site: Site, what: str, query: str, login: str | None = "alice", **more: str) -> Any:
    arguments = "&".join(f"{name}={quote(value, safe='')}" for name, value in {"q": query, **more}.items())
    answer = site.session(login).get(f"{site.api_url}/search/{what}?{arguments}")
    assert answer.status_code == 200, answer.text
    found = flaws("GET", f"/search/{what}", 200, answer.json())
    # The description forgets that an issue need not have a text; GitHub's replies have null then.
    assert [flaw for flaw in found if "/body: null" not in flaw] == []
    return answer.json()


def _titles(site: Site, query: str, login: str | None = "bob", **more: str) -> list[str]:
    return [item["title"] for item in _search(site, "issues", query, login, **more)["items"]]


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
    page = _search(busy, "issues", "is:issue", per_page="2", page="2", sort="created", order="asc")

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


def test_repositories_are_found_by_words_and_facts(busy: Site) -> None:
    organization = busy.github("alice").get_organization("acme")
    made = organization.create_repo("web-shop", description="A shop for größe", auto_init=True)
    made.create_file("app.py", "feat: app", "print('hi')\n" * 20)
    made.replace_topics(["shop", "python"])
    busy.session("bob").put(f"{busy.api_url}/user/starred/acme/web-shop")

    def names(query: str, login: str | None = "bob", **more: str) -> list[str]:
        return [item["full_name"] for item in _search(busy, "repositories", query, login, **more)["items"]]

    assert names("shop") == ["acme/web-shop"]
    assert names("größe in:description") == ["acme/web-shop"]
    assert names("größe in:name") == []
    assert names("payments in:readme") == ["acme/payments"]
    assert names("topic:python stars:>0 language:python") == ["acme/web-shop"]
    assert names("topics:2 is:public archived:false fork:true user:acme") == ["acme/web-shop"]
    assert names("org:acme", sort="stars") == ["acme/web-shop", "acme/payments"]
    assert names("org:acme", sort="stars", order="asc") == ["acme/payments", "acme/web-shop"]
    assert names("user:alice") == []
    assert names("user:@me is:private", "alice") == ["alice/secret"]
    assert names("created:<2020-01-01 org:acme") == []
    assert names("size:>=0 pushed:>2026-01-01 license:mit") == []


def test_commits_are_found_by_words_people_and_dates(busy: Site) -> None:
    sha = a_commit(busy, "main", {"x.txt": "1"}, onto=None, message="fix: the Größe of things")

    def shas(query: str) -> list[str]:
        return [item["sha"] for item in _search(busy, "commits", query, "bob")["items"]]

    assert shas("größe") == [sha]
    assert sha in shas("author:bob repo:acme/payments")
    assert shas(f"hash:{sha}") == [sha]
    assert shas("merge:true")
    assert sha not in shas("merge:true")
    assert shas("größe author-date:<2020-01-01") == []
    assert shas("größe committer-email:bob@example.com author-name:Bob org:acme is:public") == [sha]
    assert [commit.sha for commit in busy.github("bob").search_commits("größe")] == [sha]


def test_code_is_found_by_content_and_path(busy: Site) -> None:
    files = {"src/pay.py": "def charge(amount):\n    return amount\n", "docs/Pay Guide.md": "How to charge a card\n"}
    a_commit(busy, "main", files)

    def paths(query: str, login: str = "bob") -> list[str]:
        return [item["path"] for item in _search(busy, "code", query, login)["items"]]

    assert paths("charge") == ["docs/Pay Guide.md", "src/pay.py"]
    assert paths("charge language:python") == ["src/pay.py"]
    assert paths("charge extension:md repo:acme/payments") == ["docs/Pay Guide.md"]
    assert paths("pay in:path path:src") == ["src/pay.py"]
    assert paths("filename:pay.py amount") == ["src/pay.py"]
    assert paths("charg") == []
    assert paths('"charge amount" size:<100') == ["src/pay.py"]
    marked = busy.session("bob").get(
        f"{busy.api_url}/search/code?q=amount", headers={"Accept": "application/vnd.github.text-match+json"}
    )
    (match,) = marked.json()["items"][0]["text_matches"]
    assert match["object_type"] == "FileContent"
    assert {match["fragment"][start:end] for start, end in (each["indices"] for each in match["matches"])} == {"amount"}


def test_people_and_labels_are_found(busy: Site) -> None:
    def logins(query: str, **more: str) -> list[str]:
        return [item["login"] for item in _search(busy, "users", query, "bob", **more)["items"]]

    assert logins("bob") == ["bob"]
    assert logins("ac") == ["acme"]
    assert logins("type:org") == ["acme"]
    assert logins("type:user", sort="joined", order="asc") == ["alice", "bob", "carol"]
    assert logins("carol@example.com in:email") == ["carol"]
    assert logins("type:user repos:>0 created:>2020-01-01") == []
    found = _search(busy, "labels", "working", repository_id="1")
    assert [label["name"] for label in found["items"]] == ["bug"]


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
