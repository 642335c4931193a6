"""Files fetched by the addresses that the API gives: openly from public repositories, by token or signature from private ones."""

from __future__ import annotations

from github.ContentFile import ContentFile
from github.Repository import Repository

from tests.emulators.conftest import Site


def a_private_repository(site: Site, *paths: str) -> Repository:
    """Alice's own, with a file at each path that says its path."""
    made = site.github().get_user().create_repo("secrets", private=True)
    for path in paths:
        made.create_file(path, f"add {path}", path)
    return made


def a_file(repository: Repository, path: str) -> ContentFile:
    found = repository.get_contents(path)
    assert isinstance(found, ContentFile)
    return found


def test_a_public_file_s_address_is_plain(site: Site) -> None:
    url = a_file(site.github().get_repo("acme/payments"), "README.md").download_url

    assert url == f"{site.html_url}/acme/payments/raw/main/README.md"
    assert site.session(None).get(url).text == "# Payments\n"


def test_a_private_file_s_address_opens_that_file_alone_for_a_while(site: Site) -> None:
    repository = a_private_repository(site, "a/ä b.txt", "other.txt")
    nobody = site.session(None)

    url = a_file(repository, "a/ä b.txt").download_url
    bare, _, token = url.partition("?token=")

    assert nobody.get(url).content.decode() == "a/ä b.txt"
    assert nobody.get(bare).status_code == 404
    assert nobody.get(f"{bare}?token=nonsense").status_code == 404
    assert nobody.get(f"{site.html_url}/alice/secrets/raw/main/other.txt?token={token}").status_code == 404
    assert nobody.get(f"{site.html_url}/alice/secrets/blob/main/other.txt?token={token}").status_code == 404
    assert a_file(repository, "a/ä b.txt").download_url == url  # so its ETag holds
    site.clock.skip(1800)
    assert nobody.get(url).status_code == 404
    assert nobody.get(a_file(repository, "a/ä b.txt").download_url).status_code == 200


def test_a_token_in_a_header_opens_what_its_owner_may_read(site: Site) -> None:
    a_private_repository(site, "a.txt")
    raw, archive = (f"{site.html_url}/alice/secrets/{rest}" for rest in ("raw/main/a.txt", "archive/main.zip"))

    assert site.session().get(raw).text == "a.txt"
    assert site.session().get(archive).status_code == 200
    assert [site.session("carol").get(address).status_code for address in (raw, archive)] == [404, 404]


def test_a_browser_that_nobody_is_signed_in_with_is_asked_to(site: Site) -> None:
    a_private_repository(site, "a.txt")
    browser = site.session(None)
    browser.headers["Accept"] = "text/html"

    answer = browser.get(f"{site.html_url}/alice/secrets/raw/main/a.txt", allow_redirects=False)

    assert answer.status_code == 302
    assert "/login?to=" in answer.headers["Location"]
