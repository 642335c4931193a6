"""Repositories, commits, code, people and labels searched for."""

from __future__ import annotations

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit
from tests.emulators.github.searching import lived_in, search


@pytest.fixture
def busy(site: Site) -> Site:
    return lived_in(site)


def test_repositories_are_found_by_words_and_facts(busy: Site) -> None:
    organization = busy.github("alice").get_organization("acme")
    made = organization.create_repo("web-shop", description="A shop for größe", auto_init=True)
    made.create_file("app.py", "feat: app", "print('hi')\n" * 20)
    made.replace_topics(["shop", "python"])
    busy.session("bob").put(f"{busy.api_url}/user/starred/acme/web-shop")

    def names(query: str, login: str | None = "bob", **more: str) -> list[str]:
        return [item["full_name"] for item in search(busy, "repositories", query, login, **more)["items"]]

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
        return [item["sha"] for item in search(busy, "commits", query, "bob")["items"]]

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
        return [item["path"] for item in search(busy, "code", query, login)["items"]]

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
        return [item["login"] for item in search(busy, "users", query, "bob", **more)["items"]]

    assert logins("bob") == ["bob"]
    assert logins("ac") == ["acme"]
    assert logins("type:org") == ["acme"]
    assert logins("type:user", sort="joined", order="asc") == ["alice", "bob", "carol"]
    assert logins("carol@example.com in:email") == ["carol"]
    assert logins("type:user repos:>0 created:>2020-01-01") == []
    found = search(busy, "labels", "working", repository_id="1")
    assert [label["name"] for label in found["items"]] == ["bug"]
