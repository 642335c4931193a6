"""What the control plane's tests share: the kit's instance, and calls of a site's control endpoints."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.kit.conftest import clock, instance

__all__ = ["clock", "instance"]

Control = Callable[..., requests.Response]


@pytest.fixture
def control(site: Site) -> Control:
    """Call a control endpoint of the test's site: `control("PUT", "/snapshots/x")`."""
    session = site.session(None)

    def call(method: str, path: str, **options: object) -> requests.Response:
        return session.request(method, f"{site.url}/emulator{path}", timeout=10, **options)  # type: ignore[arg-type]

    return call


@pytest.fixture
def whole(site: Site) -> Control:
    """The same for what belongs to the server and not to a site: `/sites`."""
    session = site.session(None)

    def call(method: str, path: str, **options: object) -> requests.Response:
        return session.request(method, f"{site.server.url}/emulator{path}", timeout=10, **options)  # type: ignore[arg-type]

    return call
