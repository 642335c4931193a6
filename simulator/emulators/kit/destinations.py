"""Where webhooks may go: this machine, and what a setting allows beyond it.

A name is looked up when something is to be sent, and the connection is made to the very address that was judged: a name that
leads elsewhere a moment later (DNS rebinding) gains nothing. Redirects are never followed by those who send.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ANYWHERE = "public"
"""The rule that allows every address of the public internet."""


class Refused(Exception):
    """An address outside of what is allowed. The message says which and how to allow it."""


class Unknown(Exception):
    """A name that leads nowhere."""


class BadRule(ValueError):
    """A rule that is neither `public`, nor a network, nor a host name."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """Allowed addresses beyond loopback: `names` with `*` lead to public addresses only, `networks` to anything in them."""

    networks: tuple[Network, ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, rules: Iterable[str]) -> Destinations:
        """From rules: `public`, a network or address (`10.0.0.0/8`), a host name (`hooks.example.com`, `*.example.com`).

        Raises BadRule.
        """
        networks: list[Network] = []
        names: list[str] = []
        for rule in rules:
            network = _network(rule)
            if network is not None:
                networks.append(network)
            else:
                names.append("*" if rule == ANYWHERE else _name(rule))
        return cls(tuple(networks), tuple(names))

    def address_of(self, host: str, port: int) -> Address:
        """The first allowed address that a host's name leads to. Raises Unknown, or Refused when none is allowed."""
        found = _look_up(host, port)
        for address in found:
            if self._allows(host, address):
                return address
        raise Refused(f"{host} ({found[0]}) is not among the addresses that webhooks may go to")

    def _allows(self, host: str, address: Address) -> bool:
        if address.is_loopback or any(address in network for network in self.networks):
            return True
        public = address.is_global and not address.is_multicast
        return public and any(fnmatchcase(host.lower(), name) for name in self.names)


def _network(rule: str) -> Network | None:
    try:
        return ipaddress.ip_network(rule, strict=False)
    except ValueError:
        return None


def _name(rule: str) -> str:
    if not rule or not all(character.isalnum() or character in "-_.*" for character in rule):
        raise BadRule(f"{rule!r} is neither {ANYWHERE!r}, nor a network, nor a host name")
    return rule.lower()


def _look_up(host: str, port: int) -> Sequence[Address]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [_plain(ipaddress.ip_address(str(answer[4][0]).partition("%")[0])) for answer in answers]
    except (OSError, ValueError) as exc:  # UnicodeError too: a name that cannot be one
        raise Unknown(host) from exc


def _plain(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
