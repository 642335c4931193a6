"""A file of a repository as HTML: prose rendered, anything else as its lines.

Source: https://docs.github.com/en/rest/repos/contents#get-repository-content
"""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

from markupsafe import Markup

from simulator.emulators.github.pages.texts import document_html, into_repository, is_prose
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls

_PROSE = Markup(
    '<div id="{name}" class="md" data-path="{path}"><article class="markdown-body entry-content container-lg"'
    ' itemprop="text">{text}</article></div>'
)
_PLAIN = Markup('<div id="{name}" class="plain" data-path="{path}"><pre>{text}</pre></div>')


def rendered_file(content: bytes, path: str, ref: str, repository: Repository, urls: Urls) -> str:
    """The HTML of a file at a path and ref; what it refers to by relative addresses leads into the repository."""
    text = content.decode("utf-8", "replace")
    name = "readme" if posixpath.basename(path).lower().startswith("readme") else "file"
    if not is_prose(path):
        return _PLAIN.format(name=name, path=path, text=text)
    resolve = into_repository(urlsplit(urls.html(f"/{repository.full_name}")).path, ref, posixpath.dirname(path))
    return _PROSE.format(name=name, path=path, text=document_html(text, resolve))
