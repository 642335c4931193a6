"""What all replies have in common: headers, errors, pages, conditional requests, gaps."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from github import Auth, BadCredentialsException, Github

from tests.emulators.conftest import Site


def test_every_reply_carries_github_s_headers(site: Site) -> None:
    headers = site.session().get(f"{site.api_url}/repos/acme/payments").headers

    assert headers["X-GitHub-Media-Type"] == "github.v3; format=json"
    assert headers["X-GitHub-Api-Version-Selected"] == "2022-11-28"
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("5000", "4999")
    assert headers["X-RateLimit-Resource"] == "core"
    assert "repo" in headers["X-OAuth-Scopes"].split(", ")
    assert headers["X-GitHub-Request-Id"]
    assert headers["ETag"].startswith('"')


def test_the_root_tells_scopes_and_addresses(site: Site) -> None:
    answer = site.session().get(f"{site.api_url}/")

    assert answer.json()["current_user_url"] == f"{site.api_url}/user"
    assert "read:org" in answer.headers["X-OAuth-Scopes"]
    assert "X-OAuth-Scopes" not in site.session(None).get(f"{site.api_url}/").headers


def test_a_wrong_token_is_401_everywhere(site: Site) -> None:
    github = Github(base_url=site.api_url, auth=Auth.Token("wrong-token"), retry=None)

    with pytest.raises(BadCredentialsException) as caught:
        github.get_repo("acme/payments")

    assert caught.value.data == {
        "message": "Bad credentials",
        "documentation_url": "https://docs.github.com/rest",
        "status": "401",
    }
    session = site.session(None)
    session.headers["Authorization"] = "Bearer wrong-token"
    for path in ("/", "/meta", "/rate_limit", "/user", "/users/bob", "/orgs/acme"):
        assert session.get(site.api_url + path).status_code == 401, path


def test_a_token_of_another_site_is_unknown(site: Site, other_site: Site) -> None:
    site.emulators.delete_site(other_site.key)

    assert other_site.session().get(f"{other_site.api_url}/user").status_code == 404
    assert site.session().get(f"{site.api_url}/user").status_code == 200


def test_nobody_in_particular_reads_public_things_and_changes_nothing(site: Site) -> None:
    session = site.session(None)

    assert session.get(f"{site.api_url}/repos/acme/payments/commits").status_code == 200
    assert session.get(f"{site.api_url}/user").json()["message"] == "Requires authentication"
    assert session.post(f"{site.api_url}/repos/acme/payments/labels", json={"name": "x"}).status_code == 401


def test_what_has_not_changed_is_304(site: Site) -> None:
    session, address = site.session(), f"{site.api_url}/repos/acme/payments/branches"
    tag = session.get(address).headers["ETag"]

    again = session.get(address, headers={"If-None-Match": tag})
    site.github().get_repo("acme/payments").create_git_ref(
        "refs/heads/x", site.github().get_repo("acme/payments").get_branch("main").commit.sha
    )

    assert (again.status_code, again.content) == (304, b"")
    assert session.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_what_is_made_says_where_it_is(site: Site) -> None:
    answer = site.session().post(
        f"{site.api_url}/repos/acme/payments/labels", json={"name": "new/x", "color": "ffffff"}
    )

    assert answer.headers["Location"] == f"{site.api_url}/repos/acme/payments/labels/new%2Fx"
    assert site.session().get(answer.headers["Location"]).json()["name"] == "new/x"


def test_pages_keep_the_other_parameters_and_know_their_neighbours(site: Site) -> None:
    answer = site.session().get(f"{site.api_url}/repos/acme/payments/labels?per_page=4&page=2&x=a%26b")

    links = {rel: parse_qs(urlsplit(link["url"]).query) for rel, link in answer.links.items()}
    assert len(answer.json()) == 4
    assert {rel: query["page"] for rel, query in links.items()} == {
        "prev": ["1"],
        "next": ["3"],
        "last": ["3"],
        "first": ["1"],
    }
    assert links["next"]["x"] == ["a&b"]
    assert answer.links["next"]["url"].startswith(f"{site.api_url}/repos/acme/payments/labels?")


@pytest.mark.parametrize(
    ("query", "count"),
    [("per_page=0", 9), ("per_page=1000", 9), ("per_page=x&page=-1", 9), ("page=99", 0), ("page=²", 9)],
)
def test_pages_that_make_no_sense_are_the_usual_ones(site: Site, query: str, count: int) -> None:
    answer = site.session().get(f"{site.api_url}/repos/acme/payments/labels?{query}")

    assert (answer.status_code, len(answer.json())) == (200, count)


def test_a_gap_announces_itself(site: Site) -> None:
    answer = site.session().get(f"{site.api_url}/repos/acme/payments/traffic/views")

    assert answer.status_code == 501
    assert "GET" in answer.json()["message"]
    assert answer.json()["documentation_url"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000, b'{"name": "a\\u0000b"}'])
def test_a_broken_body_is_400_in_github_s_shape(site: Site, body: bytes) -> None:
    answer = site.session().post(f"{site.api_url}/repos/acme/payments/labels", data=body)

    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "documentation_url", "status"}


def test_a_name_in_another_case_is_the_same_and_a_strange_one_is_404(site: Site) -> None:
    for path in ("/repos/ACME/payments", "/repos/acme/payments.git"):
        assert site.session().get(site.api_url + path).status_code == 200
    for path in ("/repos/acme/..", "/repos/acme/%00", "/repos/%2e%2e/payments", "/users/a'b"):
        assert site.session().get(site.api_url + path).status_code in (400, 404, 501), path
