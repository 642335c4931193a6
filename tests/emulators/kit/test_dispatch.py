from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client

from simulator.emulators.kit import accounts, sites
from simulator.emulators.kit.dispatch import Dispatcher
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.journal import Journal
from simulator.emulators.kit.seed import seed_of
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import SITE, reply
from tests.emulators.conftest import a_seed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def saying(name: str) -> WSGIApplication:
    """An app that says where it believes to be."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        seen = {
            "service": name,
            "site": environ.get(SITE),
            "script": environ.get("SCRIPT_NAME"),
            "path": environ.get("PATH_INFO"),
            "html": Urls.of_environ(environ).html(),
        }
        return reply(seen, 501 if environ["PATH_INFO"] == "/gap" else 200)(environ, start_response)

    return app


@pytest.fixture
def journal(instance: Instance) -> Journal:
    return Journal(instance)


@pytest.fixture
def client(instance: Instance, journal: Journal) -> Client:
    with instance.database.writing() as connection:
        for site in ("default", "second"):
            sites.keep_seed(connection, site, seed_of({}), now=instance.now())
        sites.plant_people(connection, "second", a_seed(), now=instance.now())
        here = [{"login": "dora", "email": "dora@example.com", "token": "dora-token"}]
        sites.plant_people(connection, "here", seed_of({"users": here}), now=instance.now())
    services = {name: saying(name) for name in ("github", "jira", "emulator")}
    return Client(Dispatcher(services, instance=instance, journal=journal, fallback=saying("dashboard")))


def get(client: Client, path: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get(path, **options).get_json()
    return found


@pytest.mark.parametrize(
    ("path", "service", "site", "script", "rest"),
    [
        ("/github/api/v3/user", "github", "default", "/github", "/api/v3/user"),
        ("/github/", "github", "default", "/github", "/"),
        ("/github", "github", "default", "/github", ""),
        ("/github//x//y/", "github", "default", "/github", "//x//y/"),
        ("/jira/rest/api/3/myself", "jira", "default", "/jira", "/rest/api/3/myself"),
        ("/emulator/journal", "emulator", "default", "/emulator", "/journal"),
        ("/sites/second/github/a/b.git/info/refs", "github", "second", "/sites/second/github", "/a/b.git/info/refs"),
        ("/sites/second/jira/browse/PAY-1", "jira", "second", "/sites/second/jira", "/browse/PAY-1"),
        ("/sites/second/jira", "jira", "second", "/sites/second/jira", ""),
        ("/sites/second/emulator/reset", "emulator", "second", "/sites/second/emulator", "/reset"),
    ],
)
def test_the_path_says_which_service_and_which_site(
    client: Client, path: str, service: str, site: str, script: str, rest: str
) -> None:
    seen = get(client, path)

    assert (seen["service"], seen["site"], seen["script"], seen["path"]) == (service, site, script, rest)


@pytest.mark.parametrize("path", ["/", "/runs/1", "/githubs", "/sites", "/static/jira", "/api/v1/runs"])
def test_everything_else_is_the_dashboard_s(client: Client, path: str) -> None:
    seen = get(client, path)

    assert (seen["service"], seen["site"], seen["path"]) == ("dashboard", None, path)


@pytest.mark.parametrize(
    "path",
    [
        "/sites/none/github/x",
        "/sites//github/x",
        "/sites/../github/x",
        "/sites/A%00/jira",
        "/sites/second",
        "/sites/second/x",
    ],
)
def test_an_unknown_site_or_service_is_404(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert "message" in response.get_json()


def test_without_a_fallback_everything_else_is_404(instance: Instance, journal: Journal) -> None:
    client = Client(Dispatcher({}, instance=instance, journal=journal))

    assert client.get("/").status_code == 404


def test_urls_lead_back_to_the_site(client: Client) -> None:
    assert get(client, "/sites/second/jira/x")["html"] == "http://localhost/sites/second/github"


def test_a_server_below_a_path_gives_urls_below_it(client: Client) -> None:
    seen = get(client, "/sites/second/jira/x", environ_overrides={"SCRIPT_NAME": "/dojo"})

    assert seen["script"] == "/dojo/sites/second/jira"
    assert seen["html"] == "http://localhost/dojo/sites/second/github"


@pytest.mark.parametrize(
    ("host", "path", "service", "rest"),
    [
        ("api.github.localhost", "/", "github", "/api/v3/"),
        ("api.github.localhost", "/repos/acme/payments", "github", "/api/v3/repos/acme/payments"),
        ("api.github.localhost", "/graphql", "github", "/api/graphql"),
        ("API.GitHub.localhost:8000", "/user", "github", "/api/v3/user"),
        ("github.localhost", "/acme/payments.git/info/refs", "github", "/acme/payments.git/info/refs"),
        ("jira.localhost", "/rest/api/2/myself", "jira", "/rest/api/2/myself"),
    ],
)
def test_the_host_name_says_which_service(client: Client, host: str, path: str, service: str, rest: str) -> None:
    seen = get(client, path, headers={"Host": host})

    assert (seen["service"], seen["site"], seen["path"], seen["script"]) == (service, "default", rest, "")


@pytest.mark.parametrize(
    ("header", "site"),
    [("token alice-token", "second"), ("Bearer dora-token", "here"), ("token unknown", "default"), ("", "default")],
)
def test_by_host_name_the_token_says_which_site(client: Client, header: str, site: str) -> None:
    headers = {"Host": "api.github.localhost", "Authorization": header}

    assert get(client, "/user", headers=headers)["site"] == site


def test_of_several_sites_of_a_token_the_default_one_counts(client: Client, instance: Instance) -> None:
    with instance.database.writing() as connection:
        for site in ("default", "here"):
            account = accounts.create_account(connection, site, login="al", email="a@b.c", now=instance.now())
            accounts.create_token(connection, account, token="alice-token", now=instance.now())

    headers = {"Host": "github.localhost", "Authorization": "token alice-token"}

    assert get(client, "/x", headers=headers)["site"] == "default"


@pytest.mark.parametrize("host", ['x"><script>', "a b", "a/b", "a:b", "user@host", "[::1", "ä"])
def test_a_host_header_that_is_no_host_is_400(client: Client, host: str) -> None:
    assert client.get("/github/x", environ_overrides={"HTTP_HOST": host}).status_code == 400


@pytest.mark.parametrize("host", ["[::1]:8000", "127.0.0.1", "dojo.example.com:443", "under_score"])
def test_any_true_host_is_taken(client: Client, host: str) -> None:
    assert client.get("/github/x", headers={"Host": host}).status_code == 200


def test_requests_are_journalled_without_their_queries(client: Client, journal: Journal) -> None:
    client.get("/sites/second/github/gap?access_token=secret")
    client.post("/sites/second/jira/x/%C3%A4")
    client.get("/sites/second/emulator/journal")

    entries = [(e["service"], e["method"], e["path"], e["status"]) for e in journal.read("second")]

    assert entries == [("jira", "POST", "/x/ä", 200), ("github", "GET", "/gap", 501)]


def test_a_site_that_was_forgotten_is_looked_up_again(client: Client, instance: Instance) -> None:
    assert client.get("/sites/second/github/x").status_code == 200
    with instance.database.writing() as connection:
        sites.delete_rows(connection, "second")

    dispatcher: Any = client.application
    dispatcher.forget("second")

    assert client.get("/sites/second/github/x").status_code == 404


def test_what_may_have_written_on_a_site_is_told_when_it_is_answered(instance: Instance, journal: Journal) -> None:
    told: list[str] = []
    with instance.database.writing() as connection:
        sites.keep_seed(connection, "second", seed_of({}), now=instance.now())
    services = {name: saying(name) for name in ("github", "jira", "emulator")}
    client = Client(Dispatcher(services, instance=instance, journal=journal, written=told.append))

    for path in ("/sites/second/jira/rest/api/3/issue/A-1", "/sites/second/github/acme/payments.git/info/refs"):
        client.get(path).close()
    client.post("/sites/second/github/acme/payments.git/git-upload-pack").close()
    assert told == []

    answer = client.post("/sites/second/github/acme/payments.git/git-receive-pack", buffered=False)
    answer.close()
    client.put("/sites/second/jira/rest/api/3/issue/A-1").close()
    assert told == ["second", "second"]
