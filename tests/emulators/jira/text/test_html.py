"""Documents as HTML: readable, and unable to act."""

from __future__ import annotations

from simulator.emulators.jira.text.adf import document, text_node
from simulator.emulators.jira.text.html import render
from simulator.emulators.jira.text.wiki import read_wiki


def test_blocks_and_marks_become_elements() -> None:
    html = render(read_wiki("h3. T\n\n*b* {{c}}\n\n* x\n\n{code}\n1 < 2\n{code}"))

    assert "<h3>T</h3>" in html
    assert "<strong>b</strong>" in html
    assert "<li><p>x</p></li>" in html
    assert "1 &lt; 2" in html


def test_markup_in_text_is_shown_and_not_run() -> None:
    html = render(read_wiki("<script>alert(1)</script><img src=x onerror=alert(2)>"))

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_a_link_with_a_hostile_scheme_loses_its_address() -> None:
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}

    html = render(document({"type": "paragraph", "content": [text_node("here", link)]}))

    assert "javascript" not in html
    assert "here" in html
