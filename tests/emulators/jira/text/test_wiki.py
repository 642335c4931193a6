"""Documents and wiki text: one meaning, there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.emulators.jira.text.adf import document, normal, text_node
from simulator.emulators.jira.text.wiki import read_wiki, write_wiki

PLAIN = st.text(alphabet=st.sampled_from("abc XYZ äß漢 *_-+{}[]|!?#^~\\&;:.,()<>\"'0159"), min_size=1, max_size=12)
SOLID = PLAIN.filter(lambda text: text.strip() == text and text != "")
MARKS = st.lists(st.sampled_from(["strong", "em", "strike", "underline"]), unique=True, max_size=3)


def runs() -> st.SearchStrategy[dict[str, Any]]:
    marked = st.builds(lambda text, marks: text_node(text, *({"type": m} for m in marks)), SOLID, MARKS)
    code = st.builds(lambda text: text_node(text, {"type": "code"}), SOLID)
    link = st.builds(
        lambda text, path: text_node(text, {"type": "link", "attrs": {"href": f"https://example.com/{path}"}}),
        SOLID,
        st.text(alphabet="abc/-_=1", max_size=6),
    )
    mention = st.builds(
        lambda number: {"type": "mention", "attrs": {"id": f"5b10a28{number}"}}, st.integers(min_value=0, max_value=99)
    )
    return st.one_of(marked, marked, code, link, mention)


INLINE = st.lists(runs(), min_size=1, max_size=4).map(normal)


def paragraph(content: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "paragraph", "content": content}


def lists(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    item = INLINE.map(lambda content: {"type": "listItem", "content": [paragraph(content)]})
    return st.lists(item, min_size=1, max_size=3).map(lambda items: {"type": kind, "content": items})


def tasks() -> st.SearchStrategy[dict[str, Any]]:
    one = st.tuples(st.sampled_from(["TODO", "DONE"]), INLINE)

    def made(chosen: list[tuple[str, list[dict[str, Any]]]]) -> dict[str, Any]:
        items = [
            {"type": "taskItem", "attrs": {"localId": str(n), "state": state}, "content": content}
            for n, (state, content) in enumerate(chosen, start=1)
        ]
        return {"type": "taskList", "attrs": {"localId": "1"}, "content": items}

    return st.lists(one, min_size=1, max_size=3).map(made)


def code_block(text: str) -> dict[str, Any]:
    return {"type": "codeBlock", "attrs": {"language": "python"}, "content": [{"type": "text", "text": text}]}


BLOCKS = st.one_of(
    INLINE.map(paragraph),
    st.tuples(st.integers(min_value=1, max_value=6), INLINE).map(
        lambda pair: {"type": "heading", "attrs": {"level": pair[0]}, "content": pair[1]}
    ),
    lists("bulletList"),
    lists("orderedList"),
    tasks(),
    st.text(alphabet="ab =(){}*_\n", min_size=1, max_size=20).filter(lambda t: t.strip() == t and t).map(code_block),
    st.just({"type": "rule"}),
)
TWO_LISTS = {"bulletList", "orderedList", "taskList"}


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_a_document_survives_the_way_to_wiki_text_and_back(blocks: list[dict[str, Any]]) -> None:
    doc = document(*blocks)

    again = read_wiki(write_wiki(doc))

    assert again == doc


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab *_-+{}[]|\\#h1.&;\n", max_size=40))
def test_any_text_has_one_normal_form(text: str) -> None:
    once = write_wiki(read_wiki(text))

    assert write_wiki(read_wiki(once)) == once


@pytest.mark.parametrize(
    "text",
    [
        "Hello *world* and _em_, but snake_case_name and 2*3*4 stay",
        "first line\nsecond line\n\nanother paragraph",
        "h2. Title\n\n* a\n** b\n*# c\n* d\n\n# one\n# two",
        "- [ ] to do\n- [x] done",
        "{code:python}\ndef f():\n\n    return {}\n{code}",
        "see [docs|https://x.example/y] and [https://a.example] and {{code}} and [~accountid:5b10]",
        "above\n\n----\n\nbelow",
        "2026-01-02 is a date, --flag an option, *bold * nothing",
    ],
)
def test_what_is_typed_in_the_usual_way_comes_back_as_typed(text: str) -> None:
    assert write_wiki(read_wiki(text)) == text


def test_lists_nest() -> None:
    doc = read_wiki("* a\n** b\n*# c")

    inner = doc["content"][0]["content"][0]["content"]

    assert [block["type"] for block in inner] == ["paragraph", "bulletList", "orderedList"]


def test_a_hard_break_in_a_list_item_stays_in_it() -> None:
    doc = read_wiki("* one\\\\two")

    assert write_wiki(doc) == "* one\\\\two"
    assert [node["type"] for node in doc["content"][0]["content"][0]["content"][0]["content"]] == [
        "text",
        "hardBreak",
        "text",
    ]


def test_a_block_that_wiki_text_lacks_keeps_its_words() -> None:
    panel = document({"type": "panel", "attrs": {"panelType": "info"}, "content": [paragraph([text_node("careful")])]})

    assert "careful" in write_wiki(panel)
