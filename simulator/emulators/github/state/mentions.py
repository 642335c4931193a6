"""What a text says about other issues: mentions (`#12`) and promises to close them (`Fixes #12`).

Pure text. Code blocks and code spans don't count, as on GitHub.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(?P<fence>```|~~~).*?(?:(?P=fence)|\Z)|`[^`\n]*`", re.DOTALL)
_REFERENCE = r"(?:(?P<full_name>[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}))?#(?P<number>[1-9][0-9]{0,8})\b"
_MENTION = re.compile(r"(?<![\w/&#-])" + _REFERENCE)
_ADDRESS = r"https?://[^\s/]+(?:/sites/[^\s/]+)?(?:/github)?/(?P<at>[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100})/issues/(?P<of>[1-9][0-9]{0,8})\b"
# docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
_CLOSING = re.compile(
    rf"(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:{_REFERENCE}|{_ADDRESS})", re.IGNORECASE
)


def mentioned(text: str | None, *, full_name: str) -> set[int]:
    """Numbers of this repository's issues and pull requests that the text mentions."""
    return _numbers(_MENTION, text, full_name)


def closed_by(text: str | None, *, full_name: str) -> set[int]:
    """Numbers of this repository's issues that the text promises to close."""
    return {number for name, number in promised(text, full_name=full_name) if name == full_name.lower()}


def promised(text: str | None, *, full_name: str) -> set[tuple[str, int]]:
    """What the text promises to close, in any repository: full names in lower case and numbers."""
    plain = _CODE.sub(" ", text or "")
    return {
        ((found["full_name"] or found["at"] or full_name).lower(), int(found["number"] or found["of"]))
        for found in _CLOSING.finditer(plain)
    }


def _numbers(pattern: re.Pattern[str], text: str | None, full_name: str) -> set[int]:
    plain = _CODE.sub(" ", text or "")
    return {
        int(found["number"])
        for found in pattern.finditer(plain)
        if found["full_name"] is None or found["full_name"].lower() == full_name.lower()
    }
