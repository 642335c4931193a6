"""Issue keys in what people write: branch names, messages, titles.

As GitHub for Jira reads them: in any case, with anything around them but a letter or a digit.
Source: https://support.atlassian.com/jira-software-cloud/docs/reference-issues-in-your-development-work/
"""

from __future__ import annotations

import re

MOST = 100
"""Keys that are looked for in one text."""

LONGEST = 64 * 1024
"""Characters of a text that are looked at."""

_KEY = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9_]{1,40})-([1-9][0-9]{0,17})(?![A-Za-z0-9])")


def keys_in(text: str) -> list[str]:
    """What looks like an issue's key, in capitals, each once; whether there is such an issue is another question."""
    found: dict[str, None] = {}
    for match in _KEY.finditer(text[:LONGEST]):
        words = match[1].upper().split("_")
        for start in range(len(words)):  # `alice_PAY-3` may be an issue of PAY, or one of a project called ALICE_PAY
            project = "_".join(words[start:])
            if len(project) > 1 and project[0].isalpha():
                found[f"{project}-{match[2]}"] = None
        if len(found) >= MOST:
            break
    return list(found)[:MOST]
