"""The seed of a run's own emulated site: the scenario's people with their tokens, and the repository's organization."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.emulators.kit.seed import Seed, seed_of
from simulator.model import coach
from simulator.model.keys import Login
from simulator.scenario.load import LoadedScenario


def site_seed(scenario: LoadedScenario, token: Callable[[Login], str]) -> Seed:
    """People of a scenario, and the coach, as accounts of a site; `token` gives the token of a login."""
    values = seed_values(scenario, token)
    of_coach = {"login": str(coach.LOGIN), "name": coach.NAME, "email": coach.EMAIL, "token": token(coach.LOGIN)}
    values["users"].append(of_coach | {"bot": True})
    return seed_of(values)


def seed_values(scenario: LoadedScenario, token: Callable[[Login], str]) -> dict[str, Any]:
    """The people as plain values, as a seed file of `sprintdojo emulate` holds them."""
    people = list(scenario.roster)
    owner = scenario.spec.repository.owner
    users = [
        {
            "login": str(person.login),
            "name": person.name,
            "email": person.email,
            "token": token(person.login),
            "admin": person.seat == scenario.admin,
        }
        for person in people
    ]
    seed: dict[str, Any] = {"users": users}
    if owner.lower() not in {person.login.lower() for person in people}:
        seed["github"] = {"organizations": [{"login": str(owner), "members": [str(p.login) for p in people]}]}
    return seed
