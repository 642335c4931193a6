"""Texts by id, one file a language: `{text:welcome}` in a scenario is what `texts/en.yaml` says under `welcome`.

English comes first: it is what the others are compared with. A text that is missing in a language is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import Problem, ScenarioError
from simulator.scenario.assembling.gathered import Gathered
from simulator.scenario.source import Source, Spot, read_source
from simulator.scenario.wording import nearest

FOLDER = "texts"
ENGLISH = "en"
_USE = re.compile(r"\{text:([A-Za-z0-9._-]{1,80})\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?", re.ASCII)
_PLACEHOLDER = re.compile(r"\{[a-z_]{1,20}:[A-Za-z0-9_-]{0,80}\}")


@dataclass(frozen=True, slots=True)
class Language:
    """The texts of one language, by id, and where they stand."""

    code: str
    source: Source
    texts: Mapping[str, str]

    def problem(self, text: str, message: str, hint: str) -> Problem:
        """A problem at a text of this language, or at the file when it has none of that id."""
        return self.source.problem((text,), message, hint)


def languages(folder: Path) -> tuple[str, ...]:
    """The languages that a scenario speaks, English first; English alone when it has no texts by id."""
    found = sorted(path.stem for path in (folder / FOLDER).glob("*.yaml") if _LANGUAGE.fullmatch(path.stem))
    return tuple(dict.fromkeys([ENGLISH, *found]))


def put_texts(gathered: Gathered, folder: Path, *, language: str) -> None:
    """Put the texts of a language in the places that name them; every language is looked through for what it lacks."""
    uses = [(spot, text) for spot, text in gathered.strings() if "{text:" in text]
    known = {language.code: language for language in _read(gathered, folder)}
    english = known.get(ENGLISH)
    if english is None:
        gathered.problems.extend(_without_english(gathered, uses))
        return
    for other in known.values():
        if other is not english:
            gathered.problems.extend(_compared(english, other))
    chosen = known.get(language, english)
    for spot, text in uses:
        _put(gathered, spot, text, chosen=chosen, english=english)


def _read(gathered: Gathered, folder: Path) -> Iterator[Language]:
    for code in languages(folder):
        file = folder / FOLDER / f"{code}.yaml"
        if not file.is_file():
            continue
        try:
            source = read_source(file)
        except ScenarioError as exc:
            gathered.problems.extend(exc.problems)
            continue
        gathered.problems.extend(source.problems)
        entries = source.value if isinstance(source.value, dict) else {}
        wrong = [key for key, text in entries.items() if not isinstance(text, str) or not text.strip()]
        for key in wrong:
            gathered.problems.append(
                source.problem((key,), f"`{key}` is no text", "write words, in quotes or after |-")
            )
        yield Language(code, source, {key: text for key, text in entries.items() if key not in wrong})


def _compared(english: Language, other: Language) -> Iterator[Problem]:
    for text in english.texts:
        if text not in other.source.value:
            yield other.problem(
                text, f"there is no text `{text}` in {other.code}", f"English says: {_short(english.texts[text])}"
            )
    for text, words in other.texts.items():
        if text not in english.texts:
            hint = nearest(text, english.texts, otherwise="texts/en.yaml comes first")
            yield other.problem(text, f"`{text}` is in {other.code} and not in English", hint)
            continue
        wanted, given = (set(_PLACEHOLDER.findall(said)) for said in (english.texts[text], words))
        for name in sorted(wanted ^ given):
            place = f"is missing in {other.code}" if name in wanted else "is not in the English text"
            yield other.problem(text, f"`{text}`: {name} {place}", "both languages must name the same things")


def _put(gathered: Gathered, spot: Spot, text: str, *, chosen: Language, english: Language) -> None:
    for name in _USE.findall(text):
        if name not in english.texts:
            hint = nearest(name, english.texts, otherwise="write it into texts/en.yaml")
            gathered.problems.append(gathered.source.problem(spot, f"there is no text `{name}`", hint))
    replaced = _USE.sub(lambda use: chosen.texts.get(use[1], english.texts.get(use[1], use[0])), text)
    gathered.replace(spot, replaced)
    whole = _USE.fullmatch(text)
    if whole and whole[1] in chosen.texts:  # then a fault in it stands where the words stand
        gathered.source.values[spot] = chosen.source.values[(whole[1],)]
        gathered.source.files[spot] = chosen.source.file


def _without_english(gathered: Gathered, uses: list[tuple[Spot, str]]) -> Iterator[Problem]:
    for spot, text in uses:
        for name in _USE.findall(text):
            yield gathered.source.problem(
                spot, f"there is no text `{name}`", f"write it into {FOLDER}/{ENGLISH}.yaml: `{name}: …`"
            )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
