from __future__ import annotations

from typing import Any

from simulator.emulators.kit.urls import BY_HOST, ROOT, Urls
from simulator.emulators.kit.web import SITE

_SERVER = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8123"}


def environ(**changes: Any) -> dict[str, Any]:
    return {"wsgi.url_scheme": "http", "HTTP_HOST": "127.0.0.1:8123", **_SERVER, **changes}


def test_urls_have_the_host_as_it_was_sent() -> None:
    urls = Urls.of_environ(environ(HTTP_HOST="LocalHost:99"))

    assert urls.api("/user") == "http://LocalHost:99/github/api/v3/user"
    assert urls.html("/acme/payments") == "http://LocalHost:99/github/acme/payments"
    assert urls.graphql() == "http://LocalHost:99/github/api/graphql"
    assert urls.git("acme/payments") == "http://LocalHost:99/github/acme/payments.git"
    assert urls.jira("/browse/PAY-1") == "http://LocalHost:99/jira/browse/PAY-1"


def test_urls_of_a_site_have_its_prefix() -> None:
    urls = Urls.of_environ(environ(**{ROOT: "/sites/first-sprint-1"}))

    assert urls.api() == "http://127.0.0.1:8123/sites/first-sprint-1/github/api/v3"
    assert urls.jira() == "http://127.0.0.1:8123/sites/first-sprint-1/jira"


def test_a_request_by_host_name_gets_host_names_and_the_port_back() -> None:
    urls = Urls.of_environ(environ(**{BY_HOST: True, "HTTP_HOST": "api.github.localhost:8123"}))

    assert urls.api("/user") == "http://api.github.localhost:8123/user"
    assert urls.html("/acme") == "http://github.localhost:8123/acme"
    assert urls.graphql() == "http://api.github.localhost:8123/graphql"
    assert urls.jira("/browse/X-1") == "http://jira.localhost:8123/browse/X-1"


def test_a_page_for_a_browser_is_never_below_a_host_name_that_only_a_proxy_knows() -> None:
    here = {BY_HOST: True, "HTTP_HOST": "github.localhost"}

    assert Urls.of_environ(environ()).page("/a/b") == "http://127.0.0.1:8123/github/a/b"
    assert Urls.of_environ(environ(**here)).page("/a/b") == "http://127.0.0.1:8123/github/a/b"
    assert Urls.of_environ(environ(**here, **{SITE: "one"})).page() == "http://127.0.0.1:8123/sites/one/github"
    assert Urls.of_environ(environ(**here, SERVER_NAME="0.0.0.0")).page() == "http://127.0.0.1:8123/github"
    assert Urls.of_environ(environ(**here, SERVER_NAME="::1")).page() == "http://[::1]:8123/github"


def test_without_a_host_header_the_server_s_own_name_counts() -> None:
    bare = {"wsgi.url_scheme": "https", "SERVER_NAME": "dojo", "SERVER_PORT": "443"}

    assert Urls.of_environ(bare).html() == "https://dojo:443/github"
