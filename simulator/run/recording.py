"""What somebody did in a run, as a persona that can be played again. Asks the run's services: never on a request's thread."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

from simulator.adapters.file_contents import FileContents
from simulator.errors import RunError
from simulator.model.keys import SeatId, Sha
from simulator.model.runs import Run, RunState
from simulator.plan.recording.script import persona_of
from simulator.ports import Contents
from simulator.run.openings import Openings

MOST_CHARACTERS = 900_000
"""A scenario file holds a million bytes, and has more to say."""


def recorded(run: Run, seat: SeatId, openings: Openings) -> dict[str, Any]:
    """What a seat did up to now as a persona of the scenario language, with the whole text of each file that it changed.

    Raises RunError when it is too much for a scenario, AdapterError when a service does not answer.
    """
    if run.state in (RunState.PREPARING, RunState.FAILED):
        raise RunError(f"the run is {run.state}", where=f"run {run.id}", to_do="wait until it is prepared")
    story, shelf = openings.story(run), openings.shelf
    with closing(FileContents(openings.services(run, story))) as contents:
        persona = persona_of(
            shelf.facts.all(run.id),
            seat=seat,
            scenario=story.scenario,
            bindings=shelf.runs.bindings(run.id),
            content=_bounded(contents, run),
        )
    if len(json.dumps(persona, ensure_ascii=False)) > MOST_CHARACTERS:
        raise _too_much(run)
    return persona


def _bounded(contents: Contents, run: Run) -> Callable[[str, str], str | None]:
    """Reads files as long as all of them together are not too much."""
    read = 0

    def content(sha: str, path: str) -> str | None:
        nonlocal read
        text = contents.text(Sha(sha), path)
        read += len(text or "")
        if read > MOST_CHARACTERS:
            raise _too_much(run)
        return text

    return content


def _too_much(run: Run) -> RunError:
    return RunError(
        f"what was done there is more than {MOST_CHARACTERS:,} characters, too much for a scenario",
        where=f"run {run.id}",
        to_do="record a run with fewer or smaller files",
    )
