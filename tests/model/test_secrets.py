"""Lines that give access to something, and lines that only look like it."""

from __future__ import annotations

import pytest

from simulator.model.secrets import is_issued, is_secret

GITHUB = "ghp_" + "a1B2c3D4e5" * 4


@pytest.mark.parametrize(
    "line",
    [
        f'TOKEN = "{GITHUB}"',
        "-----BEGIN RSA PRIVATE KEY-----",
        "aws_key: AKIA" + "A1B2C3D4E5F6G7H8",
        'DATABASE = "postgres://app:s3cr3tpw@db/payments"',
        'password = "kX92-hf7Lq-00aPz"',
        'GATEWAY_KEY = "qqgw_9fQ2mZ7Lw4Xc1VbR8tYh3Kd6"',
        "SMS_GATEWAY_KEY=qqgw_9fQ2mZ7Lw4Xc1VbR8tYh3Kd6",
        '  key: "aB3dE6gH9jK2mN5pQ8sT",',
    ],
)
def test_what_gives_access_is_a_secret(line: str) -> None:
    assert is_secret(line)


@pytest.mark.parametrize(
    "line",
    [
        'TOKEN = os.environ["TOKEN"]',
        'password = "changeme"',
        'api_key = "your-key-here"',
        'DATABASE = "postgres://app:${PASSWORD}@db/payments"',
        'token = "a-plain-word-of-english"',
        "def tokens(text): ...",
        'cache_key = "aB3dE6gH9jK2mN5pQ8sT"',
        'SORT_KEY = "createdAt.2024.Descending"',
        'idempotency_key = "3f2504E0-4f89-11d3-9a0c-0305e82c3301"',
        'translation_key = "errors.payment.declined.v2.text"',
        "API_TOKEN=$(cat /run/token)",
    ],
)
def test_a_name_a_placeholder_and_a_variable_are_none(line: str) -> None:
    assert not is_secret(line)


def test_only_the_form_of_an_issuer_is_known_without_a_name() -> None:
    assert is_issued(GITHUB)
    assert not is_issued('password = "kX92-hf7Lq-00aPz"')


def test_a_line_is_read_only_so_far() -> None:
    assert not is_secret(" " * 600 + GITHUB)
