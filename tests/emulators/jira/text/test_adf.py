"""What a document is, and its words."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.emulators.jira.text.adf import document, plain, text_node, words
from simulator.emulators.jira.text.schema import is_document
from simulator.emulators.jira.text.wiki import read_wiki


def test_words_are_folded_and_parted_by_blanks() -> None:
    assert words("Größe: PAY-1, again!") == " grösse pay 1 again "
    assert words("—") == ""


def test_plain_text_has_a_line_for_each_block() -> None:
    assert plain(read_wiki("h1. T\n\n* a\n* b\n\nend *now*")) == "T\na\nb\nend now"


@pytest.mark.parametrize(
    "value",
    [
        "text",
        None,
        {"type": "doc", "version": 2, "content": []},
        {"type": "doc", "version": 1, "content": [{"text": "no type"}]},
        {"type": "doc", "version": 1, "content": [{"type": "text", "text": ""}]},
        {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": {}}]},
        {"type": "doc", "version": 1, "content": [{"type": "mention"}]},
        {"type": "doc", "version": 1, "content": [{"type": "heading", "attrs": {"level": 7}}]},
    ],
)
def test_it_refuses_what_is_no_document(value: object) -> None:
    assert not is_document(value)


def test_it_takes_a_document() -> None:
    assert is_document(document({"type": "paragraph", "content": [text_node("hi")]}))


@pytest.mark.parametrize(
    "block",
    [
        {"type": ["paragraph"]},
        {"type": {"a": 1}},
        {"type": "paragraph", "foo": 1},
        {"type": "paragraph", "attrs": {"color": "red"}},
        {"type": "paragraph", "content": None},
        {"type": "paragraph", "marks": [{"type": "strong"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a", "attrs": {}}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": ["strong"]}]}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "strong", "x": 1}]}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "strong"}] * 2}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "a", "marks": [{"type": "link", "attrs": {"href": 1}}]}]},
        {"type": "paragraph", "content": [{"type": "mention", "attrs": {"id": "1", "userType": "ROBOT"}}]},
        {"type": "paragraph", "content": [{"type": "hardBreak", "content": [{"type": "text", "text": "a"}]}]},
        {"type": "bulletList", "content": []},
        {"type": "codeBlock", "content": [{"type": "text", "text": "a", "marks": [{"type": "strong"}]}]},
        {"type": "mediaSingle", "attrs": {"layout": "center"}, "content": [{"type": "caption"}]},
        {"type": "layoutSection", "content": [
            {"type": "layoutColumn", "attrs": {"width": 100}, "content": [{"type": "rule"}]},
        ]},
        {"type": "blockquote", "content": [
            {"type": "paragraph", "marks": [{"type": "alignment", "attrs": {"align": "end"}}]},
        ]},
        {"type": "paragraph", "marks": [
            {"type": "alignment", "attrs": {"align": "end"}}, {"type": "indentation", "attrs": {"level": 1}},
        ]},
        {"type": "heading", "attrs": {"level": 1.0}},
        {"type": "heading", "attrs": {"level": True}},
        {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE", "localId": "1"}}]},
        {"type": "table", "attrs": {"layout": "sideways"}, "content": [{"type": "tableRow", "content": []}]},
        {"type": "mediaSingle", "attrs": {}, "content": [{"type": "media", "attrs": {"type": "external", "url": "u"}}]},
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file", "id": "1"}}]},
        {"type": "panel", "attrs": {"panelType": "info"}},
        {"type": "blockCard", "attrs": {"url": "u", "data": {}}},
    ],
)  # fmt: skip
def test_what_atlassians_schema_does_not_know_is_no_document(block: Any) -> None:
    assert is_document({"type": "doc", "version": 1, "content": [{"type": "rule"}]})
    assert not is_document({"type": "doc", "version": 1, "content": [block]})
    assert not is_document({"type": "doc", "version": 1})
