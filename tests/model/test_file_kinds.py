from __future__ import annotations

import pytest

from simulator.model.file_kinds import is_code, is_read, is_test


@pytest.mark.parametrize(
    "path",
    [
        "tests/test_api.py",
        "test/api.py",
        "src/foo_test.go",
        "web/a.spec.ts",
        "a/__tests__/x.js",
        "FooTest.java",
        "test_x.py",
        "src/test/java/shop/Prices.java",
        "Tests/PricesTests.swift",
        "conftest.py",
        "web/cart-test.js",
        "PricesSpec.scala",
        "e2e/pay.cy.ts",
    ],
)
def test_tests_are_known_by_place_or_name(path: str) -> None:
    assert is_test(path)
    assert not is_code(path)


@pytest.mark.parametrize(
    "path", ["payments/api.py", "src/latest.ts", "contest/run.go", "app/Attest.java", "ui/spectrum.js", "api/test.py"]
)
def test_code_is_not_taken_for_a_test(path: str) -> None:
    assert not is_test(path)
    assert is_code(path)


def test_documents_and_settings_are_neither() -> None:
    for path in ("README.md", "docs/a.md", ".github/workflows/ci.yml", "pyproject.toml"):
        assert not is_code(path)
        assert not is_test(path)


@pytest.mark.parametrize(
    "path",
    [
        "uv.lock",
        "web/npm-shrinkwrap.json",
        "web/vendor/x.js",
        "api/shop_pb2.py",
        "a/shop.pb.go",
        "x.min.js",
        "logo.webp",
    ],
)
def test_what_a_tool_made_is_read_by_nobody(path: str) -> None:
    assert not is_read(path)
