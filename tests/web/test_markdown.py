from __future__ import annotations

import pytest

from web.markdown import to_html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        '<a href="https://a.example" onclick="alert(1)">x</a>',
        "![x](https://a.example/pixel.png)",
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_that_acts_comes_through(text: str) -> None:
    html = to_html(text)

    assert not any(
        part in html
        for part in ("<script", "<img", "<svg", 'href="javascript', 'href="data', '<a href="https://a.example" onclick')
    )


def test_markdown_becomes_html() -> None:
    html = to_html("**bold** and `code`\n\n- one\n- two")

    assert html == "<p><strong>bold</strong> and <code>code</code></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"


def test_headings_leave_the_first_level_to_the_page() -> None:
    assert to_html("# Title\n\n## Part", below=2) == "<h3>Title</h3>\n<h4>Part</h4>\n"


def test_bare_addresses_become_links_but_not_in_code() -> None:
    html = to_html("See https://docs.example/a?b=1. Not `https://code.example`.")

    assert html.count("<a ") == 1
    assert 'href="https://docs.example/a?b=1"' in html


def test_a_huge_text_is_cut_and_none_is_nothing() -> None:
    assert len(to_html("a" * 200_000)) < 60_000
    assert to_html(None) == ""
