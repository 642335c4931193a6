"""Rate limits: off at first, then counted, shown and enforced as on GitHub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from github import RateLimitExceededException

from tests.emulators.conftest import Server, Site, a_seed
from tests.emulators.github.description import flaws


def used(site: Site, login: str | None = "bob") -> tuple[int, int]:
    """What GET /rate_limit says of the core: used and remaining."""
    core = site.session(login).get(f"{site.api_url}/rate_limit").json()["resources"]["core"]
    return core["used"], core["remaining"]


def test_nothing_is_refused_until_a_limit_is_set(site: Site) -> None:
    session = site.session("bob")

    answers = [session.get(f"{site.api_url}/user") for _ in range(3)]

    assert {answer.headers["X-RateLimit-Remaining"] for answer in answers} == {"4999"}
    assert session.get(f"{site.api_url}/rate_limit").json()["rate"]["limit"] == 5000
    assert site.session(None).get(f"{site.api_url}/meta").headers["X-RateLimit-Limit"] == "60"


def test_requests_are_counted_and_then_refused_until_the_hour_is_over(site: Site) -> None:
    site.emulators.rate_limits.set(site.key, 3)
    session = site.session("bob")
    assert used(site) == (0, 3)

    answers = [session.get(f"{site.api_url}/user") for _ in range(4)]

    told = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
    assert ([answer.status_code for answer in answers], told) == ([200, 200, 200, 403], ["2", "1", "0", "0"])
    assert answers[3].json()["message"] == "API rate limit exceeded for user ID 2."
    assert used(site) == (3, 0)
    assert used(site, "carol") == (0, 3)
    assert site.session("carol").get(f"{site.api_url}/user").status_code == 200
    with pytest.raises(RateLimitExceededException):
        site.github("bob").get_user().login  # noqa: B018 - the attribute sends the request
    site.clock.skip(3601)
    assert session.get(f"{site.api_url}/user").headers["X-RateLimit-Remaining"] == "2"


def test_answers_that_one_has_already_cost_nothing(site: Site) -> None:
    site.emulators.rate_limits.set(site.key, 10)
    session = site.session("bob")
    tag = session.get(f"{site.api_url}/repos/acme/payments").headers["ETag"]

    for _ in range(3):
        again = session.get(f"{site.api_url}/repos/acme/payments", headers={"If-None-Match": tag})

    assert (again.status_code, again.headers["X-RateLimit-Used"]) == (304, "1")
    assert used(site) == (1, 9)


def test_searches_are_counted_by_the_minute_and_nobody_by_the_address(site: Site) -> None:
    site.emulators.rate_limits.set(site.key, 5000)
    session = site.session("bob")

    answers = [session.get(f"{site.api_url}/search/repositories?q=pay") for _ in range(31)]
    nobody = [site.session(None).get(f"{site.api_url}/meta") for _ in range(2)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 403]
    assert answers[0].headers["X-RateLimit-Resource"] == "search"
    assert used(site) == (0, 5000)
    assert nobody[1].headers["X-RateLimit-Remaining"] == "58"
    site.clock.skip(61)
    assert session.get(f"{site.api_url}/search/repositories?q=pay").status_code == 200
    assert flaws("GET", "/rate_limit", 200, session.get(f"{site.api_url}/rate_limit").json()) == []


def test_a_limit_comes_with_the_seed_and_goes_when_it_is_taken_away(
    emulator_server: Server, site_numbers: Iterator[int]
) -> None:
    content = a_seed().model_dump(mode="json", exclude_defaults=True)["github"]
    key = f"limited-{next(site_numbers)}"
    emulator_server.emulators.create_site(key, a_seed(github=content | {"rate_limit": 1}))
    limited = Site(key, emulator_server)
    session = limited.session("bob")

    assert [session.get(f"{limited.api_url}/user").status_code for _ in range(2)] == [200, 403]
    emulator_server.emulators.rate_limits.set(key, None)
    assert session.get(f"{limited.api_url}/user").status_code == 200
    emulator_server.emulators.reset_site(key)
    assert [session.get(f"{limited.api_url}/user").status_code for _ in range(2)] == [200, 403]
    with pytest.raises(ValueError, match="a rate limit is"):
        emulator_server.emulators.rate_limits.set(key, 0)
