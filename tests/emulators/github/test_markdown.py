"""Markdown as HTML."""

from __future__ import annotations

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_repository


def test_markdown_is_rendered_and_made_harmless(site: Site) -> None:
    assert site.github().render_markdown("# Hi\n**there**") == "<h1>Hi</h1>\n<p><strong>there</strong></p>\n"
    hostile = "<script>alert(1)</script>[x](javascript:alert(1))<img src=x onerror=alert(1)>"
    rendered = site.github().render_markdown(hostile, a_repository(site))

    assert "<script" not in rendered
    assert "href" not in rendered
    assert "onerror" not in rendered


def test_line_ends_count_in_comments_only(site: Site) -> None:
    session, url = site.session(), f"{site.api_url}/markdown"

    plain = session.post(url, json={"text": "a\nb"})
    comment = session.post(url, json={"text": "a\nb", "mode": "gfm", "context": "acme/payments"})
    raw = session.post(f"{url}/raw", data="*a*", headers={"Content-Type": "text/plain"})

    assert (plain.text, comment.text, raw.text) == ("<p>a\nb</p>\n", "<p>a<br>\nb</p>\n", "<p><em>a</em></p>\n")
    assert raw.headers["Content-Type"] == "text/html; charset=utf-8"


def test_what_is_no_text_is_refused(site: Site) -> None:
    session, url = site.session(), f"{site.api_url}/markdown"

    for body in ({}, {"text": None}, {"text": 7}, {"text": "x", "mode": "pdf"}, {"text": "x" * 500_000}):
        assert session.post(url, json=body).status_code == 422
    assert session.post(f"{url}/raw", data="{}", headers={"Content-Type": "application/json"}).status_code == 415


def test_issues_and_people_are_linked_in_a_repository_s_context(site: Site) -> None:
    a_repository(site, "bob").create_issue("One")
    text = "See #1, #9 and @Carol, not `#1`, bob@example.com or @nobody"
    session, url = site.session(), f"{site.api_url}/markdown"

    linked = session.post(url, json={"text": text, "mode": "gfm", "context": "acme/payments"}).text
    plain = session.post(url, json={"text": text, "mode": "gfm", "context": "acme/none"}).text

    assert f'<a href="{site.html_url}/acme/payments/issues/1"' in linked
    assert f'<a href="{site.html_url}/carol"' in linked
    assert linked.count("<a ") == 2
    assert "<a " not in plain
