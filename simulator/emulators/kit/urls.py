"""Absolute URLs for bodies, built from the request: the Host header exactly as sent, and the site's prefix.

PyGithub asserts that the URLs it follows have the host and port it was given, so nothing here is configured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from simulator.emulators.kit.web import DEFAULT_SITE, SITE

ROOT = "emulators.root"
"""Key of the WSGI environment: the path before `/github` and `/jira`, that is what the server is mounted at and `/sites/SITE`."""

_ANY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - what a server is told to listen on
BY_HOST = "emulators.by_host"
"""Key of the WSGI environment: set when the service was found by host name (`api.github.localhost`) and not by path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """Makes URLs of both services. Paths begin with a slash and are quoted already."""

    api_base: str
    html_base: str
    graphql_url: str
    jira_base: str
    pages_base: str

    @classmethod
    def of_request(cls) -> Urls:
        """The URLs as the present request's sender would reach them."""
        return cls.of_environ(request.environ)

    @classmethod
    def of_environ(cls, environ: Mapping[str, Any]) -> Urls:
        """The same from a WSGI environment."""
        scheme = environ["wsgi.url_scheme"]
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        if environ.get(BY_HOST):
            return _by_host(scheme, host, environ)
        root = f"{scheme}://{host}{environ.get(ROOT, '')}"
        return cls(
            api_base=f"{root}/github/api/v3",
            html_base=f"{root}/github",
            graphql_url=f"{root}/github/api/graphql",
            jira_base=f"{root}/jira",
            pages_base=f"{root}/github",
        )

    @classmethod
    def of_site(cls, environ: Mapping[str, Any], site: str) -> Urls:
        """The URLs of a site, for a request to the server's address without a site."""
        below = "" if site == DEFAULT_SITE else f"/sites/{site}"
        return cls.of_environ({**environ, ROOT: environ.get(ROOT, "") + below})

    def api(self, path: str = "") -> str:
        """An address of GitHub's REST API."""
        return self.api_base + path

    def html(self, path: str = "") -> str:
        """A page of GitHub."""
        return self.html_base + path

    def page(self, path: str = "") -> str:
        """A page of GitHub for a browser, which does not know the host names that lead here as through a proxy."""
        return self.pages_base + path

    def graphql(self) -> str:
        """GitHub's GraphQL endpoint."""
        return self.graphql_url

    def git(self, full_name: str) -> str:
        """The clone address of `owner/name`."""
        return f"{self.html_base}/{full_name}.git"

    def jira(self, path: str = "") -> str:
        """An address of Jira, REST or page."""
        return self.jira_base + path


def _by_host(scheme: str, host: str, environ: Mapping[str, Any]) -> Urls:
    _, colon, port = host.partition(":")
    api, html, jira = (f"{scheme}://{name}.localhost{colon}{port}" for name in ("api.github", "github", "jira"))
    site = environ.get(SITE, DEFAULT_SITE)
    name = "127.0.0.1" if environ["SERVER_NAME"] in _ANY_ADDRESS else environ["SERVER_NAME"]
    listening = f"[{name}]" if ":" in name else name
    here = f"{scheme}://{listening}:{environ['SERVER_PORT']}" + ("" if site == DEFAULT_SITE else f"/sites/{site}")
    pages = f"{here}/github"
    return Urls(api_base=api, html_base=html, graphql_url=f"{api}/graphql", jira_base=jira, pages_base=pages)
