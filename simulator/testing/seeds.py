"""What a test's site begins with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from simulator.emulators.kit.seed import Seed, load_seed, parse_seed, seed_of

Wanted = Mapping[str, Any] | str | Path
"""A seed as values, as YAML, or the file that holds it."""

DEFAULT = """\
users:
  - {login: alice, name: Alice, email: alice@example.com, token: alice-token, admin: true}
  - {login: bob, name: Bob, email: bob@example.com, token: bob-token}
github:
  organizations: [{login: acme, members: [alice, bob]}]
  repositories: [{name: acme/payments, files: {README.md: "# Payments\\n"}, collaborators: {bob: write}}]
jira:
  projects: [{key: PAY, name: Payments, template: scrum, lead: alice}]
"""
"""What there is unless a test or the project says otherwise."""


def values_of(wanted: Wanted) -> Any:  # Any: what YAML holds
    """The seed as plain values, not checked yet. Raises OSError, yaml.YAMLError."""
    text = wanted.read_text(encoding="utf-8") if isinstance(wanted, Path) else wanted
    return yaml.safe_load(text) if isinstance(text, str) else dict(text)


def seed_from(wanted: Wanted) -> Seed:
    """The seed. Raises SeedError with every fault of it."""
    if isinstance(wanted, Path):
        return load_seed(wanted)
    return parse_seed(wanted) if isinstance(wanted, str) else seed_of(dict(wanted))
