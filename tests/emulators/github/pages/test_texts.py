from __future__ import annotations

import pytest

from simulator.emulators.github.pages.texts import comment_html, document_html, into_repository

RESOLVE = into_repository("/github/acme/pay ments", "feature/x", "docs")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("a ~~b~~ `c<d>`", "<p>a <del>b</del> <code>c&lt;d&gt;</code></p>\n".replace("del", "s")),
        ("# One\n### Two", "<h3>One</h3>\n<h4>Two</h4>\n"),
        ("- [ ] one\n- [x] two", "<ul>\n<li>☐ one</li>\n<li>☑ two</li>\n</ul>\n"),
        (None, ""),
    ],
)
def test_a_comment_is_rendered_as_git_hub_does(text: str | None, html: str) -> None:
    assert comment_html(text) == html


def test_bare_addresses_become_links_and_code_does_not() -> None:
    html = comment_html("see https://example.com/a?b=1&c=2, [x](https://y.example/) and `https://z.example`")

    assert '<a href="https://example.com/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">' in html
    assert html.count("<a ") == 2


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("a.md", "/github/acme/pay%20ments/blob/feature/x/docs/a.md"),
        ("../b.md#c", "/github/acme/pay%20ments/blob/feature/x/b.md#c"),
        ("/top.md", "/github/acme/pay%20ments/blob/feature/x/top.md"),
        ("#here", "#here"),
        ("https://example.com", "https://example.com"),
        ("mailto:a@example.com", "mailto:a@example.com"),
    ],
)
def test_relative_links_lead_into_the_repository(target: str, address: str) -> None:
    assert f'href="{address}"' in document_html(f"[x]({target})", RESOLVE)


@pytest.mark.parametrize(
    "target",
    ["../../up", "//host/x", "\\\\host", "javascript:alert(1)", "data:text/html,x", "http://[x", "%2e%2e/%2e%2e/x"],
)
def test_other_links_lead_nowhere(target: str) -> None:
    assert "href" not in document_html(f'<a href="{target}">x</a>', RESOLVE)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        '<a href="x" style="position:fixed">x</a>',
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<details open ontoggle=alert(1)>x</details>",
        '[x](java\nscript:alert(1) "onclick=alert(1)")',
        "<form action=/github/logout method=post><button>x</button></form>",
        "<h1 id=content class=skip>x</h1><base href='//evil'><meta http-equiv=refresh content='0;url=//evil'>",
    ],
)
def test_nothing_that_acts_is_left(text: str) -> None:
    html = document_html(text, RESOLVE)

    for sign in (
        "<script",
        "onerror=",
        "ontoggle=",
        "style=",
        "<svg",
        "<math",
        'href="java',
        "<form",
        "<button",
        "<base",
        "<meta",
        "<h1",
        " id=",
    ):
        assert sign not in html.replace("&quot;onclick=alert(1)&quot;", "")


def test_an_endless_text_is_cut() -> None:
    assert len(document_html("x " * 1_000_000, RESOLVE)) < 400_000
