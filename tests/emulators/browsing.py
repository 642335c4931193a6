"""A browser of somebody's, and what is true of each page whatever is on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import requests

from tests.emulators.conftest import Site

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
"""A text that acts when it is not escaped."""

_ADDRESSES = ("href", "src", "action")
_HARMLESS = re.compile(r"(?:https?://|mailto:|/|#|\?)")


@dataclass
class Page(HTMLParser):
    """A page as a browser reads it: its tags, its anchors, its plain text."""

    html: str
    status: int = 200
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        """What a person reads, white space folded."""
        return " ".join(" ".join(self.pieces).split())

    @property
    def ids(self) -> list[str]:
        """The anchors."""
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def links(self) -> list[str]:
        """The addresses that the page leads to."""
        return [attrs["href"] for tag, attrs in self.tags if tag == "a" and "href" in attrs]

    def check(self) -> None:
        """One h1, a title, a language, a main landmark, no doubled anchor, nothing that acts."""
        names = [tag for tag, _ in self.tags]
        assert names.count("h1") == names.count("title") == names.count("main") == 1
        assert dict(self.tags)["html"] == {"lang": "en"}
        assert len(self.ids) == len(set(self.ids))
        assert not {"script", "iframe", "object", "embed", "style", "base", "svg"} & set(names)
        for tag, attrs in self.tags:
            assert not [name for name in attrs if name.startswith("on") or name == "style"], (tag, attrs)
            for name in _ADDRESSES:
                assert name not in attrs or _HARMLESS.match(attrs[name]), (tag, attrs)


class Browser:
    """Asks for pages of a site, as nobody or as a person who is signed in."""

    def __init__(self, site: Site, login: str | None = "alice") -> None:
        self.site = site
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
        if login is not None:
            self.sign_in(login=login)

    def sign_in(self, *, service: str = "github", **fields: str) -> requests.Response:
        """Send the form."""
        url = f"{self.site.url}/{service}/login"
        return self.session.post(url, data=fields, allow_redirects=False, timeout=20)

    def ask(self, path: str, **more: object) -> requests.Response:
        """The answer to a GET of a path below the site, redirects not followed."""
        return self.session.get(self.site.url + path, allow_redirects=False, timeout=20, **more)  # type: ignore[arg-type]

    def read(self, path: str, *, status: int = 200) -> Page:
        """A page, checked. Redirects are followed."""
        answer = self.session.get(self.site.url + path, timeout=20)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        page = Page(answer.text, answer.status_code)
        page.check()
        return page
