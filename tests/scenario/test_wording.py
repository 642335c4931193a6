from __future__ import annotations

from simulator.scenario.wording import nearest


def test_the_nearest_name_is_offered_whatever_its_case() -> None:
    assert nearest("in progres", ["To Do", "In Progress"]) == "did you mean `In Progress`?"


def test_a_few_names_are_listed_when_none_is_near() -> None:
    assert nearest("zebra", ["mira", "tom"]) == "there are: `mira`, `tom`"


def test_many_names_are_not() -> None:
    assert nearest("zebra", [f"name-{n}" for n in range(30)], otherwise="see the list") == "see the list"
    assert nearest("zebra", []) == ""
