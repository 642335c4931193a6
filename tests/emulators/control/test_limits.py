from __future__ import annotations

import pytest

from tests.emulators.conftest import Site
from tests.emulators.control.conftest import Control


def test_a_rate_limit_is_set_met_and_lifted(site: Site, control: Control) -> None:
    assert control("GET", "/rate-limit").json() == {"limit": None}
    assert control("PUT", "/rate-limit", json={"limit": 2}).json() == {"limit": 2}

    statuses = [site.session().get(f"{site.api_url}/user").status_code for _ in range(3)]
    control("PUT", "/rate-limit", json={"limit": None})

    assert statuses == [200, 200, 403]
    assert site.session().get(f"{site.api_url}/user").status_code == 200


@pytest.mark.parametrize("body", [{}, {"limit": 0}, {"limit": "5"}, {"limit": True}, {"limit": 10**9}, {"limits": 5}])
def test_what_is_no_limit_is_refused(control: Control, body: dict[str, object]) -> None:
    assert control("PUT", "/rate-limit", json=body).status_code == 422
