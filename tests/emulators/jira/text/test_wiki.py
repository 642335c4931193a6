"""Documents and wiki text: one meaning, there and back."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.emulators.jira.text.adf import document, meaning, text_node
from simulator.emulators.jira.text.html import render
from simulator.emulators.jira.text.schema import is_document
from simulator.emulators.jira.text.wiki import read_wiki, write_wiki
from tests.emulators.jira.text.documents import DOCUMENTS

PIECES = [
    *(
        "a",
        "b ",
        " ",
        "\n",
        "\n\n",
        "*",
        "_",
        "-",
        "+",
        "~",
        "^",
        "{*}",
        "\\",
        "\\\\",
        "#",
        "h1. ",
        "bq. ",
        "* ",
        "** ",
        "# ",
    ),
    *(
        "{code}",
        "{code:java}",
        "{quote}",
        "{panel:bgColor=#deebff}",
        "{panel}",
        "{info}",
        "{adf:display=block}",
        "{adf}",
    ),
    *(
        '{"type":"rule"}',
        "{color:#ff5630}",
        "{color}",
        "{{",
        "}}",
        "[x|https://a.example]",
        "[~accountid:5b]",
        "|",
        "||",
    ),
    *(
        "!a.png!",
        "- [ ] ",
        "----",
        "&#42;",
        "<script>alert(1)</script>",
        "[https://a.example|https://a.example|smart-link]",
    ),
]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_a_document_of_the_editor_survives_the_way_to_wiki_text_and_back(doc: dict[str, Any]) -> None:
    assert is_document(doc)

    again = read_wiki(write_wiki(doc))

    assert meaning(again) == meaning(doc)
    assert is_document(again)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_has_one_normal_form_and_means_a_document(text: str) -> None:
    doc = read_wiki(text)
    once = write_wiki(doc)

    assert is_document(doc)
    assert write_wiki(read_wiki(once)) == once
    assert meaning(read_wiki(once)) == meaning(doc)
    assert "<script" not in render(doc)


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


@pytest.mark.parametrize("text", ["{quote}\n{quote}", "{panel:bgColor=#deebff}\n{panel}", "{info}\n\n{info}"])
def test_a_block_with_nothing_in_it_holds_an_empty_paragraph(text: str) -> None:
    doc = read_wiki(text)

    assert is_document(doc)
    assert [inner["type"] for inner in doc["content"][0]["content"]] == ["paragraph"]
    assert meaning(read_wiki(write_wiki(doc))) == meaning(doc)


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


def test_what_wiki_text_has_words_for_is_written_in_them() -> None:
    doc = read_wiki(
        "{panel:bgColor=#ffebe6}\ncareful\n{panel}\n\n||Name||Age||\n|Al\\|ice|30|\n\n!https://e.example/p.png|width=40!\n\n"
        "H~2~O and x^2^ in {color:#ff5630}red{color}"
    )

    assert [block["type"] for block in doc["content"]] == ["panel", "table", "mediaSingle", "paragraph"]
    assert doc["content"][0]["attrs"] == {"panelType": "error"}
    assert [cell["type"] for cell in doc["content"][1]["content"][0]["content"]] == ["tableHeader", "tableHeader"]
    assert "{adf" not in write_wiki(doc)


def test_what_wiki_text_lacks_stands_in_a_macro_as_in_jira() -> None:
    status = {"type": "status", "attrs": {"text": "DONE", "color": "green"}}
    expand = {"type": "expand", "attrs": {"title": "More"}, "content": [{"type": "paragraph", "content": [status]}]}
    text = write_wiki(document({"type": "paragraph", "content": [text_node("is "), status]}, expand))

    assert text.startswith('is {adf:display=inline}{"type":"status"')
    assert '{adf:display=block}\n{"type":"expand"' in text
    assert read_wiki(text)["content"][1] == expand


@pytest.mark.parametrize(
    "text",
    [
        '{adf:display=block}\n{"type":"script"}\n{adf}',
        '{adf:display=block}\n{"type":["rule"]}\n{adf}',
        '{adf:display=block}\n{"type":"blockCard","attrs":{"data":' + "[" * 300 + "]" * 300 + "}}\n{adf}",
        '{adf:display=block}\n{"type":"text","text":"a"}\n{adf}',
        "{adf:display=block}\nnot json\n{adf}",
        '{adf:display=inline}{"type":"panel"}{adf}',
        '{adf:display=block}\n{"type":"paragraph","content":[{"type":"text","text":"\\u0000"}]}\n{adf}',
    ],
)
def test_a_macro_of_anything_but_a_node_is_text(text: str) -> None:
    kinds = {block["type"] for block in read_wiki(text)["content"]}

    assert kinds == {"paragraph"}
    assert write_wiki(read_wiki(text)) == write_wiki(read_wiki(write_wiki(read_wiki(text))))


@pytest.mark.parametrize(
    "piece", ["*a ", "{*}", "{{", "[", "{quote}\n", "{code:a}\n", "*", "|a", "\\", "{color:#ff5630}", "* a\n** b\n"]
)
def test_a_hostile_text_is_read_in_time(piece: str) -> None:
    begun = time.perf_counter()

    doc = read_wiki((piece * 8_192)[:8_192])
    write_wiki(doc)

    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("{code}x{code}", "{code}\nx\n{code}"),
        ("{code:python}x = 1{code} after", "{code:python}\nx = 1\n{code}\n\nafter"),
        ("see {code}a\nb{code} done", "see\n\n{code}\na\nb\n{code}\n\ndone"),
        ("{noformat}*x*{noformat}", "{code}\n*x*\n{code}"),
        ("{quote}hi{quote}", "{quote}\nhi\n{quote}"),
        ("{panel:title=Now|borderStyle=solid}hi{panel}", "{panel:bgColor=#deebff}\n*Now*\n\nhi\n{panel}"),
        ("{code:java|title=A.java}\ny\n{code}", "{code:java}\ny\n{code}"),
        ("{code:title=A.java|borderStyle=solid}\ny\n{code}", "{code}\ny\n{code}"),
        ("{color:red}r{color}, {color:#f00}s{color}", "{color:#ff0000}r{color}, {color:#ff0000}s{color}"),
        ("a \\{code}x{code}", "a \\{code}x\\{code}"),
        ("{code}\nnever closed", "\\{code}\nnever closed"),
    ],
)
def test_macros_are_read_as_people_type_them(typed: str, written: str) -> None:
    assert write_wiki(read_wiki(typed)) == written
    assert read_wiki(written) == read_wiki(typed)
