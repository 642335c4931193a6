"""What nobody should send: GitHub's status for each, nothing written, nothing secret in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from simulator.emulators.github.tables import deliveries
from simulator.emulators.kit.tables import counters, journal, metadata, outbox
from tests.contract.fuzzing import furnish
from tests.emulators.conftest import Site

REPO = "/repos/acme/payments"
SECRETS = ("alice-token", "no-such-token", "hook-secret")

ADDRESSES: list[tuple[str, int]] = [
    (f"{REPO}/issues/abc", 404),
    (f"{REPO}/issues/-1", 404),
    (f"{REPO}/issues/0", 404),
    (f"{REPO}/issues/1.0", 404),
    (f"{REPO}/issues/{'9' * 40}", 404),
    (f"{REPO}/issues/%D9%A1", 404),  # one in Arabic digits
    (f"{REPO}/pulls/1", 404),  # an issue
    (f"{REPO}//issues", 404),
    ("/" + REPO, 404),
    ("/repos//payments", 404),
    ("/repos/acme/..", 404),
    ("/repos/acme/pay%2Fments", 404),
    ("/repos/%00/x", 400),
    ("/repos/%FF/x", 404),
    (f"/repos/{'x' * 300}/y", 404),
    ("/users/%F0%9F%92%A9", 404),
    ("/orgs/%D7%A2%D7%91", 404),
    (f"{REPO}/labels/{'x' * 300}", 404),
    (f"{REPO}/branches/a..b", 404),
    (f"{REPO}/branches/%2F", 404),
    (f"{REPO}/contents/../README.md", 404),
    (f"{REPO}/contents/..%2FREADME.md", 404),
    (f"{REPO}/contents//README.md", 404),
    (f"{REPO}/contents/.git/config", 404),
    (f"{REPO}/contents/README.md%00", 400),
    (f"{REPO}/compare/main", 404),
    (f"{REPO}/compare/...", 404),
    (f"{REPO}/git/ref/heads", 404),
    (f"{REPO}/git/commits/{'a' * 39}", 404),
    (f"{REPO}/git/commits/a%2Fb", 404),
    (f"{REPO}/git/blobs/{'0' * 40}", 404),
    (f"{REPO}/git/trees/main%5E%7Btree%7D", 404),
    (f"{REPO}/git/tags/zz", 404),
    (f"{REPO}/commits/{'a' * 39}", 422),
    (f"{REPO}/commits/{'9' * 40}", 422),
    (f"{REPO}/commits/main~1", 422),
    (f"{REPO}/commits/%F0%9F%92%A9/status", 422),
    (f"{REPO}/issues?since=yesterday", 422),
    (f"{REPO}/issues?milestone=abc", 422),
    (f"{REPO}/issues?page=%00", 400),
    ("/search/issues", 422),
    ("/search/issues?q=", 422),
    ("/user/keys", 501),  # GitHub has it, we have not, and say so
]

BODIES: list[tuple[bytes, int]] = [
    (b"{", 400),
    (b"[]", 400),
    (b'"title"', 400),
    (b"null", 422),
    (b"", 422),
    (b"title=x", 400),
    (b"\xff\xfe", 400),
    (b'{"title": NaN}', 400),
    (b'{"title": "\\ud800"}', 400),
    (b'{"title": "\\u0000"}', 400),
    (b'{"title": ' + b"[" * 200 + b"]" * 200 + b"}", 400),
    (b'{"title": "one", "title": 2}', 422),  # the last of two counts
    (b'{"title": "' + b"x" * 6_000_000 + b'"}', 413),
]

FIELDS: list[tuple[str, str, dict[str, Any], int]] = [
    ("POST", "/user/repos", {"name": ".."}, 422),
    ("POST", "/user/repos", {"name": "x" * 101}, 422),
    ("POST", f"{REPO}/issues", {"title": "x" * 257}, 422),
    ("POST", f"{REPO}/issues", {"title": "x", "body": "x" * 65_537}, 422),
    ("POST", f"{REPO}/issues", {"title": ["x"]}, 422),
    ("POST", f"{REPO}/issues", {"title": "x", "milestone": 10**30}, 422),
    ("POST", f"{REPO}/issues", {"title": "x", "milestone": 99}, 422),
    ("POST", f"{REPO}/issues", {"title": "x", "labels": ["x" * 51]}, 422),
    ("POST", f"{REPO}/issues", {"title": "x", "assignees": ["nobody"]}, 422),
    ("PATCH", f"{REPO}/issues/1", {"state": "shut"}, 422),
    ("POST", f"{REPO}/issues/1/comments", {"body": " "}, 422),
    ("POST", f"{REPO}/issues/1/reactions", {"content": "applause"}, 422),
    ("POST", f"{REPO}/labels", {"name": "x", "color": "red"}, 422),
    ("POST", f"{REPO}/labels", {"name": "x" * 51, "color": "ff0000"}, 422),
    ("POST", f"{REPO}/milestones", {"title": "x", "due_on": "soon"}, 422),
    ("POST", f"{REPO}/pulls", {"title": "x", "head": "a:b:c:d", "base": "main"}, 422),
    ("POST", f"{REPO}/pulls", {"title": "x", "head": "main", "base": "main"}, 422),
    ("POST", f"{REPO}/pulls", {"title": "x", "head": "feat", "base": "..", "draft": "yes"}, 422),
    ("PUT", f"{REPO}/pulls/2/merge", {"merge_method": "octopus"}, 422),
    ("PUT", f"{REPO}/pulls/2/merge", {"sha": "zz"}, 409),
    ("POST", f"{REPO}/pulls/2/reviews", {"event": "APPROVE"}, 422),  # one's own
    ("POST", f"{REPO}/pulls/2/reviews", {"event": "COMMENT", "comments": [{"path": "x"}]}, 422),
    ("POST", f"{REPO}/git/refs", {"ref": "refs/heads/a..b", "sha": "TIP"}, 422),
    ("POST", f"{REPO}/git/refs", {"ref": "refs/heads/" + "x" * 300, "sha": "TIP"}, 422),
    ("POST", f"{REPO}/git/refs", {"ref": "heads/x", "sha": "TIP"}, 422),
    ("POST", f"{REPO}/git/refs", {"ref": "refs/heads/x", "sha": "a" * 39}, 422),
    ("PATCH", f"{REPO}/git/refs/heads/main", {"sha": "0" * 40}, 422),
    ("POST", f"{REPO}/git/trees", {"tree": [{"path": "../x", "mode": "100644", "type": "blob", "content": ""}]}, 422),
    ("POST", f"{REPO}/git/trees", {"tree": [{"path": "x", "mode": "777", "type": "blob", "content": ""}]}, 422),
    ("POST", f"{REPO}/git/blobs", {"content": "%%%", "encoding": "base64"}, 422),
    ("PUT", f"{REPO}/contents/../x", {"message": "m", "content": ""}, 422),
    ("PUT", f"{REPO}/contents/.git/config", {"message": "m", "content": ""}, 422),
    ("PUT", f"{REPO}/contents/%FF", {"message": "m", "content": ""}, 422),
    ("PUT", f"{REPO}/contents/a", {"message": "m", "content": "%%%"}, 422),
    ("PUT", f"{REPO}/contents/README.md", {"message": "m", "content": "eA=="}, 422),  # without the sha
    ("PUT", f"{REPO}/topics", {"names": ["A B"]}, 422),
    ("POST", f"{REPO}/releases", {"tag_name": "a..b"}, 422),
    ("POST", f"{REPO}/hooks", {"config": {"url": "nowhere", "secret": "hook-secret"}}, 422),
    ("PUT", f"{REPO}/collaborators/carol", {"permission": "rule"}, 422),
    ("PUT", f"{REPO}/collaborators/nobody", {}, 404),
    ("POST", f"{REPO}/rulesets", {"name": "x", "enforcement": "active", "rules": [{"type": "nonsense"}]}, 422),
    ("PUT", f"{REPO}/branches/main/protection", {}, 422),
    ("POST", f"{REPO}/statuses/{'0' * 40}", {"state": "success"}, 422),
    ("POST", f"{REPO}/check-runs", {"name": "x"}, 422),
    ("POST", f"{REPO}/issues/-1/comments", {"body": "x"}, 404),
    ("DELETE", f"{REPO}/git/refs/heads/nothing", {}, 422),
]

HEADERS: list[tuple[dict[str, str], int]] = [
    ({"Authorization": "token"}, 401),
    ({"Authorization": "Bearer "}, 401),
    ({"Authorization": "Basic !!!"}, 401),
    ({"Authorization": "token no-such-token"}, 401),
    ({"Authorization": "token " + "x" * 5000}, 401),
    ({"Accept": "nonsense"}, 200),
    ({"If-None-Match": '"'}, 200),
    ({"If-Modified-Since": "soon"}, 200),
    ({"X-HTTP-Method-Override": "DELETE"}, 200),
    ({"Host": "a b"}, 400),
]

PAGES: list[tuple[str, int]] = [
    ("page=0", 9),
    ("page=-1", 9),
    ("page=abc", 9),
    ("page=1000000000", 0),
    (f"page={'9' * 40}", 0),
    ("per_page=0", 9),
    ("per_page=-1", 9),
    ("per_page=abc", 9),
    ("per_page=1000", 9),
    (f"per_page={'9' * 40}", 9),
    ("per_page=2&page=5", 1),
]
"""Queries to a list of nine, and how many come."""

DEEP = "{ viewer " + "{ followers(first: 1) { nodes " * 40 + "{ login }" + " } }" * 40 + " }"
CYCLE = "{ viewer { ...a } } fragment a on User { ...b } fragment b on User { ...a }"
WIDE = "{ " + " ".join(f"r{n}: viewer {{ login }}" for n in range(20_000)) + " }"
DOCUMENTS: list[Any] = [
    "",
    "{",
    DEEP,
    CYCLE,
    WIDE,
    "{ nothing }",
    "query ($x: Int!) { viewer { login } }",
    5,
    None,
    ["x"],
]


class Wire:
    """Requests exactly as they are written: no client tidies the address up."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """The status and the JSON of a reply."""
        there = urlsplit(self._site.api_url)
        address = f"/sites/{self._site.key}/github{path}" if path == "/api/graphql" else there.path + path
        connection = HTTPConnection(there.netloc, timeout=20)
        try:
            connection.putrequest(method, address, skip_host="Host" in (headers or {}))
            given = {"Authorization": "token alice-token", "Content-Length": str(len(body or b""))} | (headers or {})
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read() or b"null")
        finally:
            connection.close()


@pytest.fixture
def wire(site: Site, caplog: pytest.LogCaptureFixture) -> Iterator[Wire]:
    """A site with one of each thing, which is the same when the test is over; then the log holds no secret either."""
    caplog.set_level(logging.DEBUG)
    furnish(site.session("alice"), site.api_url)
    before = _written(site)
    yield Wire(site)
    assert _written(site) == before
    assert [secret for secret in SECRETS if secret in caplog.text] == []


_BY_THEMSELVES = (journal, outbox, deliveries)


def _written(site: Site) -> dict[str, Any]:
    """All rows of a site but those that change by themselves, and its refs."""
    found: dict[str, Any] = {}
    with site.emulators.database.reading() as connection:
        for table in metadata.sorted_tables:
            if table not in _BY_THEMSELVES:
                rows = connection.execute(select(table).where(table.c.site == site.key))
                found[table.name] = sorted(repr(row) for row in rows if (table, row[1]) != (counters, "journal"))
    refs = site.session("alice").get(f"{site.api_url}{REPO}/git/matching-refs/").json()
    return found | {"refs": refs}


def test_addresses_that_lead_nowhere(wire: Wire) -> None:
    assert {path: wire.ask("GET", path)[0] for path, _ in ADDRESSES} == dict(ADDRESSES)


def test_bodies_that_are_none(wire: Wire) -> None:
    got = [(body, wire.ask("POST", f"{REPO}/issues", body)[0]) for body, _ in BODIES]

    assert [(body[:40], status) for body, status in got] == [(body[:40], status) for body, status in BODIES]


def test_fields_that_make_no_sense(wire: Wire, site: Site) -> None:
    tip = site.session("alice").get(f"{site.api_url}{REPO}/git/ref/heads/main").json()["object"]["sha"]

    for method, path, fields, wanted in FIELDS:
        body = json.dumps({name: tip if value == "TIP" else value for name, value in fields.items()}).encode()
        status, said = wire.ask(method, path, body)
        assert status == wanted, (method, path, fields, status, said)
        assert said["message"], (method, path, fields)
        assert said["documentation_url"].startswith("https://docs.github.com/"), (method, path, fields)


def test_headers_that_make_no_sense(wire: Wire) -> None:
    got = [wire.ask("GET", REPO, headers=headers)[0] for headers, _ in HEADERS]

    assert got == [status for _, status in HEADERS]


def test_pages_that_are_none(wire: Wire) -> None:
    got = {query: len(wire.ask("GET", f"{REPO}/labels?{query}")[1]) for query, _ in PAGES}

    assert got == dict(PAGES)


def test_documents_that_no_server_should_answer(wire: Wire) -> None:
    for document in DOCUMENTS:
        status, said = wire.ask("POST", "/api/graphql", json.dumps({"query": document}).encode())
        assert status in (200, 400), (document, status, said)
        assert "errors" in said or "message" in said, (document, said)
