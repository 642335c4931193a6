"""Labels as GitHub writes them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls


def label_payload(repository: Repository, label: Label, urls: Urls) -> dict[str, Any]:
    """A label of a repository."""
    return {
        "id": label.id,
        "node_id": node_id("Label", label.id),
        "url": urls.api(f"{repository.path}/labels/{quote(label.name, safe='')}"),
        "name": label.name,
        "color": label.color,
        "default": label.default,
        "description": label.description,
    }
