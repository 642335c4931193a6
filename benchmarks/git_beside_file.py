"""git over HTTP from the emulated GitHub beside git over `file://`, turn by turn, with the same git.

Each turn makes an empty repository on both sides, pushes 100 files in 50 commits into it, clones it, and pushes one commit
more. Prints the medians in milliseconds, the ratios and the goals; exits with 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from serving import client, emulated, git

GOALS = {"first push": 1.3, "clone": 1.5, "one-commit push": 2.2}
FILES, COMMITS = 100, 50
ALICE = {"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}
SEED = {"users": [ALICE]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=15)
    count = parser.parse_args().n
    ms: dict[str, dict[str, list[float]]] = {name: {"ours": [], "file": []} for name in GOALS}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _source(folder / "source")
        with emulated(folder / "ours", SEED) as url, client() as session:
            session.headers["Authorization"] = "token alice-token"
            for turn in range(-2, count):
                addresses = {"ours": _on_server(session, url, turn), "file": _on_disk(folder, turn)}
                for side in ("ours", "file") if turn % 2 else ("file", "ours"):
                    for name, took in _turn(folder, f"{side}{turn}", addresses[side]).items():
                        if turn >= 0:
                            ms[name][side].append(took * 1000)
    return _report(ms, count)


def _source(folder: Path) -> None:
    folder.mkdir()
    git("init", "-q", "-b", "main", inside=folder)
    for number in range(COMMITS):
        for place in range(number * FILES // COMMITS, (number + 1) * FILES // COMMITS):
            file = folder / f"part{place % 10}" / f"module{place}.py"
            file.parent.mkdir(exist_ok=True)
            file.write_text("".join(f"line {line} of {place}\n" for line in range(40)))
        _commit(folder, f"Commit {number}")


def _commit(folder: Path, message: str) -> None:
    git("add", "-A", inside=folder)
    git("-c", "user.name=Alice", "-c", "user.email=alice@example.com", "commit", "-q", "-m", message, inside=folder)


def _on_server(session: requests.Session, url: str, turn: int) -> str:
    made = session.post(f"{url}/github/api/v3/user/repos", json={"name": f"work{turn}"})
    assert made.status_code == 201, made.text
    return str(made.json()["clone_url"]).replace("://", "://alice:alice-token@")


def _on_disk(folder: Path, turn: int) -> str:
    bare = folder / f"bare{turn}.git"
    git("init", "-q", "--bare", "-b", "main", str(bare), inside=folder)
    return f"file://{bare}"


def _turn(folder: Path, name: str, address: str) -> dict[str, float]:
    took, clone = {}, folder / name
    took["first push"] = _timed("push", "-q", address, "main", inside=folder / "source")
    took["clone"] = _timed("clone", "-q", address, str(clone), inside=folder)
    (clone / "one-more.txt").write_text(f"{name}\n")
    _commit(clone, "One more")
    took["one-commit push"] = _timed("push", "-q", "origin", "main", inside=clone)
    for command in (("fsck", "--strict"), ("rev-parse", "origin/main")):
        git(*command, inside=clone)
    return took


def _timed(*words: str, inside: Path) -> float:
    begun = time.perf_counter()
    try:
        git(*words, inside=inside)
    except subprocess.CalledProcessError as exc:
        raise SystemExit(f"git {words[0]} failed: {exc.stderr}") from exc
    return time.perf_counter() - begun


def _report(ms: dict[str, dict[str, list[float]]], count: int) -> int:
    figures = {}
    for name, goal in GOALS.items():
        ours, file = (statistics.median(ms[name][side]) for side in ("ours", "file"))
        figures[name] = {
            "ours_ms": round(ours, 1),
            "file_ms": round(file, 1),
            "ratio": round(ours / file, 2),
            "goal": goal,
        }
    print(json.dumps({"git": figures, "n": count}))
    return 0 if all(figure["ratio"] <= figure["goal"] for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
