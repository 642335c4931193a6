"""A scenario looked through in each language and with each option of what varies."""

from __future__ import annotations

from pathlib import Path

from simulator.scenario.thorough import thorough_problems
from tests.scenario.builders import SMALL, a_file

VARYING = (
    SMALL.replace(
        "backlog:", "  anna: {kind: teammate, name: Anna, login: '{vary:login}', email: a@acme.example}\nbacklog:"
    )
    + "vary: {login: [anna, an na, robin], port: 8000..9000}\n"
    + "events:\n  - {id: hello, type: note, at: day 1, who: anna, text: 'Port {vary:port}'}\n"
)


def test_an_option_with_which_the_scenario_is_wrong_is_found_and_named(tmp_path: Path) -> None:
    problems = thorough_problems(a_file(tmp_path, VARYING))

    assert sorted(problem.message for problem in problems) == [
        "`an na` is not a GitHub login (with login = an na, port = 8996)",
        "`anna` and `learner` have the same login `robin` (with login = robin, port = 8000)",
    ]


def test_what_is_wrong_in_one_language_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/en.yaml").write_text("name: One\n")
    (tmp_path / "texts/de.yaml").write_text(f"name: {'Eins ' * 400}\n")
    file = a_file(tmp_path, SMALL.replace("name: One,", "name: '{text:name}',"))

    (problem,) = thorough_problems(file)

    assert problem.message.endswith("(in de)")
    assert Path(problem.file).name == "de.yaml"


def test_what_is_fine_in_every_run_is_fine(tmp_path: Path) -> None:
    assert thorough_problems(a_file(tmp_path)) == ()
