"""Texts in the form that a client asks for: as they were typed, rendered, without their marks."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.emulators.conftest import Site

TYPED = "Pays **twice** & <script>alert(1)</script>late"
RENDERED = "<p>Pays <strong>twice</strong> &amp; late</p>"
PLAIN = "Pays twice & late"


@pytest.fixture
def written(site: Site) -> dict[str, str]:
    """Addresses of an issue, its comment, a pull request, its review and a release, all with the same text."""
    session, root = site.session(), f"{site.api_url}/repos/acme/payments"

    def made(path: str, **fields: str) -> str:
        answer = session.post(f"{root}{path}", json={"body": TYPED, **fields})
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["url"])

    sha = session.get(f"{root}/git/ref/heads/main").json()["object"]["sha"]
    session.post(f"{root}/git/refs", json={"ref": "refs/heads/fix", "sha": sha})
    content = {"message": "Fix", "content": base64.b64encode(b"x").decode(), "branch": "fix"}
    session.put(f"{root}/contents/x.txt", json=content)
    issue = made("/issues", title="Refunds")
    pull = made("/pulls", title="Fix", head="fix", base="main")
    found = {"issue": issue, "comment": made(f"/issues/{issue.rpartition('/')[2]}/comments"), "pull": pull}
    review = session.post(f"{pull}/reviews", json={"body": TYPED, "event": "COMMENT"}).json()
    return found | {"review": f"{pull}/reviews/{review['id']}", "release": made("/releases", tag_name="v1")}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/vnd.github+json", {"body": TYPED}),
        ("application/vnd.github.raw+json", {"body": TYPED}),
        ("application/vnd.github.text+json", {"body_text": PLAIN}),
        ("application/vnd.github.html+json", {"body_html": RENDERED}),
        ("application/vnd.github.v3.html", {"body_html": RENDERED}),
        ("application/vnd.github.text-match+json", {"body": TYPED}),
        ("application/vnd.github.v3.full+json", {"body": TYPED, "body_html": RENDERED, "body_text": PLAIN}),
    ],
)
def test_whatever_people_write_comes_as_it_is_asked_for(
    site: Site, written: dict[str, str], accept: str, expected: dict[str, str]
) -> None:
    for what, url in written.items():
        answer = site.session().get(url, headers={"Accept": accept})
        assert _texts(answer.json()) == expected, what
        form = accept.removesuffix("+json").rpartition(".")[2]
        param = f"param={form}; " if form in ("raw", "text", "html", "full") else ""
        assert answer.headers["X-GitHub-Media-Type"] == f"github.v3; {param}format=json"


def test_lists_and_what_was_just_made_come_in_that_form_too(site: Site, written: dict[str, str]) -> None:
    session, full = site.session(), {"Accept": "application/vnd.github.v3.full+json"}
    issues = f"{site.api_url}/repos/acme/payments/issues"

    listed = session.get(issues, headers=full).json()
    made = session.post(issues, json={"title": "Empty"}, headers=full).json()

    assert [_texts(each)["body_text"] for each in listed] == [PLAIN, PLAIN]
    assert _texts(made) == {"body": None, "body_html": "", "body_text": ""}
    plain, other = session.get(written["issue"]), session.get(written["issue"], headers=full)
    assert plain.headers["ETag"] != other.headers["ETag"]


def test_a_file_comes_as_html(site: Site) -> None:
    session, root = site.session(), f"{site.api_url}/repos/acme/payments"
    text = "# Pay\n\n[how](docs/how.md) <script>alert(1)</script>\n"
    for path, content in (("docs/README.md", text), ("a<b>.txt", "1 < 2")):
        body = {"message": "Add", "content": base64.b64encode(content.encode()).decode()}
        assert session.put(f"{root}/contents/{path}", json=body).status_code == 201
    html = {"Accept": "application/vnd.github.html+json"}

    prose, plain = (session.get(f"{root}/contents/{path}", headers=html) for path in ("docs/README.md", "a<b>.txt"))

    assert prose.headers["Content-Type"] == "application/vnd.github.v3.html; charset=utf-8"
    assert 'data-path="docs/README.md"' in prose.text
    assert "/acme/payments/blob/main/docs/docs/how.md" in prose.text
    assert "<script" not in prose.text
    assert "1 &lt; 2" in plain.text
    assert "a<b>" not in plain.text
    assert session.get(f"{root}/readme", headers=html).text.startswith('<div id="readme" class="md"')


def _texts(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name.startswith("body")}


def test_the_root_of_a_repository_s_files_is_no_redirect(site: Site) -> None:
    for path in ("contents", "contents/"):
        answer = site.session().get(f"{site.api_url}/repos/acme/payments/{path}", allow_redirects=False)
        assert [entry["name"] for entry in answer.json()] == ["README.md"]
