"""Who may review what: people's skills against the files of a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from simulator.model.code import ChangedFile
from simulator.model.file_kinds import is_read
from simulator.model.keys import SeatId
from simulator.scenario.loaded import LoadedScenario

_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "python": (".py", ".pyi", ".toml"),
    "javascript": (".js", ".jsx", ".mjs", ".json"),
    "typescript": (".ts", ".tsx"),
    "java": (".java", ".gradle"),
    "kotlin": (".kt", ".kts"),
    "go": (".go",),
    "rust": (".rs",),
    "ruby": (".rb",),
    "php": (".php",),
    "sql": (".sql",),
    "html": (".html", ".htm", ".jinja", ".j2"),
    "css": (".css", ".scss"),
    "shell": (".sh", ".bash"),
    "docs": (".md", ".rst", ".txt"),
    "yaml": (".yaml", ".yml"),
    "terraform": (".tf", ".tfvars"),
    "docker": (".dockerfile",),
}
_PATTERN = frozenset("*?[/.")


def knows(skills: Sequence[str], path: str) -> bool:
    """Whether somebody with these skills may review a file; who has named none may review all."""
    return not skills or any(_covers(skill, path) for skill in skills)


def knowing(
    scenario: LoadedScenario, files: Sequence[ChangedFile], *, besides: Sequence[SeatId | None]
) -> SeatId | None:
    """The colleague who reviews and knows most of these files, None when nobody else does."""
    known: dict[SeatId, int] = {}
    for seat, part in scenario.spec.people.items():
        if part.kind == "teammate" and part.review is not None and seat not in besides:
            known[SeatId(seat)] = sum(knows(part.skills, file.path) for file in files)
    best = max(known, key=lambda seat: known[seat], default=None)
    return best if best is not None and (known[best] or not files) else None


def what_is_it(files: Sequence[ChangedFile]) -> str:
    """What some files are, for a sentence: the paths of the weightiest of them."""
    read = [file for file in files if is_read(file.path)] or list(files)
    weightiest = sorted(read, key=lambda file: -(file.additions + file.deletions))[:2]
    return " and ".join(f"`{file.path}`" for file in weightiest)


def _covers(skill: str, path: str) -> bool:
    endings = _LANGUAGES.get(skill.lower())
    if endings is not None:
        name = PurePosixPath(path).name.lower()
        return name.endswith(endings) or (skill.lower() == "docker" and name == "dockerfile")
    if _PATTERN & set(skill):
        return fnmatchcase(path, skill) or path.startswith(skill.rstrip("/") + "/")
    return skill.lower() in (part.lower() for part in PurePosixPath(path).parts)
