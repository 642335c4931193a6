"""`sprintdojo lint` over some hundred commits of many hands, as git takes them in by the stream."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import Sprintdojo
from tests.lint.workshop import MONDAY, Workshop

_ROUNDS = 60
_HANDS = 25


def _stream() -> Iterator[str]:
    """Each round a pull request of three commits, its merge, a squash and a commit that comes alone."""
    mark = 0
    at = int(MONDAY.timestamp())

    def commit(branch: str, message: str, *parents: int, hand: int) -> str:
        nonlocal mark, at
        mark, at = mark + 1, at + 600
        who = f"Hand Number{hand % _HANDS} <hand{hand % _HANDS}@example.com> {at} +0000"
        links = "".join(f"{'merge' if place else 'from'} :{parent}\n" for place, parent in enumerate(parents))
        text = f"step_{mark} = {mark}\n" * 5
        file = f"M 100644 inline payments/part_{mark % 40}.py\ndata {len(text)}\n{text}\n"
        head = f"commit refs/heads/{branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\n"
        return f"{head}data {len(message)}\n{message}\n{links}{file}"

    yield commit("main", "chore: begin", hand=0)
    tip = mark
    for number in range(1, _ROUNDS + 1):
        pull, squash = 2 * number, 2 * number + 1
        last = tip
        for step in "abc":
            yield commit("work", f"feat: step {step} of {pull}", last, hand=number)
            last = mark
        yield commit("main", f"Merge pull request #{pull} from acme/f-{pull}\n\nfeat: {pull}", tip, last, hand=0)
        yield commit("main", f"fix: mend it (#{squash})", mark, hand=number + 1)
        yield commit("main", f"docs: say what {number} does", mark, hand=number + 2)
        tip = mark


def test_many_commits_of_many_hands_are_each_counted_once(sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    shop = Workshop.at(tmp_path / "busy")
    git = ["git", "-C", str(shop.folder), "fast-import", "--quiet"]
    subprocess.run(git, input="".join(_stream()).encode(), check=True)

    told = sprintdojo("lint", shop.folder, "--since", "2026-03-01", "--until", "2026-03-20", "--format", "json").json

    seen = told["lint"]["seen"]
    assert seen["commits"] == 5 * _ROUNDS + 1
    assert seen["pull_requests"] == seen["merged"] == 2 * _ROUNDS
    assert seen["people"] == _HANDS
    assert seen["by_themselves"] == _ROUNDS
    assert told["lint"]["missing"] == []
    assert sum(person["commits"] for person in told["lint"]["people"]) == 5 * _ROUNDS + 1
