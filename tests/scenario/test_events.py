from __future__ import annotations

from pathlib import Path

import pytest

import simulator
from simulator.scenario.acts.act import Act
from simulator.scenario.events.registry import event_types, type_name
from simulator.scenario.references import STATUSES

README = Path(simulator.__file__).parent.parent / "scenarios" / "README.md"


def test_each_file_in_the_folder_is_a_type_named_like_it() -> None:
    for name, kind in event_types().items():
        assert kind.__module__ == f"simulator.scenario.events.{name}"
        assert type_name(kind) == name


@pytest.mark.parametrize("name", list(event_types()))
def test_each_type_is_explained_to_authors(name: str) -> None:
    assert f"| `{name}` |" in README.read_text(encoding="utf-8")


def test_each_act_and_status_is_named_to_authors() -> None:
    text = README.read_text(encoding="utf-8")
    acts = [kind.model_fields["do"].annotation.__args__[0] for kind in Act.__subclasses__()]  # type: ignore[union-attr]

    assert len(acts) == 18
    assert all(f"`{name}`" in text for name in (*acts, *STATUSES))
