"""The pytest plugin: fixtures `github_emulator` and `jira_emulator`, each test with a site of its own.

Registered as an entry point, so pytest imports this module at every start: whatever is heavy is imported by the fixtures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simulator.emulators.kit.seed import Seed
    from simulator.testing.emulated import GitHubEmulator, JiraEmulator, Site
    from simulator.testing.server import Server

_MARKER = "emulator_seed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The seed file of all tests, on the command line or in the configuration."""
    what = "seed file of the emulated GitHub and Jira"
    parser.getgroup("sprintdojo").addoption("--emulator-seed", metavar="FILE", help=f"{what}; else the ini value")
    parser.addini(_MARKER, f"{what}, relative to the root folder; else a small one that is built in", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers", f"{_MARKER}(seed): what the emulators of this test begin with, instead of the file"
    )


@pytest.fixture(scope="session")
def _sprintdojo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    from simulator.testing.server import Server  # noqa: PLC0415 - see above

    with Server(tmp_path_factory.mktemp("sprintdojo")) as server:
        yield server


@pytest.fixture
def _sprintdojo_site(request: pytest.FixtureRequest, _sprintdojo_server: Server) -> Iterator[Site]:
    with _sprintdojo_server.fresh_site(_seed_of(request)) as site:
        yield site


@pytest.fixture
def github_emulator(_sprintdojo_site: Site) -> GitHubEmulator:
    """An emulated GitHub for one test: `api_url`, `graphql_url`, `tokens`, `client(login)`, `clone_url(login, repository)`…"""
    from simulator.testing.emulated import GitHubEmulator  # noqa: PLC0415 - see above

    return GitHubEmulator(_sprintdojo_site)


@pytest.fixture
def jira_emulator(_sprintdojo_site: Site) -> JiraEmulator:
    """An emulated Jira Cloud for one test, with the same people: `url`, `tokens`, `client(login)`…"""
    from simulator.testing.emulated import JiraEmulator  # noqa: PLC0415 - see above

    return JiraEmulator(_sprintdojo_site)


def _seed_of(request: pytest.FixtureRequest) -> Seed:
    from simulator.emulators.kit.seed import SeedError  # noqa: PLC0415 - see above
    from simulator.testing.seeds import DEFAULT, seed_from  # noqa: PLC0415 - see above

    wanted = _of_marker(request)
    if wanted is None:
        named = request.config.getoption("--emulator-seed") or request.config.getini(_MARKER)
        wanted = request.config.rootpath / named if named else DEFAULT
    try:
        return seed_from(wanted)
    except SeedError as exc:  # the person's own file: its faults, and none of our traceback
        pytest.fail(f"the seed cannot be used\n{exc}", pytrace=False)


def _of_marker(request: pytest.FixtureRequest) -> Any:  # Any: whatever somebody wrote there
    marker = request.node.get_closest_marker(_MARKER)
    if marker is None:
        return None
    if len(marker.args) != 1 or not isinstance(marker.args[0], dict | str | PurePath):
        pytest.fail(f"@pytest.mark.{_MARKER} takes one seed: values, YAML, or the Path of a file", pytrace=False)
    return marker.args[0]
