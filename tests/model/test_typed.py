"""What people type, as it may be kept and shown."""

from __future__ import annotations

import pytest

from simulator.model.typed import typed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  did PAY-1\r\n\tand PAY-2 ", "did PAY-1\n\tand PAY-2"),
        ("red \x1b[31malert\x07\0", "red [31malert"),
        ("half \ud83d a face", "half  a face"),
        ("\u202ekcab\u2066", "kcab"),
        ("\u200b\u200d \u2028", ""),
        ("👩\u200d💻 <b>שלום\u200f</b>", "👩\u200d💻 <b>שלום\u200f</b>"),
    ],
)
def test_what_can_be_shown_is_kept_as_it_is(text: str, kept: str) -> None:
    assert typed(text) == kept
