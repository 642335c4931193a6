"""What git says reaches the person in whole lines, however it was cut."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.gitserver.saying import Saying

SAID = (
    b"Unpacking objects:  50% (1/2)\rUnpacking objects: 100% (2/2), done.\n"
    b"error: cannot lock ref 'refs/heads/main': Unable to create '/srv/git/1.git/refs/heads/main.lock': File exists.\n\n"
    b"remove the file manually to continue.\n"
    b"warning: /srv/git/1.git/objects is nearly full"
)


@given(cuts=st.lists(st.integers(0, len(SAID)), max_size=8))
def test_no_cut_lets_a_path_of_the_server_through(cuts: list[int]) -> None:
    saying = Saying(Path("/srv/git/1.git"), unsaid=[b"remove the file"])
    places = [0, *sorted(cuts), len(SAID)]

    pieces = [saying.lines(SAID[start:end]) for start, end in itertools.pairwise(places)]

    assert b"".join([*pieces, saying.rest()]) == (
        b"Unpacking objects:  50% (1/2)\rUnpacking objects: 100% (2/2), done.\nwarning: objects is nearly full"
    )
    why = b"cannot lock ref 'refs/heads/main': it is locked by another process"
    assert saying.why == {b"refs/heads/main": why}
