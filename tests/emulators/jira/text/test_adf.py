"""What a document is, and its words."""

from __future__ import annotations

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
