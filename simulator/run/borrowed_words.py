"""Words of colleagues that come from elsewhere, such as a language model: asked for in time, looked at, and kept.

An installed package offers them by an entry point in the group `sprintdojo.wordings`: something that is called without
arguments and gives a `Wordings`. Refuses to depend on them: what does not come in time, or cannot be used, is said in the
words of the table.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from simulator.errors import SetupError
from simulator.model.secrets import is_secret
from simulator.plan.words.wordings import Occasion, Table, Wordings

logger = logging.getLogger(__name__)

ENTRY_POINTS = "sprintdojo.wordings"
_PATIENCE_S = 5.0
_MOST_FAILURES = 3  # in a row, after which nobody is asked any more until the server starts again
_LONGEST = 1_200  # characters of one saying
_LONGEST_SHOWN = 4_000  # characters of what was said before, the latest
_MUST_BE_NAMED = ("path", "name", "sha", "paths")
_HIDDEN = "(left out)"


class BorrowedWords:
    """Words from a source, each kept in a file so that a run that is taken up again says the same."""

    def __init__(self, source: Wordings, *, kept: Path, patience_s: float = _PATIENCE_S) -> None:
        self._source = source
        self._file = kept
        self._patience_s = patience_s
        self._table = Table()
        self._kept = _read(kept)
        self._failures = 0

    def say(self, occasion: Occasion) -> str:
        """The words that were found for this occasion before; else those of the source, or of the table."""
        key = _key_of(occasion)
        if key not in self._kept:
            usual = self._table.say(occasion)
            words = _usable(self._asked(occasion), usual, occasion) or usual
            self._kept[key] = words
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps([key, words]) + "\n")
        return self._kept[key]

    def _asked(self, occasion: Occasion) -> object:
        """What the source says, None when it fails or takes too long."""
        if self._failures >= _MOST_FAILURES:
            return None
        answers: list[object] = []
        shown = replace(occasion, said=_without_secrets(occasion.said))
        asking = threading.Thread(target=lambda: answers.append(_answer(self._source, shown)), daemon=True)
        asking.start()
        asking.join(self._patience_s)
        answer = answers[0] if answers else None
        self._failures = 0 if answer is not None else self._failures + 1
        if self._failures == _MOST_FAILURES:
            logger.warning(
                "the words from elsewhere failed %d times in a row: colleagues use their own", _MOST_FAILURES
            )
        return answer


def installed_words(found: Iterable[EntryPoint] | None = None) -> Wordings:
    """The words that an installed package offers, the table's when there is none. Raises SetupError when it cannot be loaded."""
    offered = sorted(entry_points(group=ENTRY_POINTS) if found is None else found, key=lambda entry: entry.name)
    if not offered:
        return Table()
    try:
        make: Callable[[], Wordings] = offered[0].load()
        return make()
    except Exception as exc:  # whatever the package does when it is imported
        raise SetupError(
            f"the words of colleagues cannot be loaded: {type(exc).__name__}: {exc}",
            where=f"entry point {offered[0].name} = {offered[0].value}",
            to_do="mend or uninstall the package that offers it; without it colleagues use the words of the table",
        ) from exc


def _answer(source: Wordings, occasion: Occasion) -> object:
    try:
        return source.say(occasion)
    except Exception:  # somebody else's code: whatever it was, the table has words
        logger.exception("no words from elsewhere for %s", occasion.name)
        return None


def _usable(answer: object, usual: str, occasion: Occasion) -> str | None:
    """The answer as one paragraph; None when it is none, too long, leaks something, or does not name what it is about."""
    words = " ".join(str(answer).split()) if isinstance(answer, str) else ""
    named = [occasion.fields[name] for name in _MUST_BE_NAMED if name in occasion.fields]
    fits = 0 < len(words) <= _LONGEST and words.isprintable() and all(name in words for name in named)
    if not fits or is_secret(words):
        return None
    nit = usual.startswith("nit:") and not words.lower().startswith("nit")
    return f"nit: {words}" if nit else words


def _without_secrets(said: str) -> str:
    return "\n".join(_HIDDEN if is_secret(line) else line for line in said[-_LONGEST_SHOWN:].splitlines())


def _key_of(occasion: Occasion) -> str:
    asked = [occasion.name, occasion.tone, occasion.seed, *occasion.key, sorted(occasion.fields.items())]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]


def _read(file: Path) -> dict[str, str]:
    """What was kept; a last line that was cut off by a crash is left out."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept: dict[str, str] = {}
    for line in lines:
        try:
            key, words = json.loads(line)
            kept[str(key)] = str(words)
        except (ValueError, TypeError):
            continue
    return kept
