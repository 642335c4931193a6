from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import simulator
from simulator.scenario.acts.act import Act
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.events.registry import event_types, type_name
from simulator.scenario.references import STATUSES

README = Path(simulator.__file__).parent.parent / "scenarios" / "README.md"


def test_each_file_in_the_folder_is_a_type_named_like_it() -> None:
    folders = ("simulator.scenario.events", "simulator.scenario.moments")
    for name, kind in event_types().items():
        assert kind.__module__ in [f"{folder}.{name}" for folder in folders]
        assert type_name(kind) == name


@pytest.mark.parametrize("name", list(event_types()))
def test_each_type_is_explained_to_authors(name: str) -> None:
    assert f"| `{name}` |" in README.read_text(encoding="utf-8")


def below(kind: type[Act]) -> Iterator[type[Act]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def test_each_act_and_status_is_named_to_authors() -> None:
    text = README.read_text(encoding="utf-8")
    fields = [kind.model_fields["do"] for kind in below(Act) if "do" in kind.model_fields]
    acts = [get_args(field.annotation)[0] for field in fields]

    assert len(acts) == len(get_args(get_args(AnyAct)[0]))
    assert all(f"`{name}`" in text for name in (*acts, *STATUSES))
