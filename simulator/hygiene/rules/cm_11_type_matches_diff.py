"""CM-11: a commit's type fits what it changes."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from pydantic import Field

from simulator.hygiene.advice import reword
from simulator.hygiene.diffs import changes_only_remarks, keeps_words
from simulator.hygiene.headers import is_ignored, type_of
from simulator.hygiene.paths import PathClass, path_class
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.squash import REPAIRED, squash_mended
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.code import ChangedFile
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_JUDGED = frozenset(("docs", "test", "ci", "feat", "style"))
_SHOWN = 3


class TypeOptions(Options):
    """What may be set."""

    also_docs: str = Field(
        default="mkdocs.yml .readthedocs.yaml *.svg *.drawio",
        max_length=500,
        description="paths that count as documents besides the usual ones, with * for any characters, set apart by blanks",
    )
    also_tests: str = Field(
        default="pytest.ini .coveragerc *.snap",
        max_length=500,
        description="paths that count as tests besides the usual ones, in the same form",
    )


@rule(
    code="CM-11",
    name="type-matches-diff",
    about=COMMITS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=TypeOptions(),
)
def type_matches_diff(commit: JudgedCommit, _: History, options: TypeOptions) -> Verdict:
    """A commit's type fits the files that it changes.

    What it checks
    --------------
    Of conventional headers: `docs` changes documents, comments and documentation strings only, `test` tests only, `ci` the files
    of the build server only, `feat` touches the code of the product, `style` adds and removes the same words. Other types may
    change what they like, and generated and lock files do not count. After a squash merge only the squash commit counts.

    Why it matters
    --------------
    The next version's number and the changelog are made of the types: a feature under `docs` is in neither.

    Example
    -------
    Good: `docs(refunds): explain the limit`, in `docs/refunds.md`

    Bad: `docs: explain the limit`, in `docs/refunds.md` and in the code of `payments/limits.py`

    How to fix
    ----------
    Before the merge, give the commit the type of the weightiest thing in it, or split it. A fitting title at the squash merge
    earns 0.8 for the lines whose own types did not fit.

    References
    ----------
    - https://www.conventionalcommits.org/en/v1.0.0/
    """
    kind = type_of(commit.header)
    if is_ignored(commit.header) or kind not in _JUDGED:
        return Skip(reason="only the types docs, test, ci, feat and style promise something of the files")
    if not commit.files:
        return NotAvailable(
            reason=f"the files of commit {commit.sha[:7]} are not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    found = _misfits(kind, commit.files, options)
    evidence: Measures = {"type": kind, "files": len(commit.files), "files that do not fit": len(found), "limit": 0}
    if found:
        better = _better_type(commit.files, options)
        return Breach(
            message=_message(commit.header, kind, found),
            how_to_fix=_how_to_fix(commit, kind, better),
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence={**evidence, "which": " ".join(found[:_SHOWN])},
        )
    share = squash_mended(commit, lambda made: bool(_misfits(type_of(made.header), made.files, options)))
    if share < 1:
        return Breach(
            message=f"“{commit.header[:60]}” fits; types of commits that it replaced did not, which earns {REPAIRED:g}.",
            how_to_fix="Choose each commit's type by what it changes, from the first one on.",
            credit=share,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=f"“{commit.header[:60]}” fits the {len(commit.files)} files that it changes", evidence=evidence)


def _misfits(kind: str | None, files: Iterable[ChangedFile], options: TypeOptions) -> list[str]:
    """The paths of files that a type does not allow; for `feat`, all of them when none is the product's code."""
    written = [file for file in files if path_class(file.path) is not PathClass.GENERATED]
    if kind == "feat":
        code = [file for file in written if _class_of(file.path, options) is PathClass.PRODUCTION]
        return [] if code else [file.path for file in written]
    allowed: dict[str, Callable[[ChangedFile], bool]] = {
        "docs": lambda file: _class_of(file.path, options) is PathClass.DOCS or changes_only_remarks(file) is True,
        "test": lambda file: _class_of(file.path, options) is PathClass.TEST,
        "ci": lambda file: _class_of(file.path, options) is PathClass.CI,
        "style": lambda file: keeps_words(file) is not False,
    }
    fits = allowed.get(kind or "")
    return [file.path for file in written if fits and not fits(file)]


def _class_of(path: str, options: TypeOptions) -> PathClass:
    return _class_with(path, options.also_docs, options.also_tests)


@lru_cache(maxsize=4096)
def _class_with(path: str, also_docs: str, also_tests: str) -> PathClass:
    for patterns, found in ((also_docs, PathClass.DOCS), (also_tests, PathClass.TEST)):
        if any(fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}") for pattern in patterns.split()):
            return found
    return path_class(path)


def _better_type(files: Iterable[ChangedFile], options: TypeOptions) -> str:
    """The type that certainly fits: that of the one class of files there is, else one that promises nothing of them."""
    classes = {_class_of(file.path, options) for file in files} - {PathClass.GENERATED}
    of_one = {PathClass.DOCS: "docs", PathClass.TEST: "test", PathClass.CI: "ci", PathClass.BUILD: "build"}
    if len(classes) == 1:
        return of_one.get(next(iter(classes)), "refactor")
    return "chore" if PathClass.PRODUCTION not in classes else "refactor"


def _message(header: str, kind: str, found: list[str]) -> str:
    shown = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
    what = {
        "feat": f"it brings a feature and touches no code of the product, only {shown}",
        "style": f"it changes words, and not only their form, in {shown}",
    }.get(kind, f"{kind} does not cover {len(found)} of its files: {shown}")
    return f"“{header[:60]}”: {what}."


def _how_to_fix(commit: JudgedCommit, kind: str, better: str) -> str:
    header = better + commit.header[len(kind) :]
    if commit.merged:
        return f"It is merged and stays. Choose the next type by the files; here it would have been {shlex.quote(header[:80])}."
    others = "feat, fix or refactor" if better == "refactor" else better
    words = reword(commit.sha, header, is_tip=commit.is_tip, keeps_body=commit.has_more)
    return f"{words}\nOf {others} take what fits best; or split the commit, so that {kind} is true of one part."
