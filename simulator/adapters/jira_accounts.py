"""jira clients, one for each seat, made when first needed and kept; who is who on Jira; the names of fields."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any

from jira import JIRA
from requests.adapters import HTTPAdapter

from simulator.adapters.asking_again import asking_again
from simulator.adapters.refusals import jira_refusals
from simulator.errors import AdapterError, AuthenticationFailed, NotFound
from simulator.model.keys import SeatId
from simulator.ports import Services

logger = logging.getLogger(__name__)

_TIMEOUT_S = 30

Json = Any
"""Whatever JSON the service sent."""


class JiraAccounts:
    """The seats' accounts on Jira. Jira Cloud only: people are known by their accountId."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._clients: dict[SeatId, JIRA] = {}
        self._account_ids: dict[SeatId, str] = {}
        self._logins: dict[str, str] = {}
        self._asked_all = False
        self._fields: list[Mapping[str, Json]] | None = None
        self._lock = Lock()

    def asking(self, doing: str) -> AbstractContextManager[None]:
        """A block whose failures are AdapterErrors that say what was being done."""
        secrets = [credentials.jira_token for credentials in self.services.credentials.values()]
        return jira_refusals(doing, url=self.services.jira_url, secrets=secrets)

    def client(self, seat: SeatId) -> JIRA:
        """The client that acts as a seat. Raises AuthenticationFailed when the seat has no token."""
        with self._lock:
            if seat not in self._clients:
                self._clients[seat] = self._make(seat)
            return self._clients[seat]

    def send(self, seat: SeatId, method: str, path: str, body: Json = None, *, params: Json = None) -> Json:
        """The answer to a request that the jira client has no method for; `path` begins with /rest. Call it in `asking`.

        It goes through the client's own session, so credentials, timeouts and errors are the same.
        """
        session = self.client(seat)._session
        url = f"{self.services.jira_url.rstrip('/')}{path}"
        response = session.request(
            method, url, params=params, data=None if body is None else json.dumps(body), headers={}
        )
        return response.json() if response.content else {}

    def page(self, read: Callable[[], Json]) -> Json:
        """One page of a long list; `read` asks for it."""
        return read()

    def account_id(self, seat: SeatId) -> str:
        """Jira's accountId of a seat: asked of the seat itself, or, when it has no token, looked up by its e-mail."""
        if seat not in self._account_ids:
            found = self._ask_who_it_is(seat)
            self._account_ids[seat] = found
            self._logins.setdefault(found, self.services.credentials[seat].login)
        return self._account_ids[seat]

    def account_name(self, user: Mapping[str, Json] | None) -> str | None:
        """What the roster knows a Jira user by: the seat's login, else the user's own e-mail, else the accountId."""
        if not user:
            return None
        return self.account_name_of_id(user.get("accountId")) or user.get("emailAddress") or user.get("accountId")

    def account_name_of_id(self, account_id: str | None) -> str | None:
        """The login of the seat with this accountId, None for anybody else; a shared account is its first seat's."""
        if account_id and account_id not in self._logins and not self._asked_all:
            self._ask_all()
        return self._logins.get(account_id or "")

    def field_id(self, *names: str) -> str | None:
        """Id of the first field that has one of these names, in the order of the names; asked once."""
        known = {str(field["name"]).lower(): str(field["id"]) for field in self.fields()}
        return next((known[name.lower()] for name in names if name.lower() in known), None)

    def fields(self) -> list[Mapping[str, Json]]:
        """All fields of this Jira; asked once."""
        fields = self._fields
        if fields is None:
            with self.asking("listing the fields"):
                fields = list(self.client(self.services.admin).fields())
            self._fields = fields
        return fields

    def rest(self) -> None:
        """Let go of connections that are not in use; they are made anew when something is asked."""
        with self._lock:
            for client in self._clients.values():
                client._session.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()  # type: ignore[no-untyped-call]
            self._clients.clear()

    def _ask_all(self) -> None:
        for seat in self.services.credentials:
            try:
                self.account_id(seat)
            except (NotFound, AuthenticationFailed) as refused:  # then its work is shown under its accountId
                logger.warning("who %s is on Jira is not known: %s", seat, refused.what)
        self._asked_all = True

    def _ask_who_it_is(self, seat: SeatId) -> str:
        credentials = self.services.credentials[seat]
        if credentials.jira_token:
            with self.asking(f"asking who {seat} is"):
                return str(self.client(seat).myself()["accountId"])
        with self.asking(f"looking for {seat} by e-mail"):
            users = self.client(self.services.admin).search_users(query=credentials.email)
        if not users:
            raise NotFound(f"Jira knows nobody with the e-mail of the seat {seat}", service="Jira")
        return str(users[0].accountId)

    def _make(self, seat: SeatId) -> JIRA:
        credentials = self.services.credentials[seat]
        if not credentials.jira_token:
            raise AuthenticationFailed(
                f"the seat {seat} has no Jira token", service="Jira", to_do="give one for this seat"
            )
        with self.asking("connecting"):
            client = JIRA(
                server=self.services.jira_url.rstrip("/"),
                basic_auth=(credentials.email, credentials.jira_token),
                get_server_info=False,
                logging=False,
                max_retries=0,
                timeout=_TIMEOUT_S,
            )
            client._session.mount(self.services.jira_url, HTTPAdapter(max_retries=asking_again()))
        client.deploymentType = "Cloud"  # Connection.check asks the server once, instead of each client asking again
        return client


def cloud_only(server_info: Mapping[str, Json], *, url: str) -> None:
    """Raises AdapterError when the Jira at the address is no Jira Cloud."""
    if server_info.get("deploymentType") != "Cloud":
        raise AdapterError(
            f"the Jira at {url} is not Jira Cloud", service="Jira", where=url, to_do="use a Jira Cloud site"
        )
