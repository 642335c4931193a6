"""What a file is for, by its path."""

from __future__ import annotations

import pytest

from simulator.hygiene.paths import PathClass, path_class

C = PathClass


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("payments/api.py", C.PRODUCTION),
        ("src/main/java/bank/Account.java", C.PRODUCTION),
        ("db/migrations/0002_refunds.sql", C.PRODUCTION),
        ("payments/testing.py", C.PRODUCTION),
        ("contest/entry.py", C.PRODUCTION),
        ("tests/test_api.py", C.TEST),
        ("payments/test_api.py", C.TEST),
        ("src/test/java/bank/AccountTest.java", C.TEST),
        ("web/cart.spec.ts", C.TEST),
        ("pkg/cart_test.go", C.TEST),
        (".github/workflows/ci.yml", C.CI),
        (".gitlab-ci.yml", C.CI),
        ("docs/guide.md", C.DOCS),
        ("README.md", C.DOCS),
        ("Dockerfile", C.BUILD),
        ("requirements-dev.txt", C.BUILD),
        (".gitignore", C.BUILD),
        ("poetry.lock", C.GENERATED),
        ("node_modules/x/index.js", C.GENERATED),
    ],
)
def test_a_path_tells_what_a_file_is_for(path: str, expected: PathClass) -> None:
    assert path_class(path) is expected
