"""Where the coach speaks, beside the dashboard, the command line and the API, which tell in any case."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from simulator.scenario.part import Part


class CoachPart(Part):
    """Where the coach speaks by itself. `coach: off` silences it everywhere."""

    push: bool = True
    """In the answer to `git push`, on emulated services."""
    pulls: bool = True
    """In one comment on each pull request of a learner that has something to mend."""
    issues: bool = True
    """In one comment on each issue whose status says otherwise than its code."""
    elsewhere: bool = False
    """Comments on services that are not ours too: there it writes under the administrator's account."""


def _how(written: Any) -> str:  # Any: whatever stands there
    return "off" if isinstance(written, str) else "places"


Voice = Annotated[
    Annotated[Literal["off"], Tag("off")] | Annotated[CoachPart, Tag("places")],
    Discriminator(_how),
]
"""`off`, or where it speaks."""
SILENT = CoachPart(push=False, pulls=False, issues=False)
"""What `coach: off` means."""
