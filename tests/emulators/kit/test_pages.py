"""What all pages have in common: errors that a person can read, and answers to programs that stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.emulators.kit.pages import lowered_headings
from simulator.emulators.kit.sign_in_key import signing_key
from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site


@pytest.mark.parametrize(
    "path", ["/github/a/b/c/d/e", "/jira/no/such/page", "/jira/browse/AUTOTEST-99", "/github/nobody/x"]
)
def test_an_unknown_page_is_404_with_a_way_back(site: Site, path: str) -> None:
    page = Browser(site).read(path, status=404)

    assert "Page not found" in page.text
    assert f"/sites/{site.key}/{path.split('/')[1]}/" in page.links


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/github/a/b/c/d/e", 501),
        ("/github/api/v3/gists", 501),
        ("/github/api/v3/pulls", 501),
        ("/github/acme/none", 404),
        ("/jira/no/such/page", 501),
        ("/jira/browse/AUTOTEST-1", 401),
    ],
)
def test_programs_get_the_service_s_own_words(site: Site, path: str, status: int) -> None:
    answer = Browser(site, None).ask(path, headers={"Accept": "application/json"})

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")


def test_the_apis_answer_browsers_as_programs(site: Site) -> None:
    browser = Browser(site)

    for path, status in (
        ("/github/api/v3/repos/no/body", 404),
        ("/github/api/v3/gap/x", 501),
        ("/jira/rest/api/3/gap", 501),
    ):
        answer = browser.ask(path)
        assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (status, "application/json")


def test_an_address_with_a_nul_is_a_page_too(site: Site) -> None:
    assert "cannot be read" in Browser(site).read("/jira/browse/%00", status=400).text


def test_the_style_sheet_may_be_kept_for_ever(site: Site) -> None:
    browser = Browser(site)
    page = browser.read("/github/")
    address = next(attrs["href"] for tag, attrs in page.tags if attrs.get("rel") == "stylesheet")

    answer = browser.ask(address.removeprefix(f"/sites/{site.key}"))

    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_that_did_not_change_is_304(site: Site) -> None:
    browser = Browser(site)
    tag = browser.ask("/github/acme/payments").headers["ETag"]

    assert browser.ask("/github/acme/payments", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("used", "lowered"),
    [
        ({"h1", "h2"}, ["h3", "h4"]),
        ({"h2", "h5"}, ["h3", "h4"]),
        ({f"h{n}" for n in range(1, 7)}, ["h3", "h4", "h5", "h6", "h6", "h6"]),
    ],
)
def test_headings_of_texts_begin_below_the_page_s_own(used: set[str], lowered: list[str]) -> None:
    assert list(lowered_headings(used).values()) == lowered


def test_half_a_key_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "sign-in.key").write_bytes(b"short")

    assert len(signing_key(tmp_path)) == 32
    assert [file.name for file in tmp_path.iterdir()] == ["sign-in.key"]
