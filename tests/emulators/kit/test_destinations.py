from __future__ import annotations

import socket
from typing import Any

import pytest

from simulator.emulators.kit.destinations import BadRule, Destinations, Refused, Unknown


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names lead to; an address leads to itself."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, **_options: Any) -> list[Any]:
        if host in known or host.replace(".", "").isdigit() or ":" in host:
            return [(0, 0, 0, "", (address, port)) for address in known.get(host, [host])]
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize(
    ("rules", "host", "leads_to", "allowed"),
    [
        ([], "127.0.0.1", None, True),
        ([], "localhost", ["::1", "127.0.0.1"], True),
        ([], "::ffff:127.0.0.1", None, True),
        ([], "93.184.215.14", None, False),
        ([], "0.0.0.0", None, False),
        (["public"], "93.184.215.14", None, True),
        (["public"], "ci.example.com", ["93.184.215.14"], True),
        (["public"], "rebound.example.com", ["10.0.0.5"], False),
        (["public"], "169.254.169.254", None, False),
        (["public"], "::ffff:10.0.0.5", None, False),
        (["public"], "224.0.0.1", None, False),
        (["10.0.0.0/8"], "ci.example.com", ["10.0.0.5"], True),
        (["10.0.0.7"], "10.0.0.5", None, False),
        (["*.example.com"], "CI.example.com", ["93.184.215.14"], True),
        (["*.example.com"], "example.org", ["93.184.215.14"], False),
        (["*.example.com"], "ci.example.com", ["192.168.0.1"], False),
        (["*.example.com"], "ci.example.com", ["192.168.0.1", "93.184.215.14"], True),
    ],
)
def test_only_what_is_allowed_is_reached(
    book: dict[str, list[str]], rules: list[str], host: str, leads_to: list[str] | None, *, allowed: bool
) -> None:
    if leads_to is not None:
        book[host] = leads_to
    destinations = Destinations.of(rules)

    if not allowed:
        with pytest.raises(Refused, match="is not among the addresses"):
            destinations.address_of(host, 80)
        return

    assert str(destinations.address_of(host, 80)) in {*(leads_to or [host]), "127.0.0.1"}


@pytest.mark.usefixtures("book")
def test_a_name_that_leads_nowhere_is_unknown() -> None:
    with pytest.raises(Unknown):
        Destinations().address_of("nowhere.invalid", 80)


@pytest.mark.parametrize("rule", ["", "http://example.com", "exa mple.com", "10.0.0.0/99"])
def test_a_rule_that_makes_no_sense_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        Destinations.of([rule])
