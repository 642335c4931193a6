"""Answers to what the run asks: whether one can be used, and what a reader may see of a prompt.

Pure. Refuses to judge an answer's content.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from simulator.errors import BadAnswer, RunError
from simulator.model.actions.asking import FieldKind, PostPrompt, PromptField
from simulator.model.history.in_the_run import Prompt
from simulator.model.typed import typed

LONGEST_ANSWER = 4_000
"""Characters of one field."""
_SECRET = ("points", "because")


def posted_detail(action: PostPrompt) -> dict[str, Any]:
    """A prompt as its fact keeps it: JSON values, the keys that model/facts.py names."""
    return {
        "prompt": action.prompt,
        "kind": str(action.kind),
        "seat": action.seat,
        "title": action.title,
        "text": action.text,
        "until": action.until.isoformat() if action.until else None,
        "fields": [_field(part) for part in action.fields],
    }


def read_answers(prompt: Prompt, given: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """The answers as they are kept: known fields only, stripped, choices among the options.

    Raises RunError when it is too late or the answer has counted already, BadAnswer for what cannot be used.
    """
    _refuse_when_closed(prompt, now)
    fields = {str(field["id"]): field for field in prompt.fields}
    unknown = sorted(set(given) - set(fields))
    if unknown:
        raise BadAnswer(
            f"this prompt has no field {unknown[0][:40]!r}", where=prompt.id, to_do=f"it has: {', '.join(fields)}"
        )
    answers = {name: _value(field, str(given.get(name, ""))) for name, field in fields.items()}
    if not any(answers.values()):
        raise BadAnswer("the answer is empty", where=prompt.id, to_do="fill in at least one field")
    return {name: answer for name, answer in answers.items() if answer or fields[name]["kind"] == FieldKind.ISSUES}


def open_fields(prompt: Prompt) -> list[dict[str, Any]]:
    """The fields as whoever is asked may see them: what options are worth, and why, only when that can no longer help."""
    told = prompt.points is not None and prompt.answer is not None
    return [_seen(field, told=told) for field in prompt.fields]


def without_secrets(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail of a posted prompt without what its options are worth."""
    return {**detail, "fields": [_seen(field, told=False) for field in detail.get("fields") or ()]}


def in_words(fields: Iterable[Mapping[str, Any]], answers: Mapping[str, str]) -> str:
    """An answer as a person would say it: labels of what was chosen, a line for each field."""
    return "\n".join(line for field in fields if (line := _said(field, str(answers.get(str(field["id"]), "")))))


def _field(part: PromptField) -> dict[str, Any]:
    options = [
        {"value": o.value, "label": o.label, "note": o.note, "points": o.points, "because": o.because}
        for o in part.options
    ]
    return {
        "id": part.id,
        "label": part.label,
        "kind": str(part.kind),
        "optional": part.optional,
        "given": part.given,
        "options": options,
    }


def _refuse_when_closed(prompt: Prompt, now: datetime) -> None:
    if prompt.is_open(now):
        return
    if prompt.until is not None and now > prompt.until:
        raise RunError("this can no longer be answered: its time is over", where=prompt.id, to_do="go on with the next")
    raise RunError(
        "this is answered already, and its answer has been explained", where=prompt.id, to_do="go on with the next"
    )


def _value(field: Mapping[str, Any], text: str) -> str:
    name = str(field["id"])
    if len(text) > LONGEST_ANSWER:
        raise BadAnswer(f"{name} is longer than {LONGEST_ANSWER} characters", to_do="say it shorter")
    text = typed(text)
    if not text:
        return _nothing(field)
    match field["kind"]:
        case FieldKind.CHOICE:
            return _chosen(field, text)
        case FieldKind.NUMBER:
            return _number(name, text)
        case FieldKind.ISSUES:
            return ",".join(dict.fromkeys(_issues(field, text)))
    return text


def _nothing(field: Mapping[str, Any]) -> str:
    if field["kind"] == FieldKind.CHOICE and not field.get("optional"):
        raise BadAnswer(f"{field['label']}: nothing is chosen", to_do=f"choose one of: {_values(field)}")
    return ""


def _chosen(field: Mapping[str, Any], text: str) -> str:
    for option in field.get("options") or ():
        if text.casefold() in (str(option["value"]).casefold(), str(option["label"]).casefold()):
            return str(option["value"])
    raise BadAnswer(f"{text[:40]!r} is not one of the choices", to_do=f"choose one of: {_values(field)}")


def _number(name: str, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadAnswer(f"{name} is not a number: {text[:40]!r}", to_do="write digits, such as 13 or 2.5")
    return f"{number:g}"


def _issues(field: Mapping[str, Any], text: str) -> Iterator[str]:
    known = {str(option["value"]).casefold(): str(option["value"]) for option in field.get("options") or ()}
    for word in text.replace(",", " ").split():
        if word.casefold() not in known:
            raise BadAnswer(f"{word[:40]!r} is not among the issues", to_do=f"choose from: {_values(field)}")
        yield known[word.casefold()]


def _values(field: Mapping[str, Any]) -> str:
    return ", ".join(str(option["value"]) for option in field.get("options") or ()) or "nothing"


def _seen(field: Mapping[str, Any], *, told: bool) -> dict[str, Any]:
    options = [
        {name: value for name, value in option.items() if told or name not in _SECRET}
        for option in field.get("options") or ()
    ]
    return {**field, "options": options}


def _said(field: Mapping[str, Any], answer: str) -> str:
    if not answer:
        return ""
    labels = {str(option["value"]): str(option["label"]) for option in field.get("options") or ()}
    if field["kind"] == FieldKind.ISSUES:
        return f"{field['label']}: {', '.join(answer.split(','))}"
    return f"{field['label']}: {labels.get(answer, answer)}"
