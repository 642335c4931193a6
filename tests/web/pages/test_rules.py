from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.served import Served


def test_every_rule_has_a_page_that_the_book_links(house: Served, client: FlaskClient) -> None:
    book = client.get("/rules").text

    for rule in house.office.queries.rules():
        page = client.get(f"/rules/{rule['code']}")

        assert f'href="/rules/{rule["code"]}"' in book
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        for title in ("What it checks", "How to fix", "How it is computed", "Options", "References"):
            assert f">{title}</h2>" in page.text
        assert page.text.rpartition(">References</h2>")[2].count('href="https://') >= 1


def test_a_code_is_found_in_small_letters(client: FlaskClient) -> None:
    assert client.get("/rules/br-01").status_code == 200


@pytest.mark.parametrize("code", ["XX-99", "%00", "x" * 3000, "..%2f..%2fetc"])
def test_an_unknown_rule_has_a_page_that_says_so(client: FlaskClient, code: str) -> None:
    assert client.get(f"/rules/{code}").status_code == 404
