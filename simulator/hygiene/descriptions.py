"""What a pull request's description tells: purpose, changes, tests, context. Linear in its length, which is bounded.

Refuses to weigh it. Words show a part where they are known; two sentences that say something of a change tell it in any language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.hygiene.chatter import telling_sentences

_MOST = 20_000
_BOX = re.compile(r"[-*+] \[[ xX]\]")
_HEADING = re.compile(r"#{1,6} |h[1-6]\. |\*\*[^*\n]{1,60}\*\*:?\Z")
_PATH = re.compile(r"(?:[-*+] )?`?[\w@-]*[./][\w./@-]*`?,?\Z")
_LINK = re.compile(r"https?://\S|#[0-9]{1,9}\b|\b[A-Z][A-Z0-9]{1,9}-[0-9]{1,9}\b", re.ASCII)
_TOLD = {
    "purpose": re.compile(
        r"\b(?:why|because|so that|in order to|purpose|motivation|reason|goal|problem|need(?:s|ed)?|wants?|asked for|asks? for"
        r"|context|background|allows?|lets|until now|as an? |warum|weil|damit|ziel|grund|zweck|problem|bisher|hintergrund"
        r"|pourquoi|afin|car|parce|contexte|por qué|porque|para que|motivo|contexto)\b|目的|背景|理由|ため|ように",
        re.IGNORECASE,
    ),
    "changes": re.compile(
        r"\b(?:what|summary|changes?|changed|adds?|added|removes?|removed|replaces?|introduces?|moves?|moved|renames?|refactors?"
        r"|fixes|fixed|now|instead of|implements?|updates?|deletes?|upgrades?|reverts?|was|neu|jetzt|ändert|geändert|ergänzt"
        r"|entfernt|ersetzt|statt|désormais|maintenant|ajoute|corrige|supprime|remplace|ahora|añade|añadí|cambia|elimina)\b"
        r"|変更|追加|修正|削除|対応",
        re.IGNORECASE,
    ),
    "tests": re.compile(
        r"\b(?:tests?|tested|testing|verified|verification|verify|checked|check|tried|covered|coverage|pytest|manually|by hand"
        r"|curl|reproduces?|screenshots?|ci is green|getestet|geprüft|probiert|ausprobiert|testé|vérifié|essayé|probado|prueba"
        r"|pruebas|comprobado|verificado|testei|testado)\b|テスト|確認|検証|测试|验证|테스트|확인",
        re.IGNORECASE,
    ),
}
_NOTHING = frozenset(
    {"n/a", "na", "none", "-", "todo", "tbd", "tba", "...", "…", "nothing", "same", "see title", "no", "yes"}
)


@lru_cache(maxsize=2048)  # a description is asked for more than once, and again with each thing that happens
def own_words(body: str) -> str:
    """What the author wrote: without comments of a template, headings, check boxes, lists of files and lines that say nothing."""
    lines = (line.strip() for line in _without_remarks(body[:_MOST]).splitlines())
    return "\n".join(line for line in lines if line and not _says_nothing(line))


@lru_cache(maxsize=2048)
def parts_told(body: str) -> frozenset[str]:
    """Which of purpose, changes, tests and link a description tells, by its own words below whatever headings."""
    own = own_words(body)
    words = "\n".join(telling_sentences(own, least=1))
    headed = _headed(body)
    told = {part for part, pattern in _TOLD.items() if pattern.search(words) or part in headed}
    told |= {"link"} if _LINK.search(own) else set()
    about = [sentence for sentence in telling_sentences(own) if not _TOLD["tests"].search(sentence)]
    told |= {"changes"} if about else set()
    told |= {"purpose"} if len(about) > 1 else set()
    return frozenset(told)


def _says_nothing(line: str) -> bool:
    if _HEADING.match(line) or _BOX.match(line) or _PATH.match(line):
        return True
    return line.lower().strip(".") in _NOTHING


def _without_remarks(text: str) -> str:
    """The text without what stands between `<!--` and `-->`; one that never ends goes to the end."""
    kept = []
    while (begin := text.find("<!--")) >= 0:
        kept.append(text[:begin])
        end = text.find("-->", begin)
        text = text[end + 3 :] if end >= 0 else ""
    return "\n".join([*kept, text])


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
