"""Signing in: with a token, by name on this machine, once for both services of a site, and for no other site."""

from __future__ import annotations

import stat
from datetime import timedelta
from urllib.parse import quote, urlsplit

import pytest
import requests
from werkzeug.test import Client

from simulator.emulators.kit.sign_in import LASTS
from simulator.emulators.server import Emulators
from tests.emulators.browsing import Browser
from tests.emulators.conftest import Server, Site, TickingClock, a_seed
from tests.tables import file_with_tables

ISSUES = "/jira/browse/AUTOTEST"


@pytest.fixture
def stranger(site: Site) -> Browser:
    """Nobody in particular."""
    return Browser(site, None)


def cookie_of(answer: requests.Response) -> str:
    return answer.headers["Set-Cookie"]


def test_a_page_that_needs_somebody_asks_who_it_is_and_leads_back(stranger: Browser) -> None:
    asked = stranger.ask(f"{ISSUES}?a=1&b=ä")

    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(f"/sites/{stranger.site.key}/jira/login?to=")
    form = stranger.read(
        urlsplit(asked.headers["Location"]).path.removeprefix(f"/sites/{stranger.site.key}")
        + "?"
        + urlsplit(asked.headers["Location"]).query
    )
    wanted = next(attrs["value"] for tag, attrs in form.tags if attrs.get("name") == "to")
    signed = stranger.sign_in(service="jira", token="alice-token", to=wanted)

    assert signed.status_code == 303
    assert signed.headers["Location"] == f"/sites/{stranger.site.key}{ISSUES}?a=1&b=%C3%A4"


def test_one_sign_in_serves_both_services(stranger: Browser) -> None:
    stranger.sign_in(service="github", token="bob-token")

    assert "Bob" in stranger.read("/github/").text
    assert "Bob" in stranger.read(ISSUES).text


def test_the_cookie_is_closed_to_scripts_other_sites_and_other_paths(stranger: Browser) -> None:
    said = cookie_of(stranger.sign_in(token="bob-token"))

    assert f"Path=/sites/{stranger.site.key};" in f"{said};"
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert f"Max-Age={int(LASTS.total_seconds())}" in said


def test_a_wrong_token_is_said_in_the_form(stranger: Browser) -> None:
    for token in ("", "wrong", "a" * 5000, "\x00", "' OR 1=1 --"):
        answer = stranger.sign_in(token=token, to="/x")

        assert answer.status_code == 403
        assert "No account here has that token" in answer.text
        assert "Set-Cookie" not in answer.headers
        assert token not in answer.text or not token


def test_a_name_is_enough_on_this_machine(stranger: Browser) -> None:
    assert "Continue as Carol" in stranger.read("/github/login").text

    stranger.sign_in(login="carol")

    assert "Carol" in stranger.read(ISSUES).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "dojo.example.com"},
        {"X-Forwarded-For": "10.1.2.3"},
        {"Host": "localhost.example.com", "Forwarded": "for=1.1.1.1"},
    ],
)
def test_a_name_is_not_enough_from_elsewhere(stranger: Browser, headers: dict[str, str]) -> None:
    stranger.session.headers.update(headers)

    assert "Continue as" not in stranger.read("/github/login").text
    assert stranger.sign_in(login="alice").status_code == 403
    assert stranger.sign_in(token="alice-token").status_code == 303


def test_nobody_signs_in_as_an_organization_or_as_somebody_unknown(stranger: Browser) -> None:
    for login in ("acme", "nobody", "", "Alice"):
        assert stranger.sign_in(login=login).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(site: Site, headers: dict[str, str]) -> None:
    browser = Browser(site, "alice")
    for path in ("/github/login", "/jira/logout"):
        data = {"login": "bob", "token": "bob-token"}
        answer = browser.session.post(site.url + path, data=data, headers=headers, allow_redirects=False, timeout=20)

        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
    assert "Alice" in browser.read("/github/").text


def test_forms_of_our_own_are_taken(stranger: Browser) -> None:
    stranger.session.headers.update({"Origin": stranger.site.server.url, "Sec-Fetch-Site": "same-origin"})

    assert stranger.sign_in(login="alice").status_code == 303


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "/" + "x" * 3000,
    ],
)
def test_nobody_is_sent_elsewhere(stranger: Browser, to: str) -> None:
    home = f"/sites/{stranger.site.key}/github/"
    form = stranger.read(f"/github/login?to={quote(to, safe='')}")

    assert stranger.sign_in(login="alice", to=to).headers["Location"] == home
    assert [attrs["value"] for _, attrs in form.tags if attrs.get("name") == "to"] == [home, home]


def test_logging_out_ends_it(site: Site) -> None:
    browser = Browser(site, "alice")

    left = browser.session.post(f"{site.url}/jira/logout", allow_redirects=False, timeout=20)

    assert left.headers["Location"] == f"/sites/{site.key}/jira/login"
    assert browser.ask(ISSUES).status_code == 302


def test_a_cookie_is_good_for_its_own_site_only(site: Site, other_site: Site) -> None:
    value = Browser(site, "alice").session.cookies[f"signed-in-{site.key}"]
    elsewhere = Browser(other_site, None)
    elsewhere.session.cookies.set(f"signed-in-{other_site.key}", value)

    assert elsewhere.ask(ISSUES).status_code == 302


def test_a_forged_cookie_is_nobody_s(site: Site) -> None:
    value = Browser(site, "bob").session.cookies[f"signed-in-{site.key}"]
    for forged in (value[:-2] + "xx", value.replace(".", ".x", 1), "", "x.y.z", "é", '["a","b",1].x'):
        stranger = Browser(site, None)
        stranger.session.cookies.set(f"signed-in-{site.key}", forged.encode().decode("latin-1"))

        assert stranger.ask(ISSUES).status_code == 302


def test_a_cookie_ends_after_its_days(tmp_path_factory: pytest.TempPathFactory) -> None:
    clock, folder = TickingClock(), tmp_path_factory.mktemp("emulators")
    emulators = Emulators(database_url=file_with_tables(folder / "e.db"), folder=folder, now=clock, deliver=False)
    emulators.create_site("default", a_seed())
    client = Client(emulators.wsgi)
    local = {"environ_overrides": {"REMOTE_ADDR": "127.0.0.1"}}
    client.post("/jira/login", data={"login": "alice"}, **local)
    home = "/jira/"
    assert client.get(home).status_code == 200

    clock.skip((LASTS + timedelta(minutes=1)).total_seconds())

    assert client.get(home).status_code == 401
    emulators.close()


def test_the_key_is_kept_for_the_server_s_user_alone(emulator_server: Server, site: Site) -> None:
    Browser(site, "alice")

    file = emulator_server.emulators.instance.repositories.parent / "sign-in.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 32


def test_a_cookie_is_no_credential_of_the_apis(site: Site) -> None:
    browser = Browser(site, "alice")

    assert browser.ask("/github/api/v3/user").status_code == 401
    assert browser.ask("/jira/rest/api/3/myself").status_code == 401
