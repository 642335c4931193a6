"""What was made of single things is made again only of those that are new."""

from __future__ import annotations

from simulator.model.history.pieces import Pieces, grouped


class Thing:
    """A thing that is nothing but itself."""

    def __init__(self, name: str) -> None:
        self.name = name


def test_only_what_is_new_is_asked_again_and_the_order_is_that_of_the_things() -> None:
    asked: list[str] = []

    def twice(thing: Thing) -> list[str]:
        asked.append(thing.name)
        return [thing.name, thing.name.upper()]

    pieces, a, b, c = Pieces(), Thing("a"), Thing("b"), Thing("c")
    assert pieces.of("names", [a, b], twice) == ["a", "A", "b", "B"]
    asked.clear()

    assert pieces.of("names", [c, b], twice) == ["c", "C", "b", "B"]
    assert asked == ["c"]


def test_what_was_gone_meanwhile_is_new_when_it_comes_back() -> None:
    asked: list[str] = []
    pieces, a = Pieces(), Thing("a")
    for things in ([a], [], [a]):
        pieces.of("names", things, lambda thing: [asked.append(thing.name)])

    assert asked == ["a", "a"]


def test_a_key_with_other_parts_is_made_again() -> None:
    pieces = Pieces()
    first = pieces.by_key("sums", {"x": (1, 2), "y": (3,)}, lambda some: [sum(some)])

    again = pieces.by_key("sums", {"x": (1, 2), "y": (4,)}, lambda some: [sum(some)])

    assert again == {"x": [3], "y": [4]}
    assert again["x"] is first["x"]


def test_pairs_are_grouped_in_their_order_and_only_under_keys_that_are_wanted() -> None:
    pairs = [("b", 1), ("a", 2), ("b", 3), ("c", 4)]

    assert grouped(pairs) == {"b": [1, 3], "a": [2], "c": [4]}
    assert list(grouped(pairs, among={"a": None, "b": None})) == ["b", "a"]
