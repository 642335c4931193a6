"""Whether a text is a user story: a role, a goal, and if it is there a benefit; one goal, nothing in brackets behind it.

After AQUSA: https://doi.org/10.1007/s00766-016-0250-x. English and German. Linear in the text, which is bounded.
"""

from __future__ import annotations

import re

_MOST = 2_000
_WANTS = (
    r"(?:i (?:want|need|wish)(?: to)? |i(?: would|['’]d) like(?: to)? |i(?: can| am able to| should be able to) "
    r"|(?:möchte|will|kann|brauche) ich )"
)
_ROLE = re.compile(rf"\b(?:as (?:an?|the) |als )[^,\n]{{2,120}}?,? ?(?={_WANTS})")
_GOAL = re.compile(_WANTS)
_BENEFIT = re.compile(r",? (?:so that |so (?=i |we |my |the )|in order to |because |damit |um (?=[^,]{1,80} zu ))")
_TWO = re.compile(
    r" (?:and|und|or|oder|as well as|sowie) (?:then |also |dann |auch )?(?:i |ich )?(?P<next>[^\W\d_]{2,40})"
)
_BRACKETS = re.compile(r"[(\[{][^)\]}\n]{0,200}[)\]}][\s.!]*\Z")
_ACTIONS = frozenset(
    """
add be book buy cancel change check choose close compare confirm copy create delete download edit enter export file fill
filter find follow get give import invite leave list log mark merge move open order pay pick pin print publish rate read
receive refund register remove rename reply report reset restore return save schedule search see select send set share show
sort start stop store submit subscribe switch track transfer undo unsubscribe update upload use view write abbrechen ansehen
anlegen ändern bearbeiten bestellen bezahlen buchen drucken erstatten exportieren herunterladen hochladen lesen löschen
sehen senden speichern stornieren suchen teilen umbenennen verschicken wählen
""".split()  # noqa: SIM905 - read as a list of verbs
)


def what_is_off(text: str) -> str | None:
    """What keeps a text from being a well-formed story, in words; None when nothing does."""
    story = " ".join(text[:_MOST].lower().split())
    role = _ROLE.search(story)
    if role is None:
        return "does not say who wants what (As a …, I want …)"
    goal = _GOAL.match(story, role.end())
    rest = story[goal.end() :] if goal else ""
    sentence = re.split(r"[.!] (?=\w)|[.!]\Z", rest, maxsplit=1)[0]
    wanted = _BENEFIT.split(sentence, maxsplit=1)[0]
    if len(wanted.split()) < 2 and len(wanted) < 4:
        return "names a role, and no goal"
    for joined in _TWO.finditer(wanted):
        if joined["next"] in _ACTIONS:
            return f"asks for two things (“{joined[0].strip()[:40]}”)"
    if _BRACKETS.search(sentence):
        return "ends in brackets"
    return None
