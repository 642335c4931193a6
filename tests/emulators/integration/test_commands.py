"""Smart commits as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.integration.commands import MOST, Command, commands_in, time_of


@pytest.mark.parametrize(
    ("message", "commands"),
    [
        ("PAY-3 #in-review #comment ready", [(("PAY-3",), "in-review", ""), (("PAY-3",), "comment", "ready")]),
        ("Fix PAY-3, pay-4 #Done", [(("PAY-3", "PAY-4"), "done", "")]),
        ("PAY-3 #comment see #12 and C# too", [(("PAY-3",), "comment", "see #12 and C# too")]),
        ("PAY-3 one\n\nPAY-4 #done\n#done", [(("PAY-4",), "done", "")]),
        ("PAY-3 #time 2h 30m wrote tests", [(("PAY-3",), "time", "2h 30m wrote tests")]),
        ("PAY-3 #Prüfen #won't-do", [(("PAY-3",), "prüfen", ""), (("PAY-3",), "won't-do", "")]),
        ("#done PAY-3", []),
        ("PAY-3 (#5)", []),
        ("PAY-3 a#done", []),
        ("", []),
    ],
)
def test_commands_go_to_the_issues_named_before_them(message: str, commands: list[tuple[object, ...]]) -> None:
    assert commands_in(message) == [Command(*command) for command in commands]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2h 30m wrote tests", ("2h 30m", "wrote tests")),
        ("1w 2D 4h", ("1w 2D 4h", "")),
        ("1.5h", ("1.5h", "")),
        ("soon", ("", "soon")),
        ("2hours", ("", "2hours")),
    ],
)
def test_time_is_a_duration_and_what_was_done(text: str, time: tuple[str, str]) -> None:
    assert time_of(text) == time


@given(st.text(alphabet="PAY-3# \ndonecomt"))
def test_whatever_is_written_gives_few_commands_each_with_an_issue(message: str) -> None:
    found = commands_in(message)

    assert len(found) <= MOST
    assert all(command.keys and command.name == command.name.lower() for command in found)


def test_no_more_commands_are_read_than_are_obeyed() -> None:
    assert len(commands_in("PAY-1 " + "#done " * 10_000)) == MOST
