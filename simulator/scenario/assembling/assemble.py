"""A scenario file and everything that belongs to it, put together for a language and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.scenario.assembling.gathered import Gathered
from simulator.scenario.assembling.texts import put_texts
from simulator.scenario.assembling.used import take_in
from simulator.scenario.assembling.variation import Choices, put_choices
from simulator.scenario.source import Source


@dataclass(frozen=True, slots=True)
class Assembled:
    """What is judged and played: the value with its places, and what the seed chose."""

    source: Source
    choices: Choices


def assemble(source: Source, folder: Path, *, seed: int, language: str, chosen: Choices) -> Assembled:
    """Everything in its place; what does not fit is among the source's problems. The value must be keys and values."""
    gathered = Gathered.of(source)
    take_in(gathered, folder)
    put_texts(gathered, folder, language=language)
    choices = put_choices(gathered, folder, seed=seed, chosen=chosen)
    return Assembled(gathered.done(), choices)
