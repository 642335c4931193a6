"""The language of searches: what is read as words, qualifiers, operators and brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.emulators.github.state.search.errors import SearchRefused
from simulator.emulators.github.state.search.query import All, Either, Node, Not, Qualifier, Text, leaves, parse

WORDS = st.text("abcxyzäß0123456789_", min_size=1, max_size=8).filter(lambda word: word not in ("AND", "OR", "NOT"))
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def _written(node: Node) -> str:
    match node:
        case Text(words):
            return f'"{words}"'
        case Qualifier(name, values):
            return f"{name}:" + ",".join(f'"{value}"' for value in values)
        case Not(part):
            return f"-{_written(part)}"
        case Either(parts):
            return "(" + " OR ".join(_written(part) for part in parts) + ")"
        case All(parts):
            return " ".join(_written(part) for part in parts)


_TEXTS = st.builds(Text, PHRASES)
_NAMES = st.sampled_from(["is", "label", "author", "review-requested"])
_QUALIFIERS = st.builds(
    lambda name, values: Qualifier(name, tuple(values), f"{name}:" + ",".join(f'"{value}"' for value in values)),
    _NAMES,
    st.lists(PHRASES, min_size=1, max_size=3),
)
_LEAVES = st.one_of(_TEXTS, _QUALIFIERS)
_PARTS = st.one_of(_LEAVES, st.builds(Not, _LEAVES))
_EITHER = st.builds(lambda parts: Either(tuple(parts)), st.lists(_PARTS, min_size=2, max_size=3))
_TREES = st.lists(st.one_of(_PARTS, _EITHER), min_size=2, max_size=3).map(lambda parts: All(tuple(parts)))


def _is_short(tree: All) -> bool:
    operators = sum(len(part.parts) - 1 for part in tree.parts if isinstance(part, Either))
    return operators <= 5 and sum(len(leaf.words) for leaf in leaves(tree) if isinstance(leaf, Text)) <= 256


@given(_TREES.filter(_is_short))
def test_a_tree_that_is_written_down_is_read_as_the_same_tree(tree: All) -> None:
    assert parse(_written(tree)) == tree


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except SearchRefused:
        return

    assert isinstance(tree, All)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a b", (Text("a"), Text("b"))),
        ("a AND b", (Text("a"), Text("b"))),
        ("NOT a", (Not(Text("a")),)),
        ("a - b", (Text("a"), Text("b"))),
        ("well-known", (Text("well-known"),)),
        ("((a)", (Text("a"),)),
        ("a) OR b", (Text("a"), Text("b"))),
        ("a OR", (Text("a"),)),
        ("label:", (Text("label:"),)),
        ("URL:http://x", (Qualifier("url", ("http://x",), "URL:http://x"),)),
        ('label:bug,"help wanted"', (Qualifier("label", ("bug", "help wanted"), 'label:bug,"help wanted"'),)),
        ("a b OR c", (Either((All((Text("a"), Text("b"))), Text("c"))),)),
    ],
)
def test_how_words_are_read(text: str, parts: tuple[Node, ...]) -> None:
    assert parse(text).parts == parts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 257, "longer than 256"),
        ("a OR b OR c OR d OR e OR f OR g", "More than five"),
        ("((((((a))))))", "nested"),
        ("label:" + "x" * 4000, "longer than 256"),
    ],
)
def test_a_query_that_is_too_much_is_refused(text: str, message: str) -> None:
    with pytest.raises(SearchRefused, match=message):
        parse(text)


def test_an_empty_query_is_missing() -> None:
    with pytest.raises(SearchRefused) as caught:
        parse("  ")

    assert caught.value.code == "missing"
