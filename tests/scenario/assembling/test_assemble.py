"""What several files make together: shared parts, texts of a language, what varies by the seed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import Problem
from simulator.scenario.assembling.settle import read_settled, settle
from simulator.scenario.assembling.variation import read_options
from simulator.scenario.load import load_scenario
from simulator.scenario.values import Unreadable
from tests.scenario.builders import SMALL, a_file, problems_of

ANNA = "people:\n  anna: {kind: teammate, name: Anna, login: anna, email: anna@acme.example}\n"
HELLO = "events:\n  - {id: hello, type: note, at: day 1, who: anna, text: '{text:hello}'}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a scenario whose cast lies in a file beside it."""
    folder = tmp_path / "small"
    (folder / "texts").mkdir(parents=True)
    (tmp_path / "cast.yaml").write_text(ANNA)
    (folder / "texts/en.yaml").write_text("hello: Good morning! Take {issue:refunds}.\n")
    (folder / "texts/de.yaml").write_text("hello: Guten Morgen! Nimm {issue:refunds}.\n")
    return folder


def a_scenario(home: Path, *more: str) -> Path:
    return a_file(home, SMALL + "uses: [../cast.yaml]\n" + "".join(more or (HELLO,)))


def said(problem: Problem, home: Path) -> str:
    return f"{Path(problem.file).relative_to(home.parent)}:{problem.line} {problem.message} ({problem.hint})"


def test_people_of_a_shared_cast_speak_the_language_that_is_asked_for(home: Path) -> None:
    file = a_scenario(home)

    english, german = load_scenario(file), load_scenario(file, language="de")

    assert [person.name for person in english.roster] == ["Robin", "Anna"]
    assert english.spec.events[0].text == "Good morning! Take {issue:refunds}."
    assert german.spec.events[0].text == "Guten Morgen! Nimm {issue:refunds}."
    assert load_scenario(file, language="fr").spec.events[0].text.startswith("Good")


def test_what_the_scenario_says_itself_stays(home: Path) -> None:
    (home.parent / "cast.yaml").write_text(
        ANNA + "  learner: {kind: human, name: X, login: x, email: x@acme.example}\n"
    )

    assert load_scenario(a_scenario(home)).spec.people["learner"].name == "Robin"


def test_every_fault_is_told_in_the_file_in_which_it_stands(home: Path) -> None:
    (home.parent / "cast.yaml").write_text(ANNA.replace("anna@", "an na@") + "peple: {}\n")
    (home / "texts/en.yaml").write_text("hello: Take {issue:refund}.\nbye: So long.\n")
    (home / "texts/de.yaml").write_text("hello: Nimm nichts.\nalt: Alt.\n")

    problems = [said(problem, home) for problem in problems_of(a_scenario(home))]

    assert problems == [
        "cast.yaml:2 `an na@acme.example` is not an e-mail address (write it as name@example.com)",
        "cast.yaml:3 `peple` cannot be used from another file (did you mean `people`?)",
        "small/texts/de.yaml:1 there is no text `bye` in de (English says: So long.)",
        "small/texts/de.yaml:1 `hello`: {issue:refund} is missing in de (both languages must name the same things)",
        "small/texts/de.yaml:2 `alt` is in de and not in English (there are: `hello`, `bye`)",
        "small/texts/en.yaml:1 there is no issue `refund` for `{issue:refund}` (did you mean `refunds`?)",
    ]


def test_a_text_that_nobody_wrote_is_a_fault_where_it_is_wanted(home: Path) -> None:
    (home / "texts/en.yaml").write_text("helo: Good morning!\n")
    (home / "texts/de.yaml").unlink()
    text = SMALL + "uses: [../cast.yaml]\n" + HELLO

    (problem,) = problems_of(a_file(home, text))

    assert problem.line == text.count("\n")
    assert (problem.message, problem.hint) == ("there is no text `hello`", "did you mean `helo`?")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../../elsewhere.yaml", "lies outside of the folder that holds the scenarios"),
        ("/etc/passwd", "is not a path beside the scenario"),
        ("../cats.yaml", "there is no file `../cats.yaml`"),
    ],
)
def test_it_uses_no_file_from_elsewhere(home: Path, name: str, message: str) -> None:
    (problem,) = problems_of(a_file(home, SMALL + f"uses: ['{name}']\n"))

    assert message in problem.message


def test_what_stands_in_a_file_that_cannot_be_used_is_not_said_to_be_missing(home: Path) -> None:
    names = "  - {id: asked, type: note, at: day 1 10:00, who: somebody-there, channel: chat, text: Hello}\n"
    text = SMALL + "uses: [../cats.yaml]\nevents:\n" + names

    (problem,) = problems_of(a_file(home, text))

    assert "there is no file `../cats.yaml`" in problem.message


def test_what_varies_is_the_same_in_texts_files_and_patches_of_one_run(home: Path, tmp_path: Path) -> None:
    (home / "texts/en.yaml").write_text("hello: Take {issue:refunds} for {vary:shop}.\n")
    (home / "texts/de.yaml").unlink()
    (home / "patches/one").mkdir(parents=True)
    (home / "patches/one/shop.py").write_text('SHOP = "{vary:shop}"\nPORT = {vary:port}\n')
    file = a_scenario(home, HELLO, "vary:\n  shop: [Kaffee & Korn, Brotzeit, Nordwind]\n  port: 8000..8100\n")
    seen = set()

    for seed in range(6):
        scenario = load_scenario(file, seed=seed)
        copy = load_scenario(settle(scenario, tmp_path / str(seed)))
        shop, port = scenario.choices["shop"], scenario.choices["port"]
        assert copy.spec.events[0].text == f"Take {{issue:refunds}} for {shop}."
        assert (copy.folder / "patches/one/shop.py").read_text() == f'SHOP = "{shop}"\nPORT = {port}\n'
        assert copy.choices == {}
        assert load_scenario(file, seed=seed).choices == scenario.choices
        seen.add((shop, port))

    assert len(seen) > 3


def test_a_copy_is_whole_without_the_files_that_it_came_from(home: Path, tmp_path: Path) -> None:
    original = load_scenario(a_scenario(home), language="de")

    file = settle(original, tmp_path / "copies" / "run")
    (tmp_path / "cast.yaml").unlink()

    assert load_scenario(file).spec == original.spec.model_copy(update={"uses": ()})
    assert read_settled(file.parent) == load_scenario(file)
    assert not (file.parent / "texts").exists()


def test_a_copy_that_somebody_wrote_in_is_judged_like_any_other(home: Path, tmp_path: Path) -> None:
    file = settle(load_scenario(a_scenario(home)), tmp_path / "run")

    file.write_text(file.read_text().replace('"days": 2', '"days": -2').replace('"format": 1', '"format": 7'))

    assert read_settled(file.parent) is None
    assert read_settled(tmp_path / "nowhere") is None


def test_names_that_do_not_vary_and_options_that_nobody_uses_are_faults(home: Path) -> None:
    file = a_file(
        home, SMALL.replace("Refund a payment", "'Refund {vary:shpo}'") + "vary: {shop: [one, two], room: 1..3}\n"
    )

    assert [(problem.message, problem.hint) for problem in problems_of(file)] == [
        ("nothing varies by the name `shpo`", "did you mean `shop`?"),
        ("`shop` is used nowhere", "write {vary:shop} where it belongs"),
        ("`room` is used nowhere", "write {vary:room} where it belongs"),
    ]


@given(
    st.one_of(st.text(), st.integers(), st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none())), st.none())
)
@settings(max_examples=200, deadline=None)
def test_options_are_lines_to_choose_from_or_refused(value: object) -> None:
    with suppress(Unreadable):
        options = read_options(value)

        assert 2 <= len(options) <= 200
        assert all(option and "\n" not in option for option in options)
