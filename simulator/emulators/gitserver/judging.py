"""Judging a push while its objects are still in quarantine.

git's `pre-receive` and `update` hooks ask this process over two pipes whether the push, and then each ref, may go through. So
the rules are written in Python and see the new objects, and what is refused as a whole leaves nothing behind.
Source: https://git-scm.com/docs/githooks#pre-receive and https://git-scm.com/docs/git-receive-pack#_quarantine_environment
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

import pygit2

from simulator.emulators.gitserver.refs import RefUpdate

logger = logging.getLogger(__name__)

HOOKS = "git-hooks"
"""Name of the folder for the hooks, beside that of the repositories."""

_HOOK = """#!/bin/sh
# Asks whether the push (pre-receive, no arguments) or one ref (update, $1) may go through. Answers: lines to show after a
# colon, then ok or no.
exec 3>"/dev/fd/$PUSH_ASKS" 4<"/dev/fd/$PUSH_ANSWERS" || exit 1
printf '%s\\t%s\\n' "$1" "$GIT_QUARANTINE_PATH" >&3
while IFS= read -r line <&4; do
    case $line in
        ok) exit 0 ;;
        no) exit 1 ;;
        *) printf '%s\\n' "${line#:}" >&2 ;;
    esac
done
exit 1
"""
_NAMES = {"one": ("pre-receive",), "several": ("pre-receive", "update")}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the person is told whose change of a ref is refused. `words` stand in git's report: `[remote rejected] … (words)`."""

    lines: tuple[str, ...]
    words: str = "hook declined"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is refused, by ref, and what is told in any case."""

    refused: Mapping[str, Refusal] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


Judge = Callable[[Sequence[RefUpdate], pygit2.Repository, Path | None], Judgement]
"""Judges the wanted updates. The repository holds the new objects; the folder is their quarantine, None when there are none."""


def install_hooks(folder: Path) -> Path:
    """Put the hooks into a folder, if they are not there already; gives the folder."""
    for below, names in _NAMES.items():
        for name in names:
            _install(folder / below, name)
    return folder


def hooks_for(folder: Path, updates: Sequence[RefUpdate]) -> Path:
    """Which of the installed hooks a push needs: one of a single ref is refused as a whole, with no question about the ref."""
    return folder / ("one" if len(updates) == 1 else "several")


def _install(folder: Path, name: str) -> None:
    hook = folder / name
    if hook.exists() and hook.read_text() == _HOOK:
        return
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{name}.{os.getpid()}.{threading.get_ident()}"
    fresh.write_text(_HOOK)
    fresh.chmod(0o755)
    fresh.replace(hook)


class Court:
    """Where the hooks of one push ask. `judgement` is what was said, None as long as nobody has asked.

    The hooks' ends of the pipes are `hook_ends` and their numbers `variables`: give both to the program, then call `sit`.
    """

    def __init__(self, repository: Path, updates: Sequence[RefUpdate], judge: Judge) -> None:
        self._repository = repository
        self._updates = updates
        self._judge = judge
        self.judgement: Judgement | None = None
        asks, hook_asks = os.pipe()
        hook_hears, answers = os.pipe()
        self._asks, self._answers = os.fdopen(asks, "rb"), answers
        self.hook_ends = (hook_asks, hook_hears)
        self.variables = {"PUSH_ASKS": str(hook_asks), "PUSH_ANSWERS": str(hook_hears)}
        self._clerk = threading.Thread(target=self._serve, name="git-judge", daemon=True)

    def __enter__(self) -> Court:
        return self

    def __exit__(self, *_: object) -> None:
        if self._clerk.ident is None:  # nobody was ever going to ask
            self._close(*self.hook_ends, self._answers)
            self._asks.close()
        else:
            self._clerk.join(timeout=5)

    def sit(self) -> None:
        """Answer the hooks from now on, until the program that may run them has ended. Call it when that runs."""
        self._close(*self.hook_ends)
        self._clerk.start()

    @staticmethod
    def _close(*ends: int) -> None:
        for end in ends:
            os.close(end)

    def _serve(self) -> None:
        try:
            for line in _questions(self._asks):
                ref, _, quarantine = line.decode("utf-8", "surrogateescape").rstrip("\n").partition("\t")
                self._answer(self._about_ref(ref) if ref else self._about_push(quarantine))
        except OSError as exc:  # the program was killed in the middle of its question
            logger.debug("a push went away from its judge: %s", exc)
        finally:
            self._asks.close()
            os.close(self._answers)

    def _about_push(self, quarantine: str) -> list[str]:
        try:
            self.judgement = self._judge(self._updates, *_with_quarantine(self._repository, quarantine))
        except Exception:
            logger.exception("a push could not be judged")
            return [":error: the push could not be checked, and is refused", "no"]
        refused = self.judgement.refused
        shown = [line for refusal in dict.fromkeys(refused.values()) for line in refusal.lines]
        told = [f":{line}" for line in (*self.judgement.remarks, *shown)]
        return [*told, "no" if len(refused) == len(self._updates) else "ok"]

    def _about_ref(self, ref: str) -> list[str]:
        return ["no" if self.judgement is None or ref in self.judgement.refused else "ok"]

    def _answer(self, lines: Sequence[str]) -> None:
        content = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
        while content:
            content = content[os.write(self._answers, content) :]


def _questions(stream: BufferedReader) -> Iterator[bytes]:
    while line := stream.readline():
        yield line


def _with_quarantine(path: Path, quarantine: str) -> tuple[pygit2.Repository, Path | None]:
    repository = pygit2.Repository(str(path))
    if not quarantine:
        return repository, None
    repository.odb.add_disk_alternate(quarantine)
    return repository, Path(quarantine)
