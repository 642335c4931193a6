"""What a pull request's description tells: purpose, changes, tests, context. Linear in its length, which is bounded."""

from __future__ import annotations

import re

_MOST = 20_000
_BOX = re.compile(r"[-*+] \[[ xX]\]")
_HEADING = re.compile(r"#{1,6} |h[1-6]\. |\*\*[^*\n]{1,60}\*\*:?\Z")
_LINK = re.compile(r"https?://\S|#[0-9]{1,9}\b|\b[A-Z][A-Z0-9]{1,9}-[0-9]{1,9}\b", re.ASCII)
_TOLD = {
    "purpose": re.compile(
        r"\b(?:why|because|so that|so we|in order to|purpose|motivation|reason|goal|problem|need(?:s|ed)?|wants?|asks? for"
        r"|context|background|allows?|lets|until now|warum|weil|damit|ziel|grund|zweck|problem|bisher)\b",
        re.IGNORECASE,
    ),
    "changes": re.compile(
        r"\b(?:what|changes?|changed|adds?|added|removes?|removed|replaces?|introduces?|moves?|moved|renames?|refactors?|fixes|fixed"
        r"|now|instead of|implements?|updates?|was|neu|jetzt|ändert|geändert|ergänzt|entfernt|ersetzt|statt)\b",
        re.IGNORECASE,
    ),
    "tests": re.compile(
        r"\b(?:tests?|tested|testing|verified|checked|tried|covered|coverage|pytest|manually|by hand|curl|reproduces?"
        r"|screenshots?|getestet|geprüft|probiert|ausprobiert)\b",
        re.IGNORECASE,
    ),
}
_NOTHING = frozenset(
    {"n/a", "na", "none", "-", "todo", "tbd", "tba", "...", "…", "nothing", "same", "see title", "no", "yes"}
)


def own_words(body: str) -> str:
    """What the author wrote: without comments of a template, headings, check boxes and lines that say nothing."""
    lines = (line.strip() for line in _without_remarks(body[:_MOST]).splitlines())
    return "\n".join(
        line
        for line in lines
        if line and not _HEADING.match(line) and not _BOX.match(line) and line.lower().strip(".") not in _NOTHING
    )


def _without_remarks(text: str) -> str:
    """The text without what stands between `<!--` and `-->`; one that never ends goes to the end."""
    kept = []
    while (begin := text.find("<!--")) >= 0:
        kept.append(text[:begin])
        end = text.find("-->", begin)
        text = text[end + 3 :] if end >= 0 else ""
    return "\n".join([*kept, text])


def parts_told(body: str) -> frozenset[str]:
    """Which of purpose, changes, tests and link a description tells, by its own words below whatever headings."""
    words = own_words(body)
    headed = _headed(body)
    told = {part for part, pattern in _TOLD.items() if pattern.search(words) or part in headed}
    return frozenset(told | ({"link"} if _LINK.search(words) else set()))


def _headed(body: str) -> frozenset[str]:
    """The parts that have a heading with own words below it."""
    found: set[str] = set()
    part = ""
    for line in _without_remarks(body[:_MOST]).splitlines():
        stripped = line.strip()
        if _HEADING.match(stripped):
            part = next((name for name, pattern in _TOLD.items() if pattern.search(stripped)), "")
        elif part and own_words(stripped):
            found.add(part)
    return frozenset(found)
