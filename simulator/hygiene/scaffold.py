"""Begin a rule: `python -m simulator.hygiene.scaffold CODE=PR-07 NAME=draft-age` writes its source and its case file.

What it writes is a small true rule, green in all tests, that its author then edits. Refuses to overwrite anything.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.errors import SprintdojoError
from simulator.hygiene.registry import all_rules
from simulator.hygiene.scaffold_texts import CASES, PULL, SHAPES, SOURCE
from simulator.hygiene.score import GROUP_WEIGHTS

_CODE = re.compile(r"([A-Z]{2})-[0-9]{2}\Z", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+\Z", re.ASCII)
_IN_HISTORY = "simulator.model.history"


def scaffold(code: str, name: str, *, root: Path) -> tuple[Path, Path]:
    """Write the source and the case file of a new rule of the book under the project's root, and return their paths.

    Raises SprintdojoError for a code or name that does not do or is taken.
    """
    match = _CODE.match(code)
    if match is None or match[1] not in GROUP_WEIGHTS:
        raise SprintdojoError(
            f"{code!r} is no rule code", to_do=f"CODE=PR-07: {', '.join(GROUP_WEIGHTS)}, '-', two digits"
        )
    check_name(name)
    for rule in all_rules():
        if rule.code == code or rule.name == name:
            raise SprintdojoError(f"there is a rule {rule.code} {rule.name}", to_do="choose another code and name")
    source = root / "simulator" / "hygiene" / "rules" / source_name(code, name)
    cases = root / "tests" / "hygiene" / "cases" / f"{code}.yaml"
    write_new({source: source_text(code, name), cases: cases_text(code)})
    return source, cases


def check_name(name: str) -> None:
    """Raises SprintdojoError for a name that no rule can have."""
    if not _NAME.match(name):
        raise SprintdojoError(
            f"{name!r} is no rule name", to_do="two or more lower-case words with hyphens between, such as draft-age"
        )


def write_new(texts: Mapping[Path, str]) -> None:
    """Write some new files. Raises SprintdojoError, before anything is written, when one is there, or cannot be written."""
    for path in texts:
        if path.exists():
            raise SprintdojoError("the file is there already", where=str(path), to_do="choose another code or folder")
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as exc:
            raise SprintdojoError(
                f"the file cannot be written: {exc.strerror}", where=str(path), to_do="choose another folder"
            ) from exc


def source_name(code: str, name: str) -> str:
    """The file of a rule: `pr_07_draft_age.py`."""
    return f"{code}_{name}".lower().replace("-", "_") + ".py"


def source_text(code: str, name: str) -> str:
    """The source that a rule begins with."""
    shape = SHAPES.get(code[:2], PULL)
    words = name.split("-")
    ours = "History" if shape.module != _IN_HISTORY else ", ".join(sorted(["History", shape.type]))
    about = shape.kind if shape.module == _IN_HISTORY else f"{shape.kind}, {shape.type}"
    return SOURCE.format(
        code=code,
        name=name,
        options="".join(word.title() for word in words) + "Options",
        function="_".join(words),
        kind=shape.kind,
        type=shape.type,
        parameter=shape.parameter,
        text=shape.text,
        imports=f"from simulator.hygiene.subjects import {about}\nfrom simulator.model.history import {ours}",
    )


def cases_text(code: str) -> str:
    """The case file that a rule begins with."""
    story = SHAPES.get(code[:2], PULL).story
    return CASES.format(
        code=code,
        short=story.format(text="a-short-text"),
        fits=story.format(text="x" * 60),
        long=story.format(text="x" * 61),
        endless=story.format(text="and-on-" * 40),
        bracketed=story.format(text="[left-out]"),
    )


def main(arguments: Sequence[str]) -> int:
    """Scaffold from `CODE=… NAME=…`; returns the exit status."""
    given = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    try:
        written = scaffold(given.get("CODE", ""), given.get("NAME", ""), root=Path.cwd())
    except SprintdojoError as exc:
        sys.stderr.write("\n  ".join(filter(None, [exc.what, exc.where, f"to do: {exc.to_do}"])) + "\n")
        return 2
    sys.stdout.write("".join(f"wrote {path.relative_to(Path.cwd())}\n" for path in written))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
