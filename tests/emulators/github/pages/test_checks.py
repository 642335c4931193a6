"""The page of a check run, and its button."""

from __future__ import annotations

from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_collaborator, a_pull, a_repository


def test_who_may_push_asks_for_the_checks_once_more_by_the_button(site: Site) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})
    repository = a_repository(site)
    made = repository.create_check_run("tests", pull.head.sha, status="completed", conclusion="failure")
    address = f"/github/acme/payments/runs/{made.id}"

    page = Browser(site).read(address)
    assert f'action="/sites/{site.key}{address}/rerequest"' in page.html
    sent = Browser(site).session.post(f"{site.url}{address}/rerequest", timeout=20, allow_redirects=False)

    assert (sent.status_code, sent.headers["Location"].endswith(f"/runs/{made.id}")) == (303, True)
    (suite,) = repository.get_commit(pull.head.sha).get_check_suites()
    assert suite.status == "queued"


def test_who_may_only_read_has_no_button(site: Site) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})
    made = a_repository(site).create_check_run("tests", pull.head.sha, status="completed", conclusion="failure")
    a_collaborator(site, "carol", "pull")
    address = f"/github/acme/payments/runs/{made.id}"
    carol = Browser(site, "carol")

    assert "/rerequest" not in carol.read(address).html
    refused = carol.session.post(f"{site.url}{address}/rerequest", timeout=20, allow_redirects=False)
    assert refused.status_code in (403, 404)
