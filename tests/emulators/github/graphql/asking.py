"""Asking GraphQL in tests: a query's data, or what it is refused with."""

from __future__ import annotations

from typing import Any

from tests.emulators.conftest import Site

PAYMENTS = 'repository(owner:"acme",name:"payments")'
"""The seed's repository."""


def of_payments(selection: str, parameters: str = "") -> str:
    """A query for fields of the seed's repository; `parameters` are `($name:Type)`."""
    return f"query{parameters}{{{PAYMENTS}{{{selection}}}}}"


def payments(site: Site, selection: str, login: str = "alice", /, **variables: Any) -> dict[str, Any]:
    """Fields of the seed's repository."""
    found: dict[str, Any] = ask(site, of_payments(selection), login, **variables)["repository"]
    return found


def ask(site: Site, query: str, login: str = "alice", /, **variables: Any) -> dict[str, Any]:
    """The data of a query that must succeed."""
    body = answer(site, query, login, **variables)
    assert "errors" not in body, body["errors"]
    data: dict[str, Any] = body["data"]
    return data


def refused(site: Site, query: str, login: str = "alice", /, **variables: Any) -> dict[str, Any]:
    """The only error of a query, which must have one."""
    (error,) = answer(site, query, login, **variables)["errors"]
    found: dict[str, Any] = error
    return found


def answer(site: Site, query: str, login: str = "alice", /, **variables: Any) -> dict[str, Any]:
    """The whole body of the reply, which must be 200."""
    reply = site.session(login).post(f"{site.html_url}/api/graphql", json={"query": query, "variables": variables})
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    return body


def change(site: Site, name: str, payload: str, login: str = "alice", /, **fields: Any) -> dict[str, Any]:
    """The payload of a mutation that must succeed, by its name and the fields to show."""
    found: dict[str, Any] = ask(site, _mutation(name, payload), login, input=fields)[name]
    return found


def change_refused(site: Site, name: str, login: str = "alice", /, **fields: Any) -> tuple[str, str]:
    """Type and message of what a mutation is refused with."""
    error = refused(site, _mutation(name, "clientMutationId"), login, input=fields)
    return error["type"], error["message"]


def _mutation(name: str, payload: str) -> str:
    kind = f"{name[:1].upper()}{name[1:]}Input!"
    return f"mutation($input:{kind}){{{name}(input:$input){{{payload}}}}}"


def ids(site: Site) -> dict[str, str]:
    """Global ids of the seed's repository, of some labels and of people."""
    labels = " ".join(f'{name}:label(name:"{name}"){{id}}' for name in ("bug", "wontfix", "duplicate"))
    people = " ".join(f'{login}:user(login:"{login}"){{id}}' for login in ("alice", "bob", "carol"))
    found = ask(site, f"{{{PAYMENTS}{{id {labels}}} {people}}}")
    repository = found.pop("repository")
    ids = {"repository": repository.pop("id")}
    return ids | {name: each["id"] for name, each in {**repository, **found}.items()}
